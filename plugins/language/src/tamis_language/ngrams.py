"""The features of words: which character n-grams each has, as hashes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

if TYPE_CHECKING:
    import numpy as np

    Hashes = np.ndarray[Any, np.dtype[np.uint64]]
    Positions = np.ndarray[Any, np.dtype[np.intp]]

#: N-grams of one to this many characters are features wherever they stand; a space before and after a word counts.
LONGEST: Final = 5
# Whole words of this many letters or more are features too; shorter ones are n-grams with their two spaces.
_WHOLE: Final = LONGEST - 1

_BASE: Final = 0x9E3779B97F4A7C15
_MIX: Final = 0xD6E8FEB86659FD93


@cache
def _constants() -> tuple[Any, ...]:
    import numpy as np  # at the first text, never at the import of the plugin

    sizes = tuple(np.uint64(size) for size in range(LONGEST + 2))
    return np.uint64(_BASE), np.uint64(_MIX), np.uint64(32), np.uint64(29), sizes


def ngrams(words: Sequence[str]) -> tuple[Hashes, list[Positions], Positions]:
    """Return the hashes of the n-grams of *words* and of long words, where those of each kind start, and the words.

    Hashes are unsigned, of 64 bits, the same on every machine; none spans two words. Places count in the words
    joined by spaces, with a space at both ends.
    """
    import numpy as np

    if not words:
        return np.empty(0, np.uint64), [], np.empty(0, np.intp)
    base, mix, half, third, sizes = _constants()
    # one type throughout: numpy casts in buffers, which costs more than the sums
    encoded = f" {' '.join(words)} ".encode("utf-32-le", "surrogatepass")
    rolled = codes = np.frombuffer(encoded, np.uint32).astype(np.uint64)
    spaces = (codes == 32).nonzero()[0]
    starts = spaces[:-1]
    lengths = spaces[1:] - starts
    # from the space before a word to each place, and from there to the space behind, both counted
    past = np.arange(len(codes) - 1) - starts.repeat(lengths)
    room = lengths.repeat(lengths) - past
    room += 1
    places = [past.nonzero()[0]]
    parts = [rolled[places[0]] + sizes[1]]
    for size in range(2, LONGEST + 1):
        rolled = rolled[:-1] * base
        rolled += codes[size - 1 :]
        places.append((room >= size).nonzero()[0])
        parts.append(rolled[places[-1]] + sizes[size])
    powers = np.full(lengths.max(), base).cumprod()
    long = lengths > _WHOLE
    places.append(starts[long])
    parts.append(np.add.reduceat(codes[:-1] * powers[past], starts)[long] + sizes[LONGEST + 1])
    hashes = np.concatenate(parts)
    hashes *= mix
    hashes ^= hashes >> half
    hashes *= base
    hashes ^= hashes >> third
    return hashes, places, starts


def ngrams_by_word(words: Sequence[str]) -> tuple[Hashes, Positions]:
    """Return the hashes of the n-grams of *words* and, beside each, the index of its word."""
    import numpy as np

    hashes, places, starts = ngrams(words)
    if not words:
        return hashes, starts
    return hashes, np.searchsorted(starts, np.concatenate(places), side="right") - 1
