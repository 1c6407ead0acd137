"""The article inside a whole page: the densest stretch of prose; menus, lists and forms around it go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from typing import NamedTuple

from tamis_boilerplate.book import MENU
from tamis_boilerplate.book import Book
from tamis_boilerplate.book import Index
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.layout import Layout

#: A page has at least so many lines.
LEAST_LINES: Final = 9
_HEADINGS: Final = frozenset(("related_posts", "comment", "copyright", "newsletter", "cookie", "live_nav"))
_END: Final = frozenset(
    ("related_posts", "comment", "copyright", "newsletter", "cookie", "live_nav", "app", "source", "share")
)


#: A paragraph has so many words; one of the same story shares so many of its longer words with the rest.
_PARAGRAPH: Final = 18
_SHARE: Final = 0.12

#: The name of a section, of an author, of a place has at most so many words.
_ALONE: Final = 5

_BARRED: Final = re.compile(r"[|•·>›]")


class Row(NamedTuple):
    """One line: its span, its weight for being the article, whether it is prose, the kind it was cut for."""

    start: int
    end: int
    weight: float
    prose: bool
    kind: str | None
    words: int


def around(layout: Layout, found: Sequence[Cut], book: Book, title: tuple[int, int] | None) -> list[Cut]:
    """Return the cuts before and after the article, where *layout* shows a whole page."""
    if len(layout.lines) < LEAST_LINES:
        return []
    rows = _rows(layout, found, book)
    first, last = _densest(rows)
    if (first, last) == (0, len(rows) - 1):
        return []  # all of it is the article
    if last < first or sum(row.words for row in rows[first : last + 1] if row.prose) < 60:
        return []
    first, last = _whole_story(layout, rows, first, last, book)
    cuts: list[Cut] = []
    head = [row for row in rows[:first] if row.kind is None]
    kept = _titles(layout, rows, first, title, book)
    spare = [row for row in head if (row.start, row.end) not in kept]
    furniture = sum(row.kind is not None for row in rows[:first])
    if _is_table(layout, spare):
        spare = []
    if len(spare) >= 4 or (furniture >= 2 and len(spare) >= 1):
        cuts += [Cut(row.start, row.end, "live_nav", "page.before", 0.75, "stands before the article") for row in spare]
    tail = rows[last + 1 :]
    if _is_table(layout, tail):
        return cuts
    ended = next((index for index, row in enumerate(tail) if row.kind in _END), None)
    if ended is not None:
        short = sum(row.words <= 12 for row in tail[:ended])
        begin = 0 if short == ended and ended <= 3 else ended
        gone = [row for row in tail[begin:] if row.kind is None]
        cuts += [
            Cut(row.start, row.end, "related_posts", "page.after", 0.75, "stands after the article") for row in gone
        ]
    elif len(tail) >= 5 and sum(row.words <= 14 and not row.prose for row in tail) >= 0.8 * len(tail):
        cuts += [
            Cut(row.start, row.end, "related_posts", "page.after", 0.6, "stands after the article") for row in tail
        ]
    return cuts


def _is_table(layout: Layout, rows: Sequence[Row]) -> bool:
    """Return whether *rows* are those of a table, which belongs to the article."""
    return 2 * sum(layout.is_data((row.start, row.end)) for row in rows) >= len(rows)


def above(
    layout: Layout, found: Sequence[Cut], known: str, title: tuple[int, int] | None, function: frozenset[str]
) -> list[Cut]:
    """Return the cuts of a section's name, an author or a place that stands alone above an article titled *known*.

    *title* is where the title stands. A line with words of it may be a shorter form of it, and stays.
    """
    first = next((index for index, line in enumerate(layout.lines) if layout.is_prose(line, function)), 0)
    taken = [(cut.start, cut.end) for cut in found]
    titled = known.lower()

    def alone(line: tuple[int, int]) -> bool:
        keys = layout.keys[layout.word_at(line[0]) : layout.word_at(line[1])]
        return (
            len(keys) <= _ALONE
            and not layout.ends_well(line)
            and not any(len(key) > 3 and key in titled for key in keys)
            and not any(start < line[1] and line[0] < end for start, end in taken)
        )

    return [
        Cut(line[0], line[1], "live_nav", "page.above", 0.7, "stands alone above the article")
        for line in layout.lines[:first]
        if (title is None or line[0] != title[0]) and alone(line)
    ]


def _rows(layout: Layout, found: Sequence[Cut], book: Book) -> list[Row]:
    function = book.words["function"]
    kinds: dict[int, str] = {}
    for cut in found:
        number = layout.line_at(cut.start)
        line = layout.lines[number]
        if cut.end - cut.start >= 0.6 * (line[1] - line[0]):
            last = layout.line_at(max(cut.start, min(cut.end, len(layout.text)) - 1))
            for covered in range(number, last + 1):
                if layout.lines[covered][0] < cut.end:
                    kinds.setdefault(covered, cut.kind)
    rows = []
    for number, line in enumerate(layout.lines):
        kind = kinds.get(number)
        words = layout.word_at(line[1]) - layout.word_at(line[0])
        prose = kind is None and layout.is_prose(line, function)
        if kind is not None:
            weight = -30.0 if kind in _HEADINGS and kind != "live_nav" else -6.0
        elif prose:
            weight = float(min(words, 60))
        elif layout.ends_well(line) and words >= 4:
            weight = min(words, 12) / 2
        else:
            weight = -6.0
        rows.append(Row(line[0], line[1], weight, prose, kind, words))
    return rows


def _densest(rows: Sequence[Row]) -> tuple[int, int]:
    """Return the first and last line of the stretch with the greatest sum of weights."""
    best, span = 0.0, (0, -1)
    total, start = 0.0, 0
    for index, row in enumerate(rows):
        if total <= 0:
            total, start = 0.0, index
        total += row.weight
        if total > best and row.weight > 0:
            best, span = total, (start, index)
    return span


def _whole_story(layout: Layout, rows: Sequence[Row], first: int, last: int, book: Book) -> tuple[int, int]:
    """Return the stretch *first* to *last* with the paragraphs beyond the furniture around it that share its words."""
    function = book.words["function"]
    if not any(row.prose and row.words >= _PARAGRAPH for row in [*rows[:first], *rows[last + 1 :]]):
        return first, last

    def told(start: int, end: int) -> set[str]:
        keys = layout.keys[layout.word_at(start) : layout.word_at(end)]
        return {key for key in keys if len(key) > 3} - function

    known = told(rows[first].start, rows[last].end)
    for index in range(last + 1, len(rows)):
        row = rows[index]
        if row.kind == "comment":
            break
        if row.prose and row.words >= _PARAGRAPH:
            own = told(row.start, row.end)
            if len(own & known) >= _SHARE * len(own):
                last = index
                known |= own
    for index in range(first - 1, -1, -1):
        row = rows[index]
        if row.prose and row.words >= _PARAGRAPH:
            own = told(row.start, row.end)
            if len(own & known) >= _SHARE * len(own):
                first = index
                known |= own
    return first, last


def _titles(
    layout: Layout, rows: Sequence[Row], first: int, title: tuple[int, int] | None, book: Book
) -> set[tuple[int, int]]:
    """Return the lines before the article that are its title and the line under it: their words come back in it."""
    near = [row for row in rows[max(0, first - 12) : first] if row.kind is None and 3 <= row.words <= 40]
    if title is not None and first < len(rows) and title[0] < rows[first].start and first <= 3:
        return {title, *((row.start, row.end) for row in near)}
    if not near or first >= len(rows):
        return set()
    begin = layout.word_at(rows[first].start)
    told = {key for key in layout.keys[begin : begin + 400] if len(key) > 3} - book.words["function"]
    scored = []
    for index, row in enumerate(near):
        keys = {key for key in layout.keys[layout.word_at(row.start) : layout.word_at(row.end)] if len(key) > 3}
        keys -= book.words["function"]
        shared = len(keys & told)
        scored.append((shared / (len(keys) + 2), index, row))
    best = max(scored)
    if best[0] < 0.15:
        return {(near[-1].start, near[-1].end)}
    return {
        (row.start, row.end) for share, index, row in scored if index == best[1] or (index > best[1] and share > 0.2)
    }


def rows_of_links(layout: Layout, book: Book, places: Sequence[int]) -> list[Cut]:
    """Return the runs of at least three phrases of a menu, one behind the other: "Home News Sport Log in"."""
    cuts: list[Cut] = []
    run: list[tuple[int, int]] = []
    starts, text = layout.starts, layout.text
    done = 0
    for place in places:
        if starts[place] < done or not text[starts[place]].isupper():
            continue
        end = _menu_phrase(layout, place, book.rules)
        if end is None:
            continue
        if run and not _joined(layout, run[-1][1], starts[place]):
            _close(layout, cuts, run)
            run = []
        run.append((starts[place], end))
        done = end
    _close(layout, cuts, run)
    return cuts


def phrases(layout: Layout, book: Book, places: Sequence[int]) -> list[int]:
    """Return the words at which a phrase of a menu, a form or a comment stands inside a sentence."""
    found = []
    for place in places:
        start = layout.starts[place]
        if place == 0 or not (layout.text[start].isupper() or layout.text[start].isdigit()):
            continue
        if layout.text[layout.ends[place - 1] : start].strip():
            continue
        if _menu_phrase(layout, place, book.rules) is not None:
            found.append(place)
    return found


def _menu_phrase(layout: Layout, place: int, opening: Index) -> int | None:
    best: int | None = None
    for use in layout.uses(opening, place):
        if not use.where & MENU:
            continue
        match = use.frame.pattern.match(layout.lower, layout.starts[place])
        if match is not None and (best is None or match.end() > best):
            best = match.end()
    return best


def _joined(layout: Layout, end: int, start: int) -> bool:
    """Return whether at most one capitalised word and no end mark stands between two phrases of a menu."""
    gap = layout.text[end:start]
    if len(gap) > 24 or any(mark in gap for mark in ".!?\n\r;:,"):
        return False
    words = [word for word in gap.split() if word[0].isalnum()]
    return len(words) <= (2 if _BARRED.search(gap) else 1) and all(word[0].isupper() for word in words)


def _close(layout: Layout, cuts: list[Cut], run: Sequence[tuple[int, int]]) -> None:
    """Add the cut of *run* where it is long enough to be a menu."""
    if len(run) < 2:
        return
    line = layout.lines[layout.line_at(run[0][0])]
    barred = all(_BARRED.search(layout.text[one[1] : two[0]]) for one, two in pairwise(run))
    alone = run[0][0] <= line[0] + 3 and run[-1][1] >= line[1] - 3
    if len(run) >= 4 or barred or (len(run) == 3 and alone):
        cuts.append(Cut(run[0][0], run[-1][1], "live_nav", "page.menu", 0.85, "is a row of links"))
