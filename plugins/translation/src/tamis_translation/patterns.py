"""Patterns over the words of a text: the small language in which the rules of a pack are written.

    {sell} the skin of the bear     any form of "sell", then these words
    with the honors/honours of      one of several words
    the most? of                    a word that may be missing
    promised that *5 [ will be ]    up to five words between; only what stands in brackets is marked
    the *ly most                    a word that ends so; `*` any word, `^` a capitalised one,
                                    `#` one with digits, `##` a number under a hundred
    " we @say at                    a quotation mark before; @say is a list of words of the pack; also , . : ;
    at the end <e>                  a comma, a full stop or the like follows
    <s> Is a                        at the start of a sentence; a word with a capital is matched as written

A pattern is found by its rarest word and then tried in place, so the time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple

from tamis.errors import suggest
from tamis_translation.inflect import forms
from tamis_translation.wordlists import COMMON_WORDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COMMON: Final = COMMON_WORDS.split()
_RANK: Final = {word: rank for rank, word in reversed(list(enumerate(_COMMON)))}
_RARE: Final = len(_COMMON)
#: A word so far from the anchor, one of so many at most, may be the second by which a pattern is found.
_NEAR: Final = 7
_FEW: Final = 60
_PUNCTUATION: Final = frozenset([",", ".", ":", ";", "%", "?", '"', "<s>", "<e>"])


class PatternError(ValueError):
    """A pattern that cannot be read; its text says where."""


class Text(NamedTuple):
    """A text as patterns see it: words as written, words in lower case, their places."""

    text: str
    words: Sequence[str]
    low: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    #: What stands before each word, and after the last one.
    gaps: Sequence[str]
    #: What is known of each word by itself, and the same with the marks between the words among them.
    codes: NDArray[np.uint64]
    stream: Sequence[int]


class Element(NamedTuple):
    """What a pattern says of one word."""

    kind: str  # "low", "cased", "suffix", "cap", "digit", "any", "skip"
    value: frozenset[str] | str | int
    optional: bool
    gap: str


class Partner(NamedTuple):
    """Words one of which must stand near the anchor of a pattern: how near at least and at most, on which side."""

    words: frozenset[str]
    least: int
    most: int
    before: bool
    after: bool


class Pattern(NamedTuple):
    """A compiled pattern: where it can begin before its anchor, what it says of each word, what it marks."""

    elements: tuple[Element, ...]
    #: Each element is one word: none may be missing, none stands for several.
    fixed: bool
    before: tuple[int, int]
    mark: tuple[int, int]
    after: str
    #: A second word that must be there, by which the pattern is found.
    partner: Partner | None
    #: Which words must stand how far from the anchor: a cheap look before the whole is tried.
    checks: tuple[tuple[int, frozenset[str]], ...]
    #: What must stand before the anchor, None where anything may: what fits least often, so it is tried first.
    gap: str | None


def _element(item: str, gap: str, classes: Mapping[str, Collection[str]]) -> Element:
    optional = item.endswith("?") and len(item) > 1
    item = item.rstrip("?") if optional else item
    if item[0] == "^":
        return Element("cap", item[1:], optional, gap)
    if item == "##":
        return Element("number", "", optional, gap)
    if item == "#":
        return Element("digit", "", optional, gap)
    if item == "*":
        return Element("any", "", optional, gap)
    if item.startswith("*"):
        return (
            Element("skip", int(item[1:]), False, gap)
            if item[1:].isdigit()
            else Element("suffix", item[1:], optional, gap)
        )
    words = words_of(item, classes)
    if not words:
        raise PatternError(f"nothing to match in {item!r}")
    cased = any(word != word.lower() for word in words)
    return Element("cased" if cased else "low", frozenset(words), optional, gap)


def words_of(item: str, classes: Mapping[str, Collection[str]]) -> set[str]:
    """Return the words that one of *item* stands for: `a/b`, `{verb}`, `@list`."""
    words: set[str] = set()
    for part in item.split("/"):
        if part[:1] == "{" and part[-1:] == "}":
            words |= forms(part[1:-1])
        elif part[:1] == "@":
            if part[1:] not in classes:
                raise PatternError(f"no list of words is called {part!r}{suggest(part[1:], classes)}")
            words |= set(classes[part[1:]])
        elif part:
            words.add(part)
    return words


def _rank(item: str, classes: Mapping[str, Collection[str]]) -> int:
    """Return how rare *item* is: the more, the better an anchor; -1 where it can be no anchor."""
    if item[0] in "*^#[]" or item in _PUNCTUATION or item[-1] == "?":
        return -1
    if item.isalpha():
        return _RANK.get(item.lower(), _RARE + min(len(item), 9))
    return min((_RANK.get(word.lower(), _RARE + min(len(word), 9)) for word in words_of(item, classes)), default=-1)


def find_anchor(
    source: str, classes: Mapping[str, Collection[str]], ranks: dict[str, int]
) -> tuple[int, frozenset[str]]:
    """Return the number of the rarest item of *source* that must be there, and the words it stands for.

    *ranks* remembers tokens met before. Raises PatternError where there is none.
    """
    best, place, anchor = -1, 0, ""
    for number, item in enumerate(source.split()):
        rank = ranks.get(item)
        if rank is None:
            rank = ranks[item] = _rank(item, classes)
        if rank > best:
            best, place, anchor = rank, number, item
    if best < 0:
        raise PatternError(f"a pattern needs one word that must be there: {source!r}")
    if anchor.isalpha():
        return place, frozenset((anchor.lower(),))
    return place, frozenset(word.lower() for word in words_of(anchor, classes))


def compile_pattern(source: str, classes: Mapping[str, Collection[str]], anchor: int) -> Pattern:
    """Return *source* compiled, its anchor the item number *anchor*; *classes* are the lists that `@name` refers to.

    Raises PatternError.
    """
    elements: list[Element] = []
    gap = ""
    opens = closes = None
    low = high = place = 0
    for number, item in enumerate(source.split()):
        if item == "[":
            opens = len(elements)
        elif item == "]":
            closes = len(elements)
        elif item in _PUNCTUATION:
            gap = item
        else:
            element = _element(item, gap, classes)
            if number < anchor:
                low += element.kind != "skip" and not element.optional
                high += element.value if element.kind == "skip" and isinstance(element.value, int) else 1
            if number == anchor:
                place = len(elements)
            elements.append(element)
            gap = ""
    marked = (opens or 0, len(elements) if closes is None else closes)
    before = elements[place].gap if place or elements[place].gap else None
    fixed = not any(element.optional or element.kind == "skip" for element in elements)
    beside = _partner(elements, place), _checks(elements, place)
    return Pattern(tuple(elements), fixed, (low, high), marked, gap, *beside, before)


def _partner(elements: Sequence[Element], anchor: int) -> Partner | None:
    """Return the rarest words beside the anchor that must be there and near it, if they are few enough to be filed."""
    found = []
    for step in (1, -1):
        least, most, place = 1, 1, anchor + step
        while 0 <= place < len(elements) and most <= _NEAR:
            element = elements[place]
            if element.kind == "skip":
                most += int(element.value)  # type: ignore[arg-type]
            elif element.optional:
                most += 1
            else:
                if isinstance(element.value, frozenset) and len(element.value) <= _FEW:
                    words = frozenset(word.lower() for word in element.value)
                    often = sum(1 / (5 + _RANK.get(word, 5 * _RARE)) for word in words) * (1 if most == 1 else _NEAR)
                    found.append((often, Partner(words, least, most, step < 0, step > 0)))
                least, most = least + 1, most + 1
            place += step
    return min(found, key=lambda item: item[0])[1] if found else None


def _checks(elements: Sequence[Element], anchor: int) -> tuple[tuple[int, frozenset[str]], ...]:
    """Return the words of the elements whose distance from the anchor is fixed."""
    found = []
    for step in (1, -1):
        place = anchor + step
        while 0 <= place < len(elements) and elements[place].kind != "skip" and not elements[place].optional:
            value = elements[place].value
            if elements[place].kind == "low" and isinstance(value, frozenset):
                found.append((place - anchor, value))
            place += step
    return tuple(sorted(found, key=lambda check: len(check[1])))
