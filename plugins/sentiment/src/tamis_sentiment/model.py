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
from operator import or_
from typing import Any
from typing import Final
from typing import NamedTuple

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
from tamis_sentiment.reading import Sentence
from tamis_sentiment.reading import form_of
from tamis_sentiment.reading import movements
from tamis_sentiment.reading import quotations
from tamis_sentiment.weights import START
from tamis_sentiment.weights import Pair
from tamis_sentiment.weights import Row
from tamis_sentiment.weights import by_form
from tamis_sentiment.weights import longest

#: What the state of a tone model calls itself.
KIND: Final = "tamis sentiment"
NEGATIVE, NEUTRAL, POSITIVE = LABELS = ("negative", "neutral", "positive")
_FEW_SENTENCES: Final = 2
_NOTHING: Final = (0.0, 0.0)
_NO_WORDS: Final[tuple[tuple[Any, ...], ...]] = ((),) * 6
#: A document in which the probabilities of negative and positive are closer than this is neutral.
BALANCE: Final = 0.3


class Tone(NamedTuple):
    """A tone: probabilities of negative, neutral, positive, and the log-odds of negative and positive against neutral.

    Where the probabilities of negative and positive are closer than `balance`, the tone is neutral.
    """

    negative: float
    neutral: float
    positive: float
    against_neutral: Pair
    balance: float = 0.0

    @property
    def logit(self) -> float:
        """The log-odds of positive against negative."""
        return self.against_neutral[1] - self.against_neutral[0]

    @property
    def score(self) -> float:
        """The tone in [-1, 1]: how much more likely positive is than negative."""
        return self.positive - self.negative

    @property
    def label(self) -> str:
        """The most likely tone; neutral where it is a tie, and where good and bad balance."""
        if abs(self.score) < self.balance or self.neutral >= max(self.negative, self.positive):
            return NEUTRAL
        return NEGATIVE if self.negative >= self.positive else POSITIVE


class Reading(NamedTuple):
    """A text as the model read it: its form, its sentences, and for each word its weights and what it stands under."""

    form: str
    sentences: list[Sentence]
    states: list[int]
    starts: Sequence[int]
    ends: Sequence[int]
    #: What each word weighs where it stands and after the word before it, toward negative and toward positive.
    negative: list[float]
    positive: list[float]
    #: Which words weigh something together with the word before them, and what; it is counted in the above.
    rows: list[tuple[int, Row]]


class ToneModel:
    """Scores texts from a state as the training script saves it."""

    def __init__(self, state: Mapping[str, Any]) -> None:
        from tamis.learn import unpack

        self.lexicon = Lexicon(state["lexicon"])
        pairs = [(float(a), float(b)) for a, b in unpack(state["weights"]).tolist()]
        features: dict[str, Pair] = dict(zip(state["features"].split("\n"), pairs, strict=True))
        intercepts = {form: (float(a), float(b)) for form, (a, b) in state["intercepts"].items()}
        self._weights = by_form(self.lexicon, features, intercepts)
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
        known = [*map(weights.known.__getitem__, words.texts)]
        negatives, positives, in_states, firsts, seconds, turns = zip(*known, strict=True) if known else _NO_WORDS
        states = _states(turns, sentences, starts, quotations(segments.text))
        negative, positive = list(negatives), list(positives)
        for at in compress(range(len(states)), states):
            negative[at], positive[at] = in_states[at][states[at]]
        for at, movement in movements(turns, words.texts, sentences):
            moved = weights.movements.get(movement, _NOTHING)
            negative[at] += moved[0]
            positive[at] += moved[1]
        before = [START, *firsts]
        for sentence in sentences:
            before[sentence.first] = START
        found = map(weights.rows.get, map(or_, before, seconds))
        rows = [(at, row) for at, row in enumerate(found) if row]
        ends = [sentence.last for sentence in sentences]
        done = 0
        for at, (less, more, phrases) in rows:
            negative[at] += less
            positive[at] += more
            if phrases and at > done:
                phrase = longest(phrases, seconds, at + 1, ends[bisect_right(ends, at)])
                if phrase:
                    done = at + 1 + len(phrase.rest)
                    for place, changes in zip(range(at - 1, done), phrase.changes, strict=True):
                        less, more = changes[states[place]]
                        negative[place] += less
                        positive[place] += more
        return Reading(form, sentences, states, starts, words.ends, negative, positive, rows)

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
            self._tone(reading.form, alone * negative, alone * positive, alone * (sentence.last - sentence.first))
            for sentence, (negative, positive) in zip(reading.sentences, sums, strict=True)
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

    def contributions(self, reading: Reading) -> list[float]:
        """Return what each word adds to the log-odds of positive to negative; with `base` they sum to it.

        What two words in a row weigh together is shared equally between them.
        """
        factors = self.factors(reading)
        length = 0.0
        for sentence, factor in zip(reading.sentences, factors, strict=True):
            length += factor * (sentence.last - sentence.first)
        scale = self._scale(length)
        added = [plus - minus for minus, plus in zip(reading.negative, reading.positive, strict=True)]
        opening = {sentence.first for sentence in reading.sentences}
        for at, (negative, positive, _) in reading.rows:
            if at not in opening:
                shared = (positive - negative) / 2
                added[at - 1] += shared
                added[at] -= shared
        for (_, first, last), factor in zip(reading.sentences, factors, strict=True):
            weight = factor * scale
            added[first:last] = [weight * value for value in added[first:last]]
        return added

    def base(self, reading: Reading) -> float:
        """Return the log-odds of positive against negative of a text of the form of *reading* that says nothing."""
        negative, positive = self._weights[reading.form].intercept
        return positive - negative


def tone_of(negative: float, positive: float) -> Tone:
    """Return the tone with these log-odds of negative and of positive, both against neutral."""
    top = max(negative, positive, 0.0)
    odds = math.exp(negative - top), math.exp(-top), math.exp(positive - top)
    total = sum(odds)
    return Tone(odds[0] / total, odds[1] / total, odds[2] / total, (negative, positive))


def _sums(reading: Reading) -> list[Pair]:
    """Return what the words of each sentence add up to, toward negative and positive, before scaling."""
    negative, positive = reading.negative, reading.positive
    return [(sum(negative[first:last]), sum(positive[first:last])) for _, first, last in reading.sentences]


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
