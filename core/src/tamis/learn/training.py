"""The one place that calls scikit-learn's estimators: weights and intercepts from vectors and labels."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from typing import Any
from typing import Protocol

import numpy as np

from tamis.learn.vectorizer import Vectorizer
from tamis.learn.vectorizer import batches
from tamis.learn.words import Floats
from tamis.text import Words


class Trained(Protocol):
    """What `train` reads of a model."""

    kind: Any
    loss: Any
    strength: float
    balanced: bool
    classes: list[str]


def sparse(vectorizer: Vectorizer, docs: Sequence[Words], means: Floats | None) -> Any:
    """Return the vectors of *docs*, with *means* (those of an embedding) as the last columns, as a scipy CSR matrix."""
    from scipy.sparse import csr_matrix
    from scipy.sparse import hstack
    from scipy.sparse import vstack

    parts = [
        csr_matrix((found.value, (found.document, found.row)), shape=(len(batch), vectorizer.size))
        for batch in batches(docs)
        for found in [vectorizer.entries(batch)]
    ]
    matrix = vstack(parts, format="csr") if parts else csr_matrix((0, vectorizer.size))
    return matrix if means is None else hstack([matrix, csr_matrix(means)], format="csr")


def train(
    model: Trained,
    matrix: Any,
    labels: Sequence[Collection[str] | str],
    sample_weight: Sequence[float] | Floats | None,
) -> tuple[list[Floats], list[float]]:
    """Return weights and intercept of each logit of *model*.

    A label that all texts or none have gets no weights and an intercept far off.
    """
    from threadpoolctl import threadpool_limits

    # More threads than cores take turns on matrices as small as these, and might add up in another order.
    with threadpool_limits(1):
        return _train(model, matrix, labels, sample_weight)


def _train(
    model: Trained,
    matrix: Any,
    labels: Sequence[Collection[str] | str],
    sample_weight: Sequence[float] | Floats | None,
) -> tuple[list[Floats], list[float]]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.svm import LinearSVC

    given: dict[str, Any] = {"class_weight": "balanced" if model.balanced else None, "C": model.strength}
    if model.kind == "classes":
        learned = LogisticRegression(max_iter=1000, tol=1e-5, **given)
        learned.fit(matrix, [model.classes.index(str(one)) for one in labels], sample_weight=sample_weight)
        return _every_class(learned, len(model.classes))
    rows: list[Floats] = []
    intercepts: list[float] = []
    for name in model.classes:
        has = np.array([name in one for one in labels])
        if has.all() or not has.any():
            rows.append(np.zeros(matrix.shape[1]))
            intercepts.append(5.0 if has.all() else -5.0)
            continue
        if model.loss == "hinge":
            learned = LinearSVC(random_state=0, tol=1e-3, max_iter=3000, **given)
        else:
            learned = LogisticRegression(solver="liblinear", random_state=0, tol=1e-5, max_iter=1000, **given)
        learned.fit(matrix, has, sample_weight=sample_weight)
        rows.append(learned.coef_[0])
        intercepts.append(float(learned.intercept_[0]))
    return rows, intercepts


def _every_class(learned: Any, count: int) -> tuple[list[Floats], list[float]]:
    """Return weights and intercept of all *count* classes, also where the texts had fewer."""
    weights, intercepts = learned.coef_, learned.intercept_
    if len(learned.classes_) == 2 < count:
        weights, intercepts = np.concatenate([-weights, weights]) / 2, np.concatenate([-intercepts, intercepts]) / 2
    elif len(learned.classes_) == count or count == 2:
        return list(weights), [float(value) for value in intercepts]
    rows: list[Floats] = [np.zeros(weights.shape[1])] * count
    shifts = [-5.0] * count
    for found, row, intercept in zip(learned.classes_.tolist(), weights, intercepts, strict=True):
        rows[found], shifts[found] = row, float(intercept)
    return rows, shifts
