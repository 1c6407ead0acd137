"""The tone model: what each word of a text adds to the log-odds of the three tones, summed exactly.

A word adds what it weighs itself, what it weighs with the word before it, and what the word lists say of it where it
stands (negated, lessened, quoted) and of what rises or falls. Headlines, sentences and documents have weights of their
own beside the common ones, for a word that settles a headline is one of many in a document.

Words count for more early in the text: sentence by sentence a factor `1 + early * exp(-i / reach)` with *i* words
before it, plus `first` for the first sentence of three or more. The sums are divided by a power of the length, so that
a text does not get stronger by being longer.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import compress
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import NamedTuple

import numpy as np

from tamis import Span
from tamis.errors import ModelError
from tamis.text import WORDS_VERSION
from tamis.text import Segments
from tamis_sentiment.lexicon import Lexicon
from tamis_sentiment.reading import DOCUMENT
from tamis_sentiment.reading import IN_QUOTES
from tamis_sentiment.reading import LESSENED
from tamis_sentiment.reading import LESSENING_REACH
from tamis_sentiment.reading import LESSENS
from tamis_sentiment.reading import NEGATED
from tamis_sentiment.reading import NEGATES
from tamis_sentiment.reading import NEGATION_REACH
from tamis_sentiment.reading import PLAIN
from tamis_sentiment.reading import STATES
from tamis_sentiment.reading import Sentence
from tamis_sentiment.reading import form_of
from tamis_sentiment.reading import movements
from tamis_sentiment.reading import quotations
from tamis_sentiment.tone import BALANCE
from tamis_sentiment.tone import Pair
from tamis_sentiment.tone import Tone
from tamis_sentiment.tone import tone_of
from tamis_sentiment.weights import START
from tamis_sentiment.weights import ByForm
from tamis_sentiment.weights import Phrase
from tamis_sentiment.weights import Weights
from tamis_sentiment.weights import longest

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: What the state of a tone model calls itself.
KIND: Final = "tamis sentiment"
_FEW_SENTENCES: Final = 2
_NOTHING: Final = (0.0, 0.0)


class Reading(NamedTuple):
    """A text as the model read it: its form, its sentences, and for each word what it stands under and weighs."""

    form: str
    sentences: list[Sentence]
    states: list[int]
    starts: Sequence[int]
    ends: Sequence[int]
    #: What each word weighs where it stands and after the word before it: a row toward negative, one toward positive.
    weights: NDArray[np.float64]
    #: What of it each word weighs together with the word before it.
    paired: NDArray[np.float64]
    #: The number of the sentence of each word.
    owner: NDArray[np.intp]


class ToneModel:
    """Scores texts from a state as the training script saves it."""

    def __init__(self, state: Mapping[str, Any]) -> None:
        from tamis.learn import unpack

        self.lexicon = Lexicon(state["lexicon"])
        pairs = [(float(a), float(b)) for a, b in unpack(state["weights"]).tolist()]
        features: dict[str, Pair] = dict(zip(state["features"].split("\n"), pairs, strict=True))
        intercepts = {form: (float(a), float(b)) for form, (a, b) in state["intercepts"].items()}
        self._weights = ByForm(self.lexicon, features, intercepts)
        shape = state["shape"]
        self._early, self._reach, self._first = float(shape["early"]), float(shape["reach"]), float(shape["first"])
        self._offset, self._power = float(shape["offset"]), float(shape["power"])

    @classmethod
    def from_state(cls, state: Mapping[str, Any], name: str) -> ToneModel:
        """Return the model saved as *state*; *name* says in errors where it came from.

        Raises ModelError where it is no tone model, or was trained on another rule for words.
        """
        if state.get("kind") != KIND:
            raise ModelError(f"{name} is no tone model: its kind is {state.get('kind')!r:.40}, expected {KIND!r}")
        if state.get("words_version") != WORDS_VERSION:
            raise ModelError(
                f"{name} was trained with version {state.get('words_version')!r:.20} of the word rule, this tamis has"
                f" {WORDS_VERSION}; likely cure: install matching versions of tamis and the model, or train it again"
            )
        return cls(state)

    def read(self, segments: Segments) -> Reading:
        """Return *segments* with every word looked up, and what it stands under."""
        words = segments.words
        starts = words.starts
        sentences: list[Sentence] = []
        at = 0
        for span in segments.sentences:
            last = bisect_left(starts, span[1], at)
            if last > at:
                sentences.append(Sentence(span, at, last))
            at = last
        form = form_of(segments.text, len(starts), len(sentences))
        weights = self._weights[form]
        known = weights.known.rows(words.texts)
        columns = weights.known
        turns: list[int] = columns.turns[known].tolist()
        states = _states(turns, sentences, starts, quotations(segments.text))
        weighed = columns.weights[:, known * STATES + np.array(states, np.int64)]
        for at, movement in movements(turns, words.texts, sentences):
            weighed[:, at] += weights.movements.get(movement, _NOTHING)
        before = np.append(START, columns.firsts[known])[:-1]
        before[[sentence.first for sentence in sentences]] = START
        pairs = weights.pairs.rows(before | columns.seconds[known])
        paired = weights.pairs.weights[:, pairs]
        phrases = _phrases(weights, pairs, columns.seconds[known], sentences)
        for at, phrase in phrases:
            # In this order, so that each sum is of the same bits as if the words came one by one.
            for place, changes in enumerate(phrase.changes[2:], at + 1):
                weighed[:, place] += changes[states[place]]
        weighed += paired
        for at, phrase in phrases:
            for place, changes in enumerate(phrase.changes[:2], at - 1):
                weighed[:, place] += changes[states[place]]
        sizes = [last - first for _, first, last in sentences]
        owner = np.repeat(np.arange(len(sizes)), sizes)
        return Reading(form, sentences, states, starts, words.ends, weighed, paired, owner)

    def factors(self, reading: Reading) -> list[float]:
        """Return how much the words of each sentence count."""
        factors = [1 + self._early * math.exp(-sentence.first / self._reach) for sentence in reading.sentences]
        if len(factors) > _FEW_SENTENCES:
            factors[0] += self._first
        return factors

    def _scale(self, length: float) -> float:
        """Return what the sums are multiplied by in a text of (weighted) *length*."""
        return float((length + self._offset) ** -self._power)

    def tone(self, segments: Segments) -> Tone:
        """Return the tone of the text of *segments*."""
        return self.whole(self.read(segments))

    def whole(self, reading: Reading) -> Tone:
        """Return the tone of the text of *reading*."""
        return self._whole(reading, _sums(reading))

    def tones(self, reading: Reading) -> tuple[Tone, list[Tone]]:
        """Return the tone of the whole text, and of each sentence as if it were the whole."""
        sums = _sums(reading)
        alone = 1 + self._early
        each = [
            self._tone(reading.form, alone * negative, alone * positive, alone * (last - first))
            for (_, first, last), (negative, positive) in zip(reading.sentences, sums, strict=True)
        ]
        return self._whole(reading, sums), each

    def _whole(self, reading: Reading, sums: Sequence[Pair]) -> Tone:
        length = negative = positive = 0.0
        for sentence, factor, pair in zip(reading.sentences, self.factors(reading), sums, strict=True):
            negative += factor * pair[0]
            positive += factor * pair[1]
            length += factor * (sentence.last - sentence.first)
        tone = self._tone(reading.form, negative, positive, length)
        return tone._replace(balance=BALANCE) if reading.form == DOCUMENT else tone

    def _tone(self, form: str, negative: float, positive: float, length: float) -> Tone:
        scale = self._scale(length)
        intercept = self._weights[form].intercept
        return tone_of(intercept[0] + scale * negative, intercept[1] + scale * positive)

    def contributions(self, reading: Reading) -> NDArray[np.float64]:
        """Return what each word adds to the log-odds of positive to negative; with `base` they sum to it.

        What two words in a row weigh together is shared equally between them.
        """
        factors = self.factors(reading)
        length = 0.0
        for (_, first, last), factor in zip(reading.sentences, factors, strict=True):
            length += factor * (last - first)
        added: NDArray[np.float64] = reading.weights[1] - reading.weights[0]
        shared = (reading.paired[1] - reading.paired[0]) / 2
        shared[[sentence.first for sentence in reading.sentences]] = 0.0
        added -= shared
        added[:-1] += shared[1:]
        added *= np.array(factors)[reading.owner] * self._scale(length)
        return added

    def base(self, reading: Reading) -> float:
        """Return the log-odds of positive against negative of a text of the form of *reading* that says nothing."""
        negative, positive = self._weights[reading.form].intercept
        return positive - negative


def _sums(reading: Reading) -> list[Pair]:
    """Return what the words of each sentence add up to, toward negative and positive, before scaling."""
    count = len(reading.sentences)
    negative, positive = (np.bincount(reading.owner, weights, count).tolist() for weights in reading.weights)
    return list(zip(negative, positive, strict=True))


def _phrases(
    weights: Weights, pairs: NDArray[np.intp], seconds: NDArray[np.int64], sentences: Sequence[Sentence]
) -> list[tuple[int, Phrase]]:
    """Return the phrases, none over another, each with the place of its second word."""
    begun = np.flatnonzero(weights.pairs.begin_phrases[pairs]).tolist()
    if not begun:
        return []
    numbers = tuple(seconds.tolist())
    ends = [sentence.last for sentence in sentences]
    found = []
    done = 0
    for at in begun:
        if at > done:
            phrase = longest(weights.pairs.phrases[pairs[at]], numbers, at + 1, ends[bisect_right(ends, at)])
            if phrase:
                done = at + 1 + len(phrase.rest)
                found.append((at, phrase))
    return found


def _states(
    turns: Sequence[int], sentences: Sequence[Sentence], starts: Sequence[int], quotes: Sequence[Span]
) -> list[int]:
    """Return what each word stands under: negators and words that lessen reach within their own sentence."""
    states = [PLAIN] * len(turns)
    turning = [*compress(range(len(turns)), turns)]
    ends = [sentence.last for sentence in sentences] if turning else []
    # Negation comes last, for it is the stronger.
    for kind, reach, state in ((LESSENS, LESSENING_REACH, LESSENED), (NEGATES, NEGATION_REACH, NEGATED)):
        for at in turning:
            if turns[at] & kind:
                stop = min(at + reach + 1, ends[bisect_right(ends, at)])
                states[at + 1 : stop] = [state] * (stop - at - 1)
    for begin, end in quotes:
        first, last = bisect_left(starts, begin), bisect_left(starts, end)
        states[first:last] = [state + IN_QUOTES for state in states[first:last]]
    return states
