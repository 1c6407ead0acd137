"""A text as the rules see it: lower case, words with their keys, sentences and lines, and what a line looks like."""

from __future__ import annotations

import re
from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import partial
from itertools import accumulate
from operator import itemgetter
from typing import Final

from tamis.text import Segments
from tamis.text import Stretch
from tamis.text import Words
from tamis_boilerplate.book import Book
from tamis_boilerplate.book import Form
from tamis_boilerplate.book import Index
from tamis_boilerplate.book import Use
from tamis_boilerplate.book import Uses
from tamis_boilerplate.frames import NUMBER
from tamis_boilerplate.frames import pieces

_MARKS: Final = frozenset(".!?…")
_END: Final = re.compile(r"[.!?…。！？][\"'”“’»«›‹)\]]*(?:\s»)?$")
_ALNUM: Final = re.compile(r"[^\W_]")
_WEIGHT, _NUMBERS = itemgetter(2), itemgetter(3)


class Layout:
    """One state of a text. Sentences never cross lines; a line is a paragraph of the document."""

    __slots__ = (
        "_first_prose",
        "_forms",
        "_free",
        "_last_prose",
        "_prose",
        "ends",
        "fragment",
        "fresh",
        "keys",
        "line_at",
        "line_of",
        "lines",
        "lower",
        "pieces",
        "roles",
        "sentences",
        "starts",
        "text",
        "unit_at",
        "unit_starts",
        "weights",
        "word_at",
    )

    def __init__(self, segments: Segments, book: Book, before: Layout | None = None) -> None:
        words, sentences, lines = segments.words, segments.sentences, segments.paragraphs
        #: The stretches that no earlier pass has seen.
        self.fresh = [(begin, end) for _, _, begin, end in segments.fresh if begin < end]
        self.text = text = segments.text
        lower = text.lower()
        if len(lower) != len(text):
            lower = "".join(c.lower()[0] for c in text)
        self.lower = lower
        self.starts = words.starts
        self.ends = words.ends
        self._forms, new = _looked_up(words, segments.fresh, book, before)
        forms = self._forms
        self.keys = [form[0] for form in forms]
        self.roles = [form[1] for form in forms]
        #: What the words before each weigh together as those of a page.
        self.weights = list(accumulate(map(_WEIGHT, forms), initial=0.0))
        self.sentences = sentences
        self.unit_starts = [sentence[0] for sentence in sentences]
        self.lines = lines
        self.line_of = [line[0] for line in lines]
        # Asked hundreds of times for each text, so without a call of a method of ours.
        #: The index of the first word that starts at or after a position; of the line, of the sentence that holds it.
        self.word_at: Callable[[int], int] = partial(bisect_left, self.starts)
        self.line_at: Callable[[int], int] = partial(bisect_right, self.line_of[1:])
        self.unit_at: Callable[[int], int] = partial(bisect_right, self.unit_starts[1:])
        #: Whether the text begins in the middle of a sentence; then it may end in the middle of one too.
        self.fragment = next((c.islower() for c in text[:40] if c.isalpha()), False)
        self._first_prose: int | None = None
        self._last_prose: int | None = None
        #: By its text, whether a line is prose: few lines are other ones after cuts.
        self._prose: dict[str, bool] = {} if before is None else before._prose
        #: What the words are made of; what a text held *before* cuts does for the rest of it.
        self.pieces: set[str]
        self._free: dict[int, Mapping[str, Uses]] = {}
        if before is not None and pieces([form[0] for form in new]) <= before.pieces:
            self.pieces, self._free = before.pieces, before._free
        else:
            self.pieces = pieces(self.keys)

    def numbers(self, first: int, last: int) -> Iterator[bytes]:
        """Return the numbers of each of the words *first* to *last*, as `form_numbers` writes them."""
        return map(_NUMBERS, self._forms[first:last])

    def uses(self, index: Index, place: int) -> Sequence[Use]:
        """Return the rules of *index* that may start at word *place*."""
        key = self.keys[place]
        if key not in index.firsts:
            return ()
        free = self.free(index).get(key)
        nexts = index.known.get(key)
        known = nexts.get(self.keys[place + 1]) if nexts is not None and place + 1 < len(self.keys) else None
        if known is None:
            return free.each if free else ()
        return [*known.each, *free.each] if free else known.each

    def free(self, index: Index) -> Mapping[str, Uses]:
        """Return the rules of *index* that may fit whatever their second word is, by their first."""
        free = self._free.get(id(index))
        if free is None:
            free = self._free[id(index)] = index.free(self.pieces)
        return free

    def fresh_lines(self) -> Iterator[tuple[int, int]]:
        """Yield the lines that no earlier pass has seen."""
        done = 0
        for start, end in self.fresh:
            done = max(done, self.line_at(start))
            last = bisect_left(self.line_of, end)
            yield from self.lines[done:last]
            done = max(done, last)

    def untaken(self, places: Iterable[int], taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield each sentence that holds one of the words *places*, in order, and touches none of *taken*, in order."""
        end = at = 0
        for place in places:
            if self.starts[place] < end:
                continue
            start, end = self.sentences[self.unit_at(self.starts[place])]
            while at < len(taken) and taken[at][1] <= start:
                at += 1
            if at == len(taken) or taken[at][0] >= end:
                yield start, end

    def key_at(self, position: int) -> str:
        """Return the key of the first word that starts at or after *position*, or nothing."""
        place = self.word_at(position)
        return self.keys[place] if place < len(self.keys) else ""

    def ends_well(self, span: tuple[int, int]) -> bool:
        """Return whether *span* ends as a sentence does."""
        start, end = span
        last = self.text[end - 1 : end] if start < end else ""
        if last.isalnum():
            return False
        return last in _MARKS or _END.search(self.text, max(start, end - 6), end) is not None

    def is_prose(self, line: tuple[int, int], function: frozenset[str]) -> bool:
        """Return whether *line* reads like a paragraph: long enough, with function words and an end mark."""
        key = self.text[line[0] : line[1]]
        known = self._prose.get(key)
        if known is None:
            first, last = self.word_at(line[0]), self.word_at(line[1])
            count = last - first
            known = count >= 9 and (self.ends_well(line) or count >= 40)
            if known:
                glue = sum(map(function.__contains__, self.keys[first : min(last, first + 60)]))
                known = glue >= 0.18 * min(count, 60) or not self.keys[first].isascii()
            self._prose[key] = known
        return known

    def is_data(self, line: tuple[int, int]) -> bool:
        """Return whether *line* looks like a row of a table: two figures or more and no sentence, or between bars."""
        first, last = self.word_at(line[0]), self.word_at(line[1])
        figures = self.keys[first:last].count(NUMBER)
        return (figures > 1 and not self.ends_well(line)) or self.is_row(self.line_at(line[0]))

    def is_row(self, number: int) -> bool:
        """Return whether line *number* stands between bars, as one beside it does: rows of a table."""
        return self._barred(number) and (self._barred(number - 1) or self._barred(number + 1))

    def _barred(self, number: int) -> bool:
        if not 0 <= number < len(self.lines):
            return False
        text = self.text[slice(*self.lines[number])].strip()
        return len(text) > 2 and text[0] == text[-1] == "|"

    def wraps(self, number: int) -> bool:
        """Return whether line *number* goes on in the next, which begins small."""
        after = self.line_of[number + 1] if number + 1 < len(self.lines) else len(self.text)
        return self.text[after : after + 1].islower() and not self.ends_well(self.lines[number])

    def blank(self, start: int, end: int) -> bool:
        """Return whether no letter and no digit stands in *start*:*end*."""
        return _ALNUM.search(self.text, start, end) is None

    def prose_before(self, number: int, function: frozenset[str]) -> bool:
        """Return whether a line before line *number* is prose."""
        if self._first_prose is None:
            found = (index for index, line in enumerate(self.lines) if self.is_prose(line, function))
            self._first_prose = next(found, len(self.lines))
        return self._first_prose < number

    def prose_from(self, number: int, function: frozenset[str]) -> bool:
        """Return whether line *number* or one behind it is prose."""
        if self._last_prose is None:
            last = len(self.lines) - 1
            found = (index for index in range(last, -1, -1) if self.is_prose(self.lines[index], function))
            self._last_prose = next(found, -1)
        return self._last_prose >= number


def _looked_up(
    words: Words, stretches: Sequence[Stretch], book: Book, before: Layout | None
) -> tuple[list[Form], list[Form]]:
    """Return the forms of *words*, and those in *stretches*; the others are as they were in the layout *before*."""
    found: list[Form] = []
    new: list[Form] = []
    done = 0
    for left, right, _, end in stretches:
        if before is not None:
            found += before._forms[bisect_left(before.starts, done) : bisect_left(before.starts, left)]
        here = list(map(book.forms.__getitem__, words.texts[len(found) : bisect_left(words.starts, end)]))
        found += here
        new += here
        done = right
    if before is not None:
        found += before._forms[bisect_left(before.starts, done) :]
    return found, new
