"""What the classifier sees of a text: hashed n-grams of words and punctuation, and of words with their content masked.

Function words and punctuation are kept in the masked stream, other words leave only their shape (`Xs`, `xing`, `0`):
it sees how a text is built, not what it is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final
from zlib import crc32

import numpy as np

from tamis_translation.patterns import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Features are hashed to so many bits; the model keeps those it knows.
BITS: Final = 20
#: Longer texts are read up to here: what follows adds nothing but time.
MAX_WORDS: Final = 3000
_FUNCTION: Final = frozenset(
    "a about above across actually after afterwards again against ago all almost alone along already also although always"
    " am among amount an and another any anybody anyone anything anyway anywhere apart are around as aside at away back be"
    " became because become becomes been before began behind being below beside besides between beyond both but by came can"
    " cannot case certain certainly come completely could currently day days despite did do does doing done down due during"
    " each earlier either else end enough entire especially even ever every everyone everything exactly except far few"
    " finally first fact following for former from full further furthermore gave get gets getting give given go goes going"
    " gone got great had half hardly has have having he hence her here herself him himself his how however i if in indeed"
    " inside instead into is it its itself just keep kept large largely last later latter least less let like likely long"
    " made mainly make makes making many may maybe me mean means meanwhile might mine more moreover most mostly much must my"
    " myself namely near nearly need needs neither never nevertheless new next no nobody none nor not nothing now nowhere of"
    " off often on once one only onto or other others otherwise our ours ourselves out over own part particularly per"
    " perhaps please possible previously put quite rather really recent recently said same saw say saying says second see"
    " seem seemed seems seen several shall she should show since so some somehow someone something sometimes somewhere soon"
    " still such take taken than that the their theirs them themselves then there thereby therefore these they thing things"
    " this those though three through throughout thus time times to today together told too took toward towards turn two"
    " under unless unlike until up upon us use used uses using usually various very via was way we well went were what"
    " whatever when where whereas whether which while who whoever whole whom whose why will with within without would year"
    " years yes yesterday yet you your yours according added people example order".split()
)
_SUFFIXES: Final = ("ing", "ed", "ly", "tion", "s")
_REMEMBERED: Final = 200_000


class _Codes(dict[str, tuple[int, int]]):
    """The codes of a word in lower case and masked; filled as words are met, within a bound."""

    def __missing__(self, word: str) -> tuple[int, int]:
        low = word.lower().replace("’", "'")
        found = (_code(low), _code("\0" + masked(word, low)))
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
    found: list[str] = []
    content = text.text
    previous = 0
    for word, start, end in zip(words, text.starts, text.ends, strict=False):
        if start - previous > 1 or (start > previous and content[previous] != " "):
            found += [mark for mark in content[previous : min(start, previous + 20)] if not mark.isspace()]
        found.append(word)
        previous = end
    found += [mark for mark in content[previous : previous + 20] if not mark.isspace()]
    return found


def rows(stream: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the hashed features of a token stream, sorted, and how often each occurs."""
    codes = np.array([_codes[token] for token in stream], dtype=np.uint64).reshape(-1, 2)
    low, mask = codes[:, 0], codes[:, 1]
    parts = [_mix(low, 1), _pair(low, 2), _mix(mask, 3), _pair(mask, 4), _triple(mask, 5)]
    found = np.sort(np.concatenate(parts))
    if not len(found):
        return found, found
    first = np.flatnonzero(np.concatenate(([True], found[1:] != found[:-1])))
    counts = np.diff(np.append(first, len(found)))
    return found[first], counts


_ODD: Final = np.uint64(0x9E3779B97F4A7C15)
_OTHER: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_SHIFT: Final = np.uint64(64 - BITS)


def _mix(codes: NDArray[np.uint64], salt: int) -> NDArray[np.int64]:
    mixed = (codes + np.uint64(salt << 33)) * _ODD
    return (((mixed ^ (mixed >> np.uint64(29))) * _OTHER) >> _SHIFT).astype(np.int64)


def _pair(codes: NDArray[np.uint64], salt: int) -> NDArray[np.int64]:
    return _mix(codes[:-1] * _OTHER ^ codes[1:], salt)


def _triple(codes: NDArray[np.uint64], salt: int) -> NDArray[np.int64]:
    return _mix((codes[:-2] * _OTHER ^ codes[1:-1]) * _ODD ^ codes[2:], salt)
