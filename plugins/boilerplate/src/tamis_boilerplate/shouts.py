"""Headlines in capitals between or inside sentences in small letters: a paper's link to another story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tamis_boilerplate.book import Book
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.layout import Layout

_TWO: Final = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,20}[:,]? [A-ZÀ-ÖØ-Þ]{2}")
#: So many words are a headline, a name in capitals has fewer.
_LEAST: Final = 5
_GAPS: Final = re.compile(r"[ :,'’‘&-]{1,3}")
_QUOTES: Final = frozenset("\"“”«»„‘’'")


def shouted(layout: Layout, found: Sequence[Cut], book: Book) -> list[Cut]:
    """Return the rows of words in capitals, a function word among them, that are no quotation and no title."""
    text, keys = layout.text, layout.keys
    cuts: list[Cut] = []
    done = layout.lines[0][1] if len(layout.lines) > 1 else 0
    for match in _TWO.finditer(text, done):
        if match.start() < done:
            continue
        first = last = layout.word_at(match.start())
        while last < len(keys) and _is_large(layout, last) and (last == first or _joined(layout, last)):
            last += 1
        done = layout.ends[last - 1]
        start = layout.starts[first]
        quoted = not _QUOTES.isdisjoint(text[max(0, start - 3) : start] + text[done : done + 2])
        small = book.words["function"].intersection(keys[first:last])
        if last - first < _LEAST or quoted or not small or 3 * (last - first) > len(keys):
            continue
        if any(cut.start < done and start < cut.end for cut in found):
            continue
        cuts.append(Cut(start, done, "read_also", "shape.shout", 0.6, "is a headline in capitals"))
    return cuts


def _is_large(layout: Layout, place: int) -> bool:
    word = layout.text[layout.starts[place] : layout.ends[place]]
    return word.isupper() or word[0].isdigit()


def _joined(layout: Layout, place: int) -> bool:
    return _GAPS.fullmatch(layout.text, layout.ends[place - 1], layout.starts[place]) is not None
