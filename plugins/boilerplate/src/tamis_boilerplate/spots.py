"""Where in a text something may be found: one look at each word, so that the finders look at few of them.

None of this changes what is found; it only spares the search where there is nothing (a test holds it).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import compress
from typing import Final
from typing import NamedTuple

from tamis_boilerplate.book import Book
from tamis_boilerplate.book import Role
from tamis_boilerplate.layout import Layout

#: What may stand before a small word that begins something.
_SIGNS: Final = '|•·›»/–—>→”“"'

_STARTS, _PAGE, _FIGURE, _TOLD = int(Role.RULE | Role.FLOW), int(Role.PAGE), int(Role.FIGURE), int(Role.TOLD)
_PICTURE: Final = int(Role.CREDIT | Role.AGENCY)


class Spots(NamedTuple):
    """The words, by number and in order, at which a rule, a credit, a counter, the page or its wording may speak."""

    rules: list[int]
    pictures: list[int]
    figures: list[int]
    page: list[int]
    told: list[int]


def spots(layout: Layout, book: Book, stretches: Sequence[tuple[int, int]]) -> Spots:
    """Return where in *stretches* of *layout* to look."""
    found = Spots([], [], [], [], [])
    rules, pictures, figures, page, told = found
    roles, keys = layout.roles, layout.keys
    known, free = book.rules.known, layout.free(book.rules)
    last = len(keys) - 1
    for place in _with_a_role(layout, stretches):
        role = roles[place]
        if role & _STARTS:
            key = keys[place]
            nexts = known.get(key)
            if key in free or (nexts is not None and place < last and keys[place + 1] in nexts):
                rules.append(place)
        if role & _PICTURE:
            pictures.append(place)
        if role & _FIGURE:
            figures.append(place)
        if role & _PAGE:
            page.append(place)
        if role & _TOLD:
            told.append(place)
    small = _small(layout, book, stretches)
    return found._replace(rules=sorted(small.union(rules))) if small else found


def _with_a_role(layout: Layout, stretches: Sequence[tuple[int, int]]) -> Iterator[int]:
    for start, end in stretches:
        first, last = layout.word_at(start), layout.word_at(end)
        yield from compress(range(first, last), layout.roles[first:last])


def _small(layout: Layout, book: Book, stretches: Sequence[tuple[int, int]]) -> set[int]:
    """Return the small words with which a sentence begins, or what follows a sign."""
    text, keys, starts = layout.text, layout.keys, layout.starts
    begun: list[int] = []
    for start, end in stretches:
        first, last = bisect_left(layout.unit_starts, start), bisect_left(layout.unit_starts, end)
        begun += [place for place in layout.unit_starts[first:last] if not text[place].isupper()]
        for sign in _SIGNS:
            place = text.find(sign, start, end)
            while place >= 0:
                begun.append(place)
                place = text.find(sign, place + 1, end)
    places = set(map(layout.word_at, begun))
    small = [place for place in places if place < len(keys) and text[starts[place]].islower()]
    return {place for place in small if keys[place] in book.rules.firsts}
