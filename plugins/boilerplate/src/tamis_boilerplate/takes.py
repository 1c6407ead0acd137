"""How far a cut reaches from the phrase that gives it away: the phrase, its sentence, a headline, a list, names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from tamis_boilerplate.book import Use
from tamis_boilerplate.cut import SAYS_SO
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.cut import Found
from tamis_boilerplate.headline import POLITE
from tamis_boilerplate.headline import split
from tamis_boilerplate.inserts import QUOTES
from tamis_boilerplate.inserts import Inserts

_BRACKETS: Final = re.compile(r"\([^()]{0,80}\)")
#: So many words after a phrase are hardly all of its kind.
_STRAY: Final = 14
_SENTENCE_MAX: Final = 420


Taker = Callable[[Use, Found], Cut | None]


_TAKERS = {
    "phrase": "_phrase",
    "end": "_phrase",
    "sentence": "_sentence",
    "headline": "_headline",
    "list": "_list",
    "byline": "_byline",
}


class Takes(Inserts):
    """The ways to take, by the name that rules give them; each returns a cut, or None where nothing can be cut."""

    def taker(self, name: str) -> Taker:
        """Return what takes the stretch of a rule with `take: name`; a table of bound methods would be a cycle."""
        found: Taker = getattr(self, _TAKERS[name])
        return found

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
        if not fresh and begin == left and self._interrupts(left, end, unit):
            return Cut(begin, end, use.kind, use.id, 0.75, "stands inside a sentence")
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
        return Cut(begin, stop, use.kind, use.id, 0.95 if whole else 0.88, SAYS_SO)

    def _interrupts(self, left: int, end: int, unit: int) -> bool:
        """Return whether a sentence that has begun before *left* goes on at *end*, in small letters."""
        layout = self.layout
        before = layout.word_at(left) - layout.word_at(max(layout.sentences[unit][0], self.done))
        after = layout.word_at(end)
        return before > 5 and after < len(layout.keys) and layout.text[layout.starts[after]].islower()

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
        if not layout.text[layout.starts[after]].isupper() or (
            layout.keys[after - 1] in self.function and layout.keys[after - 1] not in self.book.words["final"]
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
