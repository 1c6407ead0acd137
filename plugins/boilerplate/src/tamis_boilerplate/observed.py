"""What is observed at each word of a text, as numbers: the words around it, how they are written, what parts them."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from typing import Final

import numpy as np

from tamis_boilerplate.book import form_numbers
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.quotes import quotations

Numbers = np.ndarray[Any, np.dtype[np.uint64]]

#: How many observations there are at each word.
COUNT: Final = 21
#: The numbers of two words that stand before the first, and behind the last.
_BEFORE: Final = 2 * form_numbers(1, 1, 4)
_BEHIND: Final = 2 * form_numbers(2, 2, 4)
#: Odd numbers that spread what is observed over all others.
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = np.uint64(0xD6E8FEB86659FD93)
_HALF: Final = np.uint64(32)
_TWO: Final = np.uint64(2)
_NUMBERS: Final = np.arange(1, COUNT + 1, dtype=np.uint64)[:, None]
#: How long the line of a word is where there is but one.
_ONE_LINE: Final = np.uint64(31)
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
#: What ends a line.
_LINES: Final = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def observed(layout: Layout, first: int = 0, last: int | None = None) -> Numbers:
    """Return a row of `COUNT` numbers below 2 ** 32 for each of the words *first* to *last* of *layout*."""
    stop = len(layout.keys) if last is None else last
    begin, end = max(0, first - 2), min(len(layout.keys), stop + 2)  # two words on both sides are observed too
    numbers = b"".join((_BEFORE, *layout.numbers(begin, end), _BEHIND))
    words, roots, written = np.frombuffer(numbers, np.uint64).reshape(-1, 3).T
    last2, last_, here, next_, next2 = _around(words)
    cased_last2, cased_last, cased, cased_next, cased_next2 = _around(written)
    parts = np.array(_parts(layout, begin, end), np.uint64)
    unit, units = _stretches(layout, layout.sentences, layout.unit_at, begin, end)
    lines = _stretches(layout, layout.lines, layout.line_at, begin, end)[1] if len(layout.lines) > 1 else _ONE_LINE
    start = cased + 4 * parts[:-1]
    close = cased_next + 8 * parts[1:]
    around = 8 * (start + 64 * close)
    codes = np.empty((COUNT, end - begin), np.uint64)
    codes[0] = here
    codes[1] = last_
    codes[2] = next_
    codes[3] = last2
    codes[4] = next2
    codes[5] = last_ * _SPREAD + here
    codes[6] = here * _SPREAD + next_
    codes[7] = roots[2:-2]
    codes[8] = roots[3:-1]
    codes[9] = start * _SPREAD
    codes[10] = close * _SPREAD
    codes[11] = codes[9] + last_
    codes[12] = codes[10] + next_
    codes[9:11] += here
    codes[13] = start * 2 + unit
    codes[14] = close
    codes[15] = (around + cased_last) * 2 + unit
    codes[16] = around + cased_next2
    codes[17] = ((start * 8 + cased_last) * 8 + cased_last2) * 8 + cased_next
    codes[18] = units
    codes[19] = lines
    codes[20] = _quoted(layout, begin, end)
    codes[18:] *= _TWO
    codes[18:] += unit
    codes = codes[:, first - begin : stop - begin]
    codes += _NUMBERS
    codes *= _FACTORS
    codes ^= codes >> _HALF
    codes *= _MIX
    codes >>= _HALF
    return codes.T


def _around(values: Numbers) -> tuple[Numbers, ...]:
    """Return of *values*, two more on both sides, those two places before each, one before, at it, behind it."""
    return values[:-4], values[1:-3], values[2:-2], values[3:-1], values[4:]


def _parts(layout: Layout, begin: int, end: int) -> list[int]:
    """Return what parts each of the words *begin* to *end* from the one before, and the last from the next."""
    text = layout.text
    gaps = zip(layout.ends[max(begin - 1, 0) : end], layout.starts[max(begin, 1) : end + 1], strict=False)
    found = [_SPACE if text[left] == " " and right - left == 1 else parted(text[left:right]) for left, right in gaps]
    return [_LINE] * (begin == 0) + found + [_LINE] * (end == len(layout.keys))


@lru_cache(maxsize=4096)
def parted(gap: str) -> int:
    """Return a number for what stands between two words: its first sign, a space or a line behind it, more signs."""
    bare = gap.strip()
    line = _LINES.search(gap) is not None
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


def _stretches(
    layout: Layout, stretches: Sequence[tuple[int, int]], at: Callable[[int], int], begin: int, end: int
) -> tuple[Numbers, Numbers]:
    """Return whether each of the words *begin* to *end* goes on in its stretch; how long that is and how it ends."""
    goes_on, sizes = np.ones(end - begin, np.uint64), np.zeros(end - begin, np.uint64)
    number = at(layout.starts[begin]) if begin < end else len(stretches)
    place = begin
    while place < end and number < len(stretches):
        start, stop = stretches[number]
        first, last = layout.word_at(start), layout.word_at(stop)
        if first < last:
            if begin <= first < end:
                goes_on[first - begin] = 0
            if last > begin and first < end:
                size = 2 * _size(last - first) + layout.ends_well((start, stop))
                sizes[max(first - begin, 0) : last - begin] = size
            place = last
        number += 1
    return goes_on, sizes


def _size(count: int) -> int:
    return count if count < 4 else 4 if count < 6 else 5 if count < 9 else 6 if count < 15 else 7 if count < 30 else 8


def _quoted(layout: Layout, begin: int, end: int) -> Numbers:
    """Return whether each of the words *begin* to *end* stands in a quotation that its line opens before it."""
    found = np.zeros(end - begin, np.uint64)
    if begin == end:
        return found
    first = layout.lines[layout.line_at(layout.starts[begin])][0]
    for start, stop in quotations(layout.text, first, layout.ends[end - 1]):
        left = max(layout.word_at(start) - begin, 0)
        found[left : None if stop is None else max(layout.word_at(stop) - begin, 0)] = 1
    return found
