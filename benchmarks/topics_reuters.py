"""`TopicClassifier().fit` on Reuters-21578 (ApteMod).

    python benchmarks/topics_reuters.py [TRAIN.jsonl.gz [TEST.jsonl.gz]]

TRAIN is ../shared/data/topics/reuters_aptemod_train.jsonl.gz where none is given. Without TEST a quarter of it is held
out (folds by text). The peer is LinearSVC on TF-IDF, in the same run.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from pathlib import Path
from time import process_time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from tamis.learn.folds import assign
from tamis_topics import TopicClassifier


def rows(path: str) -> tuple[list[str], list[list[str]]]:
    """Return texts and labels."""
    lines = gzip.decompress(Path(path).read_bytes()).decode("utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    return [f"{item['title']}\n{item['text']}" for item in items], [item["labels"] for item in items]


def main(train: str = "../shared/data/topics/reuters_aptemod_train.jsonl.gz", test: str | None = None) -> None:
    """Train both, print micro and macro F1 over the training labels, and the seconds of CPU."""
    texts, labels = rows(train)
    if test:
        test_texts, test_labels = rows(test)
    else:
        place = assign(texts, labels, 4)
        held, kept = np.flatnonzero(place == 0).tolist(), np.flatnonzero(place).tolist()
        test_texts, test_labels = [texts[row] for row in held], [labels[row] for row in held]
        texts, labels = [texts[row] for row in kept], [labels[row] for row in kept]
    classes = sorted({name for one in labels for name in one})
    wanted = np.array([[name in one for name in classes] for one in test_labels])
    table = np.array([[name in one for name in classes] for one in labels])
    begin = process_time()
    ours = TopicClassifier().fit(texts, labels)
    report("TopicClassifier", ours.predict(test_texts), wanted, process_time() - begin)
    begin = process_time()
    peer = make_pipeline(TfidfVectorizer(sublinear_tf=True, min_df=2), OneVsRestClassifier(LinearSVC()))
    peer.fit(texts, table)
    report("LinearSVC", peer.predict(test_texts), wanted, process_time() - begin)


def report(name: str, found: np.ndarray, wanted: np.ndarray, seconds: float) -> None:
    """Print one line."""
    micro, macro = (f1_score(wanted, found, average=kind, zero_division=0) for kind in ("micro", "macro"))
    print(f"{name:20s} micro {micro:.3f} macro {macro:.3f} CPU {seconds:.1f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
