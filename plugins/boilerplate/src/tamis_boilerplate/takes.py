"""How far a cut reaches from the phrase that gives it away: the phrase, its sentence, a headline, a list, names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from tamis_boilerplate.book import Book
from tamis_boilerplate.book import Use
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.cut import Found
from tamis_boilerplate.headline import LONGEST
from tamis_boilerplate.headline import POLITE
from tamis_boilerplate.headline import split
from tamis_boilerplate.layout import Layout

_AFTER: Final = re.compile(r"(?:\s{0,2}[:.!?…|»›→>)\]*•·]{1,3})?")
_SEPARATOR: Final = re.compile(r"\s{0,2}[:|–—›»>→\-]{1,2}(?=\s|$)\s*|\s{0,2}[:|›»→]\s{0,2}")
QUOTES: Final = frozenset("\"'“„«‚‘「『‹")
_BRACKETS: Final = re.compile(r"\([^()]{0,80}\)")
#: So many words after a phrase are hardly all of its kind.
_STRAY: Final = 14
_SENTENCE_MAX: Final = 420
_LINE_MAX: Final = 260


Taker = Callable[[Use, Found], Cut | None]


_TAKERS = {
    "phrase": "_phrase",
    "end": "_phrase",
    "sentence": "_sentence",
    "headline": "_headline",
    "list": "_list",
    "byline": "_byline",
}


class Takes:
    """The ways to take, by the name that rules give them; each returns a cut, or None where nothing can be cut."""

    def __init__(self, layout: Layout, book: Book) -> None:
        self.layout = layout
        self.book = book
        self.function = book.words["function"]
        #: Where the last cut ended; what follows it starts anew.
        self.done = 0

    def taker(self, name: str) -> Taker:
        """Return what takes the stretch of a rule with `take: name`; a table of bound methods would be a cycle."""
        found: Taker = getattr(self, _TAKERS[name])
        return found

    def _whole(self, left: int, end: int, line: tuple[int, int]) -> bool:
        """Return whether nothing else is in the line but what was cut before."""
        layout = self.layout
        return layout.blank(end, line[1]) and layout.blank(max(line[0], self.done), left)

    def _phrase(self, use: Use, found: Found) -> Cut | None:
        left, end, _, line, fresh, words = found
        text = self.layout.text
        whole = self._whole(left, end, line) and not (words < 2 and text[line[1] - 1] == ".")
        if whole and fresh and not (use.frame.open_end and text[left].islower()):
            return Cut(left, line[1], use.kind, use.id, 0.97, "fills its line")
        behind = line[0] < self.done and self.layout.blank(self.done, left)
        if not behind and (use.alone or (words < 2 and not (use.kind == "ad" and fresh))):
            return None
        if use.frame.open_end and not (fresh and text[self.layout.starts[self.layout.word_at(end) - 1]].isupper()):
            return None
        after = _AFTER.match(text, end, line[1])
        stop = after.end() if after else end
        if not self._closed(end, stop, line):
            return None
        if not fresh and words < 3 and not self.layout.blank(stop, line[1]):
            return None
        return Cut(left, stop, use.kind, use.id, 0.85 if fresh else 0.75, "stands between two sentences")

    def _closed(self, end: int, stop: int, line: tuple[int, int]) -> bool:
        """Return whether what follows a phrase is the end of the line or a new beginning."""
        text = self.layout.text
        rest = text[stop : min(line[1], stop + 60)].lstrip()
        if not rest:
            return True
        if text[end] in ",;" or (text[end] in "'’-" and text[end + 1].isalpha()):
            return False
        first = rest[0]
        if self.layout.key_at(stop) in POLITE:
            return False
        return first.isupper() or first.isdigit() or (not first.isalnum() and first not in ",;.-–—&/%")

    def _sentence(self, use: Use, found: Found) -> Cut | None:
        left, end, unit, line, fresh, _ = found
        layout = self.layout
        begin, stop = layout.sentences[unit]
        begin = max(begin, self.done)
        text = layout.text
        if use.start and not fresh and found.words < 3:
            return None
        glued = text[left].isupper() and left - begin > 60
        if fresh or use.start or (glued and (not layout.ends_well((begin, stop)) or text[left - 2] == ":")):
            begin = left
        elif not self._says_it(begin, end, stop, found.words):
            return None
        while begin < stop and text[begin].isspace():
            begin += 1
        if stop - begin > _SENTENCE_MAX and not fresh:
            return None
        if found.words < 2 and end - left < 14 and not self._whole(left, end, line):
            return None
        if text[begin] in QUOTES:
            return None
        if self._is_speech(end if use.start else begin, stop):
            # What somebody says may stand in the next sentence, joined to this one.
            seam = split(layout, left, stop, self.book.words)
            if seam is None or seam[0] < end or self._is_speech(end if use.start else begin, seam[0]):
                return None
            stop = seam[0]
        close = text.find(")", end, stop) if text[begin] == "(" else -1
        if close >= 0:
            return Cut(begin, close + 1, use.kind, use.id, 0.88, "says so in brackets")
        whole = begin <= line[0] + 2 and stop == line[1]
        if not whole and stop - end > 12:
            well = layout.ends_well((begin, stop))
            if fresh and self._finished(end, stop, found.words):
                return Cut(begin, end, use.kind, use.id, 0.8, "stands before a sentence of its own")
            long = well and self._strays(end, stop)
            least = -99.0 if long else -2.0 if well else -1.5
            seam = split(layout, left if fresh else begin, stop, self.book.words, least)
            if seam is not None and seam[0] >= end:
                stop = seam[0]
            elif not well and stop - end > 60:
                stop = end
        size = layout.word_at(stop) - layout.word_at(begin)
        if stop - begin > _SENTENCE_MAX or (size > 30 and size > 7 * found.words):
            return None
        return Cut(begin, stop, use.kind, use.id, 0.95 if whole else 0.88, "says so")

    def _says_it(self, begin: int, end: int, stop: int, words: int) -> bool:
        """Return whether a phrase of so many *words* inside a sentence is what it says.

        It is a third of it, or ends it and is long, or the sentence speaks to the reader.
        """
        keys = self.layout.keys[self.layout.word_at(begin) : self.layout.word_at(stop)]
        if 3 * words >= len(keys) or (words >= 4 and self.layout.blank(end, stop)):
            return True
        return not self.book.words["reader"].isdisjoint(keys)

    def _strays(self, end: int, stop: int) -> bool:
        """Return whether so much follows a phrase, and nothing to its reader, that it is hardly all of its kind."""
        keys = self.layout.keys[self.layout.word_at(end) : self.layout.word_at(stop)]
        reader = self.book.words["reader"]
        return len(keys) > _STRAY and not any(key in reader for key in keys)

    def _finished(self, end: int, stop: int, words: int) -> bool:
        """Return whether a phrase of so many *words* is complete at *end* and a sentence of its own begins there."""
        layout = self.layout
        after = layout.word_at(end)
        rest = layout.word_at(stop) - after
        if words < 2 or rest < 5 or layout.text[end : layout.starts[after]].strip() or layout.text[end - 1] in ":-|":
            return False
        if (
            not layout.text[layout.starts[after]].isupper()
            or layout.keys[after - 1] in self.function - self.book.words["final"]
        ):
            return False
        if layout.keys[after] in POLITE:
            return False
        reader = self.book.words["reader"]
        return layout.ends_well((end, stop)) and not any(key in reader for key in layout.keys[after : after + rest])

    def _is_speech(self, begin: int, stop: int) -> bool:
        """Return whether the sentence reports what somebody says: a page speaks for itself."""
        layout = self.layout
        speech = self.book.words["speech"]
        return any(key in speech for key in layout.keys[layout.word_at(begin) : layout.word_at(stop)])

    def _headline(self, use: Use, found: Found) -> Cut | None:
        left, end, _, line, fresh, words = found
        layout = self.layout
        text = layout.text
        separator = _SEPARATOR.match(text, end, line[1])
        if use.caps and ((separator is None and text[end - 1] != ":") or not text[left:end].strip()[:1].isupper()):
            return None
        stop = separator.end() if separator else end
        rest = text[stop : min(line[1], stop + 60)].lstrip()
        begins = layout.blank(line[0], left)
        if not rest:
            return Cut(left, line[1], use.kind, use.id, 0.95, "ends its line") if fresh else None
        marked = separator is not None or text[end - 1] == ":"
        if use.caps and use.kind == "read_also" and rest[0].islower():
            return None
        if not marked and (rest[0].islower() or rest[0] in ",;.-–'’%"):
            return None
        if not fresh and (words < 2 or not marked):
            return self._phrase(use, found) if words > 2 else None
        if begins and line[1] - left <= _LINE_MAX and (marked or words >= 2):
            last = layout.unit_at(line[1] - 1)
            inner = last - layout.unit_at(stop)
            paragraph = inner and layout.is_prose(layout.sentences[last], self.function)
            if marked and inner <= 1 and not paragraph:
                return Cut(left, line[1], use.kind, use.id, 0.95, "opens a line with a headline")
            if not marked and not inner and not layout.ends_well(line):
                return Cut(left, line[1], use.kind, use.id, 0.95, "opens a line with a headline")
        closing = self._closing(stop, line)
        if closing is not None:
            return Cut(left, closing, use.kind, use.id, 0.93, "opens a headline that ends with its own frame")
        if not marked and not text[left:end].isupper() and words < 2:
            return None
        here = layout.unit_at(stop)
        unit_end = min(layout.sentences[here][1], line[1])
        seam = split(layout, stop, unit_end, self.book.words, -2.0 if marked and not layout.fragment else 0.0)
        if seam is not None:
            end = self._more_headlines(seam[0], unit_end, line)
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
        if marked or text[left:end].isupper() or rest[0] in QUOTES:
            return Cut(left, stop, use.kind, use.id, 0.75, "has lost its headline")
        return None

    def _more_headlines(self, start: int, stop: int, line: tuple[int, int]) -> int:
        """Return where further headlines behind the first end: what has a seam after it is no sentence either.

        Nor is what ends the line without an end mark.
        """
        for _ in range(3):
            function = self.layout.keys[self.layout.word_at(start)] in self.function
            seam = split(self.layout, start, stop, self.book.words, 2.0 if function else 1.0)
            if seam is None or self.layout.word_at(seam[0]) - self.layout.word_at(start) < 4:
                break
            start = seam[0]
        rest = self.layout.word_at(stop) - self.layout.word_at(start)
        last = stop == line[1] and not self.layout.fragment and rest <= _STRAY
        return stop if last and not self.layout.ends_well((start, stop)) else start

    def _closing(self, start: int, line: tuple[int, int]) -> int | None:
        """Return where the phrase that ends a headline from *start* ends, if there is one near."""
        layout = self.layout
        first = place = layout.word_at(start)
        last = min(len(layout.keys), first + LONGEST + 8)
        found: int | None = None
        while place < last and layout.starts[place] < line[1]:
            position = layout.starts[place]
            if found is not None and position > found + 3:
                break
            end = self._end_phrase(place, line[1])
            if end is None:
                place += 1
                continue
            if place - first >= 2:
                found = end + layout.text.startswith(")", end)
            else:
                # "Article reserved for our subscribers" may come before the headline.
                first = layout.word_at(end)
            place = max(place + 1, layout.word_at(end))
        return found

    def _end_phrase(self, place: int, line_end: int) -> int | None:
        """Return where the phrase at word *place* ends that ends a headline; None where there is none."""
        layout = self.layout
        position = layout.starts[place]
        if not layout.text[position].isupper() and layout.text[position - 1] not in "(|":
            return None
        ends = [0]
        for use in layout.uses(self.book.rules, place):
            match = use.frame.pattern.match(layout.lower, position, line_end) if use.take == "end" else None
            if match is not None:
                ends.append(match.end())
        return max(ends) or None

    def _list(self, use: Use, found: Found) -> Cut | None:
        left, end, _, line, fresh, _ = found
        if fresh and self._whole(left, end, line):
            return Cut(left, line[1], use.kind, use.id, 0.96, "heads a list of links")
        if use.frame.open_end:
            return None
        closing = self._closing(end, line)
        if fresh and closing is not None and ". " not in self.layout.text[end:closing]:
            return Cut(left, closing, use.kind, use.id, 0.9, "heads a headline that ends with its own frame")
        return None if self._goes_on(end, found.unit) else self._phrase(use, found)

    def _goes_on(self, end: int, unit: int) -> bool:
        """Return whether what follows a phrase that ends at *end* makes a sentence with it."""
        layout = self.layout
        stop = layout.sentences[unit][1]
        begins = layout.text[end:stop].lstrip()[:1].isalpha()
        return begins and layout.text[stop - 1] == "." and split(layout, end, stop, self.book.words) is None

    def _byline(self, use: Use, found: Found) -> Cut | None:
        left, end, _, line, fresh, words = found
        text = self.layout.text
        if left > line[0] + 2 or not fresh or (not text[left].isupper() and text[left] not in "(-–—•"):
            return None
        rest = text[end : min(line[1], end + 240)]
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
