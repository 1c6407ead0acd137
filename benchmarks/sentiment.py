"""Tone beside VADER, TextBlob and AFINN, on what our model was not trained on.

    python benchmarks/sentiment.py DATA

Models are trained for this run without what they answer on: five times without a fifth of the labelled documents and
of the headlines, and without the development part of NewsMTSC (`models/train/sentiment_check.py`). A peer that is not
installed is left out. Its score is cut where its authors cut it (VADER 0.05) or at 0. Speed is of the shipped model, in
processor time on one core.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tamis_sentiment import SentimentClassifier

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "models/train"))
check: Any = importlib.import_module("sentiment_check")

SIZE = 2000
MOST = 200


def peers() -> dict[str, Callable[[str], str]]:
    """Return the peers that are installed: functions from a text to a label."""
    found: dict[str, Callable[[str], str]] = {}
    makers: dict[str, tuple[str, Callable[[Any], Callable[[str], float]], float]] = {
        "VADER": ("vaderSentiment.vaderSentiment", vader, 0.05),
        "TextBlob": ("textblob", textblob, 0.0),
        "AFINN": ("afinn", lambda module: module.Afinn().score, 0.0),
    }
    for name, (package, make, cut) in makers.items():
        try:
            module = importlib.import_module(package)
        except ImportError:
            print(f"{name} is not installed")
            continue
        found[name] = cutting(make(module), cut)
    return found


def vader(module: Any) -> Callable[[str], float]:
    """Return VADER's compound score."""
    analyzer = module.SentimentIntensityAnalyzer()
    return lambda text: float(analyzer.polarity_scores(text)["compound"])


def textblob(module: Any) -> Callable[[str], float]:
    """Return TextBlob's polarity."""
    return lambda text: float(module.TextBlob(text).sentiment.polarity)


def cutting(score: Callable[[str], float], cut: float) -> Callable[[str], str]:
    """Return the label of a score: positive above *cut*, negative below minus *cut*."""

    def label(text: str) -> str:
        found = score(text)
        return "positive" if found > cut else "negative" if found < -cut else "neutral"

    return label


def main(data: Path) -> None:
    """Print macro-F1 of every tool on every set, then speed."""
    others = peers()
    sets = check.held_out(data)
    print(f"{'macro-F1':24} {'n':>5} {'tamis':>6} " + " ".join(f"{name:>8}" for name in others))
    for name, units in sets.items():
        found = [[unit.tone.label for unit in units]]
        found += [[label(unit.text) for unit in units] for label in others.values()]
        ours, *theirs = (check.macro_f1(units, labels) for labels in found)
        print(f"{name:24} {len(units):5} {ours:6.1f} " + " ".join(f"{value:8.1f}" for value in theirs))
    print("\nOurs in more detail", *(check.report(name, units) for name, units in sets.items()), sep="\n")
    texts = [unit.text[:SIZE] for unit in sets["Wikinews"] if len(unit.text) >= SIZE][:MOST]
    tools: dict[str, Callable[[list[str]], Any]] = {"tamis": SentimentClassifier.load().predict}
    tools |= {name: each(label) for name, label in others.items()}
    print(f"\nTexts of {SIZE} characters a second")
    for name, run in tools.items():
        run(texts[:20])
        spent = min(timed(run, texts) for _ in range(3))
        print(f"{name:10} {len(texts) / spent:8.0f}")


def each(label: Callable[[str], str]) -> Callable[[list[str]], list[str]]:
    """Return a function from texts to their labels."""
    return lambda texts: [label(text) for text in texts]


def timed(run: Callable[[list[str]], Any], texts: list[str]) -> float:
    """Return the processor seconds that *run* takes on *texts*."""
    start = time.process_time()
    run(texts)
    return time.process_time() - start


if __name__ == "__main__":
    main(Path(sys.argv[1]))
