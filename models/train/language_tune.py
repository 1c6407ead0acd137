"""Chooses the temperature and the priors of each script on half of the development set.

Everything is fitted alike, by the probability of the right language: no prior and no temperature is set by hand.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from typing import NamedTuple

import numpy as np

from tamis_language.detector import main_words
from tamis_language.letters import evidence
from tamis_language.letters import sample
from tamis_language.model import UNIT
from tamis_language.model import Block
from tamis_language.scripts import SCRIPTS

Array = np.ndarray[Any, Any]
# What a prior of one nat costs, so that it is drawn towards none; the best of six values in a cross-validation within
# the half that is tuned on (two folds, twice).
_DRAW = 0.012
# Each kind of text weighs the same; the other kinds repeat these.
_BUCKETS = ("word", "pair", "sentence", "noisy", "nodiac", "paragraph", "none")


class Tuned(NamedTuple):
    """What `Block` takes: a prior for each language in whole units, and the three numbers of the temperature."""

    bias: list[int]
    heat: tuple[float, float, float]


class Rows(NamedTuple):
    """Texts: the sums of each, how many n-grams spoke, the column of its language, and how much it counts."""

    sums: Array
    spoke: Array
    columns: Array
    weights: Array

    def loss(self, bias: Array, heat: Sequence[float]) -> float:
        """Return the weighted negative log probability of the right languages."""
        scaled = (self.sums + bias) * (UNIT / (heat[0] * (1 + self.spoke / heat[1]) ** heat[2]))[:, None]
        scaled -= scaled.max(axis=1, keepdims=True)
        logs = scaled[np.arange(len(self.columns)), self.columns] - np.log(np.exp(scaled).sum(axis=1))
        return float(-(np.maximum(logs, -8.0) * self.weights).sum())


def tuning_half(identity: str) -> bool:
    """Return whether the row of this id belongs to the half that is tuned on."""
    return int(hashlib.md5(identity.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0


def rows_of(data: Path, script: str, block: Block) -> Rows:
    """Return the rows of the tuning half that are in *script*; texts without language have the column of `und`."""
    buckets, sums, spoke, columns = [], [], [], []
    with gzip.open(data / "language" / "langid_dev.jsonl.gz", "rt") as lines:
        for line in lines:
            row = json.loads(line)
            if row["bucket"] in _BUCKETS and row["lang"] in block.languages and tuning_half(row["id"]):
                kind, words = main_words(evidence(sample(row["text"])))
                if SCRIPTS[kind] == script:
                    said, count = block.score(words)
                    buckets.append(row["bucket"])
                    sums.append(said)
                    spoke.append(float(count))
                    columns.append(block.languages.index(row["lang"]))
    counts = Counter(buckets)
    return Rows(np.array(sums), np.array(spoke), np.array(columns), np.array([1 / counts[b] for b in buckets]))


def tune(data: Path, script: str, block: Block) -> Tuned:
    """Return the temperature and the priors with the least loss; a language without a row keeps a prior of none."""
    rows = rows_of(data, script, block)
    bias = np.zeros(len(block.languages))
    heat = [1.0, 60.0, 0.5]
    for _ in range(3):
        for axis, factors in (
            (0, (0.8, 0.9, 1.0, 1.1, 1.25)),
            (1, (0.5, 0.7, 1.0, 1.4, 2.0)),
            (2, (0.8, 0.9, 1.0, 1.1, 1.25)),
        ):
            tried = [
                [value * factor if place == axis else value for place, value in enumerate(heat)] for factor in factors
            ]
            heat = min(tried, key=lambda one: rows.loss(bias, one))
        for column in sorted(set(rows.columns.tolist())):
            tries = []
            for value in range(-48, 49, 6):
                moved = bias.copy()
                moved[column] = value
                tries.append((rows.loss(moved, heat) + _DRAW * (value * UNIT) ** 2, abs(value), value))
            bias[column] = min(tries)[2]
    print(f"  {script}: {len(rows.columns)} rows, heat {[round(value, 3) for value in heat]}", end=" ")
    print({name: int(value) for name, value in zip(block.languages, bias, strict=True) if value})
    return Tuned([int(value) for value in bias], (heat[0], heat[1], heat[2]))
