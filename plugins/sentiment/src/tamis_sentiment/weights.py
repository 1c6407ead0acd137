"""What each word weighs in a text of one form (headline, sentences, document), looked up by its spelling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tamis_sentiment.lexicon import Lexicon
from tamis_sentiment.reading import MOVEMENTS
from tamis_sentiment.reading import PLAIN
from tamis_sentiment.reading import STATES
from tamis_sentiment.reading import lexical_keys
from tamis_sentiment.reading import stem_keys
from tamis_sentiment.reading import turning
from tamis_sentiment.reading import word_key

#: Weights toward negative and positive (both against neutral).
Pair = tuple[float, float]
#: A spelling with its weights: toward negative and toward positive where it is plain, both in each state, its number as
#: the first and as the second of a pair, and what it does to what follows. A plain tuple: all words of a text are taken
#: apart at once.
Known = tuple[float, float, tuple[Pair, ...], int, int, int]
#: The number, as the first of a pair, of the start of a sentence.
START: Final = 1 << 20
_SHIFT: Final = 20
_NO_NUMBER: Final = 0
_REMEMBERED: Final = 100_000
_NOTHING: Final = (0.0, 0.0)


class Weights:
    """The weights in texts of one form: of words where they stand, of two words in a row, and of the form itself."""

    def __init__(self, lexicon: Lexicon, features: Mapping[str, Pair], intercept: Pair) -> None:
        self.intercept = intercept
        #: What two words in a row weigh together, by their numbers (the first and the second have no bit in common).
        self.pairs: dict[int, Pair] = {}
        #: What the rise or fall of something weighs, by the keys of `MOVEMENTS`.
        self.movements = {code: features[key] for code, key in MOVEMENTS.items() if key in features}
        #: The spellings looked up so far; `known` looks up the others.
        self.remembered: dict[str, Known] = {}
        self._lexicon = lexicon
        self._features = features
        self._numbers: dict[str, int] = {"^": START >> _SHIFT}
        for key, pair in features.items():
            if key.startswith("b:"):
                before, _, norm = key[2:].partition(" ")
                first, second = (self._numbers.setdefault(word, len(self._numbers) + 1) for word in (before, norm))
                self.pairs[first << _SHIFT | second] = pair

    def known(self, spelling: str) -> Known:
        """Return the weights of *spelling*."""
        known = self.remembered.get(spelling)
        if known is None:
            if len(self.remembered) >= _REMEMBERED:
                self.remembered.clear()
            known = self.remembered[spelling] = self._look_up(spelling)
        return known

    def _look_up(self, spelling: str) -> Known:
        word = self._lexicon.word(spelling)
        itself = [(key, 1.0) for key in (word_key(word), *stem_keys(word.norm))]
        states: list[Pair] = []
        for state in range(STATES):
            negative = positive = 0.0
            for key, value in (*itself, *lexical_keys(word, state)):
                pair = self._features.get(key, _NOTHING)
                negative += pair[0] * value
                positive += pair[1] * value
            states.append((negative, positive))
        number = self._numbers.get(word.norm, _NO_NUMBER)
        return (*states[PLAIN], tuple(states), number << _SHIFT, number, turning(word))


def by_form(lexicon: Lexicon, features: Mapping[str, Pair], intercepts: Mapping[str, Pair]) -> dict[str, Weights]:
    """Return the weights for each form of text: of *features*, those named `form|feature` are of that form alone."""
    shared = {key: pair for key, pair in features.items() if "|" not in key}
    found = {}
    for form, intercept in intercepts.items():
        own = dict(shared)
        for key, (negative, positive) in features.items():
            mark, bar, name = key.partition("|")
            if bar and mark == form:
                pair = own.get(name, _NOTHING)
                own[name] = (pair[0] + negative, pair[1] + positive)
        found[form] = Weights(lexicon, own, intercept)
    return found
