"""Time of the step `boilerplate` beside other text cleaners, and its scores on the residue data.

    python benchmarks/boilerplate.py                                   time only, on the documents of seeds/
    python benchmarks/boilerplate.py --data ../shared                  and the scores, by form and kind

The peers: the line rules of C4 (Raffel et al. 2020: a line needs an end mark and five words, lines with JavaScript or
cookie notices go), jusText (its paragraphs made from the lines), and the identity. All see the same texts in one run;
the time is the least of five rounds in seconds of the processor, words and sentences included; `segments` is what they
take of it, and all steps share them. `clean` is the same documents after the step, with nothing left to cut.
"""

from __future__ import annotations

import argparse
import html
import importlib
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import tamis
from tamis_boilerplate import Boilerplate

SEEDS = Path(__file__).parents[1] / "seeds"
STEP = Boilerplate()
Spans = list[tuple[int, int]]


def ours(text: str) -> Spans:
    """Return what the step cuts."""
    found = STEP.find(tamis.Document(text))
    return [(finding.span[0], finding.span[1]) for finding in found if isinstance(finding, tamis.Edit)]


def c4(text: str) -> Spans:
    """Return what the line rules of C4 cut."""
    bad = (
        "javascript",
        "terms of use",
        "privacy policy",
        "cookie policy",
        "uses cookies",
        "use of cookies",
        "use cookies",
    )
    cuts = []
    for line in re.finditer(r"[^\n]+", text):
        words = line.group().split()
        lower = line.group().lower()
        ended = line.group().rstrip().endswith((".", "!", "?", '"', "”"))
        if len(words) < 5 or not ended or any(word in lower for word in bad):
            cuts.append(line.span())
    return cuts


def justext(text: str) -> Spans:
    """Return what jusText calls boilerplate when each line is a paragraph."""
    import justext as peer  # type: ignore[import-untyped, unused-ignore]

    lines = list(re.finditer(r"[^\n]+", text))
    if not text.strip():
        return []
    page = "".join(f"<p>{html.escape(line.group())}</p>" for line in lines)
    found = peer.justext(page.encode("utf-8"), peer.get_stoplist("English"), encoding="utf-8")
    keep = {paragraph.text for paragraph in found if not paragraph.is_boilerplate}
    return [line.span() for line in lines if " ".join(line.group().split()) not in keep]


def segments(text: str) -> Spans:
    """Split *text* as the document does for all steps; return no cuts."""
    doc = tamis.Document(text)
    _ = doc.words, doc.sentences
    return []


def cleaned(text: str) -> str:
    """Return what the step leaves of *text*."""
    doc = tamis.Document(text)
    return doc.apply("boilerplate", STEP.find(doc)).text


def nothing(_: str) -> Spans:
    """Return no cuts."""
    return []


PEERS: dict[str, Callable[[str], Spans]] = {"tamis": ours, "c4": c4, "justext": justext, "nothing": nothing}


def timed(clean: Callable[[str], Spans], texts: list[str]) -> float:
    """Return the milliseconds for 3,000 characters."""
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        for text in texts:
            clean(text)
        best = min(best, time.process_time() - start)
    return best * 1000 / sum(map(len, texts)) * 3000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder that holds data/boilerplate and eval/score_residue.py")
    parser.add_argument("--file", type=Path, help="another file of items than residue/dev.jsonl")
    options = parser.parse_args()
    texts = [text for path in sorted(SEEDS.glob("*.txt")) if (text := path.read_text("utf-8")).strip()]
    left = [text for text in map(cleaned, texts) if text.strip()]
    print(f"{len(texts)} documents, {sum(map(len, texts)) // len(texts)} characters each; ms for 3,000 characters")
    print(f"{'':10}{'pages':>8}{'clean':>8}")
    for name, clean in {"segments": segments, **PEERS}.items():
        print(f"{name:10}{timed(clean, texts):8.2f}{timed(clean, left):8.2f}")
    if options.data is None:
        return
    sys.path.insert(0, str(options.data / "eval"))
    scorer = importlib.import_module("score_residue")
    import json

    file = options.file or options.data / "data" / "boilerplate" / "residue" / "dev.jsonl"
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    names = ("f05", "span_exact", "content_kept", "neg_intact")
    for name, clean in PEERS.items():
        for form, scores in scorer.evaluate(rows, clean).items():
            print(f"{name:10}{form:6}", *(f"{key} {scores[key]:.3f}" for key in names))
            if name == "tamis":
                print(" " * 16, scores["by_kind"])


if __name__ == "__main__":
    main()
