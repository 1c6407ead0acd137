"""Sentences and lines worded as a page's own where no rule foresaw them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from tamis_boilerplate.book import Book
from tamis_boilerplate.cut import SAYS_SO
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.glued import begun
from tamis_boilerplate.glued import may_begin
from tamis_boilerplate.kinds import kind_of
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.learned import wording
from tamis_boilerplate.quotes import is_open
from tamis_boilerplate.wording import EVIDENCE
from tamis_boilerplate.wording import WORDS
from tamis_boilerplate.wording import features
from tamis_boilerplate.wording import score

#: The least score at which a sentence goes, as log odds; one that is a line among others needs less.
_LEAST: Final = 1.5
_LEAST_LINE: Final = 1.5
#: Beside what a page says of itself, so much less will do.
_NEAR: Final = 2.0
#: Inside a paragraph of which nothing else goes, so much more is asked.
_WITHIN: Final = 1.5
#: A line without an end mark before a paragraph may be its intertitle.
_LEAST_TITLE: Final = 2.0
#: And the first line its title.
_LEAST_FIRST: Final = 3.0
#: Words that weigh less alone are made up for by no pairs of them.
_FIRST: Final = 0.0
#: An end mark to which the next piece is glued without a space; marks are rarer than letters, so they come first.
_GLUE: Final = re.compile(r"[.!?](?<=[a-zß-öø-ÿ]{3}.)[”»\"]?(?=[A-ZÀ-ÖØ-Þ\d])")
_SPEECH: Final = frozenset('“”«»„"')
_OWN: Final = frozenset(("paywall", "newsletter", "share", "ad", "cookie", "copyright", "comment", "app", "av_player"))
#: A sentence of so many words is a report below this score, whatever rule fits.
_LONG: Final = 9
_REPORT: Final = -6.0
_ANY: Final = -99.0


def worded(layout: Layout, found: Sequence[Cut], book: Book, places: Sequence[int]) -> list[Cut]:
    """Return the sentences around the words *places*, beside the cuts *found*, that are worded as a page's own."""
    speech = book.words["speech"]
    cuts: list[Cut] = []
    taken = sorted((cut.start, cut.end) for cut in found)
    own = sorted((cut.start, cut.end) for cut in found if cut.kind in _OWN)
    for start, end in layout.untaken(places, taken):
        glue = _GLUE.search(layout.text, start, end)
        start = glue.end() if glue is not None else start
        first, last = layout.word_at(start), layout.word_at(end)
        whole = last - first in WORDS and layout.weights[last] - layout.weights[first] >= _FIRST
        glued = may_begin(layout, first, last)
        if not whole and not glued:
            continue  # most sentences of an article are told by their words alone
        number = layout.line_at(start)
        if layout.text[start].islower() or layout.wraps(number) or _breaks_off(layout, end):
            continue
        if layout.text[start:end].rstrip().endswith((";", ",")):
            continue  # an item of a list that an article makes
        stop = begun(layout, start, end, book) if glued and layout.ends_well((start, end)) else None
        if stop is None:
            if not whole:
                continue
            if not speech.isdisjoint(layout.keys[first:last]) or not _SPEECH.isdisjoint(layout.text[start:end]):
                continue
            least = _least(layout, start, end, book)
            least += _WITHIN * _is_within(layout, start, end, taken) - _NEAR * _near(layout, start, end, own)
            if layout.is_data((start, end)) or score(layout, start, end, min(EVIDENCE, least)) < least:
                continue
            if is_open(layout.text[layout.lines[number][0] : start]):
                continue
            stop = end
        kind = kind_of(layout.keys[first : layout.word_at(stop)])
        why = f"is worded as a page's own: {_why(features(layout, start, stop))}"
        cuts.append(Cut(start, stop, kind, "page.worded", 0.65, why))
    return cuts + _rests(layout, [*found, *cuts], book)


def _rests(layout: Layout, found: Sequence[Cut], book: Book) -> list[Cut]:
    """Return what is left of short lines of which the cuts *found* take a sentence and that are a page's as a whole."""
    cuts: list[Cut] = []
    spans = sorted((cut.start, cut.end) for cut in found)
    for number in sorted({layout.line_at(cut.start) for cut in found if cut.kind in _OWN or cut.rule == "page.worded"}):
        start, end = layout.lines[number]
        words = layout.keys[layout.word_at(start) : layout.word_at(end)]
        if len(layout.lines) == 1 or len(words) not in WORDS or not _SPEECH.isdisjoint(layout.text[start:end]):
            continue
        if not book.words["speech"].isdisjoint(words) or score(layout, start, end) < _LEAST_LINE:
            continue
        done = start
        for left, right in [*(span for span in spans if start <= span[0] < end), (end, end)]:
            if done < left and not layout.blank(done, left):
                cuts.append(Cut(done, left, kind_of(words), "page.worded", 0.65, "is the rest of a line worded so"))
            done = max(done, right)
    return cuts


def _breaks_off(layout: Layout, end: int) -> bool:
    """Return whether the sentence that ends at *end* ends a stretch from the midst of a text, unfinished."""
    return layout.fragment and end == layout.lines[-1][1] and not layout.ends_well((0, end))


def reported(layout: Layout, cut: Cut) -> bool:
    """Return whether *cut* is a long sentence that a rule fits, but that is worded as a report is."""
    if cut.why != SAYS_SO or layout.word_at(cut.end) - layout.word_at(cut.start) < _LONG:
        return False
    if cut.kind == "caption" or "@" in layout.text[cut.start : cut.end]:
        return False
    return score(layout, cut.start, cut.end, _ANY) < _REPORT


def _near(layout: Layout, start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Return whether one of the stretches *taken*, in order, stands next to *start*:*end* in its line."""
    line = layout.lines[layout.line_at(start)]
    index = bisect_left(taken, (start,))
    before = index > 0 and line[0] <= taken[index - 1][0] and layout.blank(taken[index - 1][1], start)
    return before or (index < len(taken) and taken[index][0] < line[1] and layout.blank(end, taken[index][0]))


def _is_within(layout: Layout, start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Return whether *start*:*end* is a part of a line that none of the stretches *taken* touches."""
    first, last = layout.lines[layout.line_at(start)]
    alone = layout.blank(first, start) and layout.blank(end, last)
    return not alone and not any(left < last and first < right for left, right in taken)


def _least(layout: Layout, start: int, end: int, book: Book) -> float:
    """Return the least score at which the sentence *start*:*end* goes."""
    number = layout.line_at(start)
    line = layout.lines[number]
    if len(layout.lines) == 1 or not (layout.blank(line[0], start) and layout.blank(end, line[1])):
        return _LEAST
    if layout.ends_well(line):
        return _LEAST_LINE
    if number == 0:
        return _LEAST_FIRST
    # What stands before a paragraph may be its intertitle, before a list its first line.
    below = layout.lines[number + 1] if number + 1 < len(layout.lines) else None
    if layout.text[line[1] - 1] == ":" or (below and layout.is_prose(below, book.words["function"])):
        return _LEAST_TITLE
    return _LEAST_LINE


def _why(described: Sequence[str]) -> str:
    """Return the words that speak most for it."""
    table = wording()
    best = sorted((name for name in described if name[0] in "wbs"), key=lambda name: (-table.get(name, 0.0), name))
    return ", ".join(dict.fromkeys(name[2:] for name in best[:2]))
