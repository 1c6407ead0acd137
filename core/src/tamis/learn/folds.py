"""Cross-validation: what a model says of texts it has not seen, and what is tuned by that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from tamis.learn.calibration import best_threshold
from tamis.learn.calibration import fit_slopes
from tamis.learn.linear import LinearModel
from tamis.learn.numerics import sigmoid
from tamis.learn.words import Floats
from tamis.learn.words import Ints
from tamis.learn.words import Item
from tamis.learn.words import as_texts
from tamis.learn.words import fold

#: What says that a text trained or tested: called with how many of the folds are done, and of how many.
Progress = Callable[[int, int], None]
#: Where a threshold lies that no example speaks for (F1 is best below 0.5), and for how many examples that counts.
_USUAL = 0.3
_SHRINK = 20.0
#: A label with fewer examples is rare; rare labels with so many examples together share what they know.
_RARE = 20
_ENOUGH = 100
_SHRINK_RARE = 10.0


def assign(docs: Sequence[Item], labels: Sequence[Collection[str] | str], folds: int) -> Ints:
    """Return the fold of each text: the same text always in one, each label spread as evenly as can be.

    It depends on the texts alone, not on their order.
    """
    keys = [sha256(" ".join(map(fold, as_texts(doc).texts)).encode("utf-8", "replace")).hexdigest() for doc in docs]
    names = [[one] if isinstance(one, str) else sorted(one) for one in labels]
    frequency = Counter(name for one in names for name in one)
    rarest = [min(one, key=lambda name: (frequency[name], name), default="") for one in names]
    place: dict[str, int] = {}
    dealt: Counter[str] = Counter()
    for key, name in sorted(set(zip(keys, rarest, strict=True))):
        if key not in place:
            # Each label begins at a fold of its own, lest all the rare ones lie in the first.
            begin = int(sha256(name.encode("utf-8", "replace")).hexdigest()[:8], 16)
            place[key] = (begin + dealt[name]) % folds
            dealt[name] += 1
    return np.array([place[key] for key in keys], np.int64)


def names_in(labels: Sequence[Collection[str] | str]) -> list[str]:
    """Return the names among *labels*, sorted."""
    return sorted({name for one in labels for name in ([one] if isinstance(one, str) else one)})


def out_of_fold(
    model: LinearModel,
    docs: Sequence[Item],
    labels: Sequence[Collection[str] | str],
    *,
    folds: int = 5,
    sample_weight: Floats | None = None,
    classes: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> Floats:
    """Return the logits of *docs*, each by a model with the settings of *model* that was trained without it."""
    words = [as_texts(doc) for doc in docs]
    if classes is None:
        classes = names_in(labels)
    place = assign(words, labels, folds)
    logits: Floats | None = None
    for number in range(folds):
        train, test = np.flatnonzero(place != number), np.flatnonzero(place == number)
        part = model.fresh()
        part.fit(
            [words[index] for index in train.tolist()],
            [labels[index] for index in train.tolist()],
            sample_weight=None if sample_weight is None else sample_weight[train],
            classes=classes,
        )
        found = part.raw_logits([words[index] for index in test.tolist()])
        logits = np.zeros((len(docs), found.shape[1])) if logits is None else logits
        logits[test] = found
        if progress:
            progress(number + 1, folds)
    return np.zeros((0, len(classes))) if logits is None else logits


def tune(model: LinearModel, logits: Floats, labels: Sequence[Collection[str] | str]) -> None:
    """Calibrate *model* and set its thresholds by the out-of-fold *logits* of its training texts.

    A threshold that rests on few examples stays near 0.3; where there are many rare labels, near the one that serves
    all of them best.
    """
    model.slope, model.shift = fit_slopes(logits, labels, model.classes, model.kind)
    model.length_slope, model.length_shift = np.zeros_like(model.slope), np.zeros_like(model.slope)
    if model.kind == "classes":
        return
    has = np.array([[name in one for name in model.classes] for one in labels])
    table = model.probabilities(logits * model.slope + model.shift)
    counts = has.sum(axis=0)
    limits = [
        _near(best_threshold(table[:, column], has[:, column]), _USUAL, count, _SHRINK)
        for column, count in enumerate(counts.tolist())
    ]
    rare = np.flatnonzero((counts > 0) & (counts < _RARE))
    if counts[rare].sum() >= _ENOUGH:
        # The slope of a label with a handful of examples says little, so these are compared by their raw logits.
        bests = [best_threshold(logits[:, column], has[:, column], low=-np.inf, high=np.inf) for column in rare]
        shared = max(sorted(bests), key=lambda limit: _mean_f1(logits[:, rare] >= limit, has[:, rare]))
        for column, best in zip(rare.tolist(), bests, strict=True):
            limit = _near(best, shared, int(counts[column]), _SHRINK_RARE)
            limits[column] = float(sigmoid(np.array([limit * model.slope[column] + model.shift[column]]))[0])
    model.thresholds = dict(zip(model.classes, limits, strict=True))


def _near(best: float, usual: float, count: int, shrink: float) -> float:
    """Return what lies between *best*, which rests on *count* examples, and *usual*, which counts for *shrink*."""
    return (best * count + usual * shrink) / (count + shrink)


def _mean_f1(given: NDArray[np.bool_], has: NDArray[np.bool_]) -> float:
    return float((2 * (given & has).sum(axis=0) / (given.sum(axis=0) + has.sum(axis=0))).mean())
