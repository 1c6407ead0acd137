"""The features of words: which character n-grams each has, as hashes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

if TYPE_CHECKING:
    import numpy as np

    Hashes = np.ndarray[Any, np.dtype[np.uint64]]
    Positions = np.ndarray[Any, np.dtype[np.intp]]

#: N-grams of one to this many characters are features wherever they stand; a space before and after a word counts.
LONGEST: Final = 5
#: Whole words with their two spaces are features up to this many characters.
WHOLE: Final = 8

_BASE: Final = 0x9E3779B97F4A7C15
_MIX: Final = 0xD6E8FEB86659FD93


def ngrams(words: Sequence[str]) -> tuple[Hashes, Positions]:
    """Return the hashes of the n-grams of *words* and, beside each, the index of its word.

    Hashes are unsigned and of 64 bits, the same on every machine; none reaches across two words.
    """
    import numpy as np  # first use of the detector, never the import of the plugin

    if not words:
        return np.empty(0, np.uint64), np.empty(0, np.intp)
    text = f" {' '.join(words)} "
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    length = len(codes)
    space = codes == 32
    word = np.cumsum(space) - 1
    # the first space at or after each place: an n-gram may end with it and not go beyond
    ends = np.flatnonzero(space)
    reach = ends[np.searchsorted(ends, np.arange(length) + 1)[: length - 1]]
    room = reach - np.arange(length - 1) + 1
    base, mix = np.uint64(_BASE), np.uint64(_MIX)
    rolling = codes
    hashes, owners = [], []
    starts = np.arange(length - 1)
    for n in range(1, WHOLE + 1):
        if n > 1:
            rolling = rolling[:-1] * base + codes[n - 1 :]
        size = min(len(rolling), length - 1)
        if size <= 0:
            break
        if n == 1:
            kept = starts[:size][~space[:size]]
        elif n <= LONGEST:
            kept = starts[:size][room[:size] >= n]
        else:
            kept = starts[:size][(room[:size] == n) & space[:size]]
        mixed = (rolling[kept] + np.uint64(n)) * mix
        mixed ^= mixed >> np.uint64(32)
        mixed *= base
        mixed ^= mixed >> np.uint64(29)
        hashes.append(mixed)
        owners.append(word[kept])
    return np.concatenate(hashes), np.concatenate(owners)
