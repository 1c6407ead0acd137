"""What brackets enclose: the rest of an insert up to its closing bracket, headlines, a note at the end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from tamis_boilerplate.cut import Cut
from tamis_boilerplate.layout import Layout

_CLOSING: Final = {"(": ")", "[": "]"}
#: An insert in brackets has at most so many characters.
_LONGEST: Final = 200
#: A headline in brackets has at least so many words.
_HEADLINE: Final = 4
_ENCLOSED: Final = re.compile(r"\[[^\[\]()\n]{12,200}\]|\([^\[\]()\n]{12,200}\)")
_ENDS: Final = frozenset('.!?…”"»«“')
_OPENS: Final = frozenset(("", *'“„«»"[('))


def bracketed(layout: Layout, found: Sequence[Cut]) -> list[Cut]:
    """Return what closes the cuts *found* that begin in a bracket, headlines in brackets, a note in them at the end."""
    if "(" not in layout.text and "[" not in layout.text:
        return []
    return [*_closed(layout, found), *_alone(layout, found)]


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


def _alone(layout: Layout, found: Sequence[Cut]) -> Iterator[Cut]:
    """Yield headlines in square brackets between sentences, and what stands in brackets at the end of the text."""
    text = layout.text
    starts = sorted(cut.start for cut in found)
    ends = list(accumulate((cut.end for cut in sorted(found, key=lambda cut: cut.start)), max))
    last = len(text.rstrip())
    for match in _ENCLOSED.finditer(text):
        start, end = match.span()
        inner = match[0][1:-1]
        before, behind = text[max(0, start - 3) : start].rstrip()[-1:], text[end : end + 3].strip()[:1]
        between = before in _ENDS and (behind.isupper() or behind in _OPENS)
        known = bisect_right(starts, start)
        if not between or len(inner.split()) < _HEADLINE or (known and ends[known - 1] > start):
            continue
        if text[start] == "[" and inner[:1].isupper() and not layout.ends_well((start, end - 1)):
            yield Cut(start, end, "read_also", "shape.brackets", 0.7, "is a headline in brackets")
        elif end == last:
            yield Cut(start, end, "source", "shape.note", 0.6, "is a note in brackets at the end")
