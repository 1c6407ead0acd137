"""Sentences and lines worded as a page's own where no rule foresaw them: a linear model of words and pairs of words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tamis_boilerplate.book import Book
from tamis_boilerplate.cut import SAYS_SO
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.headline import LONGEST
from tamis_boilerplate.headline import opened
from tamis_boilerplate.headline import seam_at
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.learned import root
from tamis_boilerplate.learned import wording
from tamis_boilerplate.vocabulary import points

#: The least score at which a sentence goes, as log odds; one that is a line among others needs less.
_LEAST: Final = 1.5
_LEAST_LINE: Final = 0.5
#: Beside what a page says of itself, so much less will do.
_NEAR: Final = 2.0
#: In a line of at most so many characters of which so much goes, the rest needs no more.
_LEAST_AMONG: Final = -1.5
_LINE: Final = 600
_PART: Final = 0.35
#: A line without an end mark before a paragraph may be its intertitle.
_LEAST_TITLE: Final = 2.0
#: So much of it must come from its words: a short line without an end mark may be anything.
_EVIDENCE: Final = 1.0
#: Words that weigh less alone are made up for by no pairs of them.
_FIRST: Final = 0.0
#: A sentence of the page has so many words.
_WORDS: Final = range(2, 41)
#: How a piece begins counts by so many words.
_OPENING: Final = 3
#: An end mark to which the next piece is glued without a space; marks are rarer than letters, so they come first.
_GLUE: Final = re.compile(r"[.!?](?<=[a-zß-öø-ÿ]{3}.)[”»\"]?(?=[A-ZÀ-ÖØ-Þ\d])")
_OWN: Final = frozenset(("paywall", "newsletter", "share", "ad", "cookie", "copyright", "comment", "app", "av_player"))
_SPEECH: Final = frozenset('“”«»„"')
_BARS: Final = frozenset("|·•›»▸►→")
#: So many words of a sentence follow what is glued to it.
_REST: Final = 4
#: The least scores of what is glued and of the seam behind it, where a function word begins the sentence, or another.
_SURE: Final = (0.7, -1.0)
_NAMED: Final = (3.0, 0.5)
#: The same inside a row of capitals, which may be one name.
_ROW: Final = (5.0, 0.5)
#: So many of the words of a sentence have a capital where nouns have one.
_NOUNS: Final = 0.22
#: The same behind a single word.
_ONE: Final = (2.0, 0.0)
#: The least that its words must weigh alone, to be looked at.
_HINT: Final = 0.5
#: The least of their sum.
_BOTH: Final = 2.5
#: A sentence of the article scores less.
_ARTICLE: Final = 0.0
#: A sentence of so many words is a report below this score, whatever rule fits.
_LONG: Final = 9
_REPORT: Final = -2.5
#: So many features at the end of the list tell of the shape.
_SHAPES: Final = 3


def features(layout: Layout, start: int, end: int) -> list[str]:
    """Return what describes *start*:*end*: its words, their first letters, its pairs of words, its ends, its shape."""
    keys = layout.keys[layout.word_at(start) : layout.word_at(end)][: _WORDS.stop]
    found = [f"w:{key}" for key in dict.fromkeys(keys)]  # in one order, for the sum of what they weigh
    found += [f"p:{part}" for part in dict.fromkeys(map(root, keys)) if part]
    found += [f"b:{one} {two}" for one, two in pairwise(keys)]
    found += [f"s:{' '.join(keys[:count])}" for count in range(1, min(_OPENING, len(keys)) + 1)]
    found += [f"z:{keys[-1]}"] if keys else []
    return found + _shape(layout, start, end, len(keys))


def _shape(layout: Layout, start: int, end: int, count: int) -> list[str]:
    """Return the features of the shape of *start*:*end*, a piece of *count* words."""
    piece = layout.text[start:end].rstrip()
    mark = "." if layout.ends_well((start, start + len(piece))) else ":" if piece.endswith(":") else "-"
    written = "upper" if count > 1 and piece.isupper() else "bars" if not _BARS.isdisjoint(piece) else "plain"
    return [f"n:{min(count // 2, 10)}", f"e:{mark}", f"h:{written}"]


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
        whole = last - first in _WORDS and layout.weights[last] - layout.weights[first] >= _FIRST
        if not whole and not _may_begin(layout, first, last):
            continue  # most sentences of an article are told by their words alone
        number = layout.line_at(start)
        if layout.text[start].islower() or layout.wraps(number) or _breaks_off(layout, end):
            continue
        stop = _begun(layout, start, end, book) if layout.ends_well((start, end)) else None
        if stop is None:
            if not whole:
                continue
            if not speech.isdisjoint(layout.keys[first:last]) or not _SPEECH.isdisjoint(layout.text[start:end]):
                continue
            near = _near(layout, start, end, own)
            least = _least(layout, start, end, book) - _NEAR * near
            if near and _mostly(layout, number, own):
                least = _LEAST_AMONG
            if layout.is_data((start, end)) or score(layout, start, end, min(_EVIDENCE, least)) < least:
                continue
            stop = end
        kind = _kind(layout.keys[first : layout.word_at(stop)])
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
        if len(layout.lines) == 1 or len(words) not in _WORDS or not _SPEECH.isdisjoint(layout.text[start:end]):
            continue
        if not book.words["speech"].isdisjoint(words) or score(layout, start, end) < _LEAST_LINE:
            continue
        done = start
        for left, right in [*(span for span in spans if start <= span[0] < end), (end, end)]:
            if done < left and not layout.blank(done, left):
                cuts.append(Cut(done, left, _kind(words), "page.worded", 0.65, "is the rest of a line worded so"))
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
    return score(layout, cut.start, cut.end) < _REPORT


def score(layout: Layout, start: int, end: int, least: float = _EVIDENCE) -> float:
    """Return how much *start*:*end* is worded as a page's own, as log odds; none where its words say less."""
    table = wording()
    described = features(layout, start, end)
    evidence = sum([table[name] for name in described[:-_SHAPES] if name in table])
    if evidence < least:
        return min(evidence, least - 1.0)
    return table["bias"] + evidence + sum([table[name] for name in described[-_SHAPES:] if name in table])


def _near(layout: Layout, start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Return whether one of the stretches *taken*, in order, stands next to *start*:*end* in its line."""
    line = layout.lines[layout.line_at(start)]
    index = bisect_left(taken, (start,))
    before = index > 0 and line[0] <= taken[index - 1][0] and layout.blank(taken[index - 1][1], start)
    return before or (index < len(taken) and taken[index][0] < line[1] and layout.blank(end, taken[index][0]))


def _mostly(layout: Layout, number: int, taken: Sequence[tuple[int, int]]) -> bool:
    """Return whether the stretches *taken* are a good part of line *number*, which is one among others."""
    start, end = layout.lines[number]
    if len(layout.lines) == 1 or end - start > _LINE:
        return False
    gone = sum(max(0, min(end, right) - max(start, left)) for left, right in taken)
    return gone >= _PART * (end - start)


def _least(layout: Layout, start: int, end: int, book: Book) -> float:
    """Return the least score at which the sentence *start*:*end* goes."""
    number = layout.line_at(start)
    line = layout.lines[number]
    if len(layout.lines) == 1 or not (layout.blank(line[0], start) and layout.blank(end, line[1])):
        return _LEAST
    if layout.ends_well(line):
        return _LEAST_LINE
    # What stands before a paragraph may be its intertitle, before a list its first line.
    below = layout.lines[number + 1] if number + 1 < len(layout.lines) else None
    if layout.text[line[1] - 1] == ":" or (below and layout.is_prose(below, book.words["function"])):
        return _LEAST_TITLE
    return _LEAST_LINE


def _may_begin(layout: Layout, first: int, last: int) -> bool:
    """Return whether the words *first*:*last* begin with some that weigh enough for a piece of the page's own."""
    weights = layout.weights[first + 1 : min(last - _REST, first + LONGEST) + 1]
    return bool(weights) and max(weights) >= layout.weights[first] + _HINT


def _begun(layout: Layout, start: int, end: int, book: Book) -> int | None:
    """Return where a piece worded as the page's own ends, at whose end a sentence of the article begins; or None."""
    first, last = layout.word_at(start), layout.word_at(end)
    stop = min(last - _REST, first + LONGEST) + 1
    text, weights, starts = layout.text, layout.weights, layout.starts
    least_weight = weights[first] + _HINT
    places = [n for n in range(first + 1, stop) if weights[n] >= least_weight and not text[starts[n]].islower()]
    if not places:
        return None
    function, final = book.words["function"], book.words["final"]
    told_of = list(_prefixes(layout, first, places[-1]))
    best: tuple[float, int] | None = None
    for place in places:
        told = told_of[place - first - 1]
        if layout.keys[place] in function:
            least = _SURE if place > first + 1 else _ONE
        else:
            least = _ROW if text[starts[place - 1]].isupper() or _is_title(layout, place, last) else _NAMED
        if text[starts[place] - 1] in _SPEECH:
            least = _ROW
        if told < least[0] or (layout.keys[place - 1] in function and layout.keys[place - 1] not in final):
            continue
        seam = seam_at(layout, first, place, last, book.words, short=True)
        if seam >= least[1] and told + seam >= _BOTH and (best is None or told + seam > best[0]):
            best = told + seam, place
    if best is None:
        return None
    cut = opened(layout, best[1], start)
    if not book.words["speech"].isdisjoint(layout.keys[first : best[1]]) or not _SPEECH.isdisjoint(text[start:cut]):
        return None
    return cut if score(layout, cut, end) < _ARTICLE else None


def _is_title(layout: Layout, place: int, last: int) -> bool:
    """Return whether a capital tells little from word *place* on: in titles, and among German nouns."""
    large = [layout.text[start].isupper() for start in layout.starts[place:last]]
    return sum(large[:4]) > 3 or sum(large[1:]) > _NOUNS * len(large)


def _prefixes(layout: Layout, first: int, stop: int) -> Iterator[float]:
    """Yield the score of the piece that begins with word *first*, for each word before *stop* that may end it."""
    table, keys = wording(), layout.keys
    seen: set[str] = set()
    shape = table["bias"] + table.get("e:-", 0.0) + table.get("h:plain", 0.0)
    evidence = table.get(f"s:{keys[first]}", 0.0)
    for place in range(first, stop):
        key = keys[place]
        if key not in seen:
            evidence += layout.weights[place + 1] - layout.weights[place]
            seen.add(key)
        if place > first:
            evidence += table.get(f"b:{keys[place - 1]} {key}", 0.0)
            if place < first + _OPENING:
                evidence += table.get(f"s:{' '.join(keys[first : place + 1])}", 0.0)
        whole = evidence + table.get(f"z:{key}", 0.0)
        count = place - first + 1
        yield shape + whole + table.get(f"n:{min(count // 2, 10)}", 0.0) if whole >= _EVIDENCE else -1.0


def _kind(keys: Sequence[str]) -> str:
    """Return the kind whose vocabulary *keys* use most."""
    scores: dict[str, int] = {}
    for key in set(keys):
        for kind, value in points()[0].get(key, {}).items():
            scores[kind] = scores.get(kind, 0) + value
    return max(scores.items(), key=lambda item: (item[1], item[0]))[0] if scores else "live_nav"


def _why(described: Sequence[str]) -> str:
    """Return the words that speak most for it."""
    table = wording()
    best = sorted((name for name in described if name[0] in "wbs"), key=lambda name: (-table.get(name, 0.0), name))
    return ", ".join(dict.fromkeys(name[2:] for name in best[:2]))
