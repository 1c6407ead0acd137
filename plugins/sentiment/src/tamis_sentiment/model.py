"""The tone model: what each word of a text adds to the log-odds of the three tones, summed exactly.

A word adds what it weighs itself, what it weighs with the word before it, and what the word lists say of it where it
stands (negated, lessened, quoted). Words count for more early in the text: sentence by sentence a factor
`1 + early * exp(-i / reach)` with *i* words before it, plus `first` for the first sentence of three or more.
The sums are divided by a power of the length, so that a text does not get stronger by being longer.
"""

from __future__ import annotations

import math
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
from tamis_sentiment.reading import word_keys

#: What the state of a tone model calls itself.
KIND: Final = "tamis sentiment"
NEGATIVE, NEUTRAL, POSITIVE = LABELS = ("negative", "neutral", "positive")
_REMEMBERED: Final = 100_000
_FEW_SENTENCES: Final = 2

#: Weights toward negative and positive (both against neutral).
Pair = tuple[float, float]


class Known(NamedTuple):
    """A spelling with its weights: itself, by word lists in each state, and after certain words."""

    norm: str
    itself: Pair
    lists: tuple[Pair, ...]
    after: Mapping[str, Pair]
    negates: bool
    lessens: bool


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


class Part(NamedTuple):
    """A word and what it adds to the log-odds of positive against negative."""

    span: Span
    logit: float


class Reading(NamedTuple):
    """A text as the model read it: its sentences, and per word its spelling's weights and what it stood under."""

    sentences: list[Sentence]
    known: list[Known]
    states: list[int]
    starts: Sequence[int]
    ends: Sequence[int]


class ToneModel:
    """Scores texts from a state as the training script saves it."""

    def __init__(self, state: Mapping[str, Any]) -> None:
        from tamis.learn import unpack

        self.lexicon = Lexicon(state["lexicon"])
        weights = [(float(a), float(b)) for a, b in unpack(state["weights"]).tolist()]
        self._weights: dict[str, Pair] = dict(zip(state["features"].split("\n"), weights, strict=True))
        self._after: dict[str, dict[str, Pair]] = {}
        for key, pair in self._weights.items():
            if key.startswith("b:"):
                before, _, norm = key[2:].partition("_")
                self._after.setdefault(norm, {})[before] = pair
        self._intercept: Pair = (float(state["intercept"][0]), float(state["intercept"][1]))
        shape = state["shape"]
        self._early, self._reach, self._first = float(shape["early"]), float(shape["reach"]), float(shape["first"])
        self._word_scale, self._word_power = float(shape["word_scale"]), float(shape["word_power"])
        self._list_scale, self._list_power = float(shape["list_scale"]), float(shape["list_power"])
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
        lists: list[Pair] = []
        for state in range(STATES):
            negative = positive = 0.0
            for key, value in lexical_keys(word, state):
                pair = self._weights.get(key, (0.0, 0.0))
                negative += pair[0] * value
                positive += pair[1] * value
            lists.append((negative, positive))
        itself = self._weights.get(word_keys(word), (0.0, 0.0))
        return Known(word.norm, itself, tuple(lists), self._after.get(word.norm, {}), word.negates, word.lessens)

    def read(self, segments: Segments) -> Reading:
        """Return *segments* with every word looked up, and what it stands under."""
        words = segments.words
        starts, ends = words.starts, words.ends
        remembered = self._known
        known = [remembered.get(word) or self.known(word) for word in words.texts]
        states: list[int] = []
        sentences: list[Sentence] = []
        quotes = quotations(segments.text)
        quote, at, count = 0, 0, len(known)
        for span in segments.sentences:
            first, negated, lessened, quoted = at, -1, -1, 0
            while at < count and starts[at] < span[1]:
                word = known[at]
                state = NEGATED if at <= negated else LESSENED if at <= lessened else PLAIN
                while quote < len(quotes) and quotes[quote][1] <= starts[at]:
                    quote += 1
                if quote < len(quotes) and quotes[quote][0] <= starts[at]:
                    state += IN_QUOTES
                    quoted += 1
                states.append(state)
                if word.negates:
                    negated = at + NEGATION_REACH
                if word.lessens:
                    lessened = at + LESSENING_REACH
                at += 1
            if at > first:
                sentences.append(Sentence(span, first, at, quoted))
        return Reading(sentences, known, states, starts, ends)

    def factors(self, reading: Reading) -> list[float]:
        """Return how much the words of each sentence count."""
        factors = [1 + self._early * math.exp(-sentence.first / self._reach) for sentence in reading.sentences]
        if len(factors) > _FEW_SENTENCES:
            factors[0] += self._first
        return factors

    def _scales(self, length: float) -> Pair:
        """Return what the sums of words and of word lists are multiplied by in a text of (weighted) *length*."""
        return (
            self._word_scale / (length + 2) ** self._word_power,
            self._list_scale / (length + 4) ** self._list_power,
        )

    def _sums(self, reading: Reading, sentence: Sentence) -> tuple[float, float, float, float]:
        """Return what the words and the word lists add up to in *sentence*, before scaling."""
        word_n = word_p = list_n = list_p = 0.0
        before = "^"
        for at in range(sentence.first, sentence.last):
            norm, itself, lists, after, _, _ = reading.known[at]
            word_n += itself[0]
            word_p += itself[1]
            pair = lists[reading.states[at]]
            list_n += pair[0]
            list_p += pair[1]
            if after:
                both = after.get(before)
                if both is not None:
                    word_n += both[0]
                    word_p += both[1]
            before = norm
        return word_n, word_p, list_n, list_p

    def tone(self, segments: Segments) -> Tone:
        """Return the tone of the text of *segments*."""
        return self.tones(self.read(segments))[0]

    def tones(self, reading: Reading) -> tuple[Tone, list[Tone]]:
        """Return the tone of the whole text, and of each sentence by itself."""
        length = word_n = word_p = list_n = list_p = 0.0
        each: list[Tone] = []
        for sentence, factor in zip(reading.sentences, self.factors(reading), strict=True):
            sums = self._sums(reading, sentence)
            count = sentence.last - sentence.first
            alone = 1 + self._early
            each.append(self._tone(alone * sums[0], alone * sums[1], alone * sums[2], alone * sums[3], alone * count))
            word_n += factor * sums[0]
            word_p += factor * sums[1]
            list_n += factor * sums[2]
            list_p += factor * sums[3]
            length += factor * count
        return self._tone(word_n, word_p, list_n, list_p, length), each

    def _tone(self, word_n: float, word_p: float, list_n: float, list_p: float, length: float) -> Tone:
        words, lists = self._scales(length)
        negative = self._intercept[0] + words * word_n + lists * list_n
        positive = self._intercept[1] + words * word_p + lists * list_p
        top = max(negative, positive, 0.0)
        odds = math.exp(negative - top), math.exp(-top), math.exp(positive - top)
        total = sum(odds)
        return Tone(odds[0] / total, odds[1] / total, odds[2] / total, positive - negative)

    def parts(self, reading: Reading) -> list[Part]:
        """Return what each word adds to the log-odds of positive against negative; with `base` they sum to it.

        What two words in a row weigh together is shared equally between them.
        """
        factors = self.factors(reading)
        lengths = (sentence.last - sentence.first for sentence in reading.sentences)
        words, lists = self._scales(sum(factor * length for factor, length in zip(factors, lengths, strict=True)))
        added = [0.0] * len(reading.known)
        for sentence, factor in zip(reading.sentences, factors, strict=True):
            before = "^"
            for at in range(sentence.first, sentence.last):
                norm, itself, by_list, after, _, _ = reading.known[at]
                pair = by_list[reading.states[at]]
                added[at] += factor * (words * (itself[1] - itself[0]) + lists * (pair[1] - pair[0]))
                both = after.get(before)
                if both is not None:
                    shared = factor * words * (both[1] - both[0])
                    if at > sentence.first:
                        added[at - 1] += shared / 2
                        shared /= 2
                    added[at] += shared
                before = norm
        spans = map(Span, reading.starts, reading.ends)
        return [Part(span, logit) for span, logit in zip(spans, added, strict=True)]

    @property
    def base(self) -> float:
        """The log-odds of positive against negative of a text that says nothing."""
        return self._intercept[1] - self._intercept[0]
