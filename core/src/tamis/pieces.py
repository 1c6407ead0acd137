"""The piece table: a text as pieces of a raw text that never changes.

A piece is `(start, end, text)`: the raw characters `start:end` as they are (text is None), or a replacement of them.
What no piece covers was cut. A replacement of nothing (start == end) is an insertion.
An edit that touches a replacement takes all of it: the new replacement covers the raw characters of both, and keeps
what the edit left of the old wording, so the text is always what splicing strings would give.
"""

from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import accumulate
from typing import Final
from typing import NamedTuple

from tamis.text import Segments
from tamis.text import Span

_new: Final = tuple.__new__  # half the time of the class's own


class Piece(NamedTuple):
    start: int
    end: int
    text: str | None

    @property
    def width(self) -> int:
        return self.end - self.start if self.text is None else len(self.text)


class RawEdit(NamedTuple):
    """An edit in raw coordinates, widened over the replacements it touched."""

    start: int
    end: int
    text: str


class Pieces:
    """An immutable piece table over *raw*."""

    __slots__ = ("_edited", "_ends", "_pieces", "_segments", "_shifts", "_text", "raw")

    def __init__(self, raw: str, pieces: Sequence[Piece] | None = None) -> None:
        self.raw = raw
        self._pieces: Sequence[Piece] = ((Piece(0, len(raw), None),) if raw else ()) if pieces is None else pieces
        self._text: str | None = raw if pieces is None else None
        self._ends: list[int] | None = None
        self._shifts: list[int | None] = []
        self._segments: Segments | None = None
        #: The segments before the last edits, and these.
        self._edited: tuple[Segments, Sequence[tuple[int, int, str]]] | None = None

    def __iter__(self) -> Iterator[Piece]:
        return iter(self._pieces)

    @property
    def text(self) -> str:
        if self._text is None:
            raw = self.raw
            self._text = "".join([raw[a:b] if text is None else text for a, b, text in self._pieces])
        return self._text

    @property
    def segments(self) -> Segments:
        """The words, sentences and paragraphs of this state of the text."""
        if self._segments is None:
            if self._edited is None:
                self._segments = Segments(self.text)
            else:
                before, edits = self._edited
                self._segments, self._edited = before.edited(self.text, edits), None
        return self._segments

    @property
    def ends(self) -> list[int]:
        """Where each piece ends in the text."""
        if self._ends is None:
            self._ends = list(accumulate(piece.width for piece in self._pieces))
            self._shifts = [
                piece.end - end if piece.text is None else None
                for piece, end in zip(self._pieces, self._ends, strict=True)
            ]
        return self._ends

    def to_raw(self, span: tuple[int, int]) -> Span:
        """Return the raw characters that *span* of the text stands on; a touched replacement counts whole."""
        start, end = span
        if start == end:
            at = self._insertion(start)
            return Span(at, at)
        ends = self.ends
        i = bisect_right(ends, start)
        j = i if end <= ends[i] else bisect_left(ends, end, i)
        left, right = self._shifts[i], self._shifts[j]
        return _new(
            Span,
            (
                self._pieces[i].start if left is None else start + left,
                self._pieces[j].end if right is None else end + right,
            ),
        )

    def _insertion(self, at: int) -> int:
        if at == 0:
            return 0
        i = bisect_left(self.ends, at)
        piece = self._pieces[i]
        return piece.end - (self.ends[i] - at if piece.text is None else 0)

    def from_raw(self, span: tuple[int, int]) -> Span | None:
        """Return where what is left of the raw *span* stands in the text, or None where nothing is left."""
        start, end = span
        left: int | None = None
        right = at = 0
        for piece in self._pieces:
            width = piece.width
            if start < piece.end and piece.start < end:
                whole = piece.text is not None
                if left is None:
                    left = at if whole else at + max(0, start - piece.start)
                right = at + width if whole else at + min(end, piece.end) - piece.start
            elif start == end and piece.text is None and piece.start <= start <= piece.end:
                return Span(at + start - piece.start, at + start - piece.start)
            at += width
        if start == end and not self.raw:
            return Span(0, 0)
        return None if left is None else Span(left, right)

    def splice(self, edits: Sequence[tuple[int, int, str]]) -> tuple[Pieces, list[RawEdit]]:
        """Return the table after *edits*, and each edit in raw coordinates, in the same order.

        *edits* are `(start, end, text)` in coordinates of the text, sorted and not overlapping.
        """
        zipper = _Zipper(self._pieces)
        raw_edits = [zipper.replace(start, end, text) for start, end, text in edits]
        new = Pieces(self.raw, zipper.pieces())
        if self._segments is not None:
            new._edited = self._segments, edits
        return new, raw_edits

    def place(self, edit: RawEdit) -> Pieces:
        """Return the table after an *edit* given in raw coordinates, as `splice` returned it."""
        start, end, text = edit
        left: list[Piece] = []
        right: list[Piece] = []
        for piece in self._pieces:
            if piece.end <= start and not piece.start == piece.end == start:
                left.append(piece)
            elif piece.start >= end and not piece.start == piece.end == end:
                right.append(piece)
            elif piece.text is None:
                if piece.start < start:
                    left.append(Piece(piece.start, start, None))
                if piece.end > end:
                    right.append(Piece(end, piece.end, None))
        return Pieces(self.raw, [*left, Piece(start, end, text), *right] if text else left + right)


class _Zipper:
    """Pieces being edited from left to right: what is done, and what is still to come."""

    __slots__ = ("at", "done", "rest")

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.done: list[Piece] = []
        self.rest = list(reversed(pieces))
        self.at = 0  # where the next piece begins in the text before the edits

    def pieces(self) -> list[Piece]:
        return self.done + self.rest[::-1]

    def replace(self, start: int, end: int, text: str) -> RawEdit:
        self._skip_to(start, end)
        left, right, before, after = self._open(start, end)
        while self.rest and self.at < end:
            piece = self.rest.pop()
            reached = self.at + piece.width
            if reached <= end:
                self.at, right = reached, piece.end
            elif piece.text is None:
                right = piece.start + end - self.at
                self.rest.append(Piece(right, piece.end, None))
                self.at = end
            else:
                after = piece.text[end - self.at :]
                self.at, right = reached, piece.end
        while self.done and _is_insertion(self.done[-1], left):
            before = (self.done.pop().text or "") + before
        while self.rest and _is_insertion(self.rest[-1], right):
            more = self.rest.pop().text or ""
            after += more
            self.at += len(more)
        edit = RawEdit(left, right, before + text + after)
        if edit.text:  # it may be touched by the next edit, so it is still to come
            self.rest.append(Piece(*edit))
            self.at -= len(edit.text)
        return edit

    def _skip_to(self, start: int, end: int) -> None:
        """Leave the pieces that end before the edit; an insertion stays with the piece on its left."""
        while self.rest:
            stop = self.at + self.rest[-1].width
            if stop > start or stop == start == end:
                return
            self.done.append(self.rest.pop())
            self.at = stop

    def _open(self, start: int, end: int) -> tuple[int, int, str, str]:
        """Cut the piece in which the edit begins; return raw left and right so far, and the old wording around it."""
        head = start - self.at
        if not self.rest or start == end == 0 == head:
            at = self.done[-1].end if self.done else 0
            return at, at, "", ""
        piece = self.rest.pop()
        if piece.text is None:
            split = piece.start + head
            if head:
                self.done.append(Piece(piece.start, split, None))
            if split < piece.end:
                self.rest.append(Piece(split, piece.end, None))
            self.at = start
            return split, split, "", ""
        self.at += piece.width
        if start == end and head == piece.width and piece.start < piece.end:
            self.done.append(piece)
            return piece.end, piece.end, "", ""
        return piece.start, piece.end, piece.text[:head], piece.text[head + end - start :]


def _is_insertion(piece: Piece, at: int) -> bool:
    return piece.start == piece.end == at
