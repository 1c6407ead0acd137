"""The words, lines and sentences that the tagger takes for a page's own, as cuts.

The tagger knows words and how they are written; here is looked at where a piece stands, so that none begins or ends in
the midst of what goes on, and none gains too little for its place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Final

from tamis_boilerplate.book import Book
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.headline import seam_at
from tamis_boilerplate.headline import split
from tamis_boilerplate.kinds import kind_of
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.tagger import LEAST
from tamis_boilerplate.tagger import Piece
from tamis_boilerplate.tagger import Reading

#: A piece gains more than the least that the tagger gives: a finished sentence of which no neighbour goes; what begins
#: inside a sentence, is longer than a name, and ends with its line; what begins and ends inside one; what begins or
#: ends at a small letter; a line that may be the title of the paragraph below it.
_FINISHED: Final = 1000
_ENDING: Final = 400
_INSIDE: Final = 1000
_SMALL: Final = 2500
_TITLED: Final = 1000
#: A name and a title have at most so many words.
_NAME: Final = 2
_TITLE: Final = 9
#: The title of an article has at least so many.
_HEAD: Final = 4
#: A line without an end mark that is no piece and no title goes from here on.
_LINE: Final = -700
#: So many words behind a sign at the end of a piece gain so much, or belong to what follows.
_BEGUN: Final = 4
_EARNED: Final = 500
#: The least score of the seam behind a piece that no sign and no end of a sentence closes; where it falls between two
#: capitals, which may be one name; behind a headline that goes on where the tagger ends.
_SEAM: Final = -0.4
_ROW: Final = 1.5
_HEADLINE: Final = 0.5
#: Signs that may close a piece, and those that never do; signs that belong to a piece before its first word, and behind
#: its last.
_SIGNS: Final = frozenset(")]|•·›»>→▸►–—…")
_JOINING: Final = frozenset(":,;-/'’")
_OPENING: Final = frozenset("([©→•|–—►▸▶")
_CLOSING: Final = frozenset('.!?…)]>»›|:;,”"')
#: The signs of a quotation, but for a « that ends one, as in »so«; what closes one that each opens.
_QUOTES: Final = re.compile(r"[“”„»\"]|(?<![\w.,!?…])«")
_CLOSED_BY: Final = {"“": "”", "„": '“”"', "«": "»", '"': '"'}


def tagged(layout: Layout, found: Sequence[Cut], book: Book, readings: Sequence[Reading]) -> list[Cut]:
    """Return the pieces of *readings* as cuts beside those *found*."""
    taken = sorted((cut.start, cut.end) for cut in found)
    cuts = [cut for reading in readings for cut in Places(layout, book, taken, reading).pieces()]
    taken = sorted([*taken, *((cut.start, cut.end) for cut in cuts)])
    return cuts + [cut for reading in readings for cut in Places(layout, book, taken, reading).lines()]


class Places:
    """The pieces of a *reading*, judged by where they stand beside the stretches *taken*, in order."""

    def __init__(self, layout: Layout, book: Book, taken: Sequence[tuple[int, int]], reading: Reading) -> None:
        self.layout = layout
        self.book = book
        self.taken = taken
        self.reading = reading
        #: Something begins or ends before these words.
        self.bounds = {layout.word_at(place) for stretch in taken for place in stretch}

    def pieces(self) -> Iterator[Cut]:
        """Yield the pieces that may go where they stand."""
        for piece in self.reading.pieces:
            for part in self._beside(piece):
                fitting = self._fitting(part)
                if fitting is None or fitting.gain < self._least(fitting):
                    continue
                start, end = self._signs_of(fitting)
                if not self._is_quoted(fitting) and not self._is_item(start, end):
                    yield self._cut(start, end)

    def lines(self) -> Iterator[Cut]:
        """Yield the lines without an end mark, behind a first paragraph, that nothing touches and that lose little."""
        layout, reading = self.layout, self.reading
        for number, (start, end) in enumerate(layout.lines):
            if not number or layout.ends_well((start, end)) or layout.wraps(number) or layout.text[start].islower():
                continue
            first, last = layout.word_at(start), layout.word_at(end)
            if not reading.first <= first < last <= reading.first + len(reading.values):
                continue
            if (
                self._may_head(number)
                or self._may_be_title(number)
                or self._is_item(start, end)
                or _is_open(layout.text[start:end])
            ):
                continue
            if any(left < end and start < right for left, right in self.taken) or self._breaks_off(end):
                continue
            if reading.gain(first, last) >= _LINE:
                yield self._cut(start, end)

    def _beside(self, piece: Piece) -> Iterator[Piece]:
        """Yield what of *piece* is not taken; what is beside something taken gains by itself."""
        layout, taken, reading = self.layout, self.taken, self.reading
        first, last = piece.first, piece.last
        index = max(bisect_left(taken, (layout.starts[first],)) - 1, 0)
        whole = True
        while index < len(taken) and taken[index][0] < layout.ends[last - 1]:
            left, right = layout.word_at(taken[index][0]), layout.word_at(taken[index][1])
            if right > first:
                whole = False
                goes_on = right < len(layout.keys) and layout.text[layout.starts[right]].islower()
                if left > first and not goes_on:
                    yield Piece(first, left, reading.gain(first, left))
                first = max(first, right)
            index += 1
        if whole:
            yield piece
        elif first < last:
            yield Piece(first, last, reading.gain(first, last))

    def _fitting(self, piece: Piece) -> Piece | None:
        """Return *piece* with its end where something can begin: the seam behind its headline, or a place before."""
        layout, reading = self.layout, self.reading
        if self._may_end(piece.first, piece.last):
            return self._without_begun(piece)
        start = layout.starts[piece.first]
        unit = layout.sentences[layout.unit_at(layout.starts[piece.last - 1])]
        if self._begins(piece.first) and unit[0] <= start:
            seam = split(layout, start, unit[1], self.book.words, _HEADLINE)
            last = layout.word_at(seam[0]) if seam is not None else 0
            if last > piece.last:
                return Piece(piece.first, last, piece.gain)
        for last in range(piece.last - 1, piece.first, -1):
            if self._may_end(piece.first, last):
                return Piece(piece.first, last, reading.gain(piece.first, last))
        return None

    def _without_begun(self, piece: Piece) -> Piece:
        """Return *piece* without a few words at its ends that gain little: they end a sentence, or begin another."""
        if not self._begins(piece.first):
            for first in range(piece.first + 1, min(piece.last, piece.first + _BEGUN + 1)):
                gain = self.reading.gain(first, piece.last)
                if self._begins(first) and gain > piece.gain - _EARNED:
                    piece = Piece(first, piece.last, gain)
                    break
        if not self._begins(piece.last):
            for last in range(piece.last - 1, max(piece.first, piece.last - _BEGUN - 1), -1):
                if self._begins(last) or self._is_signed(last):
                    gain = self.reading.gain(piece.first, last)
                    if gain > piece.gain - _EARNED:
                        return Piece(piece.first, last, gain)
        return piece

    def _may_end(self, first: int, last: int) -> bool:
        """Return whether a piece that begins with word *first* may end before word *last*."""
        layout = self.layout
        begins = self._begins(last)
        if begins or self._is_signed(last):
            return True
        if begins is None:
            return self._begins(first) is not True
        if not _JOINING.isdisjoint(layout.text[layout.ends[last - 1] : layout.starts[last]].strip()[:1]):
            return False
        stop = layout.word_at(layout.sentences[layout.unit_at(layout.starts[last])][1])
        named = layout.text[layout.starts[last - 1]].isupper() and layout.keys[last] not in self.book.words["function"]
        return seam_at(layout, first, last, stop, self.book.words, short=True) >= (_ROW if named else _SEAM)

    def _is_signed(self, last: int) -> bool:
        """Return whether a sign stands before word *last* that may close a piece."""
        sign = self.layout.text[self.layout.ends[last - 1] : self.layout.starts[last]].strip()[:1]
        return bool(sign) and sign in _SIGNS

    def _begins(self, place: int) -> bool | None:
        """Return whether a line or a sentence begins with word *place*; None where it is small inside a sentence."""
        layout = self.layout
        if place in (0, len(layout.starts)) or place in self.bounds:
            return True
        start, before = layout.starts[place], layout.starts[place - 1]
        if layout.unit_at(start) != layout.unit_at(before):
            return True
        return None if layout.text[start].islower() else False

    def _least(self, piece: Piece) -> int:
        """Return the least that *piece* has to gain where it stands."""
        layout = self.layout
        begins, ends = self._begins(piece.first), self._begins(piece.last)
        start, end = layout.starts[piece.first], self._signs_of(piece)[1]
        size = piece.last - piece.first
        finished = bool(ends) and layout.ends_well((start, end))
        number = layout.line_at(start)
        line = layout.lines[number]
        many = len(layout.lines) > 1
        if None in (begins, ends) or (many and not layout.ends_well(line) and self._may_head(number)):
            return _SMALL
        if not begins:  # what ends a sentence began it too
            return _SMALL if size == 1 or finished else _ENDING if ends and size > _NAME else _INSIDE
        whole = many and layout.blank(line[0], start) and layout.blank(end, line[1])
        if whole and not finished and self._may_be_title(number):
            return _TITLED
        if finished and self.bounds.isdisjoint((piece.first, piece.last)):
            return _FINISHED
        if ends is False and not self._is_signed(piece.last) and layout.text[layout.starts[piece.last - 1]].isupper():
            return _INSIDE  # a name may go on
        return _INSIDE if size == 1 and not whole else LEAST

    def _may_head(self, number: int) -> bool:
        """Return whether line *number* may be the title of the article: long enough, above all paragraphs."""
        layout = self.layout
        start, end = layout.lines[number]
        long = layout.word_at(end) - layout.word_at(start) >= _HEAD
        return long and not layout.prose_before(number, self.book.words["function"])

    def _may_be_title(self, number: int) -> bool:
        """Return whether line *number* may be the title of the paragraph below it."""
        layout = self.layout
        start, end = layout.lines[number]
        if number + 1 == len(layout.lines) or layout.word_at(end) - layout.word_at(start) > _TITLE:
            return False
        return layout.is_prose(layout.lines[number + 1], self.book.words["function"])

    def _is_item(self, start: int, end: int) -> bool:
        """Return whether *start*:*end* is an item of a list, in a row of a table, or a line of figures among others."""
        layout = self.layout
        number = layout.line_at(start)
        line = layout.lines[number]
        alone = len(layout.lines) > 1 and layout.blank(line[0], start) and layout.blank(end, line[1])
        listed = layout.text[line[0] : line[1]].rstrip().endswith((";", ","))
        return listed or layout.is_row(number) or (alone and layout.is_data(line))

    def _is_quoted(self, piece: Piece) -> bool:
        """Return whether a quotation is open where *piece* begins, or where it ends."""
        layout = self.layout
        start = layout.starts[piece.first]
        before = layout.lines[layout.line_at(start)][0]
        return _is_open(layout.text[before:start]) or _is_open(layout.text[start : layout.ends[piece.last - 1] + 1])

    def _breaks_off(self, end: int) -> bool:
        """Return whether what ends at *end* ends a stretch from the midst of a text, unfinished."""
        layout = self.layout
        return layout.fragment and end >= layout.lines[-1][1] and not layout.ends_well((0, end))

    def _signs_of(self, piece: Piece) -> tuple[int, int]:
        """Return where *piece* begins and ends with the signs that belong to it."""
        layout = self.layout
        start, end = layout.starts[piece.first], layout.ends[piece.last - 1]
        floor = layout.ends[piece.first - 1] if piece.first else 0
        while start > floor and layout.text[start - 1] in _OPENING:
            start -= 1
        ceiling = layout.starts[piece.last] if piece.last < len(layout.starts) else len(layout.text)
        while end < ceiling and layout.text[end] in _CLOSING:
            end += 1
        return start, end

    def _cut(self, start: int, end: int) -> Cut:
        kind = kind_of(self.layout.keys[self.layout.word_at(start) : self.layout.word_at(end)])
        return Cut(start, end, kind, "page.tagged", 0.65, "is worded and placed as a page's own")


def _is_open(text: str) -> bool:
    """Return whether *text* opens a quotation that it does not close."""
    closing = ""
    for mark in _QUOTES.finditer(text):
        if not closing:
            closing = _CLOSED_BY.get(mark[0], "")
        elif mark[0] in closing:
            closing = ""
    return bool(closing)
