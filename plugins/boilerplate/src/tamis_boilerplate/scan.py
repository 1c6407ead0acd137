"""Match the rules against a text, from left to right, and say how far each cut reaches."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from typing import Final
from typing import NamedTuple

from tamis_boilerplate.headline import LONGEST
from tamis_boilerplate.headline import split
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.rules import Book
from tamis_boilerplate.rules import Use
from tamis_boilerplate.rules import uses_at


class Cut(NamedTuple):
    """A stretch that is not the article: code points, half-open; *why* is one sentence."""

    start: int
    end: int
    kind: str
    rule: str
    score: float
    why: str


_AFTER: Final = re.compile(r"(?:\s{0,2}[:.!?…|»›→>)\]*•·]{1,3})?")
_SEPARATOR: Final = re.compile(r"\s{0,2}[:|–—›»>→\-]{1,2}(?=\s|$)\s*|\s{0,2}[:|›»→]\s{0,2}")
_SOFT: Final = frozenset("|•·›»/–—>→")
_QUOTES: Final = frozenset("\"'“„«‚‘「『‹")
_BRACKETS: Final = re.compile(r"\([^()]{0,80}\)")
_SENTENCE_MAX: Final = 420
_LINE_MAX: Final = 260


class Found(NamedTuple):
    """Where a frame fitted: from *left* to *end*, in which sentence and line, how fresh its place, how many words."""

    left: int
    end: int
    unit: int
    line: tuple[int, int]
    fresh: bool
    words: int


Taker = Callable[["Use", Found], "Cut | None"]


class Scanner:
    """One pass of the rules over one layout."""

    def __init__(self, layout: Layout, book: Book) -> None:
        self.layout = layout
        self.book = book
        self.function = book.words["function"]
        #: Where the last cut ended; what follows it starts anew.
        self.done = 0

    def cuts(self) -> Iterator[Cut]:
        """Yield the cuts in order; none overlaps another."""
        layout, opening, inside = self.layout, self.book.opening, self.book.inside
        starts, keys = layout.starts, layout.keys
        tries: dict[int, int] = {}
        most = 200 + len(layout.text) // 500
        last = len(keys) - 1
        for place, key in enumerate(keys):
            nexts = opening.get(key)
            if nexts is None or starts[place] < self.done:
                continue
            after = keys[place + 1] if place < last else ""
            if after not in nexts and None not in nexts:
                continue
            unit = layout.unit_at(starts[place])
            fresh = self._fresh(place, unit)
            if not fresh:
                nexts = inside.get(key)
                if nexts is None:
                    continue
            best: Cut | None = None
            for use in uses_at(nexts, after):
                if not fresh and (use.start or use.take != "sentence") and not layout.text[starts[place]].isupper():
                    continue
                count = tries[id(use)] = tries.get(id(use), 0) + 1
                if count > most:
                    continue
                cut = self._try(use, place, unit, fresh)
                if cut is not None and (best is None or cut.end > best.end or (cut.end == best.end and cut.score > best.score)):
                    best = cut
            if best is not None:
                self.done = best.end
                yield best

    def _fresh(self, place: int, unit: int) -> bool:
        """Return whether word *place* begins a sentence, a line, or what follows a cut or a separator."""
        layout = self.layout
        start = layout.starts[place]
        if place == 0:
            return True
        before = layout.ends[place - 1]
        if before <= layout.unit_starts[unit] or before <= self.done:
            return True
        gap = layout.text[before:start]
        bare = gap.strip()
        return bool(bare) and (bare[-1] in _SOFT or (gap[-1].isspace() and bare[-1] in "”»“\""))

    def _try(self, use: Use, place: int, unit: int, fresh: bool) -> Cut | None:
        layout = self.layout
        start = layout.starts[place]
        line = layout.lines[layout.line_at(start)]
        match = use.frame.pattern.match(layout.lower, start, line[1])
        if match is None:
            return None
        left = self._left(start, unit, line[0]) if fresh else start
        if (left < start and _QUOTES & set(layout.text[left:start])) or (start and layout.text[start - 1] in _QUOTES):
            return None
        end = self._named(place, match.end(), line[1]) if use.frame.open_end else match.end()
        taker: Taker = getattr(self, "_" + use.take)
        return taker(use, Found(left, end, unit, line, fresh, layout.word_at(end) - place))

    def _named(self, place: int, end: int, line_end: int) -> int:
        """Return where the name that ends a phrase at *end* really ends: words in capitals belong to it."""
        layout = self.layout
        text = layout.text
        last = layout.word_at(end) - 1
        shout = text[layout.starts[place] : end].isupper()
        for _ in range(3):
            after = last + 1
            if after >= len(layout.starts) or layout.starts[after] >= line_end:
                break
            gap = text[layout.ends[last] : layout.starts[after]]
            word = text[layout.starts[after] : layout.ends[after]]
            if gap not in (" ", "\u00a0", ".", " & ") or not word[0].isupper() or (shout and not word.isupper()):
                break
            follows = after + 1 < len(layout.starts) and layout.starts[after + 1] < line_end
            if gap != "." and layout.keys[after] in self.function:
                break
            if gap != "." and follows and text[layout.ends[after] : layout.starts[after + 1]] == " " and text[layout.starts[after + 1]].islower():
                break
            last = after
        return max(end, layout.ends[last])

    def _left(self, start: int, unit: int, floor: int) -> int:
        """Return where the signs before the word at *start* begin, if nothing else precedes it."""
        text = self.layout.text
        floor = max(floor, self.done, self.layout.unit_starts[unit])
        while start > floor and not text[start - 1].isalnum():
            start -= 1
        while start < len(text) and text[start].isspace():
            start += 1
        return start

    def _whole(self, left: int, end: int, line: tuple[int, int]) -> bool:
        """Return whether nothing else is in the line but what was cut before."""
        text = self.layout.text
        return not any(c.isalnum() for c in text[max(line[0], self.done) : left]) and not any(
            c.isalnum() for c in text[end : line[1]]
        )

    def _phrase(self, use: Use, found: Found) -> Cut | None:
        left, end, _, line, fresh, words = found
        text = self.layout.text
        if self._whole(left, end, line) and fresh and not (use.frame.open_end and text[left].islower()):
            return Cut(left, line[1], use.kind, use.id, 0.97, "fills its line")
        if use.alone or (words < 2 and not (use.kind == "ad" and fresh)):
            return None
        if use.frame.open_end and not (fresh and text[self.layout.starts[self.layout.word_at(end) - 1]].isupper()):
            return None
        after = _AFTER.match(text, end, line[1])
        stop = after.end() if after else end
        if not self._closed(end, stop, line):
            return None
        if not fresh and words < 3 and any(c.isalnum() for c in text[stop : line[1]]):
            return None
        return Cut(left, stop, use.kind, use.id, 0.85 if fresh else 0.75, "stands between two sentences")

    def _closed(self, end: int, stop: int, line: tuple[int, int]) -> bool:
        """Return whether what follows a phrase is the end of the line or a new beginning."""
        text = self.layout.text
        rest = text[stop : line[1]].lstrip()
        if not rest:
            return True
        if text[end] in ",;" or (text[end] in "'’-" and text[end + 1].isalpha()):
            return False
        first = rest[0]
        return first.isupper() or first.isdigit() or (not first.isalnum() and first not in ",;.-–—&/%")

    _end = _phrase

    def _sentence(self, use: Use, found: Found) -> Cut | None:
        left, end, unit, line, fresh, words = found
        layout = self.layout
        begin, stop = layout.sentences[unit]
        begin = max(begin, self.done)
        text = layout.text
        if use.start and not fresh and found.words < 3:
            return None
        if fresh or use.start:
            begin = left
        elif text[left].isupper() and not layout.ends_well((begin, stop)) and left - begin > 60:
            begin = left
        while begin < stop and text[begin].isspace():
            begin += 1
        if stop - begin > _SENTENCE_MAX and not fresh:
            return None
        if found.words < 2 and end - left < 14 and not self._whole(left, end, line):
            return None
        if text[begin] in _QUOTES or (not use.start and self._is_speech(begin, stop)):
            return None
        whole = begin <= line[0] + 2 and stop == line[1]
        if not whole and stop - end > 12:
            well = layout.ends_well((begin, stop))
            seam = split(layout, left if fresh else begin, stop, self.book.words, 1.0 if well else -1.5)
            if seam is not None and seam[0] >= end:
                stop = seam[0]
            elif not well and stop - end > 60:
                stop = end
        size = layout.word_at(stop) - layout.word_at(begin)
        if stop - begin > _SENTENCE_MAX or (size > 30 and size > 7 * found.words):
            return None
        return Cut(begin, stop, use.kind, use.id, 0.95 if whole else 0.88, "says so")

    def _is_speech(self, begin: int, stop: int) -> bool:
        """Return whether the sentence reports what somebody says: a page speaks for itself."""
        layout = self.layout
        speech = self.book.words["speech"]
        return any(key in speech for key in layout.keys[layout.word_at(begin) : layout.word_at(stop)])

    def _headline(self, use: Use, found: Found) -> Cut | None:
        left, end, unit, line, fresh, words = found
        layout = self.layout
        text = layout.text
        separator = _SEPARATOR.match(text, end, line[1])
        if use.caps and (separator is None and text[end - 1] != ":" or not text[left:end].strip()[:1].isupper()):
            return None
        stop = separator.end() if separator else end
        rest = text[stop : line[1]].lstrip()
        begins = not any(c.isalnum() for c in text[max(line[0], min(self.done, left)) : left])
        if not rest:
            return Cut(left, line[1], use.kind, use.id, 0.95, "ends its line") if fresh else None
        marked = separator is not None or text[end - 1] == ":"
        if not marked and (rest[0].islower() or rest[0] in ",;.-–'’%"):
            return None
        if not fresh and (words < 2 or not marked):
            return self._phrase(use, found) if words > 2 else None
        if begins and line[1] - left <= _LINE_MAX and (marked or words >= 2):
            last = layout.unit_at(line[1] - 1)
            inner = last - layout.unit_at(stop)
            if inner <= (1 if marked else 0) and not (inner and layout.is_prose(layout.sentences[last], self.function)):
                if marked or not layout.is_prose((stop, line[1]), self.function):
                    if marked or not layout.ends_well(line):
                        return Cut(left, line[1], use.kind, use.id, 0.95, "opens a line with a headline")
        closing = self._closing(stop, line)
        if closing is not None:
            return Cut(left, closing, use.kind, use.id, 0.93, "opens a headline that ends with its own frame")
        if not marked and not text[left:end].isupper() and words < 2:
            return None
        here = layout.unit_at(stop)
        unit_end = min(layout.sentences[here][1], line[1])
        seam = split(layout, stop, unit_end, self.book.words, -1.0 if marked and not layout.fragment else 0.0)
        if seam is not None:
            end = self._more_headlines(seam[0], unit_end)
            return Cut(left, end, use.kind, use.id, 0.8, "opens a headline; a new sentence starts after it")
        opener = layout.word_at(stop)
        sentence = opener < len(layout.keys) and (
            layout.keys[opener] in self.function or text.startswith(",", layout.ends[opener])
        )
        ends_line = unit_end == line[1] and marked and not layout.ends_well((stop, unit_end))
        if ends_line and (begins or not (sentence or layout.fragment)):
            return Cut(left, unit_end, use.kind, use.id, 0.8, "opens a headline that ends the line")
        if marked and text[unit_end - 1] in "?!" and unit_end - stop < 130:
            return Cut(left, unit_end, use.kind, use.id, 0.8, "opens a headline")
        if marked or self._closed(end, stop, line):
            return Cut(left, stop, use.kind, use.id, 0.75, "has lost its headline")
        return None

    def _more_headlines(self, start: int, stop: int) -> int:
        """Return where further headlines behind the first end: what has a seam after it is no sentence either."""
        for _ in range(3):
            function = self.layout.keys[self.layout.word_at(start)] in self.function
            seam = split(self.layout, start, stop, self.book.words, 2.0 if function else 1.0)
            if seam is None or self.layout.word_at(seam[0]) - self.layout.word_at(start) < 4:
                break
            start = seam[0]
        return start

    def _closing(self, start: int, line: tuple[int, int]) -> int | None:
        """Return where the phrase that ends a headline from *start* ends, if there is one near."""
        layout = self.layout
        place = layout.word_at(start)
        found: int | None = None
        skip = True
        for index in range(place, min(len(layout.keys), place + LONGEST + 8)):
            position = layout.starts[index]
            if position >= line[1]:
                break
            if found is not None and position > found + 3:
                break
            if found is not None and position < found:
                continue
            after = layout.keys[index + 1] if index + 1 < len(layout.keys) else ""
            for use in uses_at(self.book.opening.get(layout.keys[index], {}), after):
                if use.take != "end":
                    continue
                match = use.frame.pattern.match(layout.lower, position, line[1])
                if match is None:
                    continue
                if index - place < 2 and skip:  # "Article reserved for subscribers" may come before the headline
                    place += layout.word_at(match.end()) - index
                    continue
                if layout.text[position].isupper() or layout.text[position - 1] in "(|":
                    found = max(found or 0, match.end() + layout.text.startswith(")", match.end()))
        return found

    def _list(self, use: Use, found: Found) -> Cut | None:
        left, end, unit, line, fresh, words = found
        if fresh and self._whole(left, end, line):
            return Cut(left, line[1], use.kind, use.id, 0.96, "heads a list of links")
        if use.frame.open_end:
            return None
        return self._phrase(use, found)

    def _byline(self, use: Use, found: Found) -> Cut | None:
        left, end, unit, line, fresh, words = found
        text = self.layout.text
        if left > line[0] + 2 or not fresh or not text[left].isupper() and text[left] != "(":
            return None
        rest = text[end : line[1]]
        names = rest.split()
        if not 1 <= len(names) <= 28 or len(rest) > 220:
            return None
        names = _BRACKETS.sub(" ", rest).split() or names
        big = sum(word[:1].isupper() for word in names)
        if big < 0.55 * len(names) or not names[0][:1].isupper() or (len(names) > 6 and words < 2):
            return None
        if rest.rstrip().endswith((".", "!", "?")) and words < 2:
            return None
        return Cut(left, line[1], use.kind, use.id, 0.85, "names who wrote it")
