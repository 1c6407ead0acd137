"""Lines known by their shape alone: dates, menus with separators, addresses, a link that says whom it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|\+?\(?\d[\d\s()/.-]{6,20}\d|[@#]\w{2,30}(?:\s+[@#]\w{2,30})*"
)
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.\w")
#: A line that only tells where to write has at most so many words.
_CONTACT: Final = 14
_SIGNED: Final = re.compile(
    r"\((?:(?:with|avec|mit|con|com|from|de|z)\s)?([A-Za-zÀ-ž][\w./ -]{1,30})\)\.?$", re.IGNORECASE
)


#: A player's clock, and the prices of a ticker: in the middle of a text too.
_STRIPS: Final = (
    (
        re.compile(
            r"\d{1,2}:\d\d(?::\d\d)?\s?(?:/|of|von|de|sur|di|z)\s?\d{1,2}:\d\d(?::\d\d)?(?:\s[Vv]olume\s\d{1,3}\s?%)?"
        ),
        ":",
        "av_player",
        "common.clock",
        "is the clock of a player",
    ),
    (
        re.compile(
            r"(?:[A-ZÀ-Ý][\w&.]{1,20}(?:\s[\w&.]{1,20}){0,2}\s[\d.,]{2,12}\s{1,2}[+−-]\s?\d{1,3}[.,]\d{1,3}\s?%\s{0,2}){2,40}"
        ),
        "%",
        "live_nav",
        "common.ticker",
        "is a row of prices",
    ),
)
_AGENCIES: Final = re.compile(
    r"(?:[A-Z]{2,6}|dpa|epd|sda|apa|kna|rtr|afp|ap)(?:\s?[/,]\s?(?:[A-Z]{2,6}|[a-z]{2,6}|[A-Z][a-z]{2,10})){1,3}\.?"
)
_TWEET: Final = re.compile(r"[—–-]\s?[^()\n]{1,60}\(@\w{1,30}\)\s")
_ARROWS: Final = re.compile(r"(?:>>|>|»|›|→|►|▶|➡|👉|➜|▸)\ufe0f?\s?(?=\w)")


def shaped(layout: Layout, book: Book) -> list[Cut]:
    """Return what is furniture by its shape: lines, a player's clock, a ticker."""
    cuts: list[Cut] = []
    for line in layout.fresh_lines():
        cut = _signed(layout, line) if line[1] - line[0] > _LONGEST else _short(layout, line, book)
        if cut is not None:
            cuts.append(cut)
    for start, end in layout.fresh:
        for pattern, sign, kind, rule, why in _STRIPS:
            found = filter(None, (_opens(layout, pattern, unit) for unit in _units_with(sign, layout, start, end)))
            cuts += [Cut(*match.span(), kind, rule, 0.8, why) for match in found]
    return cuts


def _units_with(sign: str, layout: Layout, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences with *sign* in them that begin in *start*:*end*."""
    place = layout.text.find(sign, start, end)
    while place >= 0:
        begin, stop = layout.sentences[layout.unit_at(place)]
        if start <= begin:
            yield begin, stop
        place = layout.text.find(sign, max(stop, place + 1), end)


def _opens(layout: Layout, pattern: re.Pattern[str], unit: tuple[int, int]) -> re.Match[str] | None:
    """Return the match of *pattern* that begins the sentence *unit*, if a capital or nothing follows it."""
    text = layout.text
    start, end = unit
    while start < end and text[start] in " |•·":
        start += 1
    match = pattern.match(text, start, end)
    if match is None:
        return None
    rest = text[match.end() : match.end() + 3].strip()
    return match if not rest or rest[0].isupper() or text[match.end() - 1].isspace() else None


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
    if len(text) < 40 and _AGENCIES.fullmatch(text.strip("()[] ")):
        return Cut(line[0], line[1], "source", "common.agencies", 0.8, "names agencies and nothing else")
    if (
        "°" in text
        and len(keys) <= 20
        and not layout.ends_well(line)
        and not any(key in book.words["function"] for key in keys)
    ):
        return Cut(line[0], line[1], "live_nav", "common.weather", 0.75, "is a row of temperatures")
    quoted = text[0] in "»›" and ("«" in text or "‹" in text)
    if _ARROWS.match(text) and not quoted and not layout.ends_well(line) and 3 <= len(keys) <= 25:
        return Cut(line[0], line[1], "read_also", "common.arrow", 0.75, "is a link behind an arrow")
    if len(keys) <= _CONTACT and "@" in text and _MAIL.search(text) and not any(mark in text for mark in '“”"«»'):
        return Cut(line[0], line[1], "share", "common.contact", 0.7, "tells where to write")
    if is_address(text):
        return Cut(line[0], line[1], "live_nav", "common.address", 0.85, "is only an address")
    if keys[-1] in ("newsletter", "newsletters") and len(keys) <= 5 and not layout.ends_well(line):
        return Cut(line[0], line[1], "newsletter", "common.newsletter", 0.8, "names a newsletter")
    parts = [part for part in _PARTS.split(text) if part.strip()] if _PARTED.search(text) else [text]
    if len(parts) > 1 and layout.is_row(layout.line_at(line[0])):
        return None
    if len(parts) >= 3 and all(len(part.split()) <= 4 for part in parts) and not layout.ends_well(line):
        return Cut(line[0], line[1], "live_nav", "common.menu", 0.85, "is a row of links")
    if len(parts) == 2 and len(keys) <= 8 and any(_known(layout, book, part, line, text) for part in parts):
        return Cut(line[0], line[1], "live_nav", "common.menu", 0.8, "is a row of links")
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


def is_address(text: str) -> bool:
    """Return whether *text* is an address of the web, of mail, of a telephone or of a network, and nothing else."""
    return _ADDRESS.fullmatch(text.strip(" .:;,()[]→»")) is not None


def _known(layout: Layout, book: Book, part: str, line: tuple[int, int], text: str) -> bool:
    """Return whether one part of a row of links is a phrase that the rules know."""
    start = line[0] + text.find(part)
    place = layout.word_at(start)
    if place >= len(layout.keys):
        return False
    end = start + len(part)
    for use in layout.uses(book.rules, place):
        match = use.frame.pattern.match(layout.lower, layout.starts[place], end)
        if (
            match is not None
            and use.take in ("phrase", "list", "end")
            and not layout.text[match.end() : end].strip(" :.!")
        ):
            return True
    return False


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
