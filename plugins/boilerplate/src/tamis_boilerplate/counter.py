"""Paywall counters: "You have 42.14% of this article left to read", in any wording and any order.

A counter is known by what it is made of: a figure, a word for the thing, a word that something is left, and nearly
nothing else. So neither the order of its words nor the translator's choice among them matters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from typing import NamedTuple

from tamis_boilerplate.book import Book
from tamis_boilerplate.frames import NUMBER
from tamis_boilerplate.layout import Layout

_PERCENT: Final = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,3})?)\s?(?:%|٪|(?:percent|per cent|pct|prozent|pour cent|por ciento|per cento"
    r"|por cento"
    r"|procent|процент\w*|відсотк\w*)(?!\w))"
)
_FIGURE: Final = re.compile(r"(?<![\d.,])\d{1,5}(?![\d.,]*\d)")
_LONGEST: Final = 180


class Counter(NamedTuple):
    """A counter: its span, the share that is left (None where it counts words or minutes), how it was known."""

    start: int
    end: int
    percent: float | None
    next_unit: int


def counters(layout: Layout, book: Book, figures: Sequence[int]) -> list[Counter]:
    """Return the counters around the words *figures*, with the sentences about subscribers that follow them."""
    found: list[Counter] = []
    if _MEASURES.isdisjoint(layout.pieces) and not any(sign in layout.lower for sign in _SHARES):
        return found
    words = book.words
    seen = -1
    for place in figures:
        unit = layout.unit_at(layout.starts[place])
        if unit == seen:
            continue
        seen = unit
        if not _measured(layout, unit):
            continue
        span = _counter(layout, book, place, unit)
        if span is None:
            continue
        start, end, percent = span
        after = unit + 1
        line = layout.lines[layout.line_at(start)]
        while end >= layout.sentences[unit][1] and after < len(layout.sentences) and after <= unit + 3:
            begin, stop = layout.sentences[after]
            keys = layout.keys[layout.word_at(begin) : layout.word_at(stop)]
            near = begin < line[1] or stop - begin < 120
            if not near or len(keys) > 26 or not any(word in words["paywall"] for word in keys):
                break
            if not layout.ends_well((begin, stop)) and stop < line[1]:
                break
            end, after = stop, after + 1
            line = layout.lines[layout.line_at(begin)]
        found.append(Counter(start, end, percent, after))
    return found


def _counter(layout: Layout, book: Book, place: int, unit: int) -> tuple[int, int, float | None] | None:
    """Return the counter around the figure at word *place*: the stretch of its vocabulary on both sides."""
    words = book.words
    begin, stop = layout.sentences[unit]
    vocabulary = words["counter"], words["paywall"]
    keys = layout.keys
    first = last = place
    floor, ceiling = layout.word_at(begin), layout.word_at(stop)
    while first > floor and place - first < 14 and _fits(keys[first - 1], vocabulary):
        first -= 1
    misses = 0
    index = place + 1
    while index < ceiling and index - place < 24 and misses < 3:
        if _fits(keys[index], vocabulary):
            last, misses = index, 0
        else:
            misses += 1
        index += 1
    part = keys[first : last + 1]
    if not words["speech"].isdisjoint(keys[floor:ceiling]):
        return None
    text = layout.text
    start, end = layout.starts[first], layout.ends[last]
    if first > floor and not text[start].isupper():
        return None
    if end - start > _LONGEST:
        return None
    left = sum(word in words["counter_left"] for word in set(part))
    thing = sum(word in words["counter_thing"] for word in set(part))
    if not left or not thing or len(part) < 4 or left + thing < 2:
        return None
    if first > floor and begin < start and text[begin:start].strip()[-1:] in '“"«,;:(':
        return None
    match = _PERCENT.search(layout.lower, start, min(end + 2, stop))
    if match is None and not any(word in _UNITS for word in part):
        return None
    rest = keys[last + 1 : ceiling]
    if len(rest) <= 2 or (len(rest) <= 16 and any(word in words["paywall"] for word in rest)):
        end = stop
    else:
        following = text[layout.starts[last + 1]]
        if not following.isupper():
            return None
        while end < stop and text[end] in " .!…:;":
            end += 1
    if first == floor:
        start = begin
    if any(mark in text[start:end] for mark in '“”"«»'):
        return None
    percent = float(match.group(1).replace(",", ".")) if match else None
    if percent is not None and match is not None:
        before = layout.keys[first : layout.word_at(match.start())]
        read = words["counter_read"]
        left_before = any(word in words["counter_left"] - words["counter_thing"] for word in before)
        if (any(word in read for word in before) and not left_before) or any(
            word in read - words["counter_thing"] for word in part
        ):
            # "You have read 46% of this article": what is left is the rest.
            percent = round(100 - percent, 6)
    if percent is not None and percent > 100:
        return None
    return start, end, percent


_UNITS: Final = frozenset(
    [
        "minutes",
        "minute",
        "words",
        "word",
        "characters",
        "lines",
        "paragraphs",
        "mots",
        "mot",
        "minuten",
        "worter",
        "woerter",
        "zeichen",
        "minutos",
        "palabras",
        "minuti",
        "parole",
        "palavras",
        "woorden",
        "minut",
        "slow",
        "слов",
        "минут",
    ]
)


#: One of these words or signs is in every counter.
_MEASURES: Final = _UNITS | {"percent", "cent", "pct", "prozent", "ciento", "cento", "procent"}
_SHARES: Final = ("%", "٪", "процент", "відсотк")


def _measured(layout: Layout, unit: int) -> bool:
    """Return whether the sentence holds what no counter lacks: a share, or a measure of texts."""
    begin, stop = layout.sentences[unit]
    if any(layout.lower.find(sign, begin, stop) >= 0 for sign in _SHARES):
        return True
    return not _MEASURES.isdisjoint(layout.keys[layout.word_at(begin) : layout.word_at(stop)])


_SIGNS: Final = frozenset((NUMBER, "percent", "cent", "pct", "prozent", "ciento", "cento", "per"))


def _fits(word: str, vocabulary: tuple[frozenset[str], frozenset[str]]) -> bool:
    return word in vocabulary[0] or word in vocabulary[1] or word in _SIGNS
