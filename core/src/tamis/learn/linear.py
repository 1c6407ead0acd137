"""A linear text model: TF-IDF and logistic regression, trained with scikit-learn, used and explained without it.

    model = LinearModel(Features(ngrams=2, lead=150, chunk=45), kind="labels")
    model.fit(docs, labels)                        # docs: str, Document or Words; labels: sets of names a text
    model.calibrate(other_docs, their_labels)      # one slope and shift a label
    model.predict_proba(docs)                      # columns in the order of model.classes
    model.explain(doc, "energy").spans, .values    # what each word adds; base + the sum is the logit
    save("x.joblib", model.state({...})); LinearModel.from_state(load("x.joblib"))

`kind="labels"`: each label on its own (a text has several or none). `kind="classes"`: exactly one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from typing import Final
from typing import Literal

import numpy as np

from tamis.errors import InputError
from tamis.errors import ModelError
from tamis.learn.calibration import fit_slopes
from tamis.learn.embedding import Embedding
from tamis.learn.embedding import embedding
from tamis.learn.explanation import Explanation
from tamis.learn.explanation import Reading
from tamis.learn.numerics import exp
from tamis.learn.numerics import lengths
from tamis.learn.numerics import sigmoid
from tamis.learn.numerics import versions
from tamis.learn.store import pack
from tamis.learn.store import unpack
from tamis.learn.training import sparse
from tamis.learn.training import train
from tamis.learn.vectorizer import Entries
from tamis.learn.vectorizer import Vectorizer
from tamis.learn.vectorizer import batches
from tamis.learn.words import Features
from tamis.learn.words import Floats
from tamis.learn.words import Item
from tamis.learn.words import as_texts
from tamis.text import WORDS_VERSION
from tamis.text import Words

#: The version of the model file.
FORMAT: Final = 1
#: How far the golden probabilities may be off, between machines and versions of numpy.
TOLERANCE: Final = 1e-6


class LinearModel:
    """A linear model of texts; see the first lines of this module."""

    def __init__(
        self,
        features: Features | None = None,
        *,
        kind: Literal["labels", "classes"] = "labels",
        strength: float = 1.0,
        balanced: bool = False,
        loss: Literal["log", "hinge"] = "log",
    ) -> None:
        self.kind = kind
        #: The inverse of the regularisation (scikit-learn's C); balanced: rare classes weigh as much as frequent ones.
        self.strength = strength
        self.balanced = balanced
        #: "log": logistic regression; "hinge": a linear SVM (kind "labels" only), which wants `tune` or `calibrate`.
        self.loss = loss
        self.classes: list[str] = []
        #: The probability from which on a label is given.
        self.thresholds: dict[str, float] = {}
        self.about: dict[str, Any] = {}
        self.vectorizer = Vectorizer(features or Features())
        name = self.vectorizer.settings.embedding
        self.embedding: Embedding | None = embedding(name) if name else None
        self._golden: list[dict[str, Any]] = []
        self.weights = np.zeros((0, 0), np.float32)
        self.intercept: Floats = np.zeros(0)
        self.slope: Floats = np.ones(0)
        self.shift: Floats = np.zeros(0)
        #: What slope and shift gain with the logarithm of the length: long texts have logits nearer to 0.
        self.length_slope: Floats = np.zeros(0)
        self.length_shift: Floats = np.zeros(0)

    @property
    def _columns(self) -> int:
        return 1 if self.kind == "classes" and len(self.classes) == 2 else len(self.classes)

    def fresh(self, features: Features | None = None) -> LinearModel:
        """Return an untrained model with the same settings, or with other *features*."""
        return LinearModel(
            features or self.vectorizer.settings,
            kind=self.kind,
            strength=self.strength,
            balanced=self.balanced,
            loss=self.loss,
        )

    def matrix(self, docs: Sequence[Item]) -> Any:
        """Return the vectors of *docs* as a scipy CSR matrix: what `fit` gives to scikit-learn."""
        words = [as_texts(doc) for doc in docs]
        return sparse(self.vectorizer, words, self.embedding.means(words) if self.embedding else None)

    def fit(
        self,
        docs: Sequence[Item],
        labels: Sequence[Collection[str] | str],
        *,
        sample_weight: Sequence[float] | Floats | None = None,
        classes: Sequence[str] | None = None,
    ) -> LinearModel:
        """Learn vocabulary and weights from *docs* and their *labels*; return the model itself.

        *labels* has a collection of names a document (kind "labels") or one name (kind "classes").
        Raises InputError where nothing that it sees is in `min_df` documents.
        """
        words = [as_texts(doc) for doc in docs]
        self.vectorizer.fit(words)
        if not self.vectorizer.size and self.embedding is None:
            least = self.vectorizer.settings.min_df
            raise InputError(f"no word is in {least} of the {len(words)} texts: lower `min_df`, or give more texts")
        return self.fit_matrix(self.matrix(words), labels, sample_weight=sample_weight, classes=classes)

    def fit_matrix(
        self,
        matrix: Any,
        labels: Sequence[Collection[str] | str],
        *,
        sample_weight: Sequence[float] | Floats | None = None,
        classes: Sequence[str] | None = None,
    ) -> LinearModel:
        """Learn the weights alone, from the vectors that `matrix` returns."""
        given = {name for one in labels for name in ([one] if isinstance(one, str) else one)}
        self.classes = sorted(given) if classes is None else list(classes)
        rows, intercepts = train(self, matrix, labels, sample_weight)
        self.weights = np.array(rows, np.float32)
        self.intercept = np.array(intercepts, np.float64)
        self.slope, self.shift = np.ones(len(rows)), np.zeros(len(rows))
        self.length_slope, self.length_shift = np.zeros(len(rows)), np.zeros(len(rows))
        self.thresholds = dict.fromkeys(self.classes, 0.5)
        return self

    def raw_logits(self, docs: Sequence[Item]) -> Floats:
        """Return the logits before calibration, one column a label."""
        rows = [np.empty((0, self._columns))]
        for batch in batches(docs):
            words = [as_texts(doc) for doc in batch]
            rows.append(self.sums(words, self.vectorizer.entries(words)))
        return np.concatenate(rows)

    def sums(self, docs: Sequence[Words], entries: Entries) -> Floats:
        """Return the logits before calibration of *docs*, whose vectors are *entries*."""
        logits = np.empty((len(docs), self._columns))
        for column in range(self._columns):
            each = entries.value * self.weights[column][entries.row]
            logits[:, column] = np.bincount(entries.document, each, len(docs))
        if self.embedding:
            meaning = self.meaning()
            # One by one: the bits of a product of two matrices depend on how many rows they have.
            for row, vector in enumerate(self.embedding.means(docs)):
                logits[row] += meaning @ vector
        return logits + self.intercept

    def meaning(self) -> Floats:
        """Return the weights of the embedding, one row a logit."""
        return self.weights[:, self.vectorizer.size :].astype(np.float64)

    def logits(self, docs: Sequence[Item]) -> Floats:
        """Return the calibrated logits, one column a label (of two classes, one for the second)."""
        words = [as_texts(doc) for doc in docs]
        return self.calibrated(self.raw_logits(words), lengths(words))

    def calibrated(self, logits: Floats, lengths: Floats) -> Floats:
        """Return *logits* after calibration, for documents of these *lengths* (see `numerics.lengths`)."""
        length = lengths[:, None]
        return logits * (self.slope + self.length_slope * length) + self.shift + self.length_shift * length

    def predict_proba(self, docs: Sequence[Item]) -> Floats:
        """Return the probability of each of `classes` for each of *docs*; the same bits for any batch."""
        return self.probabilities(self.logits(docs))

    def probabilities(self, logits: Floats) -> Floats:
        """Return the probability of each of `classes` for calibrated *logits*."""
        if self.kind == "labels":
            return sigmoid(logits)
        if logits.shape[1] == 1:
            yes = sigmoid(logits)
            return np.concatenate([1 - yes, yes], axis=1)
        powers = exp(logits - logits.max(axis=1, keepdims=True))
        total: Floats = sum((powers[:, column] for column in range(powers.shape[1])), np.zeros(len(powers)))
        return powers / total[:, None]

    def predict(self, docs: Sequence[Item]) -> list[list[str]] | list[str]:
        """Return the labels of each of *docs* that reach their thresholds; of kind "classes" the most probable one."""
        table = self.predict_proba(docs)
        if self.kind == "classes":
            return [self.classes[int(row.argmax())] for row in table]
        limits = self.thresholds
        return [[n for n, p in zip(self.classes, row, strict=True) if p >= limits[n]] for row in table.tolist()]

    def calibrate(self, docs: Sequence[Item], labels: Sequence[Collection[str] | str]) -> None:
        """Fit slope and shift of each logit to *docs* that `fit` has not seen (Platt; of classes one slope for all)."""
        self.slope, self.shift = fit_slopes(self.raw_logits(docs), labels, self.classes, self.kind)

    def read(self, docs: Sequence[Item]) -> Reading:
        """Return the probabilities of *docs* together with what their words add; each is read once."""
        return Reading(self, docs)

    def explain(self, doc: Item, label: str) -> Explanation:
        """Return what each word of *doc* adds to the logit of *label*; an n-gram counts for its words alike.

        Raises ModelError where the model has no such label.
        """
        return Reading(self, [doc]).explain(0, label)

    def state(self, about: Mapping[str, Any] | None = None, golden: Sequence[str] = ()) -> dict[str, Any]:
        """Return the model as plain values, for `save`.

        *about* says what it was made of (data hash, licence); *golden* are texts whose probabilities are kept as a
        self-test (one of ours where none are given).
        """
        texts = golden or (() if self._golden else (_GOLDEN,))
        tests = [{"text": text, "probabilities": self.predict_proba([text])[0].tolist()} for text in texts]
        return {
            "format": FORMAT,
            "words_version": WORDS_VERSION,
            "kind": self.kind,
            "strength": float(self.strength),
            "balanced": self.balanced,
            "loss": self.loss,
            "classes": list(self.classes),
            "thresholds": {name: float(value) for name, value in self.thresholds.items()},
            "vectorizer": self.vectorizer.state(),
            "weights": pack(self.weights),
            **{name: [float(value) for value in getattr(self, name)] for name in _COLUMNS},
            "embedding": self.embedding.sha256 if self.embedding else "",
            "about": {**versions(), **self.about, **(about or {})},
            "golden": tests or self._golden,
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any], *, name: str = "the model") -> LinearModel:
        """Return the model that `state` made plain, after its self-test.

        Raises ModelError where it has another format, another word rule, or gives other answers than when it was made.
        """
        wanted = {"format": FORMAT, "words_version": WORDS_VERSION}
        for key, value in wanted.items():
            if state.get(key) != value:
                raise ModelError(f"{name} has {key} {state.get(key)!r:.20}, this version reads {value}; {_CURE}")
        try:
            vectorizer = Vectorizer.from_state(state["vectorizer"])
            new = cls(vectorizer.settings, **{key: state[key] for key in ("kind", "strength", "balanced", "loss")})
            new.vectorizer = vectorizer
            if new.embedding:
                new.embedding.check(state["embedding"])
            new.classes, new.thresholds, new.about = state["classes"], state["thresholds"], state["about"]
            new.weights = unpack(state["weights"]).astype(np.float32)
            for column in _COLUMNS:
                setattr(new, column, np.array(state[column], np.float64))
            rows = new.vectorizer.size
            width = rows + (new.embedding.size if new.embedding else 0)
            fit = new.weights.shape == (new._columns, width) and new.vectorizer.frequency.size == rows
        except ModelError as error:
            raise ModelError(f"{name} cannot be used: {error}") from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ModelError(f"{name} lacks a part: {error}; {_CURE}") from error
        if not fit or any(getattr(new, column).shape != (new._columns,) for column in _COLUMNS):
            raise ModelError(f"{name} has parts that do not fit together; {_CURE}")
        new._golden = state["golden"]
        new.self_test(name)
        return new

    def self_test(self, name: str = "the model") -> None:
        """Raise ModelError where the golden texts get other probabilities than when the model was made."""
        for test in self._golden:
            found = self.predict_proba([test["text"]])[0].tolist()
            worst = max((abs(one - two) for one, two in zip(found, test["probabilities"], strict=True)), default=0)
            if not worst <= TOLERANCE:
                made = f"it was made with {self.about}; installed is {versions()}; {_CURE}"
                raise ModelError(f"{name} fails its self-test by {worst:.2g}: {made}")

    def __reduce__(self) -> tuple[Callable[..., LinearModel], tuple[dict[str, Any]]]:
        return _restore, (self.state(),)


_COLUMNS: Final = ("intercept", "slope", "shift", "length_slope", "length_shift")
_GOLDEN: Final = "The minister spoke of oil, trade and peace; later the home side won, and the mayor opened a school."
_CURE: Final = "likely cure: install the version of tamis that it was made with, or train it again"


def _restore(state: dict[str, Any]) -> LinearModel:
    return LinearModel.from_state(state)
