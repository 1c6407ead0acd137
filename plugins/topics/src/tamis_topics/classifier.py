"""The topic classifier as a scikit-learn estimator."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.base import ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from tamis.learn import Features
from tamis.learn import LinearModel
from tamis.learn import candidates
from tamis.learn import fit_best
from tamis.learn import load as read
from tamis.learn import save
from tamis.learn.choice import Choice
from tamis_topics import shipped

Labels = Any


class TopicClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Say which topics texts are about; a scikit-learn classifier whose X is texts (list, array or Series of str).

    y is one of
    * a 0/1 table, one column a topic (array, sparse matrix, or DataFrame, whose columns name the topics): several or
      none a text; the form that `cross_val_score` and `GridSearchCV` take;
    * a list of collections of names: the same, with names;
    * one name or number a text: exactly one topic each.

    `features` says whether it sees the words, the static embedding of `tamis[embeddings]`, both, or ("auto") what
    answers best in the cross-validation of `fit`; `folds` is how many folds that has (0: no cross-validation, so no
    calibration and a threshold of 0.5). The others are those of `tamis.learn.Features` and `tamis.learn.LinearModel`.

    >>> texts = ["The refinery cut its oil output."] * 4 + ["The envoy met the foreign minister."] * 4
    >>> labels = [{"energy"}] * 4 + [{"diplomacy"}] * 4
    >>> TopicClassifier().fit(texts, labels).topics(["Oil output fell at the refinery."])
    [['energy']]
    """

    classes_: NDArray[Any]
    model_: LinearModel
    multilabel_: bool

    def __init__(
        self,
        *,
        features: Choice = "auto",
        ngrams: int = 1,
        chars: tuple[int, int] | None = None,
        min_df: int = 2,
        max_features: int = 0,
        lead: int = 20,
        lead_weight: float = 0.2,
        chunk: int = 0,
        digits: bool = False,
        strength: float = 1.0,
        balanced: bool = False,
        loss: Literal["log", "hinge"] = "hinge",
        folds: int = 10,
    ) -> None:
        self.features = features
        self.ngrams = ngrams
        self.chars = chars
        self.min_df = min_df
        self.max_features = max_features
        self.lead = lead
        self.lead_weight = lead_weight
        self.chunk = chunk
        self.digits = digits
        self.strength = strength
        self.balanced = balanced
        self.loss = loss
        self.folds = folds

    def _fresh(self) -> LinearModel:
        features = Features(
            ngrams=self.ngrams,
            chars=self.chars,
            min_df=self.min_df,
            max_features=self.max_features,
            lead=self.lead,
            lead_weight=self.lead_weight,
            chunk=self.chunk,
            digits=self.digits,
        )
        return LinearModel(
            features,
            kind="labels" if self.multilabel_ else "classes",
            strength=self.strength,
            balanced=self.balanced,
            loss=self.loss,
        )

    def fit(self, X: Collection[str], y: Labels, sample_weight: Any = None) -> TopicClassifier:  # noqa: N803
        """Learn from texts and their topics; calibration and thresholds come from *folds* folds (0: neither)."""
        texts = _texts(X)
        names, self.classes_, self.multilabel_ = _named(y)
        if len(texts) != len(names):
            raise ValueError(f"X has {len(texts)} texts, y {len(names)} rows")
        keys = [str(name) for name in self.classes_.tolist()]
        if len(keys) < 2 and not self.multilabel_:
            raise ValueError(f"y has one class only ({keys[0] if keys else 'none'}): nothing can be learnt from it")
        if len(texts) < 2:
            raise ValueError(f"{len(texts)} text(s) given, at least 2 are needed")
        weights = None if sample_weight is None else np.asarray(sample_weight, np.float64)
        folds = min(self.folds, len(set(texts)))
        models = candidates(self._fresh(), self.features, len(texts))
        if folds > 1:
            self.model_, _ = fit_best(models, texts, names, folds=folds, sample_weight=weights, classes=keys)
        else:
            self.model_ = models[0].fit(texts, names, sample_weight=weights, classes=keys)
        return self

    def predict_proba(self, X: Collection[str]) -> NDArray[np.float64]:  # noqa: N803
        """Return the probability of each of `classes_` for each text, an array (texts, classes)."""
        check_is_fitted(self)
        return self.model_.predict_proba(_texts(X))

    def decision_function(self, X: Collection[str]) -> NDArray[np.float64]:  # noqa: N803
        """Return the logits, an array (texts, classes); of two exclusive classes those of the second, (texts,)."""
        check_is_fitted(self)
        logits = self.model_.logits(_texts(X))
        return logits[:, 0] if not self.multilabel_ and len(self.classes_) == 2 else logits

    def predict(self, X: Collection[str]) -> NDArray[Any]:  # noqa: N803
        """Return a 0/1 table with the columns of `classes_`, or (exactly one topic each) the class of each text."""
        table = self.predict_proba(X)
        if not self.multilabel_:
            chosen: NDArray[Any] = self.classes_[table.argmax(axis=1)]
            return chosen
        limits = np.array([self.model_.thresholds[name] for name in self.model_.classes])
        return (table >= limits).astype(np.int64)

    def topics(self, X: Collection[str]) -> list[list[str]]:  # noqa: N803
        """Return the names of the topics of each text."""
        found = self.predict(X)
        if not self.multilabel_:
            return [[str(name)] for name in found.tolist()]
        return [[name for name, has in zip(self.model_.classes, row, strict=True) if has] for row in found.tolist()]

    def score(self, X: Collection[str], y: Labels, sample_weight: Any = None) -> float:  # noqa: N803
        """Return the share of texts with exactly the right topics."""
        names, _, _ = _named(y)
        right = [
            set(one) == (set(two) if self.multilabel_ else {two})
            for one, two in zip(self.topics(X), names, strict=True)
        ]
        return float(np.average(right, weights=sample_weight))

    def save(self, path: str | Path) -> None:
        """Write the model to the file *path*; `load` reads it, and so does the step (`model: PATH`)."""
        check_is_fitted(self)
        save(path, self.model_.state({"classifier": {key: _plain(value) for key, value in self.get_params().items()}}))

    @classmethod
    def load(cls, path: str | Path | None = None) -> TopicClassifier:
        """Return the shipped classifier, or the one in the file *path*.

        Raises ModelError where it is missing, altered, or does not fit the installed version.
        """
        model = shipped.load() if path is None else LinearModel.from_state(read(path), name=str(path))
        settings = dict(model.about.get("classifier") or {})
        if settings.get("chars"):
            settings["chars"] = tuple(settings["chars"])
        new = cls(**settings)
        new.model_ = model
        new.multilabel_ = model.kind == "labels"
        new.classes_ = np.array(model.classes)
        return new

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.classifier_tags.multi_label = True
        tags.target_tags.multi_output = True
        return tags


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _texts(texts: Any) -> list[str]:
    if isinstance(texts, str):
        raise ValueError("X is one str, a list of texts is wanted; likely cure: [text]")
    found = list(texts.tolist() if hasattr(texts, "tolist") else texts)
    for row, text in enumerate(found):
        if not isinstance(text, str):
            raise ValueError(f"X[{row}] is {type(text).__name__} ({text!r:.40}), every text should be a str")
    return found


def _named(y: Labels) -> tuple[list[Any], NDArray[Any], bool]:
    """Return the name or names of each row, the classes, and whether a row may have several."""
    if hasattr(y, "toarray"):
        y = y.toarray()
    columns = getattr(y, "columns", None)
    if columns is None and isinstance(y, Sequence) and y and isinstance(y[0], list | tuple | set | frozenset):
        numbers = {type(value) for row in y for value in row} <= {int, bool, np.int64} and len(
            {len(row) for row in y}
        ) == 1
        if not (numbers and y[0]):
            rows = [sorted(str(name) for name in row) for row in y]
            return rows, np.array(sorted({name for row in rows for name in row})), True
    table = np.asarray(y)
    if table.ndim == 2:
        classes = np.arange(table.shape[1]) if columns is None else np.asarray(columns)
        keys = [str(name) for name in classes.tolist()]
        return [[key for key, has in zip(keys, row, strict=True) if has] for row in table.tolist()], classes, True
    classes = np.unique(table)
    return [str(name) for name in table.tolist()], classes, False
