"""What `models/train/boilerplate.py` learned: the weights of seams, and of the words in which a page speaks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Final

from tamis.models import find
from tamis_boilerplate._pin import SHA256

#: Without a word of at least so much weight no sentence is looked at.
_TELLING: Final = 0.8


@cache
def model() -> Mapping[str, Mapping[str, float]]:
    """Return the tables of weights, `headline` and `segment`, read once per process."""
    tables: Mapping[str, Mapping[str, float]] = json.loads(find("boilerplate").read(SHA256))
    return tables


@cache
def telling() -> frozenset[str]:
    """Return the words, one of which a sentence must have to be looked at."""
    weights = model()["segment"]
    return frozenset(name[2:] for name, weight in weights.items() if weight >= _TELLING and name[0] in "ws")


@cache
def single() -> Mapping[str, float]:
    """Return what each word weighs by itself."""
    return {name[2:]: weight for name, weight in model()["segment"].items() if name.startswith("w:")}
