"""What is known of a word by itself, in one number: looked up once, for the rules, the finders and the classifier.

The upper 32 bits are a code of the word in lower case, the next 24 one of what the masked stream keeps of it; the
last eight say what the finders ask: is it a name, a noun that wants an article, two words run together ...
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Final
from zlib import crc32

import numpy as np

from tamis_translation.people import PEOPLE
from tamis_translation.spelling import TITLES
from tamis_translation.spelling import is_accented
from tamis_translation.spelling import is_slavic
from tamis_translation.spelling import parts
from tamis_translation.wordlists import COUNT_NOUNS
from tamis_translation.wordlists import FUNCTION_WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: The flags of a word: it may be a name; a noun that English never leaves bare; accented as no English word is; two
#: words run together, or a title that may run into a name; somebody, or a pronoun for somebody;
#: a name that looks Slavic; a word with a digit in it.
NAME: Final = 1
NOUN: Final = 2
ACCENTED: Final = 4
FUSED: Final = 8
PERSON: Final = 16
SLAVIC: Final = 32
DIGITS: Final = 64
_MASKED: Final = 0xFFFFFF00
COUNT_NOUN: Final = frozenset(COUNT_NOUNS.split())
_FUNCTION: Final = frozenset(FUNCTION_WORDS.split())
_SUFFIXES: Final = ("ing", "ed", "ly", "tion", "s")
_REMEMBERED: Final = 200_000
#: So many characters of what stands between two words are looked at.
_FAR: Final = 20


def code(word: str) -> int:
    """Return the code, of 32 bits, of a *word* in lower case."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def masked(word: str, low: str) -> str:
    """Return what the masked stream keeps of *word* (*low*: in lower case).

    >>> masked("Ministers", "ministers"), masked("which", "which"), masked("42.14", "42.14")
    ('Xs', 'which', '0')
    """
    if low in _FUNCTION or not (word[0].isalnum() or word[0] == "_"):
        return low
    if word[0].isdigit():
        return "0"
    suffix = next((suffix for suffix in _SUFFIXES if low.endswith(suffix) and len(low) > len(suffix) + 2), "")
    return ("X" if word[0].isupper() else "x") + suffix


def _codes_of(word: str, low: str) -> int:
    return code(low) << 32 | code("\0" + masked(word, low)) & _MASKED


def _all_of(word: str) -> int:
    low = word.lower().replace("’", "'")
    found = _codes_of(word, low)
    if word[0].isupper() and len(word) > 3:
        found |= NAME
    if low in COUNT_NOUN:
        found |= NOUN
    if not word.isascii() and is_accented(word, low):
        found |= ACCENTED
    if low in TITLES or (len(word) > 5 and parts(word)):
        found |= FUSED
    if is_slavic(word, low):
        found |= SLAVIC
    if low in PEOPLE:
        found |= PERSON
    if any(map(str.isdecimal, word)):
        found |= DIGITS
    return found


class _Codes(dict[str, int]):
    """What is known of a word; filled as words are met, within a bound."""

    def __missing__(self, word: str) -> int:
        found = _all_of(word)
        if len(self) < _REMEMBERED and len(word) < 40:
            self[word] = found
        return found


class _Marks(dict[str, tuple[int, ...]]):
    """Both codes of each mark between two words; filled as they are met, within a bound."""

    def __missing__(self, gap: str) -> tuple[int, ...]:
        found = tuple(_codes_of(mark, mark) for mark in "".join(gap[:_FAR].split()))
        if len(self) < _REMEMBERED and len(gap) <= _FAR:
            self[gap] = found
        return found


_codes: Final = _Codes()
_marks: Final = _Marks()


def codes_of(words: Sequence[str]) -> list[int]:
    """Return what is known of each of *words*."""
    return list(map(_codes.__getitem__, words))


def places(codes: NDArray[np.uint64], flag: int) -> list[int]:
    """Return the places of the words that have *flag*."""
    found: list[int] = np.flatnonzero(codes & np.uint64(flag)).tolist()
    return found


def with_marks(codes: Sequence[int], gaps: Sequence[str]) -> list[int]:
    """Return *codes* of words with those of the marks in the *gaps* before them, and after the last, among them."""
    found: list[int] = []
    past = 0
    for place in [place for place, gap in enumerate(gaps) if gap != " "]:
        found += codes[past:place]
        found += _marks[gaps[place]]
        past = place
    found += codes[past:]
    return found
