"""Train the model of tone toward a target: python models/train/sentiment_targets.py ../shared/data [--check].

NewsMTSC and SEntFiN in balance. With --check, a fifth of SEntFiN and the development part of NewsMTSC are left out of
training and scored instead, and nothing is written.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sentiment import FOLDER
from sentiment import PIN
from sentiment import blank
from sentiment_data import lexicon_state
from sentiment_data import names_one
from sentiment_data import part
from sentiment_data import proper_names
from sentiment_data import rows
from sentiment_data import written_targets
from sklearn.linear_model import LogisticRegression

from tamis.learn import pack
from tamis.learn import save
from tamis.models import publish
from tamis.text import WORDS_VERSION
from tamis.text import Segments
from tamis_sentiment.mention import mention
from tamis_sentiment.model import LABELS
from tamis_sentiment.model import ToneModel
from tamis_sentiment.target_model import KIND
from tamis_sentiment.target_model import TargetModel
from tamis_sentiment.target_model import feature_scale
from tamis_sentiment.target_model import target_features

STRENGTH = 0.6
RARE = 2
#: How many features are kept, and what is added to counts before they are compared between the tones.
MOST = 60000
SMOOTHING = 2.0
TOLERANCE = 1e-4
#: How much what we wrote weighs beside each of the two corpora.
WRITTEN = 0.1
Counted = tuple[dict[str, float], int]


def counted(reader: ToneModel, items: Sequence[dict[str, Any]], common: frozenset[str]) -> list[Counted]:
    """Return the features of the mention of each of *items*."""
    found = []
    for item in items:
        segments = Segments(item["text"])
        span = (item["tfrom"], item["tto"]) if item["tfrom"] >= 0 else (0, 0)
        there = mention(segments, reader.read(segments), reader.lexicon, common, span)
        found.append(({}, 0) if there is None else target_features(there))
    return found


def words_and_names(reader: ToneModel, texts: Sequence[str]) -> tuple[frozenset[str], set[str]]:
    """Return the words of *texts* that are seen again and are no names, and the names."""
    names = proper_names(texts)
    seen = Counter(reader.lexicon.word(word).norm for text in texts for word in Segments(text).words.texts)
    return frozenset(word for word, count in seen.items() if count >= RARE and word not in names), names


class Columns:
    """Turns feature counts into a matrix; a feature counts for more the better it tells the tones apart."""

    def __init__(self, features: Sequence[Counted], labels: Sequence[str], names: set[str]) -> None:
        seen = Counter(key for counts, _ in features for key in counts)
        self.names = sorted(key for key, count in seen.items() if count >= RARE and not names_one(key, names))
        self.at = {name: column for column, name in enumerate(self.names)}
        self.scale = np.array(
            [math.log((1 + len(features)) / (1 + seen[name])) + 1 if name[0] in "wb" else 1.0 for name in self.names]
        )
        matrix = self.matrix(features)
        gold = np.array(labels)
        ratios = []
        for label in LABELS:
            inside = SMOOTHING + np.asarray(matrix[gold == label].sum(0)).ravel()
            outside = SMOOTHING + np.asarray(matrix[gold != label].sum(0)).ravel()
            ratios.append(np.abs(np.log((inside / inside.sum()) / (outside / outside.sum()))))
        self.scale *= 0.1 + 1.5 * np.mean(ratios, axis=0)

    def keep(self, columns: Sequence[int]) -> None:
        """Drop the features that are not among *columns*."""
        self.names = [self.names[at] for at in columns]
        self.scale = self.scale[list(columns)]
        self.at = {name: column for column, name in enumerate(self.names)}

    def matrix(self, features: Sequence[Counted]) -> sparse.csr_matrix:
        """Return one row for each of *features*."""
        values: list[float] = []
        columns: list[int] = []
        starts = [0]
        for counts, words in features:
            for key, value in counts.items():
                column = self.at.get(key)
                if column is not None:
                    columns.append(column)
                    values.append(value * self.scale[column] * feature_scale(key, words))
            starts.append(len(values))
        return sparse.csr_matrix((values, columns, starts), shape=(len(features), len(self.names)))


def train(reader: ToneModel, *parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the state of a model trained on *parts*, which weigh the same in sum, and a little on what we wrote.

    It is fitted twice: the second time only the features that weighed most the first time stay.
    """
    shares = [1.0] * len(parts) + [WRITTEN]
    parts = (*parts, written_targets())
    items = [item for part in parts for item in part]
    weights = np.array([share / len(part) for part, share in zip(parts, shares, strict=True) for _ in part])
    weights *= len(items) / weights.sum()
    common, names = words_and_names(reader, list(dict.fromkeys(item["text"] for item in items)))
    features = counted(reader, items, common)
    labels = [item["label"] for item in items]
    columns = Columns(features, labels, names)
    model = LogisticRegression(C=STRENGTH, max_iter=1000, tol=TOLERANCE)
    model.fit(columns.matrix(features), labels, sample_weight=weights)
    strongest = np.argsort(-np.abs(model.coef_).max(0), kind="stable")[:MOST]
    columns.keep(sorted(strongest.tolist()))
    model.fit(columns.matrix(features), labels, sample_weight=weights)
    order = [list(model.classes_).index(label) for label in LABELS]
    coef, intercept = model.coef_[order], model.intercept_[order]
    pairs = np.stack([coef[0] - coef[1], coef[2] - coef[1]], axis=1) * columns.scale[:, None]
    digest = hashlib.sha256(json.dumps([[item["id"], item["label"]] for item in items]).encode()).hexdigest()
    return {
        "kind": KIND,
        "words_version": WORDS_VERSION,
        "data": digest,
        "common": "\n".join(sorted(common)),
        "features": "\n".join(columns.names),
        "weights": pack(pairs.astype(np.float32)),
        "intercept": [float(intercept[0] - intercept[1]), float(intercept[2] - intercept[1])],
    }


def held_out(data: Path, reader: ToneModel) -> tuple[TargetModel, dict[str, list[dict[str, Any]]]]:
    """Return a model trained without a fifth of SEntFiN, and what it has not seen."""
    held: list[dict[str, Any]] = []
    kept: list[dict[str, Any]] = []
    for item in rows(data / "sentiment/sentfin_target_train.jsonl.gz"):
        headline = re.sub(r"\W+", "", item["text"].lower())
        (kept if part(headline, 5) else held).append(item)
    dev = rows(data / "sentiment/newsmtsc_target_dev.jsonl.gz")
    model = TargetModel(train(reader, rows(data / "sentiment/newsmtsc_target_train.jsonl.gz"), kept))
    return model, {"sentfin held": held} | {
        name: [item for item in dev if item["split"] == name] for name in ("devtest_rw", "devtest_mt")
    }


def labels_of(model: TargetModel, reader: ToneModel, items: Sequence[dict[str, Any]]) -> list[str]:
    """Return the tone toward the target of each of *items*."""
    found = []
    for item in items:
        segments = Segments(item["text"])
        span = (max(item["tfrom"], 0), max(item["tto"], 0))
        there = mention(segments, reader.read(segments), reader.lexicon, model.common, span)
        found.append(model.tone(there).label)
    return found


def check(data: Path, reader: ToneModel) -> None:
    """Print macro-F1 on what was left out."""
    from sklearn.metrics import f1_score

    model, sets = held_out(data, reader)
    for name, items in sets.items():
        f1 = f1_score([item["label"] for item in items], labels_of(model, reader, items), average="macro")
        print(f"{name:14} n {len(items):5} macro-F1 {100 * f1:.1f}")


def main(data: Path, reader: ToneModel) -> None:
    """Train on everything, save and publish."""
    news = rows(data / "sentiment/newsmtsc_target_train.jsonl.gz") + rows(
        data / "sentiment/newsmtsc_target_dev.jsonl.gz"
    )
    state = train(reader, news, rows(data / "sentiment/sentfin_target_train.jsonl.gz"))
    save(FOLDER / "sentiment_targets.joblib", state)
    pin = PIN.with_name("_pin_targets.py")
    name = "sentiment_targets"
    print("sha256", publish(FOLDER, name, f"{name}.joblib", "1", f"{name}.md", pin))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    blank_reader = blank(lexicon_state(folder))
    if "--check" in sys.argv:
        check(folder, blank_reader)
    else:
        main(folder, blank_reader)
