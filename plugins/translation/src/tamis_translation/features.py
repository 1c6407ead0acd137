"""What the classifier sees of a text: hashed n-grams of words and punctuation, and of words with their content masked.

Function words and punctuation are kept in the masked stream, other words leave only their shape (`Xs`, `xing`, `0`):
it sees how a text is built, not what it is about.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from zlib import crc32

import numpy as np

from tamis_translation.patterns import Text
from tamis_translation.wordlists import FUNCTION_WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Each group of features is hashed to so many bits; the model keeps those it knows.
BITS: Final = 20
#: Words, pairs of words; masked words and pairs of them, triples of them. Each group is normalised on its own.
GROUPS: Final = 4
#: Longer texts are read up to here: what follows adds nothing but time.
MAX_WORDS: Final = 3000
_FUNCTION: Final = frozenset(FUNCTION_WORDS.split())
_SUFFIXES: Final = ("ing", "ed", "ly", "tion", "s")
_REMEMBERED: Final = 200_000


class _Codes(dict[str, int]):
    """The codes of a word in lower case and masked, in one number; filled as words are met, within a bound."""

    def __missing__(self, word: str) -> int:
        low = word.lower().replace("’", "'")
        found = _code(low) << 32 | _code("\0" + masked(word, low))
        if len(self) < _REMEMBERED and len(word) < 40:
            self[word] = found
        return found


_codes: Final = _Codes()


def _code(word: str) -> int:
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


def tokens(text: Text) -> list[str]:
    """Return words and punctuation of *text* in order, up to `MAX_WORDS` words."""
    words = text.words[:MAX_WORDS]
    content = text.text
    found: list[str] = []
    previous = 0
    for word, start, end in zip(words, text.starts, text.ends, strict=False):
        if start != previous + 1 or content[previous] != " ":
            found += "".join(content[previous : min(start, previous + 20)].split())
        found.append(word)
        previous = end
    found += "".join(content[previous : previous + 20].split())
    return found


def rows(stream: list[str]) -> tuple[NDArray[np.int32], NDArray[Any]]:
    """Return the hashed features of a token stream, sorted, and how often each occurs; `row >> BITS` is the group."""
    codes = np.frombuffer(array("Q", map(_codes.__getitem__, stream)), dtype=np.uint64)
    low, mask = codes >> np.uint64(32), codes & np.uint64(0xFFFFFFFF)
    parts = [_mix(low, 0), _pair(low, 1), _mix(mask, 2), _pair(mask, 2), _triple(mask, 3)]
    found = np.concatenate(parts)
    found.sort()
    if not len(found):
        return found, found
    first = np.flatnonzero(np.concatenate(([True], found[1:] != found[:-1])))
    counts = np.diff(np.append(first, len(found)))
    return found[first], counts


_ODD: Final = np.uint64(0x9E3779B97F4A7C15)
_OTHER: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_SHIFT: Final = np.uint64(64 - BITS)


def _mix(codes: NDArray[np.uint64], group: int) -> NDArray[np.int32]:
    mixed = (codes + np.uint64(1)) * _ODD
    mixed = ((mixed ^ (mixed >> np.uint64(29))) * _OTHER) >> _SHIFT
    return mixed.astype(np.int32) | np.int32(group << BITS)


def _pair(codes: NDArray[np.uint64], group: int) -> NDArray[np.int32]:
    return _mix(codes[:-1] * _OTHER ^ codes[1:], group)


def _triple(codes: NDArray[np.uint64], group: int) -> NDArray[np.int32]:
    return _mix((codes[:-2] * _OTHER ^ codes[1:-1]) * _ODD ^ codes[2:], group)
