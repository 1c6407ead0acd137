"""Phrases that stand for themselves: a button, a label, a notice between two sentences."""

from __future__ import annotations

import re
from typing import Final

from tamis_boilerplate.book import Book
from tamis_boilerplate.book import Use
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.cut import Found
from tamis_boilerplate.headline import POLITE
from tamis_boilerplate.headline import split
from tamis_boilerplate.layout import Layout

_AFTER: Final = re.compile(r"(?:\s{0,2}[:.!?…|»›→>)\]*•·]{1,3})?")


class Phrases:
    """The ways to take a phrase; each returns a cut, or None where nothing can be cut."""

    def __init__(self, layout: Layout, book: Book) -> None:
        self.layout = layout
        self.book = book
        self.function = book.words["function"]
        #: Where the last cut ended; what follows it starts anew.
        self.done = 0

    def _whole(self, left: int, end: int, line: tuple[int, int]) -> bool:
        """Return whether nothing else is in the line but what was cut before."""
        layout = self.layout
        return layout.blank(end, line[1]) and layout.blank(max(line[0], self.done), left)

    def _phrase(self, use: Use, found: Found) -> Cut | None:
        left, end, _, line, fresh, words = found
        text = self.layout.text
        whole = self._whole(left, end, line) and not (words < 2 and text[line[1] - 1] == ".")
        if whole and fresh and not (use.frame.open_end and text[left].islower()):
            return Cut(left, line[1], use.kind, use.id, 0.97, "fills its line")
        behind = line[0] < self.done and self.layout.blank(self.done, left)
        if not behind and (use.alone or (words < 2 and not (use.kind == "ad" and fresh))):
            return None
        if use.frame.open_end and not (fresh and text[self.layout.starts[self.layout.word_at(end) - 1]].isupper()):
            return None
        after = _AFTER.match(text, end, line[1])
        stop = after.end() if after else end
        if not self._closed(end, stop, line):
            return None
        if not fresh and words < 3 and not self.layout.blank(stop, line[1]):
            return None
        return Cut(left, stop, use.kind, use.id, 0.85 if fresh else 0.75, "stands between two sentences")

    def _closed(self, end: int, stop: int, line: tuple[int, int]) -> bool:
        """Return whether what follows a phrase is the end of the line or a new beginning."""
        text = self.layout.text
        rest = text[stop : min(line[1], stop + 60)].lstrip()
        if not rest:
            return True
        if text[end] in ",;" or (text[end] in "'’-" and text[end + 1].isalpha()):
            return False
        first = rest[0]
        if self.layout.key_at(stop) in POLITE:
            return False
        return first.isupper() or first.isdigit() or (not first.isalnum() and first not in ",;.-–—&/%")

    def _goes_on(self, end: int, unit: int) -> bool:
        """Return whether what follows a phrase that ends at *end* makes a sentence with it."""
        layout = self.layout
        stop = layout.sentences[unit][1]
        after = layout.word_at(end)
        if layout.keys[after : after + 1] and layout.keys[after] in self.function and layout.keys[after] not in POLITE:
            return False  # "Most read The minister ...": nothing but a sentence begins so
        listed = layout.text[end:stop].lstrip()[:1] in ("1", *":|•▪►»›")
        return not listed and layout.text[stop - 1] == "." and split(layout, end, stop, self.book.words) is None
