"""Pieces of a page's own among the words of a text, and the labels by which the tagger tells them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import NamedTuple

if TYPE_CHECKING:
    from tamis_boilerplate.tagger import Tagger


class Tag(IntEnum):
    """Of the article, its first word after a piece; a piece's first word, those inside, its last, its only one."""

    ARTICLE = 0
    AFTER = 1
    BEGIN = 2
    INSIDE = 3
    END = 4
    SINGLE = 5


#: Their names, and what may follow what.
LABELS: Final = tuple(tag.name.lower() for tag in Tag)
FOLLOWS: Final = (
    (Tag.ARTICLE, Tag.BEGIN, Tag.SINGLE),
    (Tag.ARTICLE, Tag.BEGIN, Tag.SINGLE),
    (Tag.INSIDE, Tag.END),
    (Tag.INSIDE, Tag.END),
    (Tag.AFTER, Tag.BEGIN, Tag.SINGLE),
    (Tag.AFTER, Tag.BEGIN, Tag.SINGLE),
)
#: A piece gains at least so much.
LEAST: Final = 200


class Piece(NamedTuple):
    """The words *first* to *last* (exclusive), which are a page's own with so much *gain* over an article's."""

    first: int
    last: int
    gain: int


class Reading(NamedTuple):
    """What the words from number *first* on weigh for each label, a row each, and the pieces among them."""

    tagger: Tagger
    first: int
    values: Any
    pieces: Sequence[Piece]

    def gain(self, first: int, last: int) -> int:
        """Return how much more the words *first* to *last* weigh as one piece, within an article, than as its own."""
        return self.tagger.gain(self.values, first - self.first, last - self.first)

    def telling(self, first: int, last: int, count: int) -> list[int]:
        """Return, in order, the *count* words of *first* to *last* that gain most as a page's own."""
        part = self.values[first - self.first : last - self.first]
        gain = part[:, Tag.BEGIN :].max(axis=1) - part[:, Tag.ARTICLE]
        return sorted((first + (-gain).argsort(kind="stable")[:count]).tolist())
