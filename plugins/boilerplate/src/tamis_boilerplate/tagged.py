"""The words, lines and sentences that the tagger takes for a page's own, as cuts.

The tagger knows words and how they are written; here is looked at where a piece stands, so that none begins or ends in
the midst of what goes on, and none gains too little for its place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Final

from tamis_boilerplate.book import Book
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.headline import split
from tamis_boilerplate.kinds import kind_of
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.pieces import LEAST
from tamis_boilerplate.pieces import Piece
from tamis_boilerplate.pieces import Reading
from tamis_boilerplate.places import Places

#: A piece gains more than the least that the tagger gives: a finished sentence of which no neighbour goes; what begins
#: inside a sentence, is longer than a name, and ends with its line; what begins and ends inside one; what begins or
#: ends at a small letter, or may be the title of the article; a line that may be the title of the paragraph below it;
#: what a sign closes inside a sentence.
_FINISHED: Final = 1000
_ENDING: Final = 400
_INSIDE: Final = 1000
_SMALL: Final = 2500
_TITLED: Final = 1000
_SIGNED: Final = 1200
#: What gains so much is no line of figures.
_SURE: Final = 1400
#: So many words are named as the reason.
_TOLD: Final = 2
#: A name has at most so many words.
_NAME: Final = 2
#: A line without an end mark that is no piece and no title goes from here on.
_LINE: Final = 0
#: So many words at the ends of a piece gain so much, or they end a sentence, or begin one.
_BEGUN: Final = 4
_EARNED: Final = 500
#: Where no sign and no end of a sentence closes a piece, it gains so much, and so much less for each point of the seam
#: behind it; a seam scores so at least, and behind a headline that goes on where the tagger ends it scores more.
_SEAM: Final = 600
_SLOPE: Final = 1000
_WEAK: Final = -1.6
_HEADLINE: Final = 0.5


def tagged(layout: Layout, found: Sequence[Cut], book: Book, readings: Sequence[Reading]) -> list[Cut]:
    """Return the pieces of *readings* as cuts beside those *found*."""
    taken = sorted((cut.start, cut.end) for cut in found)
    places = Places(layout, book, taken)
    cuts = [cut for reading in readings for cut in _pieces(places, reading)]
    places = Places(layout, book, sorted([*taken, *((cut.start, cut.end) for cut in cuts)]))
    return cuts + [cut for reading in readings for cut in _lines(places, reading)]


def _pieces(places: Places, reading: Reading) -> Iterator[Cut]:
    """Yield the pieces of *reading* that may go where they stand."""
    for piece in reading.pieces:
        for part in _beside(places, piece, reading):
            fitting = _fitting(places, part, reading)
            if fitting is None or places.is_strange(fitting.first, fitting.last):
                continue
            if fitting.gain < _least(places, fitting):
                continue
            start, end = places.with_signs(fitting.first, fitting.last)
            listed = places.is_item(start, end) if fitting.gain < _SURE else places.is_of_list(start)
            if not places.is_quoted(fitting.first, fitting.last) and not listed:
                yield _cut(places.layout, start, end, reading)


def _lines(places: Places, reading: Reading) -> Iterator[Cut]:
    """Yield the lines without an end mark, behind a first paragraph, that nothing touches and that lose little."""
    layout = places.layout
    for number, (start, end) in enumerate(layout.lines):
        if not number or layout.ends_well((start, end)) or layout.wraps(number) or layout.text[start].islower():
            continue
        first, last = layout.word_at(start), layout.word_at(end)
        if not reading.first <= first < last <= reading.first + len(reading.values):
            continue
        if reading.gain(first, last) < _LINE or places.is_strange(first, last) or places.is_taken(start, end):
            continue
        if places.breaks_off(end):
            continue
        if places.may_head(number) or places.may_be_title(number) or places.is_listed(number):
            continue
        if not places.is_item(start, end) and not places.is_quoted(first, last):
            yield _cut(layout, start, end, reading)


def _beside(places: Places, piece: Piece, reading: Reading) -> Iterator[Piece]:
    """Yield what of *piece* is not taken; what is beside something taken gains by itself."""
    layout, taken = places.layout, places.taken
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


def _fitting(places: Places, piece: Piece, reading: Reading) -> Piece | None:
    """Return *piece* with its end where something can begin: the seam behind its headline, or a place before."""
    layout = places.layout
    if _may_end(places, piece.first, piece.last):
        return _trimmed(places, piece, reading)
    start = layout.starts[piece.first]
    unit = layout.sentences[layout.unit_at(layout.starts[piece.last - 1])]
    if places.begins(piece.first) and unit[0] <= start:
        seam = split(layout, start, unit[1], places.book.words, _HEADLINE)
        last = layout.word_at(seam[0]) if seam is not None else 0
        if last > piece.last:
            return Piece(piece.first, last, piece.gain)
    for last in range(piece.last - 1, piece.first, -1):
        if _may_end(places, piece.first, last):
            gain = reading.gain(piece.first, last)
            return Piece(piece.first, last, gain) if gain >= _INSIDE else None
    return None


def _trimmed(places: Places, piece: Piece, reading: Reading) -> Piece:
    """Return *piece* without a few words at its ends that gain little: they end a sentence, or begin another."""
    if not places.begins(piece.first):
        for first in range(piece.first + 1, min(piece.last, piece.first + _BEGUN + 1)):
            gain = reading.gain(first, piece.last)
            if places.begins(first) and gain > piece.gain - _EARNED:
                piece = Piece(first, piece.last, gain)
                break
    if not places.begins(piece.last):
        for last in range(piece.last - 1, max(piece.first, piece.last - _BEGUN - 1), -1):
            if places.begins(last) or places.is_signed(last):
                gain = reading.gain(piece.first, last)
                if gain > piece.gain - _EARNED:
                    return Piece(piece.first, last, gain)
    return piece


def _may_end(places: Places, first: int, last: int) -> bool:
    """Return whether a piece that begins with word *first* may end before word *last*."""
    begins = places.begins(last)
    if begins or places.is_signed(last):
        return True
    if begins is None:
        return places.begins(first) is not True
    return not places.is_joined(last) and places.seam(first, last) >= _WEAK


def _least(places: Places, piece: Piece) -> int:
    """Return the least that *piece* has to gain where it stands."""
    layout = places.layout
    begins, ends = places.begins(piece.first), places.begins(piece.last)
    start, end = layout.starts[piece.first], places.with_signs(piece.first, piece.last)[1]
    size = piece.last - piece.first
    finished = bool(ends) and layout.ends_well((start, end))
    number = layout.line_at(start)
    if None in (begins, ends) or places.may_head(number) or places.hangs(piece.first) or places.hangs(piece.last):
        return _SMALL
    if not begins:  # what ends a sentence began it too
        return _SMALL if size == 1 or finished else _ENDING if ends and size > _NAME else _INSIDE
    whole = places.fills(start, end)
    if whole and not finished and places.may_be_title(number):
        return _TITLED
    if finished and places.bounds.isdisjoint((piece.first, piece.last)):
        return _FINISHED
    if ends is False and places.is_signed(piece.last):
        return _SIGNED
    if ends is False and not piece.first:
        return _INSIDE  # a text begins with what it says more often than with what its page says
    if ends is False:
        return max(LEAST, int(_SEAM - _SLOPE * places.seam(piece.first, piece.last)))
    return _INSIDE if size == 1 and not whole else LEAST


def _cut(layout: Layout, start: int, end: int, reading: Reading) -> Cut:
    first, last = layout.word_at(start), layout.word_at(end)
    words = ", ".join(layout.keys[place] for place in reading.telling(first, last, _TOLD))
    kind = kind_of(layout.keys[first:last])
    return Cut(start, end, kind, "page.tagged", 0.65, f"is worded and placed as a page's own: {words}")
