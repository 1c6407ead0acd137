"""`TranslationClassifier`: the classifier for Python users, in scikit-learn's manner."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

import numpy as np

from tamis import Document
from tamis_translation.evidence import collect
from tamis_translation.lexicon import prepare
from tamis_translation.model import Answer
from tamis_translation.model import Model
from tamis_translation.model import judge
from tamis_translation.model import load as load_model
from tamis_translation.packs import load as load_packs

if TYPE_CHECKING:
    from numpy.typing import NDArray


class TranslationClassifier:
    """Machine-translated or not, for English texts: style and evidence together, as the step sees them.

    clf = TranslationClassifier.load()
    clf.predict_proba(texts)[:, 1]      # P(machine-translated)
    clf.source_languages(texts)         # a dict of probabilities a text
    """

    #: The columns of `predict_proba`.
    classes_: Final = (False, True)

    def __init__(self, model: Model, packs: tuple[str, ...] = ()) -> None:
        self._model = model
        self._packs = load_packs(None, packs)

    @classmethod
    def load(cls, path: str | Path | None = None, packs: Iterable[str | Path] = ()) -> TranslationClassifier:
        """Return the classifier of the shipped model, or of the model file *path*, with further rule *packs*.

        Raises ModelError or ConfigError where a file is missing or wrong.
        """
        return cls(load_model(str(path) if path else None), tuple(str(pack) for pack in packs))

    def _judge(self, text: str) -> Answer:
        words = Document(text).words
        prepared = prepare(text, words.texts, words.starts, words.ends)
        return judge(prepared, collect(prepared, self._packs), self._packs, self._model)

    def predict_proba(self, texts: Iterable[str]) -> NDArray[np.float64]:
        """Return a row [P(not), P(machine-translated)] for each of *texts*."""
        machine = np.array([self._judge(text).probability for text in texts], dtype=np.float64)
        return np.column_stack((1 - machine, machine))

    def predict(self, texts: Iterable[str]) -> NDArray[np.bool_]:
        """Return True for each of *texts* that is rather machine-translated than not."""
        return self.predict_proba(texts)[:, 1] >= 0.5

    def source_languages(self, texts: Iterable[str]) -> list[dict[str, float]]:
        """Return the probabilities of the source languages for each of *texts*."""
        return [dict(self._judge(text).sources) for text in texts]
