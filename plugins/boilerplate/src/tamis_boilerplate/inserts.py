"""Links in mid-text: the phrase that gives one away, and where the headline behind it ends."""

from __future__ import annotations

import re
from typing import Final

from tamis_boilerplate.book import Use
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.cut import Found
from tamis_boilerplate.headline import LONGEST
from tamis_boilerplate.headline import split
from tamis_boilerplate.phrases import Phrases

QUOTES: Final = frozenset("\"'“„«‚‘「『‹")
_SEPARATOR: Final = re.compile(r"\s{0,2}[:|–—›»>→\-]{1,2}(?=\s|$)\s*|\s{0,2}[:|›»→]\s{0,2}")
#: A link may stand in brackets.
_BEFORE: Final = " [(|•·-–—>»"
_LINE_MAX: Final = 260
#: So many words at the end of a line are a headline sooner than a sentence without its end.
_LAST: Final = 14


class Inserts(Phrases):
    """The ways to take a phrase with the headline behind it."""

    def _headline(self, use: Use, found: Found) -> Cut | None:
        left, end, _, line, fresh, words = found
        layout = self.layout
        text = layout.text
        separator = _SEPARATOR.match(text, end, line[1])
        if use.caps and (
            (separator is None and text[end - 1] not in ":|") or not text[left:end].lstrip(_BEFORE)[:1].isupper()
        ):
            return None
        stop = separator.end() if separator else end
        rest = text[stop : min(line[1], stop + 60)].lstrip()
        begins = layout.blank(line[0], left)
        if not rest:
            return Cut(left, line[1], use.kind, use.id, 0.95, "ends its line") if fresh else None
        marked = separator is not None or text[end - 1] in ":|"
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
        if closing is not None and ". " not in text[stop:closing]:
            return Cut(left, closing, use.kind, use.id, 0.93, "opens a headline that ends with its own frame")
        if not marked and not text[left:end].isupper() and words < 2:
            return None
        here = layout.unit_at(stop)
        unit_end = min(layout.sentences[here][1], line[1])
        if begins and not marked and unit_end == line[1] and not text[left:end].isupper():
            return None
        again = layout.lower.find(layout.lower[left:stop].rstrip(), stop, unit_end)
        if again > stop and text[again].isupper():
            return Cut(left, again, use.kind, use.id, 0.8, "opens a headline before the next such")
        sure = marked or use.kind == "caption" or (fresh and text[left:end].istitle())
        seam = split(layout, stop, unit_end, self.book.words, -0.5 if sure and not layout.fragment else 0.0)
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
        anew = words > 1 and rest[0].isupper() and layout.key_at(stop) in self.function
        if marked or anew or use.kind == "caption" or text[left:end].isupper() or rest[0] in QUOTES:
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
        last = stop == line[1] and not self.layout.fragment and rest <= _LAST
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
        if layout.keys[place] not in self.book.rules.ending:
            return None
        position = layout.starts[place]
        if not layout.text[position].isupper() and layout.text[position - 1] not in "(|":
            return None
        ends = [0]
        for use in layout.uses(self.book.rules, place):
            match = use.frame.pattern.match(layout.lower, position, line_end) if use.take == "end" else None
            if match is not None:
                ends.append(match.end())
        return max(ends) or None
