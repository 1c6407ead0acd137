"""Sentences in which a page speaks of itself, known by their words where no frame fits."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from functools import cache
from typing import Final

from tamis_boilerplate.book import Book
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.frames import plain
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.rules import read_pack

_LEAST: Final = 4
_SHARE: Final = 0.2
_SPEECH: Final = frozenset('“”«»„"')


@cache
def points() -> tuple[Mapping[str, Mapping[str, int]], frozenset[str]]:
    """Return what each word counts for which kind, and the words with which a page speaks to its reader."""
    table: dict[str, dict[str, int]] = {}
    listed = read_pack("vocabulary")["vocabulary"]
    for kind, words in listed.items():
        if kind == "you":
            continue
        for strength, value in (("weak", 1), ("strong", 2)):
            for word in words[strength].split():
                table.setdefault(plain(word), {})[kind] = value
    return table, frozenset(map(plain, listed["you"].split()))


def spoken(layout: Layout, found: Sequence[Cut], book: Book, places: Sequence[int]) -> list[Cut]:
    """Return the sentences around the words *places* in which a page speaks of itself."""
    table, you = points()
    keys = layout.keys
    cuts: list[Cut] = []
    seen, at = -1, 0
    taken = sorted((cut.start, cut.end) for cut in found)
    speech = book.words["speech"]
    for place in places:
        unit = layout.unit_at(layout.starts[place])
        if unit == seen:
            continue
        seen = unit
        start, end = layout.sentences[unit]
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if end - start > 330 or (at < len(taken) and taken[at][0] < end):
            continue
        first, last = layout.word_at(start), layout.word_at(end)
        if not 4 <= last - first <= 45:
            continue
        part = keys[first:last]
        if any(key in speech for key in part) or any(mark in _SPEECH for mark in layout.text[start:end]):
            continue
        kind, score = _best(part, table)
        addressed = sum(key in you for key in set(part))
        if not addressed or score + min(addressed, 2) < _LEAST + 1 or score < _SHARE * (last - first):
            continue
        cuts.append(Cut(start, end, kind, "vocabulary." + kind, 0.7, "speaks to the reader of the page itself"))
    return cuts


def _best(part: Sequence[str], table: Mapping[str, Mapping[str, int]]) -> tuple[str, int]:
    scores: dict[str, int] = {}
    for key in dict.fromkeys(part):
        for kind, value in table.get(key, {}).items():
            scores[kind] = scores.get(kind, 0) + value
    strong = {kind for key in part for kind, value in table.get(key, {}).items() if value == 2}
    scores = {kind: score for kind, score in scores.items() if kind in strong}
    return max(scores.items(), key=lambda item: (item[1], item[0])) if scores else ("", 0)
