"""The default chain through the host, against the bare calls of its steps, and against a naive chain.

    python benchmarks/running_chain.py [--docs 300] [--rounds 5] [--texts FILE.jsonl]

host/bare: the CPU time of `Pipeline.process` over that inside the steps' own `find_batch`, on the same documents.
naive/host: a chain as one writes it in an afternoon (langdetect on the whole text, `re.I` rules, VADER by sentence,
TF-IDF with logistic regression from scikit-learn), where langdetect and vaderSentiment are installed.
Documents are the seeds, each joined with others to news length, which hold far more residue than news does, or those of
a file of JSON lines with a field `text` (`--texts`); rounds alternate; medians; one process.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
from collections.abc import Callable
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any

import tamis
from tamis.pipeline import Group
from tamis.pipeline import Use
from tamis.runner.batches import settle_memory

BATCH = 16
RULES = [
    r"^\s*(read|see) (also|more):?.*$",
    r"^\s*(photo|image|picture)( credit)?:.*$",
    r"^.*subscribe (now|today|to).*$",
    r"^.*sign up (for|to) (our|the) newsletter.*$",
    r"^\s*share (this|on).*$",
    r"^.*(we use|accept) cookies.*$",
    r"^\s*(advertisement|sponsored content)\s*$",
    r"^.*all rights reserved.*$",
    r"^.*©.*$",
    r"^\s*by [A-Z][a-z]+ [A-Z][a-z]+\s*$",
    r"^\s*\d+ comments?\s*$",
    r"^.*follow us on (twitter|facebook|instagram).*$",
    r"^\s*(related|more) (articles|stories|news).*$",
    r"^.*(getty images|afp|reuters)\s*/.*$",
    r"^\s*lire aussi.*$",
    r"^.*download (our|the) app.*$",
    r"^.*this article (was|is) (first )?(published|reserved).*$",
    r"^\s*(watch|listen):.*$",
    r"^.*terms of (use|service).*$",
    r"^\s*source:.*$",
]


def make_texts(count: int) -> list[str]:
    """Return *count* texts of about 3 KB, made of the seeds."""
    folder = Path(__file__).parent.parent / "seeds"
    seeds = [path.read_text(errors="replace") for path in sorted(folder.glob("*.txt"))]
    chance = random.Random(7)
    texts = []
    for _ in range(count):
        text = ""
        while len(text) < 2800:
            text += chance.choice(seeds) + "\n\n"
        texts.append(text[:4000])
    return texts


def read_texts(path: Path, count: int) -> list[str]:
    """Return the first *count* texts of the file *path*."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in islice(lines, count)]


def bare(entries: Sequence[Use | Group], docs: list[tamis.Document]) -> float:
    """Return the seconds inside the steps' own `find_batch`; what they find is applied outside the clock."""
    seconds = 0.0
    at = range(len(docs))

    def walk(entries: Sequence[Use | Group], at: Sequence[int]) -> None:
        nonlocal seconds
        for entry in entries:
            chosen = [i for i in at if docs[i].dropped is None and (entry.when is None or entry.when(docs[i]))]
            if isinstance(entry, Group):
                walk(entry.steps, chosen)
            elif chosen:
                asked = [docs[i] for i in chosen]
                started = process_time()
                answers = [tuple(found) for found in entry.step.find_batch(asked)]
                seconds += process_time() - started
                for i, found in zip(chosen, answers, strict=True):
                    docs[i] = docs[i].apply(entry.id, found)

    walk(entries, at)
    return seconds


def naive_chain(texts: list[str]) -> Callable[[str], Any] | None:
    """Return the naive chain, or None where its libraries are not installed."""
    try:
        from langdetect import detect_langs
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.multiclass import OneVsRestClassifier
        from sklearn.pipeline import make_pipeline
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError:
        return None
    rules = [re.compile(rule, re.I | re.M) for rule in RULES]
    vader = SentimentIntensityAnalyzer()
    chance = random.Random(1)
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), OneVsRestClassifier(LogisticRegression())
    )
    model.fit(texts[:200], [[chance.random() < 0.5 for _ in range(3)] for _ in texts[:200]])
    mt = make_pipeline(TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4)), LogisticRegression())
    mt.fit(texts[:200], [chance.random() < 0.5 for _ in texts[:200]])

    def run(text: str) -> Any:
        for rule in rules:
            text = rule.sub("", text)
        languages = detect_langs(text)
        tone = [vader.polarity_scores(sentence)["compound"] for sentence in re.split(r"(?<=[.!?])\s+", text)]
        return languages, tone, model.predict_proba([text]), mt.predict_proba([text])

    return run


def batches(texts: list[str]) -> list[list[tamis.Document]]:
    return [[tamis.Document(text) for text in texts[i : i + BATCH]] for i in range(0, len(texts), BATCH)]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--docs", type=int, default=300)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--texts", type=Path, help="a file of JSON lines with a field `text`, instead of the seeds")
    given = ask.parse_args()
    texts = read_texts(given.texts, given.docs) if given.texts else make_texts(given.docs)
    pipeline = tamis.default()
    naive = naive_chain(texts)
    tried = pipeline.process([tamis.Document(text) for text in texts[:50]])
    broken = sorted({doc.error.step for doc in tried if doc.error})
    if broken:
        raise SystemExit(f"steps that fail cannot be measured: {', '.join(broken)}")
    settle_memory()  # as workers do
    ratios: dict[str, list[float]] = {"host_over_bare": [], "naive_over_host": []}
    milliseconds: dict[str, list[float]] = {"host": [], "bare": [], "naive": []}
    for _ in range(given.rounds):
        host = inside = 0.0
        for i, (one, two) in enumerate(zip(batches(texts), batches(texts), strict=True)):
            for turn in (i % 2, 1 - i % 2):  # whoever comes second finds warm caches
                if turn:
                    inside += bare(pipeline.steps, two)
                else:
                    started = process_time()
                    done = pipeline.process(one)
                    host += process_time() - started
                    del done  # memory is given back outside the clock, as in `bare`
        ratios["host_over_bare"].append(host / inside)
        milliseconds["host"].append(1000 * host / len(texts))
        milliseconds["bare"].append(1000 * inside / len(texts))
        if naive is not None:
            sample = texts[:: max(1, len(texts) // 60)]
            started = process_time()
            for text in sample:
                naive(text)
            each = (process_time() - started) / len(sample)
            milliseconds["naive"].append(1000 * each)
            ratios["naive_over_host"].append(1000 * each / milliseconds["host"][-1])
    result = {
        "docs": len(texts),
        "milliseconds_a_document": {
            key: round(statistics.median(each), 3) for key, each in milliseconds.items() if each
        },
        "ratios": {key: round(statistics.median(each), 3) for key, each in ratios.items() if each},
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
