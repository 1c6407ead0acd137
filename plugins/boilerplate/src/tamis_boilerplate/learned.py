"""What `models/train/boilerplate.py` learned: the weights of seams, and of the words in which a page speaks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any
from typing import Final

from tamis.models import find
from tamis_boilerplate._pin import SHA256

#: Without a word of at least so much weight no sentence is looked at.
_TELLING: Final = 0.8


@cache
def model() -> Mapping[str, Any]:
    """Return the tables `headline`, `segment`, `caption` and `kind`, and the words `small`, read once per process."""
    tables: Mapping[str, Any] = json.loads(find("boilerplate").read(SHA256))
    return tables


def wording() -> Mapping[str, float]:
    """Return what each feature of a piece weighs, see segments.py."""
    table: Mapping[str, float] = model()["segment"]
    return table


def captions() -> Mapping[str, float]:
    """Return what each feature of a caption weighs, see captions.py."""
    table: Mapping[str, float] = model()["caption"]
    return table


def kinds() -> Mapping[str, Mapping[str, float]]:
    """Return what each word weighs for each kind, see kinds.py."""
    table: Mapping[str, Mapping[str, float]] = model()["kind"]
    return table


def root(word: str) -> str:
    """Return the first letters of a long word, which stand for all its forms, or nothing."""
    return word[:5] if len(word) > 5 else ""


@cache
def weight(word: str) -> float:
    """Return what *word* weighs by itself."""
    table = wording()
    return table.get("w:" + word, 0.0) + table.get("p:" + root(word), 0.0)


@cache
def telling(word: str) -> bool:
    """Return whether *word* weighs so much, anywhere or at the beginning, that its sentence is looked at."""
    return weight(word) + max(0.0, wording().get("s:" + word, 0.0)) >= _TELLING
