"""Speed of the topic model against scikit-learn's own prediction, in one run: python benchmarks/topics.py.

3 KB articles are put together from the texts in seeds/. The peer is the same model as a scikit-learn pipeline would
have it: TfidfVectorizer (word 1-2-grams) and three logistic regressions of the same size, `predict_proba`.
Times are CPU seconds of one thread; compare the ratios, not the numbers of two runs.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from time import process_time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from tamis.learn import LinearModel
from tamis.learn import load
from tamis.learn.words import as_texts
from tamis.learn.words import as_words
from tamis.models import find

COUNT = 2000
ROUNDS = 5


def articles() -> list[str]:
    """Return COUNT texts of 3,000 characters."""
    whole = "\n".join(path.read_text("utf-8") for path in sorted((Path(__file__).parents[1] / "seeds").glob("*.txt")))
    step = (len(whole) - 3000) // COUNT
    return [whole[start : start + 3000] for start in range(0, step * COUNT, step)]


def per_second(name: str, count: int, times: list[float]) -> None:
    """Print the fastest of *times* as texts a second."""
    best = min(times)
    print(f"{name:44s} {count / best:8.0f} a second {best / count * 1e6:8.0f} us a text")


def main() -> None:
    """Measure load, batch and single prediction, and the peer."""
    data = find("topics").read()
    times = []
    for _ in range(ROUNDS):
        begin = process_time()
        model = LinearModel.from_state(load(data))
        times.append(process_time() - begin)
    print(f"model {len(data) / 1e6:.2f} MB, load {min(times) * 1000:.0f} ms, {model.vectorizer.size} features")
    texts = articles()
    names = model.vectorizer.names()
    peer_words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, vocabulary={n: i for i, n in enumerate(names)})
    matrix = peer_words.fit_transform(texts)
    rng = np.random.default_rng(0)
    peer = OneVsRestClassifier(LogisticRegression()).fit(matrix[:300], rng.random((300, 3)) < 0.5)
    found: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        works: dict[str, Callable[[], object]] = {
            "words with offsets alone": lambda: [as_words(text) for text in texts],
            "words alone": lambda: [as_texts(text) for text in texts],
            "tamis, batch, words included": lambda: model.predict_proba(texts),
            "scikit-learn, batch of 2,000": lambda: peer.predict_proba(peer_words.transform(texts)),
            "tamis, one by one": lambda: [model.predict_proba([text]) for text in texts[:500]],
            "scikit-learn, one by one": lambda: [
                peer.predict_proba(peer_words.transform([text])) for text in texts[:500]
            ],
        }
        for name, work in works.items():
            begin = process_time()
            work()
            found.setdefault(name, []).append(process_time() - begin)
    for name, each in found.items():
        per_second(name, 500 if "one by one" in name else COUNT, each)


if __name__ == "__main__":
    main()
