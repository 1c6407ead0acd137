"""Functions whose answer is to the bit the same at any place of an array, and the versions that may change it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tamis.learn.words import Floats
from tamis.text import Words


def versions() -> dict[str, str]:
    """Return the versions that may change an answer."""
    from importlib.metadata import version

    return {name: version(name) for name in ("tamis", "numpy", "scikit-learn")}


def lengths(docs: Sequence[Words]) -> Floats:
    """Return the natural logarithm of the length of each of *docs* in hundreds of words, between 10 and 1,000 words."""
    return np.array([math.log(min(max(len(doc.texts), 10), 1000) / 100) for doc in docs])


def exp(logits: Floats) -> Floats:
    """Return e to the power of each of *logits*."""
    # One by one: vectorised, the last bit may depend on the place in the array.
    return np.array([math.exp(value) for value in logits.ravel().tolist()]).reshape(logits.shape)


def sigmoid(logits: Floats) -> Floats:
    """Return the probability of each of *logits*."""
    below = exp(-np.abs(logits))
    return np.where(logits >= 0, 1, below) / (1 + below)


def heaviest(values: Floats, count: int, among: NDArray[np.bool_]) -> list[int]:
    """Return the places of the *count* greatest of *values*, in order, of those that are *among* them.

    Of equal ones the first come first.
    """
    places = np.flatnonzero(among)
    if len(places) > count > 0:
        chosen = values[places]
        places = places[chosen >= np.partition(chosen, -count)[-count]]
    return sorted(sorted(places.tolist(), key=lambda at: (-values[at], at))[:count])
