"""The classifier of tone for Python: `SentimentClassifier.load().predict(texts)`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple

from tamis import Document
from tamis import Span
from tamis_sentiment import shipped
from tamis_sentiment.tone import LABELS
from tamis_sentiment.tone import Tone

if TYPE_CHECKING:
    from tamis_sentiment.news_model import NewsModel


class Part(NamedTuple):
    """A word and what it adds to the log-odds of positive to negative."""

    span: Span
    logit: float


class Explanation(NamedTuple):
    """Why a text has its tone: `base` and the parts add up to `tone.logit`, the log-odds of positive to negative."""

    tone: Tone
    base: float
    parts: list[Part]


class SentimentClassifier:
    """Says the tone of news texts: `negative`, `neutral` or `positive`.

    >>> SentimentClassifier.load().predict(["Twelve people were killed in the attack."])
    ['negative']
    """

    #: The labels, in the order of the columns of `predict_proba`.
    classes_ = LABELS

    def __init__(self, model: NewsModel) -> None:
        self._model = model

    @classmethod
    def load(cls, path: str | Path | None = None) -> SentimentClassifier:
        """Return the shipped classifier, or the one in the model file *path*.

        Raises ModelError where the model is missing, altered or torn.
        """
        return cls(shipped.news_model(shipped.SHIPPED if path is None else str(path)))

    def predict(self, texts: Iterable[str]) -> list[str]:
        """Return the most likely tone of each of *texts*."""
        return [tone.label for tone in self.tones(texts)]

    def predict_proba(self, texts: Iterable[str]) -> list[tuple[float, float, float]]:
        """Return the probabilities of `negative`, `neutral` and `positive` for each of *texts*."""
        return [(tone.negative, tone.neutral, tone.positive) for tone in self.tones(texts)]

    def tones(self, texts: Iterable[str]) -> list[Tone]:
        """Return the tone of each of *texts*: probabilities, score in [-1, 1] and label.

        Raises TypeError for one text that is not in a list.
        """
        if isinstance(texts, str):
            raise TypeError("texts should be a list of texts, found one str; likely cure: [text]")
        return [self._model.tone(Document(text).segments) for text in texts]

    def explain(self, text: str) -> Explanation:
        """Return the tone of *text* with what each of its words adds to the log-odds of positive to negative."""
        segments = Document(text).segments
        reading = self._model.read(segments)
        base, added = self._model.contributions(segments, reading)
        spans = map(Span, reading.starts, reading.ends)
        parts = [Part(span, logit) for span, logit in zip(spans, added.tolist(), strict=True)]
        return Explanation(self._model.tones(segments, reading)[0], base, parts)
