"""Measure how fast the step `translation` is, on the documents in seeds/: python benchmarks/translation_speed.py"""

from __future__ import annotations

import time
from pathlib import Path

from tamis import Document
from tamis_translation import Translation

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
SIZE = 3000
ROUNDS = 5


def main() -> None:
    """Print documents of 3 KB a CPU second: words alone, words and step; the best of five rounds."""
    texts = [path.read_text(encoding="utf-8")[:SIZE] for path in sorted(SEEDS.glob("*.txt"))]
    texts = [text for text in texts if len(text) > 1500]
    step = Translation()
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        docs = [Document(text) for text in texts for _ in range(5)]
        start = time.process_time()
        for doc in docs:
            _ = doc.words
        middle = time.process_time()
        for doc in docs:
            list(step.find(doc))
        end = time.process_time()
        for name, seconds in (("words", middle - start), ("words and step", end - start)):
            best[name] = min(best.get(name, seconds), seconds)
    size = sum(map(len, texts)) * 5
    for name, seconds in best.items():
        print(f"{name}: {size / SIZE / seconds:.0f} documents of 3 KB a CPU second")


if __name__ == "__main__":
    main()
