"""The captions before picture credits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tamis_boilerplate.headline import split
from tamis_boilerplate.names import Names

#: A caption neither quotes at length nor speaks to its reader, as German does with a capital "Sie".
_SPEECH: Final = re.compile(r"[“«\"][^”»\"]{25}|\w\sSie\s")
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
        dated = _DATED.search(layout.text, begin, start) is not None
        # English pages write "(Photo: X)" behind a caption, others behind a paragraph as well.
        bracketed = rule in ("en.credit", "common.bracket") and _LABELLED.match(layout.text, start) is not None
        if self.book.words["speech"].intersection(words):
            return start
        stop = begin + len(layout.text[begin:start].rstrip())
        unended = begin > line[0] and not layout.ends_well((begin, stop))
        placed = len(words) <= 24 and _SHOWN.match(layout.text, begin, start) is not None
        # The first sentence of a text on one line is its lede sooner than a caption.
        lede = unit == 0 and begin == layout.lines[0][0]
        if (
            len(words) <= (45 if dated or bracketed or unended else 16)
            and (dated or bracketed or unended or (not lede and (placed or self._verbless(words))))
            and not _SPEECH.search(layout.text, begin, start)
        ):
            return begin
        return start

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
