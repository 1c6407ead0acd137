"""The part of `boilerplate.py` that learns of which kind a piece of a page is, by its words."""

from __future__ import annotations

from collections import Counter
from zlib import crc32

import numpy as np
from boilerplate_segments import matrix
from boilerplate_segments import written
from sklearn.linear_model import LogisticRegression

from tamis.text import Segments
from tamis_boilerplate.book import book
from tamis_boilerplate.kinds import features
from tamis_boilerplate.layout import Layout

#: The kind that each kind of written piece is cut as; of the others the pieces say what they are.
KINDS = {"related": "read_also", "headline": "read_also"}
#: Words of an article have no kind, nor has what is marked as a page's without saying more.
NONE = {"content", "intertitle", "page"}
#: A word is known that so many pieces have; weights smaller than this are left out.
COMMON, LEAST = 3, 0.7


def train() -> dict[str, dict[str, float]]:
    """Return what each word weighs for each kind; prints how many of the pieces left out get theirs."""
    pieces = sorted({(KINDS.get(kind, kind), text) for kind, text in written() if kind not in NONE})
    rows = [features(Layout(Segments(text), book()).keys) for _, text in pieces]
    counts = Counter(name for row in rows for name in row)
    names = {name: index for index, name in enumerate(sorted(name for name, n in counts.items() if n >= COMMON))}
    values, gold = matrix(rows, names), np.array([kind for kind, _ in pieces])
    part = np.array([crc32(text.encode()) % 5 == 0 for _, text in pieces])
    model = LogisticRegression(C=2, max_iter=400).fit(values[~part], gold[~part])
    print(f"{np.sum(part)} pieces left out, {np.mean(model.predict(values[part]) == gold[part]):.3f} of the right kind")
    model = LogisticRegression(C=2, max_iter=400).fit(values, gold)
    table: dict[str, dict[str, float]] = {}
    for name, index in names.items():
        weights = zip(model.classes_.tolist(), model.coef_[:, index].tolist(), strict=True)
        kept = {kind: round(weight, 1) for kind, weight in weights if abs(weight) >= LEAST}
        if kept:
            table[name] = kept
    return table
