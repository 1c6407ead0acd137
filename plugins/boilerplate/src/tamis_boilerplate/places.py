"""Where a piece of the page may begin and end: what stands around a word, a line, a stretch of a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from tamis_boilerplate.book import Book
from tamis_boilerplate.headline import seam_at
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.quotes import is_open

#: The last letter of Latin, Greek and Cyrillic script; keys of words have no accents.
_LEARNT: Final = "\u052f"
#: The title of an article has at least so many words, that of a paragraph at most so many.
_HEAD: Final = 4
_TITLE: Final = 9
#: A seam between two capitals, which may be one name, scores so much less.
_ROW: Final = 2.2
#: Signs that may close a piece, and those that never do; signs that belong to a piece before its first word, and behind
#: its last.
_SIGNS: Final = frozenset(")]|•·›»>→▸►–—…")
_JOINING: Final = frozenset(":,;-/'’")
_OPENING: Final = frozenset("([©→•|–—►▸▶")
_CLOSING: Final = frozenset('.!?…)]>»›|:;,”"')


class Places:
    """The places of one text, beside the stretches *taken* of it, in order."""

    def __init__(self, layout: Layout, book: Book, taken: Sequence[tuple[int, int]]) -> None:
        self.layout = layout
        self.book = book
        self.taken = taken
        #: Something begins or ends before these words.
        self.bounds = {layout.word_at(place) for stretch in taken for place in stretch}

    def begins(self, place: int) -> bool | None:
        """Return whether a line or a sentence begins with word *place*; None where it is small inside a sentence."""
        layout = self.layout
        if place in (0, len(layout.starts)) or place in self.bounds:
            return True
        start, before = layout.starts[place], layout.starts[place - 1]
        if layout.unit_at(start) != layout.unit_at(before):
            return True
        return None if layout.text[start].islower() else False

    def is_signed(self, last: int) -> bool:
        """Return whether a sign stands before word *last* that may close what is before it."""
        return self._gap(last)[:1] in _SIGNS

    def is_joined(self, last: int) -> bool:
        """Return whether a sign joins word *last* to the one before it."""
        return self._gap(last)[:1] in _JOINING

    def seam(self, first: int, last: int) -> float:
        """Return how much a sentence begins with word *last*, behind a piece that begins with word *first*."""
        layout = self.layout
        stop = layout.word_at(layout.sentences[layout.unit_at(layout.starts[last])][1])
        named = layout.text[layout.starts[last - 1]].isupper() and layout.keys[last] not in self.book.words["function"]
        return seam_at(layout, first, last, stop, self.book.words, short=True) - _ROW * named

    def with_signs(self, first: int, last: int) -> tuple[int, int]:
        """Return where the words *first* to *last* begin and end with the signs that belong to them."""
        layout = self.layout
        start, end = layout.starts[first], layout.ends[last - 1]
        floor = layout.ends[first - 1] if first else 0
        while start > floor and layout.text[start - 1] in _OPENING:
            start -= 1
        ceiling = layout.starts[last] if last < len(layout.starts) else len(layout.text)
        while end < ceiling and layout.text[end] in _CLOSING:
            end += 1
        return start, end

    def fills(self, start: int, end: int) -> bool:
        """Return whether *start*:*end* is all of its line, which is one among others."""
        layout = self.layout
        line = layout.lines[layout.line_at(start)]
        return len(layout.lines) > 1 and layout.blank(line[0], start) and layout.blank(end, line[1])

    def is_taken(self, start: int, end: int) -> bool:
        """Return whether something taken touches *start*:*end*."""
        index = bisect_left(self.taken, (end,)) - 1
        return index >= 0 and self.taken[index][1] > start

    def hangs(self, place: int) -> bool:
        """Return whether something small stands before word *place*, in its line, that asks for more."""
        layout = self.layout
        if not place or (self.begins(place) and place < len(layout.starts)):
            return False
        key, words = layout.keys[place - 1], self.book.words
        small = layout.text[layout.starts[place - 1]].islower()
        return small and key in words["function"] and key not in words["final"] and not self._gap(place)

    def is_strange(self, first: int, last: int) -> bool:
        """Return whether one of the words *first* to *last* is of a script that the tagger has not learnt."""
        return max(map(max, self.layout.keys[first:last])) > _LEARNT

    def is_quoted(self, first: int, last: int) -> bool:
        """Return whether a quotation is open where the words *first* to *last* begin, or where they end."""
        layout = self.layout
        start = layout.starts[first]
        before = layout.lines[layout.line_at(start)][0]
        return is_open(layout.text[before:start]) or is_open(layout.text[start : layout.ends[last - 1] + 1])

    def is_item(self, start: int, end: int) -> bool:
        """Return whether *start*:*end* is an item of a list, in a row of a table, or a line of figures among others."""
        line = self.layout.lines[self.layout.line_at(start)]
        return self.is_of_list(start) or (self.fills(start, end) and self.layout.is_data(line))

    def is_of_list(self, start: int) -> bool:
        """Return whether the line at *start* is an item of a list that goes on, or one of the rows of a table."""
        layout = self.layout
        number = layout.line_at(start)
        if layout.text[slice(*layout.lines[number])].rstrip().endswith((";", ",")) or layout.is_row(number):
            return True
        near = [layout.lines[at] for at in (number - 1, number + 1) if 0 <= at < len(layout.lines)]
        return layout.is_data(layout.lines[number]) and any(map(layout.is_data, near))

    def is_listed(self, number: int) -> bool:
        """Return whether a line beside line *number* has no end mark either and stays: a list, a table, verse."""
        layout = self.layout
        near = [layout.lines[at] for at in (number - 1, number + 1) if 0 <= at < len(layout.lines)]
        return any(not layout.ends_well(line) and not self.is_taken(*line) for line in near)

    def breaks_off(self, end: int) -> bool:
        """Return whether what ends at *end* ends a stretch from the midst of a text, unfinished."""
        layout = self.layout
        return layout.fragment and end >= layout.lines[-1][1] and not layout.ends_well((0, end))

    def may_head(self, number: int) -> bool:
        """Return whether line *number*, of several, may be the title of the article: above all paragraphs, unended."""
        layout = self.layout
        start, end = layout.lines[number]
        if len(layout.lines) == 1 or layout.ends_well((start, end)):
            return False
        long = layout.word_at(end) - layout.word_at(start) >= _HEAD
        return long and not layout.prose_before(number, self.book.words["function"])

    def may_be_title(self, number: int) -> bool:
        """Return whether line *number* may be the title of the paragraph below it."""
        layout = self.layout
        start, end = layout.lines[number]
        if number + 1 == len(layout.lines) or layout.word_at(end) - layout.word_at(start) > _TITLE:
            return False
        return layout.is_prose(layout.lines[number + 1], self.book.words["function"])

    def _gap(self, last: int) -> str:
        """Return the signs between word *last* and the one before it."""
        layout = self.layout
        return layout.text[layout.ends[last - 1] : layout.starts[last] if last < len(layout.starts) else None].strip()
