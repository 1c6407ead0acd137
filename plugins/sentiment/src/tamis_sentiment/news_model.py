"""The tone of a text as it is told: of its words and, in a short text, of what it says of those whom it names.

A sentence of the news is of good or bad tone by what it says of the people in it, the more so where somebody acts ("she
said", "his plan"). A document is of good or bad tone by what it reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple

from tamis.text import Segments
from tamis_sentiment.mention import mention
from tamis_sentiment.model import Reading
from tamis_sentiment.model import ToneModel
from tamis_sentiment.names import named
from tamis_sentiment.names import speaks_of_a_person
from tamis_sentiment.reading import DOCUMENT
from tamis_sentiment.reading import Sentence
from tamis_sentiment.target_model import TargetModel
from tamis_sentiment.tone import Pair
from tamis_sentiment.tone import Tone
from tamis_sentiment.tone import tone_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: The share of what is said of those who are named in a text of one sentence: with a person's pronoun, and without.
_PERSON: Final = 0.6
_OTHERS: Final = 0.2
_MOST_NAMES: Final = 12


class _Said(NamedTuple):
    """What is said of those who are named: its share, its log-odds for no words, and what words add, by place."""

    share: float
    base: Pair
    parts: list[tuple[int, float, float]]


class NewsModel:
    """Scores texts by the tone model *words* and, short ones, by the model of tone *toward* those who are named."""

    def __init__(self, words: ToneModel, toward: TargetModel) -> None:
        self.words = words
        self._toward = toward

    def read(self, segments: Segments) -> Reading:
        """Return *segments* as the tone model reads them."""
        return self.words.read(segments)

    def tone(self, segments: Segments) -> Tone:
        """Return the tone of the text of *segments*."""
        reading = self.read(segments)
        return self._told(self.words.whole(reading), segments, reading, reading.sentences)

    def tones(self, segments: Segments, reading: Reading) -> tuple[Tone, list[Tone]]:
        """Return the tone of the whole text, and of each sentence as if it were the whole."""
        whole, each = self.words.tones(reading)
        if reading.form == DOCUMENT:
            return whole, each
        told = [
            self._told(tone, segments, reading, [sentence])
            for tone, sentence in zip(each, reading.sentences, strict=True)
        ]
        return self._told(whole, segments, reading, reading.sentences), told

    def contributions(self, segments: Segments, reading: Reading) -> tuple[float, NDArray[np.float64]]:
        """Return the log-odds of positive to negative of a text that says nothing, and what each word adds to it."""
        base, added = self.words.base(reading), self.words.contributions(reading)
        said = self._said(segments, reading, reading.sentences)
        if said:
            base = (1 - said.share) * base + said.share * (said.base[1] - said.base[0])
            added = (1 - said.share) * added
            for at, negative, positive in said.parts:
                value = said.share * (positive - negative)
                if at < 0:
                    base += value
                else:
                    added[at] += value
        return base, added

    def _told(self, tone: Tone, segments: Segments, reading: Reading, sentences: Sequence[Sentence]) -> Tone:
        """Return *tone* of *sentences* with what they say of those whom they name."""
        said = self._said(segments, reading, sentences)
        if not said:
            return tone
        mixed = [
            (1 - said.share) * own + said.share * (base + sum(part[side] for part in said.parts))
            for side, own, base in zip((1, 2), tone.against_neutral, said.base, strict=True)
        ]
        return tone_of(*mixed)

    def _said(self, segments: Segments, reading: Reading, sentences: Sequence[Sentence]) -> _Said | None:
        """Return what *sentences* of a short text say of those whom they name, the mean over all of them."""
        if reading.form == DOCUMENT:
            return None
        lexicon, common = self.words.lexicon, self._toward.common
        spans = [one.span for one in named(segments, sentences, lexicon, common)][:_MOST_NAMES]
        found = [mention(segments, reading, lexicon, common, span) for span in spans]
        if not found:
            return None
        person = any(speaks_of_a_person(segments, sentence, lexicon) for sentence in sentences)
        bases = [self._toward.base(one) for one in found]
        base = (sum(base[0] for base in bases) / len(found), sum(base[1] for base in bases) / len(found))
        parts = [
            (at, negative / len(found), positive / len(found))
            for one in found
            for at, negative, positive in self._toward.parts(one)
        ]
        return _Said((_PERSON if person else _OTHERS) / len(sentences), base, parts)
