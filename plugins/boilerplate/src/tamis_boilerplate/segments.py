"""Sentences and lines worded as a page's own where no rule foresaw them: a linear model of words and pairs of words."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tamis_boilerplate.book import Book
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.learned import model
from tamis_boilerplate.vocabulary import points

#: The least score at which a sentence goes, as log odds; one that is a line among others needs less.
_LEAST: Final = 2.0
_LEAST_LINE: Final = 1.0
#: So much of it must come from its words: a short line without an end mark may be anything.
_EVIDENCE: Final = 1.0
#: Words that weigh less alone are made up for by no pairs of them.
_FIRST: Final = 0.0
#: A sentence of the page has so many words.
_WORDS: Final = range(2, 41)
_SPEECH: Final = frozenset('“”«»„"')


def features(layout: Layout, start: int, end: int) -> list[str]:
    """Return what describes *start*:*end*: its words, its pairs of words, its beginning, its length, its end."""
    keys = layout.keys[layout.word_at(start) : layout.word_at(end)][: _WORDS.stop]
    found = [f"w:{key}" for key in set(keys)]
    found += [f"b:{one} {two}" for one, two in pairwise(keys)]
    found += [f"s:{keys[0]}"] if keys else []
    found.append(f"n:{min(len(keys) // 2, 10)}")
    found.append("e:." if layout.ends_well((start, start + len(layout.text[start:end].rstrip()))) else "e:-")
    return found


def worded(layout: Layout, found: Sequence[Cut], book: Book, places: Sequence[int]) -> list[Cut]:
    """Return the sentences around the words *places*, beside the cuts *found*, that are worded as a page's own."""
    table, speech = model()["segment"], book.words["speech"]
    cuts: list[Cut] = []
    taken = sorted((cut.start, cut.end) for cut in found)
    for start, end in layout.untaken(places, taken):
        first, last = layout.word_at(start), layout.word_at(end)
        if last - first not in _WORDS or layout.weights[last] - layout.weights[first] < _FIRST:
            continue  # most sentences of an article are told by their words alone
        keys = layout.keys[first:last]
        if not speech.isdisjoint(keys) or not _SPEECH.isdisjoint(layout.text[start:end]):
            continue
        number = layout.line_at(start)
        line = layout.lines[number]
        if layout.is_data((start, end)) or layout.text[start].islower() or layout.wraps(number):
            continue
        alone = len(layout.lines) > 1 and layout.blank(line[0], start) and layout.blank(end, line[1])
        if alone and not layout.ends_well(line):
            # What stands before a paragraph may be its intertitle, before a list its first line.
            below = layout.lines[number + 1] if number + 1 < len(layout.lines) else None
            if layout.text[line[1] - 1] == ":" or (below and layout.is_prose(below, book.words["function"])):
                continue
        described = features(layout, start, end)
        evidence = sum(table.get(name, 0.0) for name in described[:-2])
        score = table["bias"] + evidence + sum(table.get(name, 0.0) for name in described[-2:])
        if evidence >= _EVIDENCE and score >= (_LEAST_LINE if alone else _LEAST):
            why = f"is worded as a page's own: {_why(described, table)}"
            cuts.append(Cut(start, end, _kind(keys), "page.worded", 0.65, why))
    return cuts


def _kind(keys: Sequence[str]) -> str:
    """Return the kind whose vocabulary *keys* use most."""
    scores: dict[str, int] = {}
    for key in set(keys):
        for kind, value in points()[0].get(key, {}).items():
            scores[kind] = scores.get(kind, 0) + value
    return max(scores.items(), key=lambda item: (item[1], item[0]))[0] if scores else "live_nav"


def _why(described: Sequence[str], table: Mapping[str, float]) -> str:
    """Return the words that speak most for it."""
    best = sorted((name for name in described if name[0] in "wbs"), key=lambda name: (-table.get(name, 0.0), name))
    return ", ".join(dict.fromkeys(name[2:] for name in best[:2]))
