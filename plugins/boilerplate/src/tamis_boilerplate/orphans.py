"""Lines that no phrase marks: a long one without an end mark between two paragraphs is a caption or a link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tamis_boilerplate.book import Book
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.layout import Layout

#: Intertitles are shorter, paragraphs longer.
_WORDS: Final = range(9, 41)
#: In a text where nothing else goes, one of more words may be a sentence that lost its full stop.
_SURE: Final = range(9, 21)
#: "FOR MEMBERS: Ten dishes ...": a label in capitals and so many words in all.
_LABEL: Final = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,20}(?:\s[A-ZÀ-ÖØ-Þ]{2,20}){0,3}\s?:\s")
_LED: Final = 4


def orphans(layout: Layout, found: Sequence[Cut], book: Book) -> list[Cut]:
    """Return the lines without an end mark that stand alone between paragraphs, or after the last."""
    lines = layout.lines
    if len(lines) < 2:
        return []
    function = book.words["function"]
    gone = {layout.line_at(cut.start) for cut in found}
    cuts: list[Cut] = []
    for number in range(1, len(lines)):
        line = lines[number]
        if number in gone or line[1] - line[0] > 300 or not layout.text[line[0]].isalnum():
            continue
        if layout.ends_well(line) or layout.text[line[1] - 1] in ':;,”“"»«)' or layout.text[line[0]].islower():
            continue
        words = layout.word_at(line[1]) - layout.word_at(line[0])
        if layout.wraps(number):
            continue
        led = words >= _LED and _LABEL.match(layout.text, line[0], line[1]) is not None
        if (words not in (_WORDS if found else _SURE) and not led) or layout.unit_at(line[0]) != layout.unit_at(
            line[1] - 1
        ):
            continue
        before = next((index for index in range(number - 1, -1, -1) if index not in gone), None)
        after = next((index for index in range(number + 1, len(lines)) if index not in gone), None)
        if before is None or not _is_paragraph(layout, lines[before]):
            continue
        if after is not None and not _is_paragraph(layout, lines[after]):
            continue
        keys = layout.keys[layout.word_at(line[0]) : layout.word_at(line[1])]
        if not led and not any(key in function for key in keys):
            continue
        cuts.append(Cut(line[0], line[1], "caption", "shape.orphan", 0.6, "has no end mark among paragraphs that have"))
    return cuts


def _is_paragraph(layout: Layout, line: tuple[int, int]) -> bool:
    """Return whether *line* is long enough for a paragraph and ends as one."""
    return layout.word_at(line[1]) - layout.word_at(line[0]) >= _WORDS.start and layout.ends_well(line)
