"""Where in a text something may be found: one look at each word, so that the finders look at few of them.

None of this changes what is found; it only spares the search where there is nothing (a test holds it).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import chain
from itertools import compress
from typing import Final
from typing import NamedTuple

from tamis_boilerplate.book import FLOW
from tamis_boilerplate.book import INSIDE
from tamis_boilerplate.book import MENU
from tamis_boilerplate.book import Book
from tamis_boilerplate.book import Role
from tamis_boilerplate.book import Uses
from tamis_boilerplate.layout import Layout

#: What may stand before a word that begins something.
_SIGNS: Final = '|•·›»/–—>→”“"'

_RULE, _SMALL, _PAGE, _FIGURE, _TOLD = map(int, (Role.RULE, Role.FLOW, Role.PAGE, Role.FIGURE, Role.TOLD))
_PICTURE: Final = int(Role.CREDIT | Role.AGENCY)
_OTHERS: Final = _PICTURE | _FIGURE | _PAGE | _TOLD
_NONE: Final[Mapping[str, Uses]] = {}
_NOTHING: Final = (None, None)


class Spots(NamedTuple):
    """The words, by number and in order, at which a rule, a menu, a credit, a counter or the page itself may speak."""

    rules: list[int]
    menus: list[int]
    pictures: list[int]
    figures: list[int]
    page: list[int]
    told: list[int]


def spots(layout: Layout, book: Book, stretches: Sequence[tuple[int, int]]) -> Spots:
    """Return where in *stretches* of *layout* to look."""
    found = Spots([], [], [], [], [], [])
    rules, menus, pictures, figures, page, told = found
    text, starts, roles, keys = layout.text, layout.starts, layout.roles, layout.keys
    after = [*keys[1:], ""]
    known, flowing, free = book.rules.known, book.rules.flowing, layout.free(book.rules)
    flow = {word for word, uses in free.items() if uses.where & FLOW}
    begun = _begun(layout, stretches)
    for place in _with_a_role(layout, stretches):
        role = roles[place]
        if role & _SMALL:
            key = keys[place]
            if key in flow or after[place] in flowing[key]:
                rules.append(place)
        elif role & _RULE:
            key = keys[place]
            uses = free.get(key), known.get(key, _NONE).get(after[place])
            if uses != _NOTHING:
                where = (uses[0].where if uses[0] else 0) | (uses[1].where if uses[1] else 0)
                if place in begun or where & (INSIDE if text[starts[place]].isupper() else FLOW):
                    rules.append(place)
                if where & MENU:
                    menus.append(place)
        if role & _OTHERS:
            if role & _PICTURE:
                pictures.append(place)
            if role & _FIGURE:
                figures.append(place)
            if role & _PAGE:
                page.append(place)
            if role & _TOLD:
                told.append(place)
    small = [place for place in begun if keys[place] in book.rules.firsts and text[starts[place]].islower()]
    return found._replace(rules=sorted({*small, *rules})) if small else found


def _with_a_role(layout: Layout, stretches: Sequence[tuple[int, int]]) -> Iterable[int]:
    bounds = [(layout.word_at(start), layout.word_at(end)) for start, end in stretches]
    return chain.from_iterable(compress(range(*bound), layout.roles[slice(*bound)]) for bound in bounds)


def _begun(layout: Layout, stretches: Sequence[tuple[int, int]]) -> set[int]:
    """Return the words with which a sentence begins, or what follows a sign, and some more."""
    text = layout.text
    begun: list[int] = []
    for start, end in stretches:
        first, last = bisect_left(layout.unit_starts, start), bisect_left(layout.unit_starts, end)
        begun += layout.unit_starts[first:last]
        for sign in _SIGNS:
            place = text.find(sign, start, end)
            while place >= 0:
                begun.append(place)
                place = text.find(sign, place + 1, end)
    starts = layout.starts
    places = {bisect_left(starts, place) for place in begun}
    places.discard(len(starts))
    return places
