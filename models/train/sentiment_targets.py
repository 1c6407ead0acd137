"""Train the model of tone toward a target: python models/train/sentiment_targets.py DATA (deterministic).

NewsMTSC and SEntFiN, with a model for headlines and one for sentences. `sentiment_check.py` scores them.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections import Counter
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sentiment import FOLDER
from sentiment import PIN
from sentiment import blank
from sentiment_data import entries
from sentiment_data import lexicon_state
from sentiment_data import names_one
from sentiment_data import proper_names
from sentiment_data import rows
from sentiment_data import written_targets
from sklearn.linear_model import LogisticRegression

from tamis.learn import pack
from tamis.learn import save
from tamis.models import publish
from tamis.text import WORDS_VERSION
from tamis.text import Segments
from tamis_sentiment.frames import Verbs
from tamis_sentiment.mention import mention
from tamis_sentiment.model import ToneModel
from tamis_sentiment.reading import HEADLINE
from tamis_sentiment.reading import SENTENCES
from tamis_sentiment.target_model import KIND
from tamis_sentiment.target_model import target_features
from tamis_sentiment.tone import LABELS

Array = np.ndarray[Any, Any]
#: What each corpus weighs in the model for headlines and in that for sentences (what we wrote: little).
SHARES = {HEADLINE: (0.3, 1.0, 0.1), SENTENCES: (1.0, 0.05, 0.05)}
STRENGTH = 0.25
TOLERANCE = 3e-4
RARE = 3
#: How many features are kept for each form, and what is added to counts before they are compared between the tones.
MOST = 30000
SMOOTHING = 2.0
Counts = dict[str, float]


def verb_lines() -> list[str]:
    """Return the list of verbs as the model keeps it."""
    return [line for line in entries("sentiment_verbs.txt") if line.count("\t") == 2]


def counted(reader: ToneModel, verbs: Verbs, items: Sequence[dict[str, Any]], common: frozenset[str]) -> list[Counts]:
    """Return the features of the mention of each of *items*."""
    found = []
    for item in items:
        segments = Segments(item["text"])
        span = (item["tfrom"], item["tto"]) if item["tfrom"] >= 0 else (0, 0)
        there = mention(segments, reader.read(segments), reader.lexicon, common, span)
        counts: dict[str, float] = defaultdict(float)
        for name, count, _ in target_features(there, verbs) if there else ():
            counts[name] += count
        found.append({sys.intern(name): count for name, count in counts.items()})
    return found


def words_and_names(reader: ToneModel, texts: Sequence[str]) -> tuple[frozenset[str], set[str]]:
    """Return the words of *texts* that are seen again and are no names, and the names."""
    names = proper_names(texts)
    seen = Counter(reader.lexicon.word(word).norm for text in texts for word in Segments(text).words.texts)
    return frozenset(word for word, count in seen.items() if count > 1 and word not in names), names


def columns(features: Sequence[Counts], names: set[str]) -> dict[str, float]:
    """Return the features that are frequent enough and name nobody, with what their counts are multiplied by."""
    seen = Counter(name for counts in features for name in counts)
    return {
        name: math.log((1 + len(features)) / (1 + count)) + 1 if name[0] in "wb" else 1.0
        for name, count in sorted(seen.items())
        if count >= RARE and not names_one(name, names)
    }


def matrix(features: Sequence[Counts], scales: dict[str, float]) -> sparse.csr_matrix:
    """Return one row for each of *features*, with the columns *scales*."""
    at = {name: column for column, name in enumerate(scales)}
    values: list[float] = []
    found: list[int] = []
    starts = [0]
    for counts in features:
        for name, count in counts.items():
            column = at.get(name)
            if column is not None:
                found.append(column)
                values.append(count * scales[name])
        starts.append(len(values))
    return sparse.csr_matrix((values, found, starts), shape=(len(features), len(scales)))


def telling(rows: sparse.csr_matrix, labels: Array, names: Sequence[str]) -> Array:
    """Return what columns are multiplied by so that they count for more the better they tell the tones apart.

    What verbs say is left as it is: that is little.
    """
    ratios = []
    for label in LABELS:
        inside = SMOOTHING + np.asarray(rows[labels == label].sum(0)).ravel()
        outside = SMOOTHING + np.asarray(rows[labels != label].sum(0)).ravel()
        ratios.append(np.abs(np.log((inside / inside.sum()) / (outside / outside.sum()))))
    plain = np.array([name[0] == "f" for name in names])
    return np.asarray(np.where(plain, 1.0, 0.1 + 1.5 * np.mean(ratios, axis=0)))


def fitted(rows: sparse.csr_matrix, labels: Array, scales: dict[str, float], weights: Array) -> dict[str, Any]:
    """Return the features that weigh most in a logistic regression, their weights and the intercepts."""
    names = list(scales)
    scale = telling(rows, labels, names)
    model = LogisticRegression(C=STRENGTH, max_iter=1000, tol=TOLERANCE)
    model.fit(rows @ sparse.diags(scale), labels, sample_weight=weights)
    order = [list(model.classes_).index(label) for label in LABELS]
    coef, intercept = model.coef_[order], model.intercept_[order]
    kept = np.sort(np.argsort(-np.abs(coef).max(0), kind="stable")[:MOST])
    pairs = np.stack([coef[0] - coef[1], coef[2] - coef[1]], axis=1)[kept]
    pairs *= (scale * np.array([*scales.values()]))[kept, None]
    return {
        "features": "\n".join(names[at] for at in kept),
        "weights": pack(pairs.astype(np.float32)),
        "intercept": [float(intercept[0] - intercept[1]), float(intercept[2] - intercept[1])],
    }


def train(reader: ToneModel, news: Sequence[dict[str, Any]], headlines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the state of models trained on NewsMTSC (*news*), SEntFiN (*headlines*) and a little on what we wrote."""
    parts = (news, headlines, written_targets())
    items = [item for part in parts for item in part]
    common, names = words_and_names(reader, list(dict.fromkeys(item["text"] for item in items)))
    lines = verb_lines()
    features = counted(reader, Verbs(lines), items, common)
    scales = columns(features, names)
    rows = matrix(features, scales)
    labels = np.array([item["label"] for item in items])
    forms = {}
    for form, shares in SHARES.items():
        weights = np.repeat([share / len(part) for share, part in zip(shares, parts, strict=True)], [*map(len, parts)])
        forms[form] = fitted(rows, labels, scales, weights * len(items) / weights.sum())
    digest = hashlib.sha256(json.dumps([[item["id"], item["label"]] for item in items]).encode()).hexdigest()
    return {
        "kind": KIND,
        "words_version": WORDS_VERSION,
        "data": digest,
        "common": "\n".join(sorted(common)),
        "verbs": "\n".join(lines),
        "forms": forms,
    }


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
    main(folder, blank(lexicon_state(folder)))
