"""What each word weighs in a text of one form (headline, sentences, document), looked up by its spelling."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple

import numpy as np

from tamis_sentiment.lexicon import HIGHEST
from tamis_sentiment.lexicon import Lexicon
from tamis_sentiment.reading import MOVEMENTS
from tamis_sentiment.reading import STATES
from tamis_sentiment.reading import grade_keys
from tamis_sentiment.reading import lexical_keys
from tamis_sentiment.reading import stem_keys
from tamis_sentiment.reading import turning
from tamis_sentiment.reading import word_key
from tamis_sentiment.tone import Pair

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: The number, as the first of a pair, of the start of a sentence.
START: Final = 1 << 20
_SHIFT: Final = 20
_NO_NUMBER: Final = 0
_LAST: Final = 1 << 62
_REMEMBERED: Final = 100_000
_FEW: Final = 4096
_NOTHING: Final = (0.0, 0.0)


class Phrase(NamedTuple):
    """A phrase that has a valence: its words from the third on, as second numbers, and what it changes.

    A phrase takes back what its words weigh by their own valence, and adds its own at its last word.
    """

    rest: tuple[int, ...]
    #: For each of its words what is added in each state.
    changes: tuple[tuple[Pair, ...], ...]


def longest(phrases: Iterable[Phrase], seconds: Sequence[int], at: int, end: int) -> Phrase | None:
    """Return the first of *phrases* that goes on with the words at *at*, by their second numbers, before *end*."""
    for phrase in phrases:
        last = at + len(phrase.rest)
        if last <= end and seconds[at:last] == phrase.rest:
            return phrase
    return None


class Spellings(dict[str, int]):
    """The row of each spelling in columns of what is known of it; filled as spellings are met.

    The columns: what it weighs in each state, row by row, toward negative and toward positive; its number as the first
    and as the second of a pair; what it does to what follows.
    """

    def __init__(self, look_up: Callable[[str], tuple[Sequence[Pair], int, int, int]]) -> None:
        super().__init__()
        self._look_up = look_up
        self.weights: NDArray[np.float64] = np.zeros((2, _FEW * STATES))
        self.firsts, self.seconds, self.turns = np.zeros((3, _FEW), np.int64)

    def rows(self, spellings: Sequence[str]) -> NDArray[np.int64]:
        """Return the rows of *spellings*; those of another call may count no more."""
        if len(self) > _REMEMBERED:
            self.clear()
        return np.fromiter(map(self.__getitem__, spellings), np.int64, len(spellings))

    def __missing__(self, spelling: str) -> int:
        row = len(self)
        if row == len(self.firsts):
            self.weights = np.concatenate([self.weights, np.zeros_like(self.weights)], axis=1)
            columns = np.array([self.firsts, self.seconds, self.turns])
            self.firsts, self.seconds, self.turns = np.concatenate([columns, np.zeros_like(columns)], axis=1)
        states, self.firsts[row], self.seconds[row], self.turns[row] = self._look_up(spelling)
        self.weights[:, row * STATES : (row + 1) * STATES] = np.transpose(states)
        self[spelling] = row
        return row


class Pairs:
    """What two words in a row weigh together, and the phrases that begin with them, by row; row 0 stands for none."""

    def __init__(self, known: Mapping[int, tuple[Pair, Sequence[Phrase]]]) -> None:
        order = sorted(known)
        self._keys = np.array([-1, *order, _LAST])
        self.weights = np.transpose([_NOTHING, *(known[key][0] for key in order), _NOTHING])
        #: The phrases that begin with two words, the longest first, and whether there are any.
        self.phrases = [(), *(known[key][1] for key in order), ()]
        self.begin_phrases = np.array([bool(phrases) for phrases in self.phrases])

    def rows(self, keys: NDArray[np.int64]) -> NDArray[np.intp]:
        """Return the row of each of *keys*: the number of the first word and that of the second in one."""
        rows = np.searchsorted(self._keys, keys)
        return np.where(self._keys[rows] == keys, rows, 0)


class Weights:
    """The weights in texts of one form: of words where they stand, of two words in a row, and of the form itself."""

    def __init__(self, lexicon: Lexicon, features: Mapping[str, Pair], intercept: Pair) -> None:
        self.intercept = intercept
        #: What the rise or fall of something weighs, by the keys of `MOVEMENTS`.
        self.movements = {code: features[key] for code, key in MOVEMENTS.items() if key in features}
        #: What a word or phrase weighs by its valence in each state.
        self._grades = {grade: _graded(features, grade) for grade in range(-HIGHEST, HIGHEST + 1)}
        self.known = Spellings(self._look_up)
        self._lexicon = lexicon
        self._features = features
        self._changes = cache(self._changed)
        self._numbers: dict[str, int] = {"^": START >> _SHIFT}
        pairs = {key[2:]: pair for key, pair in features.items() if key.startswith("b:")}
        phrases: dict[str, list[Phrase]] = {}
        for words, grade in lexicon.phrases:
            phrases.setdefault(" ".join(words[:2]), []).append(self._phrase(words, grade))
        found: dict[int, tuple[Pair, Sequence[Phrase]]] = {}
        for key in pairs | phrases:
            # The first and the second have no bit in common.
            first, second = map(self._number, key.split(" "))
            begun = sorted(phrases.get(key, ()), key=lambda phrase: -len(phrase.rest))
            found[first << _SHIFT | second] = pairs.get(key, _NOTHING), begun
        #: What is known of two words in a row.
        self.pairs = Pairs(found)

    def _number(self, norm: str) -> int:
        return self._numbers.setdefault(norm, len(self._numbers) + 1)

    def _phrase(self, words: Sequence[str], grade: int) -> Phrase:
        grades = [self._lexicon.word(word).grade for word in words]
        return Phrase(tuple(map(self._number, words[2:])), self._changes((*grades, grade)))

    def _changed(self, grades: tuple[int, ...]) -> tuple[tuple[Pair, ...], ...]:
        """Return what a phrase changes by the valences of its words and, the last of *grades*, its own."""
        taken = [[(-less, -more) for less, more in self._grades[grade]] for grade in grades[:-1]]
        taken[-1] = [(a + c, b + d) for (a, b), (c, d) in zip(taken[-1], self._grades[grades[-1]], strict=True)]
        return tuple(map(tuple, taken))

    def _look_up(self, spelling: str) -> tuple[Sequence[Pair], int, int, int]:
        word = self._lexicon.word(spelling)
        itself = [(key, 1.0) for key in (word_key(word), *stem_keys(word.norm))]
        states: list[Pair] = []
        for state in range(STATES):
            negative = positive = 0.0
            for key, value in (*itself, *lexical_keys(word, state)):
                pair = self._features.get(key, _NOTHING)
                negative += pair[0] * value
                positive += pair[1] * value
            graded = self._grades[word.grade][state]
            states.append((negative + graded[0], positive + graded[1]))
        number = self._numbers.get(word.norm, _NO_NUMBER)
        return states, number << _SHIFT, number, turning(word)


def _graded(features: Mapping[str, Pair], grade: int) -> tuple[Pair, ...]:
    found = [[features.get(key, _NOTHING) for key in grade_keys(grade, state)] for state in range(STATES)]
    return tuple((sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)) for pairs in found)


class ByForm(dict[str, Weights]):
    """The weights for each form of text: of *features*, those named `form|feature` are of that form alone.

    Those of a form are made when they are asked for.
    """

    def __init__(self, lexicon: Lexicon, features: Mapping[str, Pair], intercepts: Mapping[str, Pair]) -> None:
        super().__init__()
        self._made_of = lexicon, features, intercepts

    def __missing__(self, form: str) -> Weights:
        lexicon, features, intercepts = self._made_of
        own = {key: pair for key, pair in features.items() if "|" not in key}
        for key, (negative, positive) in features.items():
            mark, bar, name = key.partition("|")
            if bar and mark == form:
                pair = own.get(name, _NOTHING)
                own[name] = (pair[0] + negative, pair[1] + positive)
        found = self[form] = Weights(lexicon, own, intercepts[form])
        return found
