"""The tone toward named targets: where they are mentioned, and what is said of them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple

from tamis import Document
from tamis import Span
from tamis.text import Segments
from tamis.text import Words
from tamis_sentiment import shipped
from tamis_sentiment.classifier import Explanation
from tamis_sentiment.classifier import Part
from tamis_sentiment.mention import Mention
from tamis_sentiment.mention import mention
from tamis_sentiment.names import named
from tamis_sentiment.tone import LABELS
from tamis_sentiment.tone import Tone
from tamis_sentiment.tone import tone_of

if TYPE_CHECKING:
    from tamis_sentiment.model import Reading
    from tamis_sentiment.model import ToneModel
    from tamis_sentiment.target_model import TargetModel

#: At most so many mentions of a target are read, and so many targets found.
_MOST_MENTIONS: Final = 40
_MOST_TARGETS: Final = 8
_SHORTEST_SURNAME: Final = 4
_TWICE: Final = 2


class TargetTone(NamedTuple):
    """The tone toward a target over all its mentions; `span` is the first of them."""

    target: str
    span: Span
    tone: Tone


class TargetClassifier:
    """Says the tone toward a target: `negative`, `neutral` or `positive`.

    >>> text = "Voters praised Ann Reed for her honest work."
    >>> TargetClassifier.load().predict([(text, (15, 23))])
    ['positive']
    """

    #: The labels, in the order of the columns of `predict_proba`.
    classes_ = LABELS

    def __init__(self, model: TargetModel, reader: ToneModel) -> None:
        self._model = model
        self._reader = reader

    @classmethod
    def load(cls, path: str | Path | None = None) -> TargetClassifier:
        """Return the shipped classifier, or the one in the model file *path*.

        Raises ModelError where the model is missing, altered or torn.
        """
        return cls(shipped.target_model(shipped.TARGETS if path is None else str(path)), shipped.tone_model())

    def predict(self, mentions: Iterable[tuple[str, tuple[int, int]]]) -> list[str]:
        """Return the tone toward each of *mentions*: a text, and the span of the target in it."""
        return [tone.label for tone in self.tones(mentions)]

    def predict_proba(self, mentions: Iterable[tuple[str, tuple[int, int]]]) -> list[tuple[float, float, float]]:
        """Return the probabilities of `negative`, `neutral` and `positive` for each of *mentions*."""
        return [(tone.negative, tone.neutral, tone.positive) for tone in self.tones(mentions)]

    def tones(self, mentions: Iterable[tuple[str, tuple[int, int]]]) -> list[Tone]:
        """Return the tone toward each of *mentions*.

        Raises ValueError where a span is not inside its text.
        """
        return [self._model.tone(self._read(text, span)[1]) for text, span in mentions]

    def explain(self, text: str, span: tuple[int, int]) -> Explanation:
        """Return the tone toward the target at *span* with what each word adds to the log-odds of positive to negative.

        Raises ValueError where the span is not inside the text.
        """
        words, there = self._read(text, span)
        negative, positive = self._model.base(there)
        base, added = positive - negative, [0.0] * len(words.starts)
        for at, less, more in self._model.parts(there):
            if at < 0:
                base += more - less
            else:
                added[at] += more - less
        spans = map(Span, words.starts, words.ends)
        parts = [Part(word, logit) for word, logit in zip(spans, added, strict=True)]
        return Explanation(self._model.tone(there), base, parts)

    def _read(self, text: str, span: tuple[int, int]) -> tuple[Words, Mention | None]:
        start, end = span
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"the span {start}:{end} is not inside its text of {len(text)} code points")
        segments = Document(text).segments
        reading = self._reader.read(segments)
        return segments.words, mention(segments, reading, self._reader.lexicon, self._model.common, span)


def toward(model: TargetModel, reader: ToneModel, segments: Segments, reading: Reading, span: tuple[int, int]) -> Tone:
    """Return the tone toward the mention at *span*."""
    return model.tone(mention(segments, reading, reader.lexicon, model.common, span))


def target_tones(
    model: TargetModel, reader: ToneModel, segments: Segments, reading: Reading, names: Sequence[str] | None
) -> list[TargetTone]:
    """Return the tone toward each of *names* that the text mentions (None: the names found in it), averaged."""
    found = []
    for name in names_in(model, reader, segments, reading) if names is None else dict.fromkeys(names):
        spans = mentions_of(segments.text, name)
        if spans:
            tones = [toward(model, reader, segments, reading, span) for span in spans]
            negative = sum(tone.against_neutral[0] for tone in tones) / len(tones)
            positive = sum(tone.against_neutral[1] for tone in tones) / len(tones)
            found.append(TargetTone(name, spans[0], tone_of(negative, positive)))
    return found


def mentions_of(text: str, name: str) -> list[Span]:
    """Return where *text* names *name*: whole words, also by the last of its words alone.

    >>> mentions_of("Ann Reed won. Reed smiled.", "Ann Reed")
    [Span(start=0, end=8), Span(start=14, end=18)]
    """
    found: list[Span] = []
    surname = name.rsplit(maxsplit=1)[-1] if name.strip() else ""
    forms = [name, surname] if len(surname) >= _SHORTEST_SURNAME and surname[0].isupper() else [name]
    for form in dict.fromkeys(form for form in forms if form.strip()):
        taken = {span.end for span in found}
        at = text.find(form)
        while at >= 0 and len(found) < _MOST_MENTIONS:
            end = at + len(form)
            if end not in taken and not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum():
                found.append(Span(at, end))
            at = text.find(form, end)
    return sorted(found)


def names_in(model: TargetModel, reader: ToneModel, segments: Segments, reading: Reading) -> list[str]:
    """Return the names found in a text, the most frequent first; a single word must come twice."""
    counts = Counter(
        segments.text[span.start : span.end]
        for span, pronoun in named(segments, reading.sentences, reader.lexicon, model.common)
        if not pronoun
    )
    kept = [name for name, count in counts.items() if count >= _TWICE or " " in name]
    return sorted(kept, key=lambda name: (-counts[name], name))[:_MOST_TARGETS]
