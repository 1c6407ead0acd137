"""The matrix of the tone model: which features it has, and what their counts are multiplied by."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy import sparse
from sentiment_data import Unit
from sentiment_data import names_one
from sentiment_data import proper_names

from tamis_sentiment.reading import FORMS

SHAPE = {"early": 1.5, "reach": 60.0, "first": 1.0, "offset": 3.0, "power": 0.5}
#: How much words, pairs of words, word lists, and rises and falls count for in training: less means shrunk more. The
#: same of what is counted in texts of one form alone.
WORDS, PAIRS, LISTS, MOVES = 0.16, 0.1, 0.5, 1.2
OWN_WORDS, OWN_PAIRS, OWN_LISTS, OWN_MOVES = 0.12, 0.07, 0.35, 0.8
RARE = 3
#: The weighted counts of the features of a text, its weighted length, and its form.
Counted = tuple[dict[str, float], float, str]


class Columns:
    """Turns feature counts into a matrix: common features and those of each form of text, rare ones left out."""

    def __init__(self, units: Sequence[Unit], counted: Sequence[Counted]) -> None:
        seen: Counter[str] = Counter()
        latest: dict[str, str] = {}
        for unit, (counts, _, form) in zip(units, counted, strict=True):
            for key in counts:
                for name in (key, f"{form}|{key}"):
                    if latest.get(name) != unit.group:  # translations of one document count once
                        latest[name] = unit.group
                        seen[name] += 1
        names = proper_names(unit.text for unit in units)
        total = len({unit.group for unit in units})
        kept = sorted(name for name, count in seen.items() if count >= RARE and not names_one(bare(name), names))
        self._set(kept, [scale_of(name, seen[bare(name)], total) for name in kept])

    def _set(self, names: Sequence[str], scale: Sequence[float]) -> None:
        self.names = names
        self.scale = np.array(scale)
        self.at = {name: column for column, name in enumerate(names)}

    def keep(self, columns: Sequence[int]) -> None:
        """Drop the features that are not among *columns*."""
        self._set([self.names[at] for at in columns], self.scale[list(columns)])

    def matrix(self, counted: Sequence[Counted]) -> sparse.csr_matrix:
        """Return one row for each of *counted*; the last columns say of which form a text is."""
        values: list[float] = []
        columns: list[int] = []
        starts = [0]
        for counts, length, form in counted:
            scale = (length + SHAPE["offset"]) ** -SHAPE["power"]
            for key, value in counts.items():
                for name in (key, f"{form}|{key}"):
                    column = self.at.get(name)
                    if column is not None:
                        columns.append(column)
                        values.append(value * self.scale[column] * scale)
            columns.append(len(self.names) + FORMS.index(form))
            values.append(1.0)
            starts.append(len(values))
        return sparse.csr_matrix((values, columns, starts), shape=(len(counted), len(self.names) + len(FORMS)))


def bare(name: str) -> str:
    """Return the feature *name* without the form of text it is for."""
    return name.rpartition("|")[2]


def scale_of(name: str, seen: int, total: int) -> float:
    """Return what the counts of the feature *name* are multiplied by: more for the rare ones among words and pairs."""
    own, key = "|" in name, bare(name)
    if key[0] == "x":
        return OWN_MOVES if own else MOVES
    if key[0] not in "wb":
        return OWN_LISTS if own else LISTS
    common, alone = (WORDS, OWN_WORDS) if key[0] == "w" else (PAIRS, OWN_PAIRS)
    return (alone if own else common) * (math.log((1 + total) / (1 + seen)) + 1)
