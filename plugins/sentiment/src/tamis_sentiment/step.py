"""The step `sentiment`."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from typing import Annotated
from typing import ClassVar

from pydantic import Field
from pydantic import field_validator

import tamis
from tamis.models import existing
from tamis_sentiment import shipped
from tamis_sentiment.reading import IN_QUOTES
from tamis_sentiment.speakers import speaker
from tamis_sentiment.targets import TargetTone
from tamis_sentiment.targets import target_tones
from tamis_sentiment.tone import Tone

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tamis_sentiment.model import Reading
    from tamis_sentiment.news_model import NewsModel


class Sentiment(tamis.Step):
    """Say the tone of the text: negative, neutral or positive, with the sentences and words it rests on.

    Gives the label `sentiment`; its score is the tone in [-1, 1], its `scores` the probabilities. A mark
    `sentiment:sentence` on each sentence has its tone as score, a mark `sentiment:evidence` on the words that weigh
    most has as score what the word adds to the log-odds of positive to negative.
    """

    gives: ClassVar[Sequence[str]] = ("sentiment", "sentiment_targets")

    targets: bool | Sequence[str] = False
    """Say the tone toward these names too (`sentiment_targets`), or with true toward the names found in the text."""
    abstain: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Abstain (give null) where the most likely tone is less probable than this."""
    sentences: bool = True
    """Mark each sentence with its tone, whether it is mostly quoted, and the speaker where that is plain."""
    evidence: Annotated[int, Field(ge=0)] = 5
    """At most so many words are marked: those that speak loudest for the tone, for a neutral one either way."""
    model: str = shipped.SHIPPED
    """The model: `sentiment`, which is shipped, or the path of another."""

    @field_validator("model")
    @classmethod
    def _is_there(cls, model: str) -> str:
        return existing(model, shipped.SHIPPED)

    @cached_property
    def loaded(self) -> NewsModel:
        """The model, as it was when the step first asked for it: a run ends with the one it began with."""
        return shipped.news_model(self.model)

    def find(self, doc: tamis.Document) -> Iterable[tamis.Finding]:
        """Return the label `sentiment` and the marks."""
        model = self.loaded
        reading = model.read(doc.segments)
        tone, each = model.tones(doc.segments, reading)
        scores = {"negative": tone.negative, "neutral": tone.neutral, "positive": tone.positive}
        label = tone.label
        yield tamis.Label("sentiment", None if scores[label] < self.abstain else label, tone.score, scores)
        if self.targets is not False:
            names = None if self.targets is True else self.targets
            yield _targets(target_tones(shipped.target_model(), model.words, doc.segments, reading, names))
        if self.sentences:
            yield from _sentences(doc, reading, each)
        if self.evidence:
            yield from _evidence(reading, model.contributions(doc.segments, reading)[1], tone.label, self.evidence)


def _targets(found: Sequence[TargetTone]) -> tamis.Label:
    """Return the label of the tone toward targets."""
    value = [
        {"target": name, "span": list(span), "value": tone.label, "score": tone.score} for name, span, tone in found
    ]
    return tamis.Label("sentiment_targets", value)


def _sentences(doc: tamis.Document, reading: Reading, each: Sequence[Tone]) -> Iterator[tamis.Mark]:
    """Yield a mark for each sentence."""
    quoted = [state >= IN_QUOTES for state in reading.states]
    for (span, first, last), tone in zip(reading.sentences, each, strict=True):
        inside = sum(quoted[first:last])
        data: dict[str, str | bool] = {"value": tone.label, "quoted": 2 * inside > last - first}
        said_by = speaker(doc.text[span.start : span.end]) if inside else None
        if said_by:
            data["speaker"] = said_by
        yield tamis.Mark(span, "sentiment:sentence", score=tone.score, data=data)


def _evidence(reading: Reading, added: NDArray[np.float64], label: str, most: int) -> Iterator[tamis.Mark]:
    """Yield marks on the *most* words that speak loudest for the tone (neutral: either way), in text order."""
    from tamis.learn import heaviest

    toward = {"negative": -added, "positive": added}.get(label, abs(added))
    for at in heaviest(toward, most, among=added != 0):
        logit = float(added[at])
        reason = "speaks for positive" if logit > 0 else "speaks for negative"
        yield tamis.Mark((reading.starts[at], reading.ends[at]), "sentiment:evidence", reason, logit)
