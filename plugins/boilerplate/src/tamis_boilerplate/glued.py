"""What a page says of itself glued to a sentence of the article: "Sign up here The mayor said ..."."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from tamis_boilerplate.book import Book
from tamis_boilerplate.headline import opened
from tamis_boilerplate.headline import seam_at
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.learned import wording
from tamis_boilerplate.wording import EVIDENCE
from tamis_boilerplate.wording import OPENING
from tamis_boilerplate.wording import score

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
_SPEECH: Final = frozenset('“”«»„"')
#: A piece of more words is none; where no function word begins the sentence, of more than so many.
_LONG: Final = 26
_LONG_NAMED: Final = 14
#: What is glued to the first sentence of a text may be its title.
_TITLE: Final = 0.5
#: Behind a capital a function word may stand inside a name, an article hardly does.
_ARTICLES: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "he",
        "she",
        "they",
        "it",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "er",
        "es",
        "le",
        "les",
        "un",
        "une",
        "el",
        "los",
        "il",
        "lo",
        "gli",
        "os",
        "het",
        "een",
    ]
)
_INSIDE: Final = (1.2, 0.5)


def may_begin(layout: Layout, first: int, last: int) -> bool:
    """Return whether the words *first*:*last* begin with some that weigh enough for a piece of the page's own."""
    weights = layout.weights[first + 1 : min(last - _REST, first + _LONG) + 1]
    return bool(weights) and max(weights) >= layout.weights[first] + _HINT


def begun(layout: Layout, start: int, end: int, book: Book) -> int | None:
    """Return where a piece worded as the page's own ends, at whose end a sentence of the article begins; or None."""
    first, last = layout.word_at(start), layout.word_at(end)
    stop = min(last - _REST, first + _LONG) + 1
    text, weights, starts = layout.text, layout.weights, layout.starts
    least_weight = weights[first] + _HINT
    places = [n for n in range(first + 1, stop) if weights[n] >= least_weight and not text[starts[n]].islower()]
    if not places:
        return None
    function, final = book.words["function"], book.words["final"]
    prefixes = _prefixes(layout, first, places[-1])
    best: tuple[float, int] | None = None
    done = first
    for place in places:
        before = layout.keys[place - 1]
        if before in function and before not in final:
            continue
        if place - first > _LONG_NAMED and layout.keys[place] not in function:
            break
        told = next(islice(prefixes, place - done - 1, None)) - _TITLE * (start == layout.lines[0][0])
        done = place
        if layout.keys[place] in function:
            inside = text[starts[place - 1]].isupper() and place > first + 1
            least = (
                (_INSIDE if layout.keys[place] in _ARTICLES else _ROW)
                if inside
                else _SURE
                if place > first + 1
                else _ONE
            )
        else:
            least = _ROW if text[starts[place - 1]].isupper() or _is_title(layout, place, last) else _NAMED
        if text[starts[place] - 1] in _SPEECH:
            least = _ROW
        if told < least[0]:
            continue
        seam = seam_at(layout, first, place, last, book.words, short=True)
        if seam >= least[1] and told + seam >= _BOTH and (best is None or told + seam > best[0]):
            best = told + seam, place
    if best is None:
        return None
    cut = opened(layout, best[1], start)
    if text[start:cut].rstrip()[-1] in "–—-":  # "ELGIN (EPR) – On Monday", where it was written
        return None
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
            if place < first + OPENING:
                evidence += table.get(f"s:{' '.join(keys[first : place + 1])}", 0.0)
        whole = evidence + table.get(f"z:{key}", 0.0)
        count = place - first + 1
        yield shape + whole + table.get(f"n:{min(count // 2, 10)}", 0.0) if whole >= EVIDENCE else -1.0
