"""The lists of links under a heading such as "Related posts", and the title line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence
from functools import cache
from typing import Final

from tamis_boilerplate.cut import Cut
from tamis_boilerplate.headline import split
from tamis_boilerplate.layout import Layout

_LINK_MAX: Final = 190
_MOST: Final = 40
#: What ends a text on one line has at most so many words.
_PIECE: Final = 12
_BULLETS: Final = ("•", "▪", "►")
_BULLET: Final = re.compile(r"[\s:]*[•▪►]\s+(?=\S)")
#: A kicker before the title, or the name behind it, has at most so many words.
_KICKER: Final = 4
_ENDED: Final = re.compile(r"(?:(?<![.…])[.!][\"'”“’»«)\]]*|[;:,])$")
_STOP: Final = re.compile(r"(?<![.…])[.;:,]$")


def is_link(layout: Layout, line: tuple[int, int], function: frozenset[str]) -> bool:
    """Return whether *line* could be a headline in a list of links: short, and no sentence."""
    if line[1] - line[0] > _LINK_MAX or (layout.is_prose(line, function) and layout.text[line[1] - 1] != "?"):
        return False
    return not _ends(layout, line)


def _ends(layout: Layout, line: tuple[int, int]) -> bool:
    """Return whether *line* ends as a sentence: the last links of a list do not."""
    return _ENDED.search(layout.text, max(line[0], line[1] - 4), line[1]) is not None


def under(layout: Layout, heading: Cut, index: int, function: frozenset[str]) -> list[Cut]:
    """Return the cuts for the links under *heading*, which is line *index*."""
    lines = layout.lines
    last = index
    while last + 1 < len(lines) and last - index < _MOST and is_link(layout, lines[last + 1], function):
        last += 1
    before = layout.prose_before(index, function)
    if last + 1 < len(lines) and not before:
        # Before the article the last short line is its title.
        last -= 1
    if before and not layout.prose_from(last + 1, function) and last - index < _MOST:
        while last + 1 < len(lines) and not _ends(layout, lines[last + 1]):
            last += 1
    return [
        Cut(line[0], line[1], heading.kind, heading.rule, 0.85, "is a link under such a heading")
        for line in lines[index + 1 : last + 1]
    ]


def numbered(layout: Layout, heading: Cut, words: Mapping[str, frozenset[str]]) -> list[Cut]:
    """Return the cut for the links behind *heading* in its own line that are listed: "1. ... 2. ...", "• ... • ..."."""
    line = layout.lines[layout.line_at(heading.start)]
    text, begin = layout.text, heading.end
    begun = text[max(0, begin - 3) : begin].rstrip()[-1:] in _BULLETS  # the first bullet went with the heading
    bullets = begun or _BULLET.match(text, begin) is not None
    last = begin
    count = int(begun)
    while count < _MOST:
        match = (_BULLET if bullets else _number(count + 1)).search(text, last, min(line[1], last + _LINK_MAX))
        if match is None or (count == 0 and not layout.blank(begin, match.start())):
            break
        last, count = match.end(), count + 1
    if count < 2:
        return []
    unit = layout.unit_at(last)
    end = min(layout.sentences[unit][1], line[1])
    if layout.ends_well((last, end)) and text[end - 1] != "?":
        seam = split(layout, last, end, words, -2.0)
        end = seam[0] if seam is not None else last
    return [Cut(begin, end, heading.kind, heading.rule, 0.8, "are the numbered links behind such a heading")]


@cache
def _number(number: int) -> re.Pattern[str]:
    """Return the pattern of a link's number, before a capital, a figure or a quotation."""
    return re.compile(rf"(?<!\S){number}[.):]?\s+(?=[^\W_a-zß-öø-ÿ]|[“\"«„'‘¿¡])")


def behind(layout: Layout, heading: Cut) -> list[Cut]:
    """Return the cut for the links behind *heading* where they follow in its own line, at the end of the text."""
    line = layout.lines[layout.line_at(heading.start)]
    if line[1] != layout.lines[-1][1] or heading.start - line[0] < 100 or line[1] - heading.end < 20:
        return []
    if line[1] - heading.end > 3000:
        return []
    units = [unit for unit in layout.sentences[layout.unit_at(heading.end) :] if unit[1] > heading.end]
    ends = sum(_STOP.search(layout.text[unit[0] : unit[1]]) is not None for unit in units)
    if ends > len(units) // 3 or line[1] - heading.end > 200 + 1200 * (ends == 0):
        return []
    return [Cut(heading.end, line[1], heading.kind, heading.rule, 0.8, "is all that follows such a heading")]


def title_line(layout: Layout, known: str | None, function: frozenset[str]) -> tuple[int, int] | None:
    """Return where the title stands in the text, or None.

    It is the line that says the title known from elsewhere, perhaps with a kicker before it or a name behind it, else a
    first line that is no sentence before one that is.
    """
    lines = layout.lines
    if known is not None:
        wanted = _bare(known)
        for line in lines[:12]:
            if wanted and _bare(layout.text[line[0] : line[1]]) == wanted:
                return line[0], line[1]
        for line in lines[:12]:
            text = layout.text[line[0] : line[1]]
            more = len(text.split()) - len(known.split())
            if wanted and len(known.split()) > 2 and more <= _KICKER and _bare(text).endswith(wanted):
                return line[0], line[1]
        if wanted and lines and _bare(layout.text[lines[0][0] : lines[0][1]]).startswith(wanted):
            stop = lines[0][0]
            letters = 0
            while letters < len(wanted):
                letters += len(_bare(layout.text[stop]))
                stop += 1
            rest = layout.text[stop : lines[0][1]].lstrip()
            if rest and len(rest.split()) <= _KICKER and not layout.ends_well(lines[0]):
                return lines[0]
            if rest and not rest[0].islower():
                return lines[0][0], stop
        return None
    if len(lines) < 2:
        return None
    first = lines[0]
    text = layout.text[first[0] : first[1]]
    words = len(text.split())
    if not 3 <= words <= 32 or len(text) > 220 or text[-1] in ".;,:" or layout.is_prose(first, function):
        return None
    if not any(layout.is_prose(line, function) for line in lines[1:4]):
        return None
    return first[0], first[1]


def _bare(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def tail(layout: Layout, found: Sequence[Cut], function: frozenset[str]) -> list[Cut]:
    """Return the short lines without an end mark after the last paragraph: three of them, or any after a paywall."""
    lines = layout.lines
    begin = len(lines)
    while begin > 0 and _is_headline(layout, lines[begin - 1]):
        begin -= 1
    rest = lines[begin:]
    if not rest or not layout.prose_before(begin, function):
        return []
    closed = any(cut.kind == "paywall" and cut.end + 4 >= rest[0][0] > cut.start for cut in found)
    if (len(rest) < 3 and not closed) or 2 * sum(map(layout.is_data, rest)) >= len(rest):
        return []
    return [Cut(line[0], line[1], "related_posts", "page.tail", 0.6, "is a link after the article") for line in rest]


def last_piece(layout: Layout, found: Sequence[Cut], words: Mapping[str, frozenset[str]]) -> list[Cut]:
    """Return what ends a text on one line behind its last sentence: short, without an end mark and without a verb."""
    if len(layout.lines) > 1 or layout.fragment or len(layout.sentences) < 2:
        return []
    (start, end), before = layout.sentences[-1], layout.sentences[-2]
    first, last = layout.word_at(start), layout.word_at(end)
    if not 1 <= last - first <= _PIECE or layout.ends_well((start, end)) or not layout.ends_well(before):
        return []
    keys = layout.keys[first:last]
    if any(not words[group].isdisjoint(keys) for group in ("finite", "verb", "speech")):
        return []
    if keys[-1] in words["function"]:  # a sentence that the end of the text cuts off
        return []
    if layout.text[start].islower() or layout.text[end - 1] in ":,;-–" or any(cut.end > start for cut in found):
        return []
    return [Cut(start, end, "related_posts", "page.tail", 0.6, "ends the text behind its last sentence")]


def _is_headline(layout: Layout, line: tuple[int, int]) -> bool:
    text = layout.text[line[0] : min(line[1], line[0] + _LINK_MAX + 1)]
    return (
        len(text.split()) <= 22
        and len(text) <= _LINK_MAX
        and text[-1] not in ".;:,。?!"
        and not (text[0].islower() or layout.ends_well(line))
    )
