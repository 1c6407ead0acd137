"""Words, a static embedding, or both: which of them a model sees, by cross-validation where texts are few."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from typing import Literal
from typing import TypeAlias
from typing import get_args

import numpy as np

from tamis.errors import suggest
from tamis.learn.calibration import fit_slopes
from tamis.learn.embedding import WORDLLAMA
from tamis.learn.embedding import installed
from tamis.learn.folds import Progress
from tamis.learn.folds import names_in
from tamis.learn.folds import out_of_fold
from tamis.learn.folds import tune
from tamis.learn.linear import LinearModel
from tamis.learn.words import Floats
from tamis.learn.words import Item

#: What a model sees: its words, the static embedding, both, or whichever answers best.
Choice: TypeAlias = Literal["auto", "words", "embedding", "both"]
#: Up to how many texts "auto" tries the embedding; with more, it helps less and trying takes its time.
FEW: Final = 1000


def candidates(model: LinearModel, choice: Choice, texts: int) -> list[LinearModel]:
    """Return untrained models like *model* with the features of *choice*; "auto" gives several for few *texts*.

    Raises ModelError where *choice* wants the embedding and its package is not installed, ValueError where it is none.
    """
    if choice not in get_args(Choice):
        known = ", ".join(get_args(Choice)) + suggest(str(choice), get_args(Choice))
        raise ValueError(f"features: {choice!r:.40} is none of {known}")
    words = model.vectorizer.settings
    both = replace(words, embedding=WORDLLAMA)
    embedding = replace(both, ngrams=0, chars=None)
    if choice == "auto":
        few = texts <= FEW and installed()
        return [model.fresh(features) for features in ((words, embedding, both) if few else (words,))]
    return [model.fresh({"words": words, "embedding": embedding, "both": both}[choice])]


def fit_best(
    models: Sequence[LinearModel],
    docs: Sequence[Item],
    labels: Sequence[Collection[str] | str],
    *,
    folds: int = 10,
    sample_weight: Floats | None = None,
    classes: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> tuple[LinearModel, Floats]:
    """Return the model of *models* with the least log loss on texts it has not seen, fitted and tuned, and its logits.

    It is calibrated and has its thresholds by *folds* folds. The logits are those of each text by a model that has not
    seen it, an array (texts, columns), not calibrated.
    """
    if classes is None:
        classes = names_in(labels)
    found = []
    for number, model in enumerate(models):

        def told(done: int, of: int, before: int = number) -> None:
            if progress:
                progress(before * of + done, len(models) * of)

        logits = out_of_fold(
            model, docs, labels, folds=folds, sample_weight=sample_weight, classes=classes, progress=told
        )
        found.append((_log_loss(model, logits, labels, classes), number, logits))
    _, best, logits = min(found, key=lambda each: each[:2])
    model = models[best].fit(docs, labels, sample_weight=sample_weight, classes=classes)
    tune(model, logits, labels)
    return model, logits


def _log_loss(
    model: LinearModel, logits: Floats, labels: Sequence[Collection[str] | str], classes: Sequence[str]
) -> float:
    """Return how far the calibrated *logits* are from the truth."""
    slope, shift = fit_slopes(logits, labels, classes, model.kind)
    table = np.clip(model.probabilities(logits * slope + shift), 1e-9, 1 - 1e-9)
    has = np.array([[name == one if isinstance(one, str) else name in one for name in classes] for one in labels])
    return float(-np.log(np.where(has, table, 1 - table)).mean())
