"""How good a model is: F1 by label, confusion, calibration, from its probabilities and the truth."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tamis.learn.words import Floats


@dataclass(frozen=True, slots=True)
class LabelScore:
    """The figures of one label."""

    name: str
    texts: int
    threshold: float
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The texts whose probability lies in one tenth: how many, their mean probability, the share that is right."""

    count: int
    said: float
    true: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of a model on labelled texts."""

    texts: int
    labels: Sequence[LabelScore]
    macro_f1: float
    micro_f1: float
    exact: float
    brier: float
    #: Rows: the true labels; columns: the labels given (both end with "none"); a text counts in all its pairs.
    confusion: Sequence[Sequence[int]]
    calibration: Sequence[Bin]


def evaluate(
    probabilities: Floats,
    labels: Sequence[Collection[str] | str],
    classes: Sequence[str],
    thresholds: Sequence[float] | None,
) -> Evaluation:
    """Return the figures of *probabilities* (texts, classes); *thresholds* None: exactly one class a text."""
    has = np.array([[name == one if isinstance(one, str) else name in one for name in classes] for one in labels])
    has = has.reshape(len(labels), len(classes))
    if thresholds is None:
        given = np.zeros_like(has)
        given[np.arange(len(has)), probabilities.argmax(axis=1)] = True
    else:
        given = probabilities >= np.array(thresholds)
    right, said, true = (has & given).sum(axis=0), given.sum(axis=0), has.sum(axis=0)
    scores = [
        LabelScore(
            name,
            int(true[k]),
            0.5 if thresholds is None else float(thresholds[k]),
            _share(right[k], said[k]),
            _share(right[k], true[k]),
            _share(2 * right[k], said[k] + true[k]),
        )
        for k, name in enumerate(classes)
    ]
    return Evaluation(
        len(has),
        scores,
        float(np.mean([score.f1 for score in scores])) if scores else 0.0,
        _share(2 * right.sum(), said.sum() + true.sum()),
        _share((has == given).all(axis=1).sum(), len(has)),
        float(((probabilities - has) ** 2).mean()) if has.size else 0.0,
        _confusion(has, given),
        _bins(probabilities.ravel(), has.ravel()),
    )


def _share(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else 0.0


def _confusion(has: NDArray[np.bool_], given: NDArray[np.bool_]) -> list[list[int]]:
    """Return what was given for what: labels found go with themselves, missed ones with those wrongly given."""
    count = has.shape[1]
    table = [[0] * (count + 1) for _ in range(count + 1)]
    for truth, answer in zip(has, given, strict=True):
        found = np.flatnonzero(truth & answer)
        missed, wrong = np.flatnonzero(truth & ~answer), np.flatnonzero(answer & ~truth)
        for label in found:
            table[label][label] += 1
        for row in missed if missed.size else ([count] if wrong.size or not found.size else []):
            for column in wrong if wrong.size else [count]:
                table[row][column] += 1
    return table


def _bins(said: Floats, true: NDArray[np.bool_]) -> list[Bin]:
    tenth = np.minimum((said * 10).astype(int), 9)
    bins = []
    for number in range(10):
        inside = tenth == number
        if inside.any():
            bins.append(Bin(int(inside.sum()), float(said[inside].mean()), float(true[inside].mean())))
    return bins
