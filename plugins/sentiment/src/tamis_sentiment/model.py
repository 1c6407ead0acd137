"""The tone model: what each word of a text adds to the log-odds of the three tones, summed exactly.

A word adds what it weighs itself, what it weighs with the word before it, and what the word lists say of it where it
stands (negated, lessened, quoted). Words count for more early in the text: sentence by sentence a factor
`1 + early * exp(-i / reach)` with *i* words before it, plus `first` for the first sentence of three or more.
The sums are divided by a power of the length, so that a text does not get stronger by being longer.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from typing import Final
from typing import NamedTuple

from tamis import Span
from tamis.errors import ModelError
from tamis.text import WORDS_VERSION
from tamis.text import Segments
from tamis_sentiment.lexicon import Lexicon
from tamis_sentiment.reading import IN_QUOTES
from tamis_sentiment.reading import LESSENED
from tamis_sentiment.reading import LESSENING_REACH
from tamis_sentiment.reading import NEGATED
from tamis_sentiment.reading import NEGATION_REACH
from tamis_sentiment.reading import PLAIN
from tamis_sentiment.reading import STATES
from tamis_sentiment.reading import Sentence
from tamis_sentiment.reading import lexical_keys
from tamis_sentiment.reading import quotations
from tamis_sentiment.reading import word_key

#: What the state of a tone model calls itself.
KIND: Final = "tamis sentiment"
NEGATIVE, NEUTRAL, POSITIVE = LABELS = ("negative", "neutral", "positive")
_REMEMBERED: Final = 100_000
_FEW_SENTENCES: Final = 2

#: Weights toward negative and positive (both against neutral).
Pair = tuple[float, float]
#: A spelling with its weights: toward negative and toward positive where it is plain, its number in the pairs, whether
#: it turns what follows, and both weights in each state. A plain tuple, for every word of every text takes it apart.
Known = tuple[float, float, int, int, tuple[Pair, ...]]
_NUMBER: Final = 2
_TURNS: Final = 3
_STATES: Final = 4
_NEGATES: Final = 1
_LESSENS: Final = 2
#: The numbers, among the words in pairs, of a word in none and of the start of a sentence; how far numbers are shifted.
_NO_NUMBER: Final = 0
_START: Final = 1
_SHIFT: Final = 20


class Tone(NamedTuple):
    """A tone: probabilities of negative, neutral, positive, and the log-odds of positive against negative."""

    negative: float
    neutral: float
    positive: float
    logit: float

    @property
    def score(self) -> float:
        """The tone in [-1, 1]: how much more likely positive is than negative."""
        return self.positive - self.negative

    @property
    def label(self) -> str:
        """The most likely tone; neutral where it is a tie."""
        if self.neutral >= self.negative and self.neutral >= self.positive:
            return NEUTRAL
        return NEGATIVE if self.negative >= self.positive else POSITIVE


class Reading(NamedTuple):
    """A text as the model read it: its sentences, and for each word its weights and what it stands under."""

    sentences: list[Sentence]
    states: list[int]
    starts: Sequence[int]
    ends: Sequence[int]
    #: What each word weighs where it stands and after the word before it, toward negative and toward positive.
    negative: list[float]
    positive: list[float]
    #: Which words weigh something together with the word before them, and what; it is counted in the above.
    pairs: list[tuple[int, Pair]]


class ToneModel:
    """Scores texts from a state as the training script saves it."""

    def __init__(self, state: Mapping[str, Any]) -> None:
        from tamis.learn import unpack

        self.lexicon = Lexicon(state["lexicon"])
        weights = [(float(a), float(b)) for a, b in unpack(state["weights"]).tolist()]
        self._weights: dict[str, Pair] = dict(zip(state["features"].split("\n"), weights, strict=True))
        self._numbers: dict[str, int] = {"^": _START}
        self._pairs: dict[int, Pair] = {}
        for key, pair in self._weights.items():
            if key.startswith("b:"):
                before, _, norm = key[2:].partition(" ")
                first, second = (self._numbers.setdefault(word, len(self._numbers) + 1) for word in (before, norm))
                self._pairs[first << _SHIFT | second] = pair
        self._intercept: Pair = (float(state["intercept"][0]), float(state["intercept"][1]))
        shape = state["shape"]
        self._early, self._reach, self._first = float(shape["early"]), float(shape["reach"]), float(shape["first"])
        self._offset, self._power = float(shape["offset"]), float(shape["power"])
        self._known: dict[str, Known] = {}

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

    def known(self, spelling: str) -> Known:
        """Return the weights of *spelling*."""
        known = self._known.get(spelling)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[spelling] = self._look_up(spelling)
        return known

    def _look_up(self, spelling: str) -> Known:
        word = self.lexicon.word(spelling)
        itself = self._weights.get(word_key(word), (0.0, 0.0))
        states: list[Pair] = []
        for state in range(STATES):
            negative, positive = itself
            for key, value in lexical_keys(word, state):
                pair = self._weights.get(key, (0.0, 0.0))
                negative += pair[0] * value
                positive += pair[1] * value
            states.append((negative, positive))
        turns = _NEGATES * word.negates + _LESSENS * word.lessens
        return (*states[PLAIN], self._numbers.get(word.norm, _NO_NUMBER), turns, tuple(states))

    def read(self, segments: Segments) -> Reading:
        """Return *segments* with every word looked up, and what it stands under."""
        words = segments.words
        starts = words.starts
        remembered = self._known
        known = [remembered.get(word) or self.known(word) for word in words.texts]
        numbers = [word[_NUMBER] for word in known]
        before = [_NO_NUMBER, *numbers]
        sentences: list[Sentence] = []
        at = 0
        for span in segments.sentences:
            last = bisect_left(starts, span[1], at)
            if last > at:
                sentences.append(Sentence(span, at, last))
                before[at] = _START
            at = last
        states = _states(known, sentences, starts, quotations(segments.text))
        negative = [word[0] for word in known]
        positive = [word[1] for word in known]
        for at in [at for at, state in enumerate(states) if state]:
            negative[at], positive[at] = known[at][_STATES][states[at]]
        weighed = self._pairs
        codes = [first << _SHIFT | second for first, second in zip(before, numbers, strict=False)]
        pairs = [(at, weighed[code]) for at, code in enumerate(codes) if code in weighed]
        for at, pair in pairs:
            negative[at] += pair[0]
            positive[at] += pair[1]
        return Reading(sentences, states, starts, words.ends, negative, positive, pairs)

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
        reading = self.read(segments)
        return self._whole(reading, _sums(reading))

    def tones(self, reading: Reading) -> tuple[Tone, list[Tone]]:
        """Return the tone of the whole text, and of each sentence as if it were the whole."""
        sums = _sums(reading)
        alone = 1 + self._early
        each = [
            self._tone(alone * negative, alone * positive, alone * (sentence.last - sentence.first))
            for sentence, (negative, positive) in zip(reading.sentences, sums, strict=True)
        ]
        return self._whole(reading, sums), each

    def _whole(self, reading: Reading, sums: Sequence[Pair]) -> Tone:
        length = negative = positive = 0.0
        for sentence, factor, pair in zip(reading.sentences, self.factors(reading), sums, strict=True):
            negative += factor * pair[0]
            positive += factor * pair[1]
            length += factor * (sentence.last - sentence.first)
        return self._tone(negative, positive, length)

    def _tone(self, negative: float, positive: float, length: float) -> Tone:
        scale = self._scale(length)
        return tone_of(self._intercept[0] + scale * negative, self._intercept[1] + scale * positive)

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
        for at, (negative, positive) in reading.pairs:
            if at not in opening:
                shared = (positive - negative) / 2
                added[at - 1] += shared
                added[at] -= shared
        for (_, first, last), factor in zip(reading.sentences, factors, strict=True):
            weight = factor * scale
            added[first:last] = [weight * value for value in added[first:last]]
        return added

    @property
    def base(self) -> float:
        """The log-odds of positive against negative of a text that says nothing."""
        return self._intercept[1] - self._intercept[0]


def tone_of(negative: float, positive: float) -> Tone:
    """Return the tone with these log-odds of negative and of positive, both against neutral."""
    top = max(negative, positive, 0.0)
    odds = math.exp(negative - top), math.exp(-top), math.exp(positive - top)
    total = sum(odds)
    return Tone(odds[0] / total, odds[1] / total, odds[2] / total, positive - negative)


def _sums(reading: Reading) -> list[Pair]:
    """Return what the words of each sentence add up to, toward negative and positive, before scaling."""
    negative, positive = reading.negative, reading.positive
    return [(sum(negative[first:last]), sum(positive[first:last])) for _, first, last in reading.sentences]


def _states(
    known: Sequence[Known], sentences: Sequence[Sentence], starts: Sequence[int], quotes: Sequence[Span]
) -> list[int]:
    """Return what each word stands under: negators and words that lessen reach within their own sentence."""
    states = [PLAIN] * len(known)
    turning = [at for at, word in enumerate(known) if word[_TURNS]]
    ends = [sentence.last for sentence in sentences] if turning else []
    # Negation comes last, for it is the stronger.
    for kind, reach, state in ((_LESSENS, LESSENING_REACH, LESSENED), (_NEGATES, NEGATION_REACH, NEGATED)):
        for at in turning:
            if known[at][_TURNS] & kind:
                stop = min(at + reach + 1, ends[bisect_right(ends, at)])
                for under in range(at + 1, stop):
                    states[under] = state
    for begin, end in quotes:
        for at in range(bisect_left(starts, begin), bisect_left(starts, end)):
            states[at] += IN_QUOTES
    return states
