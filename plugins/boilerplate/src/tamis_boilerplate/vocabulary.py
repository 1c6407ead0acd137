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
#: Beside a cut of the same kind fewer points do.
_NEAR: Final = 3
_THIN: Final = 0.1
_KINDS: Final = frozenset(("cookie", "comment", "newsletter", "paywall"))
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
    taken = sorted((cut.start, cut.end) for cut in found)
    speech = book.words["speech"]
    for start, end in layout.untaken(places, taken):
        if end - start > 330:
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


def beside(layout: Layout, found: Sequence[Cut], book: Book) -> list[Cut]:
    """Return the sentences beside the cuts *found*, in their lines, that speak of the same to the reader."""
    table, you = points()
    speech = book.words["speech"]
    taken = sorted(found)
    cuts: list[Cut] = []
    for index, cut in enumerate(taken):
        if cut.kind not in _KINDS or cut.start >= len(layout.text):
            continue
        line = layout.lines[layout.line_at(cut.start)]
        floor = max(line[0], taken[index - 1].end if index else 0)
        ceiling = min(line[1], taken[index + 1].start if index + 1 < len(taken) else line[1])
        last = layout.unit_at(cut.end - 1)
        for unit in (last + 1, layout.unit_at(cut.start) - 1):
            start, end = layout.sentences[unit] if 0 <= unit < len(layout.sentences) else (0, 0)
            if start < floor or end > ceiling or start >= end or not layout.ends_well((start, end)):
                continue
            part = layout.keys[layout.word_at(start) : layout.word_at(end)]
            if not 4 <= len(part) <= 30 or any(key in speech for key in part):
                continue
            if any(mark in _SPEECH for mark in layout.text[start:end]):
                continue
            score = sum(table.get(key, {}).get(cut.kind, 0) for key in set(part))
            addressed = sum(key in you for key in set(part))
            if score and addressed and score + min(addressed, 2) >= _NEAR and score >= _THIN * len(part):
                cuts.append(Cut(start, end, cut.kind, cut.rule, 0.7, "speaks of the same to the reader"))
    return cuts


def _best(part: Sequence[str], table: Mapping[str, Mapping[str, int]]) -> tuple[str, int]:
    scores: dict[str, int] = {}
    for key in dict.fromkeys(part):
        for kind, value in table.get(key, {}).items():
            scores[kind] = scores.get(kind, 0) + value
    strong = {kind for key in part for kind, value in table.get(key, {}).items() if value == 2}
    scores = {kind: score for kind, score in scores.items() if kind in strong}
    return max(scores.items(), key=lambda item: (item[1], item[0])) if scores else ("", 0)
