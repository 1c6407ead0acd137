"""Eight labelled texts a class: words, the static embedding, both, and the choice by cross-validation.

    python benchmarks/topics_few.py [DATA]    (needs tamis[embeddings]; DATA: ../shared/data)

Five draws of eight texts a class, judged on up to sixty others of each class: the ten most frequent categories of
Reuters-21578 (articles with one category), and nine sections of Wikipedia's Portal:Current events (short items).
Macro-F1, its mean and its standard deviation over the draws.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from time import process_time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from sklearn.metrics import f1_score

from tamis_topics import TopicClassifier

SHOTS = 8
DRAWS = 5
JUDGED = 60
SECTIONS = {
    "Armed conflicts and attacks": "war",
    "Arts and culture": "arts",
    "Business and economy": "business",
    "Disasters and accidents": "disasters",
    "Health and environment": "health",
    "Law and crime": "crime",
    "Politics and elections": "politics",
    "Science and technology": "science",
    "Sports": "sport",
}
Drawn = tuple[list[str], list[str], list[str], list[str]]


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a gzipped JSONL file."""
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()]


def reuters(data: Path) -> dict[str, list[str]]:
    """Return the articles of each of the ten most frequent categories that have no other."""
    found: dict[str, list[str]] = defaultdict(list)
    for item in rows(data / "topics/reuters_aptemod_train.jsonl.gz"):
        if len(item["labels"]) == 1:
            found[item["labels"][0]].append(f"{item['title']}\n{item['text']}")
    return dict(sorted(found.items(), key=lambda pair: -len(pair[1]))[:10])


def portal(data: Path) -> dict[str, list[str]]:
    """Return the items of each of SECTIONS."""
    found: dict[str, list[str]] = defaultdict(list)
    for item in rows(data / "topics/weak_pool.jsonl.gz"):
        if item["category"] in SECTIONS:
            found[SECTIONS[item["category"]]].append(item["text"])
    return dict(found)


def draw(by_class: dict[str, list[str]], seed: int) -> Drawn:
    """Return texts and classes to learn from, and others to be judged."""
    chance = np.random.default_rng(seed)
    drawn: Drawn = ([], [], [], [])
    for name, texts in sorted(by_class.items()):
        order = [texts[index] for index in chance.permutation(len(texts)).tolist()]
        for place, some in ((0, order[:SHOTS]), (2, order[SHOTS : SHOTS + JUDGED])):
            drawn[place].extend(some)
            drawn[place + 1].extend([name] * len(some))
    return drawn


def main(data: Path) -> None:
    """Print the figures of both sets."""
    for name, by_class in (("Reuters", reuters(data)), ("portal", portal(data))):
        found: dict[str, list[float]] = defaultdict(list)
        seconds: dict[str, float] = defaultdict(float)
        for seed in range(DRAWS):
            texts, classes, others, wanted = draw(by_class, seed)
            for features in ("words", "embedding", "both", "auto"):
                begin = process_time()
                model = TopicClassifier(features=features, min_df=1).fit(texts, classes)
                seconds[features] += process_time() - begin
                found[features].append(f1_score(wanted, model.predict(others), average="macro"))
        for features, each in found.items():
            cpu = seconds[features] / DRAWS
            print(f"{name:8s} {features:10s} macro {np.mean(each):.3f} +- {np.std(each):.3f}, CPU {cpu:.1f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
