"""Short lines beside furniture: a label, a button or a link hardly stands alone, an intertitle does."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Final

from tamis_boilerplate.book import Book
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.layout import Layout

#: A label has at most so many words, a link so many.
_LABEL: Final = 3
_LINK: Final = 16
#: What so much of a line is cut of is cut whole.
_WHOLE: Final = 0.6
#: An intertitle may follow one of these.
_BREAKS: Final = frozenset(("ad", "live_nav", "byline", "caption", "photo_credit"))


def clustered(layout: Layout, found: Sequence[Cut], book: Book) -> list[Cut]:
    """Return the short lines without an end mark that stand among lines cut as *found*, or after the last paragraph."""
    lines = layout.lines
    if len(lines) < 2 or not any(layout.is_prose(line, book.words["function"]) for line in lines):
        return []
    known = _known(layout, found)
    cuts: list[Cut] = []
    for first, last in _runs(layout, known):
        marks = [number for number in range(first, last + 1) if number in known]
        short = [number for number in range(first, last + 1) if number not in known]
        if last == len(lines) - 1 and first > 0:
            gone = short
        elif not marks:
            continue
        elif first == 0:
            gone = [number for number in short if _words(layout, number) < _LABEL]
        else:
            gone = _inside(known, short, marks)
        kind = known[marks[0]].kind if marks else "related_posts"
        cuts += [Cut(*lines[number], kind, "shape.cluster", 0.6, "stands among what is no article") for number in gone]
    return cuts


def _inside(known: dict[int, Cut], short: Sequence[int], marks: Sequence[int]) -> list[int]:
    """Return which of the *short* lines go, in a run between two paragraphs where the lines *marks* go."""
    before = [number for number in short if number < marks[0]]
    behind = [number for number in short if number > marks[-1]]
    sure = any(known[mark].kind not in _BREAKS for mark in marks)
    gone = [number for number in short if sure and marks[0] < number < marks[-1]]
    if len(before) > 1 or sure:
        gone += before
    # The last line before a paragraph may be its intertitle.
    return gone + behind[:-1]


def _known(layout: Layout, found: Sequence[Cut]) -> dict[int, Cut]:
    """Return the lines that go already, by number, with the first cut in each."""
    taken: dict[int, int] = {}
    firsts: dict[int, Cut] = {}
    for cut in sorted(found):
        for number in range(layout.line_at(cut.start), layout.line_at(max(cut.start, cut.end - 1)) + 1):
            start, end = layout.lines[number]
            taken[number] = taken.get(number, 0) + max(0, min(end, cut.end) - max(start, cut.start))
            firsts.setdefault(number, cut)
    return {
        number: firsts[number]
        for number, length in taken.items()
        if length >= _WHOLE * (layout.lines[number][1] - layout.lines[number][0])
    }


def _runs(layout: Layout, known: dict[int, Cut]) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of each stretch of lines that go or are short, with a short one in it."""
    first: int | None = None
    fresh = False
    for number in range(len(layout.lines) + 1):
        short = number < len(layout.lines) and number not in known and _is_short(layout, number)
        if short or number in known:
            first = number if first is None else first
            fresh = fresh or short
            continue
        if first is not None and fresh:
            yield first, number - 1
        first, fresh = None, False


def _is_short(layout: Layout, number: int) -> bool:
    line = layout.lines[number]
    if line[1] - line[0] > 160 or layout.ends_well(line) or layout.text[line[1] - 1] in ",;:":
        return False
    return 1 <= _words(layout, number) <= _LINK and not layout.is_data(line)


def _words(layout: Layout, number: int) -> int:
    line = layout.lines[number]
    return layout.word_at(line[1]) - layout.word_at(line[0])
