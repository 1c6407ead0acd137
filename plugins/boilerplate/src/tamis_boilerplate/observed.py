"""What is observed at each word of a text, as numbers: the words around it, how they are written, what parts them."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from typing import Final

import numpy as np

from tamis_boilerplate.layout import Layout

Numbers = np.ndarray[Any, np.dtype[np.uint64]]

#: How many observations there are at each word.
COUNT: Final = 21
#: Before the first word and behind the last stands one of these.
_FIRST: Final = 1
_LAST: Final = 2
#: Odd numbers that spread what is observed over all others.
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = np.uint64(0xD6E8FEB86659FD93)
_HALF: Final = np.uint64(32)
_NUMBERS: Final = np.arange(1, COUNT + 1, dtype=np.uint64)
_FACTORS: Final = _SPREAD + 2 * (_NUMBERS - 1)
#: What parts two words: its first sign is of one of these kinds.
_KINDS: Final = {
    **dict.fromkeys(".!?…", 1),
    **dict.fromkeys(",;", 2),
    **dict.fromkeys("|•·›»/–—>→▸►", 3),
    ":": 4,
    **dict.fromkeys("([", 5),
    **dict.fromkeys(")]", 6),
    **dict.fromkeys('"“”„«', 7),
    **dict.fromkeys("'’-", 8),
    "©": 9,
}
_OTHER, _SPACE, _NONE, _WIDE, _LINE, _MANY = range(10, 16)
_QUOTES: Final = re.compile(r"[“„«”»\"\n]")


def observed(layout: Layout, first: int = 0, last: int | None = None) -> Numbers:
    """Return a row of `COUNT` numbers below 2 ** 32 for each of the words *first* to *last* of *layout*."""
    stop = len(layout.keys) if last is None else last
    begin, end = max(0, first - 2), min(len(layout.keys), stop + 2)  # two words on both sides are observed too
    words, roots, written = (np.array(column, np.uint64) for column in layout.columns(begin, end))
    text, gaps = layout.text, [_LINE] * (begin == 0)
    after = zip(layout.ends[max(begin - 1, 0) : end], layout.starts[max(begin, 1) : end + 1], strict=False)
    gaps += [parted(text[left:right]) for left, right in after]
    gaps += [_LINE] * (end == len(layout.keys))
    parts = np.array(gaps, np.uint64)
    before, behind = parts[:-1], parts[1:]
    here, last_, next_, last2, next2 = _around(words)
    cased, cased_last, cased_next, cased_last2, cased_next2 = _around(written, edges=(4, 4))
    unit, units = _stretches(layout, layout.sentences, layout.unit_at, begin, end)
    lines = np.full(end - begin, 31, np.uint64)
    if len(layout.lines) > 1:
        lines = _stretches(layout, layout.lines, layout.line_at, begin, end)[1]
    start = cased + 4 * before
    close = cased_next + 8 * behind
    around = start + 64 * close
    found = [
        here,
        last_,
        next_,
        last2,
        next2,
        last_ * _SPREAD + here,
        here * _SPREAD + next_,
        roots,
        _shifted(roots, 1, _LAST),
        start * _SPREAD + here,
        close * _SPREAD + here,
        start * _SPREAD + last_,
        close * _SPREAD + next_,
        start * 2 + unit,
        close,
        (around * 8 + cased_last) * 2 + unit,
        around * 8 + cased_next2,
        ((start * 8 + cased_last) * 8 + cased_last2) * 8 + cased_next,
        units * 2 + unit,
        lines * 2 + unit,
        _quoted(layout, begin, end) * 2 + unit,
    ]
    codes = np.stack(found, axis=1)[first - begin : stop - begin]
    codes += _NUMBERS
    codes *= _FACTORS
    codes ^= codes >> _HALF
    codes *= _MIX
    return codes >> _HALF


@lru_cache(maxsize=4096)
def parted(gap: str) -> int:
    """Return a number for what stands between two words: its first sign, a space or a line behind it, more signs."""
    bare = gap.strip()
    line = "\n" in gap
    if not bare:
        return _LINE if line else _SPACE if gap in (" ", "\u00a0") else _WIDE if gap else _NONE
    kind = _KINDS.get(bare[0], _OTHER)
    if line:
        return _MANY + (1 if kind == 1 else 2)
    if kind == 1:
        return 18 + 2 * (len(bare) > 1) + gap[-1].isspace()
    if kind == 6 and bare[1:2] in (".", "!", "?"):
        return 22
    return kind


def _shifted(values: Numbers, by: int, edge: int) -> Numbers:
    """Return the values *by* places further on, *edge* where there is none."""
    moved = np.full_like(values, edge)
    if by > 0:
        moved[:-by] = values[by:]
    else:
        moved[-by:] = values[:by]
    return moved


def _around(values: Numbers, edges: tuple[int, int] = (_FIRST, _LAST)) -> tuple[Numbers, ...]:
    """Return the values at each place, one before it, one behind it, two before it, two behind it."""
    first, last = edges
    return (
        values,
        _shifted(values, -1, first),
        _shifted(values, 1, last),
        _shifted(values, -2, first),
        _shifted(values, 2, last),
    )


def _stretches(
    layout: Layout, stretches: Sequence[tuple[int, int]], at: Callable[[int], int], begin: int, end: int
) -> tuple[Numbers, Numbers]:
    """Return whether each of the words *begin* to *end* goes on in its stretch; how long that is and how it ends."""
    goes_on, sizes = [1] * (end - begin), [0] * (end - begin)
    number = at(layout.starts[begin]) if begin < end else len(stretches)
    place = begin
    while place < end and number < len(stretches):
        start, stop = stretches[number]
        first, last = layout.word_at(start), layout.word_at(stop)
        if first < last:
            if begin <= first < end:
                goes_on[first - begin] = 0
            left, right = max(first, begin), min(last, end)
            if left < right:
                size = 2 * _size(last - first) + layout.ends_well((start, stop))
                sizes[left - begin : right - begin] = [size] * (right - left)
            place = last
        number += 1
    return np.array(goes_on, np.uint64), np.array(sizes, np.uint64)


def _size(count: int) -> int:
    return count if count < 4 else 4 if count < 6 else 5 if count < 9 else 6 if count < 15 else 7 if count < 30 else 8


def _quoted(layout: Layout, begin: int, end: int) -> Numbers:
    """Return whether each of the words *begin* to *end* stands in a quotation that its line opens before it."""
    found = np.zeros(end - begin, np.uint64)
    if begin == end:
        return found
    first = layout.lines[layout.line_at(layout.starts[begin])][0]
    opened: int | None = None
    for mark in _QUOTES.finditer(layout.text, first, layout.ends[end - 1]):
        sign, place = mark[0], max(layout.word_at(mark.start()) - begin, 0)
        opens = sign in "“„«" if sign != '"' else opened is None
        if opens and opened is None:
            opened = place
        elif not opens and opened is not None:
            found[opened:place] = 1
            opened = None
    if opened is not None:
        found[opened:] = 1
    return found
