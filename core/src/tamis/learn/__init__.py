"""Linear text models on one's own labelled data (extra `tamis[learn]`): train, calibrate, explain, save, load.

* `LinearModel(Features(...), kind="labels" | "classes")`: fit, calibrate, predict_proba, explain, state, from_state;
  `tamis.learn.linear` shows how.
* `save(path, state)`, `load(path or bytes)`: model files of plain values only; `pack`, `unpack` for arrays.
* `candidates`, `fit_best`: words, the static embedding of `tamis[embeddings]`, or both, by cross-validation.
* `out_of_fold`, `tune`: calibration and thresholds by cross-validation; `best_threshold`, `fit_slopes`: by hand.

Importing this package imports nothing heavy; what is taken from it does.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from tamis.learn.calibration import best_threshold
    from tamis.learn.calibration import fit_slopes
    from tamis.learn.choice import candidates
    from tamis.learn.choice import fit_best
    from tamis.learn.explanation import Explanation
    from tamis.learn.folds import out_of_fold
    from tamis.learn.folds import tune
    from tamis.learn.linear import LinearModel
    from tamis.learn.numerics import heaviest
    from tamis.learn.store import load
    from tamis.learn.store import pack
    from tamis.learn.store import save
    from tamis.learn.store import unpack
    from tamis.learn.words import Features

__all__ = [
    "Explanation",
    "Features",
    "LinearModel",
    "best_threshold",
    "candidates",
    "fit_best",
    "fit_slopes",
    "heaviest",
    "load",
    "out_of_fold",
    "pack",
    "save",
    "tune",
    "unpack",
]

_HOMES = {
    "Explanation": "explanation",
    "Features": "words",
    "LinearModel": "linear",
    "best_threshold": "calibration",
    "candidates": "choice",
    "fit_best": "choice",
    "fit_slopes": "calibration",
    "heaviest": "numerics",
    "load": "store",
    "out_of_fold": "folds",
    "pack": "store",
    "save": "store",
    "tune": "folds",
    "unpack": "store",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = import_module(f"{__name__}.{_HOMES[name]}")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("tamis"):
            raise
        raise ModuleNotFoundError(f"tamis.learn needs {error.name}; install tamis[learn]", name=error.name) from error
    return getattr(module, name)
