"""Chooses the temperature and the priors of each script on half of the development set."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from typing import NamedTuple

import numpy as np

from tamis_language.detector import main_script
from tamis_language.letters import evidence
from tamis_language.letters import sample
from tamis_language.model import UNIT
from tamis_language.model import Block
from tamis_language.scripts import SCRIPTS

Array = np.ndarray[Any, Any]
# What a prior of one nat costs.
_DRAW = 0.004
_BUCKETS = ("word", "pair", "sentence", "noisy", "nodiac", "paragraph")


class Tuned(NamedTuple):
    """What `Block` takes: a prior for each language in whole units, and the three numbers of the temperature."""

    bias: list[int]
    heat: tuple[float, float, float]


class Row(NamedTuple):
    """The sums of a text, how many n-grams spoke, and its language as a column."""

    sums: list[float]
    spoke: int
    column: int
    weight: float


def tuning_half(identity: str) -> bool:
    """Return whether the row of this id belongs to the half that is tuned on."""
    return int(hashlib.md5(identity.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0


def rows_of(data: Path, script: str, block: Block) -> list[Row]:
    """Return the rows of the tuning half that are in *script*; texts without language have the column of `und`."""
    found: list[tuple[str, list[float], int, int]] = []
    with gzip.open(data / "language" / "langid_dev.jsonl.gz", "rt") as lines:
        for line in lines:
            row = json.loads(line)
            if row["bucket"] not in (*_BUCKETS, "none") or not tuning_half(row["id"]):
                continue
            seen = evidence(sample(row["text"]))
            kind, words = main_script(seen.words) if seen.share >= 0.5 else (0, [])
            if SCRIPTS[kind] == script and row["lang"] in block.languages:
                sums, spoke = block.score(words)
                found.append((row["bucket"], sums, spoke, block.languages.index(row["lang"])))
    counts = {bucket: sum(1 for name, *_ in found if name == bucket) for bucket in _BUCKETS}
    return [
        Row(sums, spoke, column, 1 / counts[bucket] if bucket in counts else 0.0)
        for bucket, sums, spoke, column in found
    ]


def loss(rows: Sequence[Row], sums: Array, spoke: Array, columns: Array, bias: Array, heat: Sequence[float]) -> float:
    """Return the weighted negative log probability of the right languages."""
    scaled = (sums + bias) * (UNIT / (heat[0] * (1 + spoke / heat[1]) ** heat[2]))[:, None]
    scaled -= scaled.max(axis=1, keepdims=True)
    logs = scaled[np.arange(len(columns)), columns] - np.log(np.exp(scaled).sum(axis=1))
    return float(-(np.maximum(logs, -8.0) * np.array([row.weight for row in rows])).sum())


def tune(data: Path, script: str, block: Block, free: Sequence[str], fixed: Mapping[str, int]) -> Tuned:
    """Return the temperature with the least loss, and priors: those *fixed*, and for *free* ones drawn towards none."""
    rows = rows_of(data, script, block)
    sums = np.array([row.sums for row in rows])
    spoke = np.array([row.spoke for row in rows], float)
    columns = np.array([row.column for row in rows])
    bias = np.array([float(fixed.get(language, 0)) for language in block.languages])
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
            heat = min(tried, key=lambda one: loss(rows, sums, spoke, columns, bias, one))
        for language in free:
            column = block.languages.index(language)
            tries = []
            for value in range(-48, 25, 6):
                moved = bias.copy()
                moved[column] = value
                tries.append((loss(rows, sums, spoke, columns, moved, heat) + _DRAW * (value * UNIT) ** 2, value))
            bias[column] = min(tries)[1]
    print(f"  {script}: {len(rows)} rows, heat {[round(value, 3) for value in heat]}", end=" ")
    print({name: int(value) for name, value in zip(block.languages, bias, strict=True) if value})
    return Tuned([int(value) for value in bias], (heat[0], heat[1], heat[2]))
