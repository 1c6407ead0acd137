"""Calibration and thresholds: what a logit is worth, and from where on a label is given."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from typing import Any

import numpy as np

from tamis.learn.words import Floats


def fit_slopes(
    logits: Floats, labels: Sequence[Collection[str] | str], classes: Sequence[str], kind: str
) -> tuple[Floats, Floats]:
    """Return the slope and shift of each column of *logits* that make the most of *labels* (least log loss)."""
    if kind == "labels":
        pairs = [_platt(logits[:, k], np.array([name in one for one in labels])) for k, name in enumerate(classes)]
    elif logits.shape[1] == 1:
        pairs = [_platt(logits[:, 0], np.array([one == classes[1] for one in labels]))]
    else:
        return _temperature(logits, np.array([list(classes).index(str(one)) for one in labels]))
    return np.array([slope for slope, _ in pairs]), np.array([shift for _, shift in pairs])


def _platt(logits: Floats, has: Any) -> tuple[float, float]:
    """Return the slope (never below 0.05) and shift of one logit; 1 and 0 where all texts agree."""
    from scipy.optimize import minimize

    yes, no = int(has.sum()), int(len(has) - has.sum())
    if not yes or not no:
        return 1.0, 0.0
    # Platt's targets keep a few texts from making the model certain.
    target = np.where(has, (yes + 1) / (yes + 2), 1 / (no + 2))

    def loss(pair: Floats) -> float:
        z = pair[0] * logits + pair[1]
        return float(np.mean(np.logaddexp(0, z) - target * z))

    found = minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B", bounds=[(0.05, None), (None, None)])
    return float(found.x[0]), float(found.x[1])


def _temperature(logits: Floats, rows: Any) -> tuple[Floats, Floats]:
    """Return one slope for all classes and a shift each."""
    from scipy.optimize import minimize

    columns = logits.shape[1]

    def loss(values: Floats) -> float:
        z = values[0] * logits + values[1:]
        top = z.max(axis=1)
        total = top + np.log(np.exp(z - top[:, None]).sum(axis=1))
        return float(np.mean(total - z[np.arange(len(z)), rows])) + 1e-3 * float((values[1:] ** 2).sum())

    first = np.concatenate([[1.0], np.zeros(columns)])
    found = minimize(loss, first, method="L-BFGS-B", bounds=[(0.05, None), *[(None, None)] * columns])
    return np.full(columns, float(found.x[0])), np.asarray(found.x[1:], np.float64)


def best_threshold(probabilities: Floats, has: Any, *, low: float = 0.02, high: float = 0.98) -> float:
    """Return the threshold with the best F1: the middle of the best gap between two probabilities; 0.5 without any."""
    order = np.argsort(-probabilities, kind="stable")
    sorted_p, hit = probabilities[order], np.cumsum(has[order])
    if not len(sorted_p) or not hit[-1]:
        return 0.5
    f1 = 2 * hit / (np.arange(1, len(hit) + 1) + hit[-1])
    # A threshold cannot part two texts of the same probability.
    last = np.append(sorted_p[:-1] > sorted_p[1:], True)
    best = int(np.argmax(np.where(last, f1, -1)))
    below = sorted_p[best + 1] if best + 1 < len(sorted_p) else 0.0
    return float(np.clip((sorted_p[best] + below) / 2, low, high))
