"""Tone beside VADER, TextBlob and AFINN, on what our model was not trained on.

    python benchmarks/sentiment.py ../shared/data

A model is trained for this run without half of the labelled documents, a fifth of the headlines and the development
part of NewsMTSC; every tool answers on what was left out. A peer that is not installed is left out. Its score is cut
where its authors cut it (VADER 0.05) or at 0. Speed is of the shipped model, in processor time on one core.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sklearn.metrics import f1_score

from tamis.text import Segments
from tamis_sentiment import SentimentClassifier

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "models/train"))
tone: Any = importlib.import_module("sentiment")
toward: Any = importlib.import_module("sentiment_targets")

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
    lexicon = tone.lexicon_state(data)
    others = peers()
    print(f"{'macro-F1':14} {'n':>5} {'tamis':>6} " + " ".join(f"{name:>8}" for name in others))
    model, sets = tone.held_out(data, lexicon)
    lines = []
    for name, units in sets.items():
        gold, weight = [unit.label for unit in units], [unit.weight for unit in units]
        tones = [model.tone(Segments(unit.text)) for unit in units]
        ours = 100 * f1_score(gold, [one.label for one in tones], average="macro", sample_weight=weight)
        theirs = [
            100 * f1_score(gold, [label(unit.text) for unit in units], average="macro", sample_weight=weight)
            for label in others.values()
        ]
        print(f"{name:14} {len(units):5} {ours:6.1f} " + " ".join(f"{value:8.1f}" for value in theirs))
        lines.append(tone.report(name, units, tones))
    reader = tone.blank(lexicon)
    targets, rows = toward.held_out(data, reader)
    for name, items in rows.items():
        gold = [item["label"] for item in items]
        ours = 100 * f1_score(gold, toward.labels_of(targets, reader, items), average="macro")
        theirs = [
            100 * f1_score(gold, [label(item["text"]) for item in items], average="macro") for label in others.values()
        ]
        print(
            f"{name:14} {len(items):5} {ours:6.1f} " + " ".join(f"{value:8.1f}" for value in theirs) + "   to a target"
        )
    print("\nOurs in more detail", *lines, sep="\n")
    texts = [unit.text[:SIZE] for unit in sets["wikinews"] if len(unit.text) >= SIZE][:MOST]
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
