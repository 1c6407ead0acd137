"""The captions before picture credits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tamis_boilerplate.headline import split
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.learned import captions
from tamis_boilerplate.learned import root
from tamis_boilerplate.names import Names

#: A caption neither quotes at length nor speaks to its reader, as German does with a capital "Sie".
_SPEECH: Final = re.compile(r"[“«\"][^”»\"]{25}|\w\sSie\s")
_QUOTES: Final = '“”"«»„'
_DATED: Final = re.compile(
    r"(?<![\w:–-])\d{4}\.?\s*$|(?<![\w:–-])\d{1,2}(?:st|nd|rd|th)?\.?\s*$|\((?:left|right|l|r|c|center|centre|links|rechts|gauche|droite|izq|der|back|front)\.?\)"
)
#: Endings of finite verbs in Spanish and Portuguese, Italian, Polish and Russian.
_FINITE: Final = (
    *("aron", "ieron", "aban", "aram", "eram", "iram", "avam", "iam", "arono", "irono", "avano", "evano", "ivano"),
    *("ła", "ło", "ły", "łam", "łem", "лись"),
)
#: Who stands where: "Jodie Tolland with the traps", "Anna Berger bei der Ankunft".
_SHOWN: Final = re.compile(
    r"(?:[^\W\d_a-z][\w'’.-]+\s){2,4}(?:with|in|at|on|during|outside|inside|before|after|and her|and his|poses?|speaks?"
    r"|arrives?|holds?|celebrates?|walks?|stands?|sits?|leaves?|waves?|looks?|mit|im|bei|beim|am|vor|auf|während|avec"
    r"|lors|dans|devant|con|en|durante|ante|nel|nella|davanti|com|em|no|na|met|bij|tijdens|w|podczas|na)\s"
)
#: A bracket that names a picture and whose it is: "(Photo: X)", "[Image by X]".
_LABELLED: Final = re.compile(r"[(\[][^():]{0,30}(?::|\b(?:by|courtesy|credit|via)\b)", re.IGNORECASE)
CAPTION_MAX: Final = 420
#: A caption has at most so many words.
_WORDS: Final = 45
#: The scores above which a sentence is a caption whatever it looks like, in the midst of a text, at its beginning, at
#: its end; and below which it is none.
_CAPTION: Final = 1.4
_FIRST: Final = 2.2
_LAST: Final = 4.5
_REPORT: Final = -2.0
#: Where no verb is known that it holds, so much must speak for it.
_PLAIN: Final = 0.0
#: Without an end mark it is sooner a sentence into which the credit fell, if it scores less.
_UNENDED: Final = -1.5


def features(layout: Layout, start: int, end: int, finite: frozenset[str], verb: frozenset[str]) -> list[str]:
    """Return what describes *start*:*end* as a caption or a report: its words, its ends, its verbs, its capitals."""
    first, last = layout.word_at(start), layout.word_at(end)
    keys = layout.keys[first : min(last, first + _WORDS)]
    if not keys:
        return []
    found = [f"w:{key}" for key in dict.fromkeys(keys)]  # in one order, for the sum of what they weigh
    found += [f"p:{part}" for part in dict.fromkeys(map(root, keys)) if part]
    found += [f"s:{keys[0]}", f"s:{' '.join(keys[:2])}", f"z:{keys[-1]}", f"n:{min(len(keys) // 3, 9)}"]
    found.append(f"finite:{not finite.isdisjoint(keys)}")
    found.append(f"verb:{not verb.isdisjoint(keys)}")
    found.append(f"ing:{any(key.endswith('ing') for key in keys[1:6])}")
    found.append(f"ed:{any(key.endswith('ed') for key in keys)}")
    large = sum(layout.text[layout.starts[place]].isupper() for place in range(first, first + len(keys)))
    found.append(f"large:{5 * large // len(keys)}")
    found.append(f"quote:{any(mark in layout.text[start:end] for mark in _QUOTES)}")
    return found


class Captions(Names):
    """Find where the caption before a credit begins."""

    first_line: int

    def _caption(self, start: int, line: tuple[int, int], last: bool, name: str | None, rule: str) -> int:
        """Return where the caption before *start* begins; *start* itself where there is none."""
        layout = self.layout
        if layout.blank(line[0], start):
            return start
        first, unit = layout.unit_at(line[0]), layout.unit_at(start - 2)
        begin, end = layout.sentences[unit]
        if begin >= start:
            return start
        number = layout.line_at(line[0])
        if start - line[0] <= CAPTION_MAX:
            units = 0 if start - line[0] > 320 else 2
            if last and unit - first <= units and len(layout.lines) > 1:
                return line[0]
            if number == self.first_line and number > 0 and unit - first <= 2:
                return line[0]
        if number == 0 and unit == first and begin == line[0] and rule == "common.credit" and name:
            # A title glued to its picture's caption: whatever stands between it and the credit is the caption.
            seam = split(layout, begin, min(end, start), self.book.words, -1.0)
            if seam is not None and end >= start - 2 and layout.word_at(seam[0]) - layout.word_at(begin) > 2:
                shown = layout.keys[layout.word_at(seam[0]) : layout.word_at(start)]
                if name.isupper() or self._verbless(shown):
                    return seam[0]
        words = layout.keys[layout.word_at(begin) : layout.word_at(start)]
        if words[:1] and words[0] in self.book.credits.firsts and layout.text[begin + len(words[0])] == ":":
            return begin if len(words) <= _WORDS else start
        dated = _DATED.search(layout.text, begin, start) is not None
        # English pages write "(Photo: X)" behind a caption, others behind a paragraph as well.
        bracketed = rule in ("en.credit", "common.bracket") and _LABELLED.match(layout.text, start) is not None
        score = self._score(begin, start)
        if score < _FIRST and self.book.words["speech"].intersection(words):
            return start
        stop = begin + len(layout.text[begin:start].rstrip())
        unended = begin > line[0] and not layout.ends_well((begin, stop))
        function = self.book.words["function"] - self.book.words["final"]
        if unended and (not words or words[-1] in function or score < _UNENDED):
            return start  # the credit stands inside a sentence
        if score < _REPORT and not bracketed:
            return start
        placed = len(words) <= 24 and _SHOWN.match(layout.text, begin, start) is not None
        # The first sentence of a text on one line is its lede sooner than a caption; the credit that ends a text is
        # its own sooner than its last sentence's.
        lede = unit == 0 and begin == layout.lines[0][0]
        short = not lede and len(words) <= 16 and score > _PLAIN
        looks = bool(dated or bracketed or unended or (short and (placed or self._verbless(words))))
        caption = looks or score > (_LAST if last else _FIRST if lede else _CAPTION)
        if len(words) <= _WORDS and caption and not _SPEECH.search(layout.text, begin, start):
            return begin
        return start

    def _score(self, begin: int, stop: int) -> float:
        """Return how much *begin*:*stop* is worded as captions are, as log odds."""
        words = self.book.words
        names = features(self.layout, begin, stop, words["finite"], words["verb"])
        table = captions()
        return table["bias"] + sum(table.get(name, 0.0) for name in names)

    def _verbless(self, words: Sequence[str]) -> bool:
        """Return whether *words* hold no finite verb that the packs know, by word or by ending."""
        finite, verb = self.book.words["finite"], self.book.words["verb"]
        return not any(
            word.rpartition("'")[2] in finite
            or word in verb
            or word.endswith(_FINITE)
            or (len(word) > 4 and word.endswith("ed"))
            for word in words
        )
