"""What brackets enclose: the rest of an insert up to its closing bracket, and whole lines."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Final

from tamis_boilerplate.cut import Cut
from tamis_boilerplate.layout import Layout

_CLOSING: Final = {"(": ")", "[": "]"}
#: An insert in brackets has at most so many characters.
_LONGEST: Final = 200
#: A headline in brackets has at least so many words.
_HEADLINE: Final = 4


def bracketed(layout: Layout, found: Sequence[Cut]) -> list[Cut]:
    """Return what closes the cuts *found* that begin in a bracket, headlines in brackets, a last line in brackets."""
    if "(" not in layout.text and "[" not in layout.text:
        return []
    return [*_closed(layout, found), *_lines(layout, found)]


def _closed(layout: Layout, found: Sequence[Cut]) -> Iterator[Cut]:
    """Yield each of the cuts *found* that an open bracket begins, as far as the bracket that closes it."""
    text = layout.text
    for cut in found:
        start = cut.start if text[cut.start] in _CLOSING else cut.start - 1
        if start < 0 or text[start] not in _CLOSING:
            continue
        opening, closing = text[start], _CLOSING[text[start]]
        end = text.find(closing, start, min(start + _LONGEST, layout.lines[layout.line_at(start)][1])) + 1
        if end > cut.end and text.find(opening, start + 1, end) < 0:
            yield cut._replace(start=start, end=end)


def _lines(layout: Layout, found: Sequence[Cut]) -> Iterator[Cut]:
    """Yield the lines in square brackets that are no sentence, and the last line of the text if it is in brackets."""
    text = layout.text
    last = layout.lines[-1]
    gone = [(cut.start, cut.end) for cut in found]
    for start, end in layout.lines[1:]:
        inner = text[start + 1 : end - 1]
        if text[end - 1] != _CLOSING.get(text[start]) or not len(inner.split()) >= _HEADLINE or len(inner) > _LONGEST:
            continue
        if any(left <= start and end <= right for left, right in gone) or any(mark in inner for mark in "()[]"):
            continue
        if text[start] == "[" and inner[:1].isupper() and not layout.ends_well((start, end - 1)):
            yield Cut(start, end, "read_also", "shape.brackets", 0.7, "is a headline in brackets")
        elif (start, end) == last:
            yield Cut(start, end, "source", "shape.note", 0.6, "is a last line in brackets")
