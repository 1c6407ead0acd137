"""Lines known by their shape alone: dates, menus with separators, posts, live pages, who may read, who signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tamis_boilerplate.book import Book
from tamis_boilerplate.book import agencies
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.frames import NUMBER
from tamis_boilerplate.layout import Layout

_LONGEST: Final = 240
_PARTED: Final = re.compile(r"[|•·/»›>∙⋅‧–—]")
_PARTS: Final = re.compile(r"\s+[|•·/»›>∙⋅‧–—]\s+|\s*[|•·›∙⋅‧]\s*")
_SIGNED: Final = re.compile(
    r"\((?:(?:with|avec|mit|con|com|from|de|z)\s)?([A-Za-zÀ-ž][\w./ -]{1,30})\)\.?$", re.IGNORECASE
)
_TWEET: Final = re.compile(r"[—–-]\s?[^()\n]{1,60}\(@\w{1,30}\)\s")


def shaped(layout: Layout, book: Book) -> list[Cut]:
    """Return the lines that are furniture by their shape."""
    cuts: list[Cut] = []
    for line in layout.fresh_lines():
        cut = _signed(layout, line) if line[1] - line[0] > _LONGEST else _short(layout, line, book)
        if cut is not None:
            cuts.append(cut)
    return cuts


def _short(layout: Layout, line: tuple[int, int], book: Book) -> Cut | None:
    text = layout.text[line[0] : line[1]]
    first, last = layout.word_at(line[0]), layout.word_at(line[1])
    keys = layout.keys[first:last]
    if not keys:
        return None
    if len(keys) <= 16 and _is_date(keys, book) and not _ends_sentence(layout, line):
        return Cut(line[0], line[1], "live_nav", "common.date", 0.9, "only says when")
    if "pic.twitter.com/" in text or ("(@" in text and _TWEET.search(text)):
        return Cut(line[0], line[1], "share", "common.tweet", 0.75, "is a post of a network")
    parts = [part for part in _PARTS.split(text) if part.strip()] if _PARTED.search(text) else [text]
    if len(parts) > 1 and layout.is_row(layout.line_at(line[0])):
        return None
    if len(parts) >= 3 and all(len(part.split()) <= 4 for part in parts) and not layout.ends_well(line):
        return Cut(line[0], line[1], "live_nav", "common.menu", 0.85, "is a row of links")
    if text.startswith("+++") and any(word in text.lower() for word in ("live", "ticker")):
        return Cut(line[0], line[1], "live_nav", "common.plus", 0.8, "announces a live page between plus signs")
    ending = _for_members(layout, line, first, last, book)
    return ending or _signed(layout, line)


def _ends_sentence(layout: Layout, line: tuple[int, int]) -> bool:
    """Return whether *line* ends a sentence that the line before it began, as where a text is wrapped."""
    if line[0] == 0 or layout.text[line[1] - 1] != ".":
        return False
    before = layout.lines[layout.line_at(line[0] - 1)]
    return before[1] == line[0] - 1 and before[1] - before[0] > 40 and not layout.ends_well(before)


def _is_date(keys: Sequence[str], book: Book) -> bool:
    words = book.words
    if not all(key == NUMBER or key in words["date"] for key in keys):
        return False
    figures = keys.count(NUMBER)
    core = any(key in words["date_core"] for key in keys)
    return (figures > 0 and core) or (figures == len(keys) and figures <= 4)


def _for_members(layout: Layout, line: tuple[int, int], first: int, last: int, book: Book) -> Cut | None:
    """Return the cut of a headline that ends with a phrase such as "(for subscribers)"."""
    if last - first > 24 or layout.ends_well(line):
        return None
    for place in range(max(first + 2, last - 7), last):
        for use in layout.uses(book.rules, place) if layout.keys[place] in book.rules.ending else ():
            if use.take != "end":
                continue
            match = use.frame.pattern.match(layout.lower, layout.starts[place], line[1])
            before = layout.text[layout.ends[place - 1] : layout.starts[place]].strip()
            if match is not None and before and layout.word_at(match.end()) >= last:
                return Cut(line[0], line[1], use.kind, use.id, 0.8, "is a headline that says whom it is for")
    return None


def _signed(layout: Layout, line: tuple[int, int]) -> Cut | None:
    """Return the cut of an agency in brackets that signs a line, as `(AFP)`."""
    match = _SIGNED.search(layout.text, max(line[0], line[1] - 50), line[1])
    if match is None:
        return None
    place = layout.word_at(match.start(1))
    names = [tuple(layout.keys[place:end]) for end in range(place + 1, min(place + 4, len(layout.keys) + 1))]
    whole = layout.word_at(match.end(1)) - place
    known = agencies().get(layout.keys[place], ()) if place < len(layout.keys) else ()
    if whole < 1 or whole > 3 or names[whole - 1] not in known:
        return None
    return Cut(match.start(), line[1], "source", "common.signed", 0.8, match.group(1))
