"""What the finders hand on: a cut, and where a frame fitted."""

from __future__ import annotations

from typing import Final
from typing import NamedTuple

#: Why a sentence goes that a rule fits.
SAYS_SO: Final = "says so"


class Cut(NamedTuple):
    """A stretch that is not the article: code points, half-open; *why* is one sentence."""

    start: int
    end: int
    kind: str
    rule: str
    score: float
    why: str


class Found(NamedTuple):
    """Where a frame fitted: from *left* to *end*, in which sentence and line, how fresh its place, how many words."""

    left: int
    end: int
    unit: int
    line: tuple[int, int]
    fresh: bool
    words: int
