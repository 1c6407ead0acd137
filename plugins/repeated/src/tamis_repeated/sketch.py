"""A counting sketch: an upper bound of how often each of many things was seen, in memory that is fixed beforehand."""

from __future__ import annotations

from itertools import repeat
from operator import add
from typing import Final

#: Counts stop here.
MOST: Final = 255
_ROWS: Final = 2


class Sketch:
    """Count things by 16-byte digests; a count is never too low. Sketches of parts add up to the sketch of the whole.

    Two rows of counters of one byte each, *megabytes* together; a thing's count is the lower of its two counters.
    """

    __slots__ = ("_rows", "_width")

    def __init__(self, megabytes: int) -> None:
        self._width = megabytes * 2**20 // _ROWS
        self._rows = [bytearray(self._width) for _ in range(_ROWS)]

    def add(self, digest: bytes) -> None:
        """Count the thing with *digest* once more."""
        first, second = self._places(digest)
        one, two = self._rows
        if one[first] < MOST:
            one[first] += 1
        if two[second] < MOST:
            two[second] += 1

    def count(self, digest: bytes) -> int:
        """Return how often the thing with *digest* was seen at most; 255 stands for 255 or more."""
        first, second = self._places(digest)
        return min(self._rows[0][first], self._rows[1][second])

    def merge(self, other: Sketch) -> None:
        """Add the counts of *other*. Raises ValueError where it has another size."""
        if other._width != self._width:
            raise ValueError(f"sketches of {self._width} and {other._width} counters a row do not add up")
        self._rows = [
            bytearray(map(min, map(add, mine, theirs), repeat(MOST)))
            for mine, theirs in zip(self._rows, other._rows, strict=True)
        ]

    def _places(self, digest: bytes) -> tuple[int, int]:
        return (
            int.from_bytes(digest[:8], "big") % self._width,
            int.from_bytes(digest[8:16], "big") % self._width,
        )
