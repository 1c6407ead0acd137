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

import re
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Final
from typing import NamedTuple

from tamis.errors import suggest
from tamis_translation.inflect import forms
from tamis_translation.wordlists import COMMON_WORDS

_COMMON: Final = COMMON_WORDS.split()
_RANK: Final = {word: rank for rank, word in reversed(list(enumerate(_COMMON)))}
_RARE: Final = len(_COMMON)
#: The words up to this rank are in every text.
_EVERYWHERE: Final = 25
_PUNCTUATION: Final = frozenset([",", ".", ":", ";", "%", "?", '"', "<s>", "<e>"])
_PLAIN_GAPS: Final = frozenset([" ", "\u00a0", "\n", "-", "‑", "\u202f"])
_QUOTE_GAP: Final = re.compile(r"[,.!?…]?[ \u00a0\u202f]?[\"“”„«»‟]\s?,?\s*|,? ?['‘’],? ")
_PHRASE_GAP: Final = re.compile(r"[,.;:!?…)»”]|$")
_SENTENCE_GAP: Final = re.compile(r"[.!?…»”\"\n:]")


class PatternError(ValueError):
    """A pattern that cannot be read; its text says where."""


class Text(NamedTuple):
    """A text as patterns see it: words as written, words in lower case, their places."""

    text: str
    words: Sequence[str]
    low: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]


class _Element(NamedTuple):
    kind: str  # "low", "cased", "suffix", "cap", "digit", "any", "skip"
    value: frozenset[str] | str | int
    optional: bool
    gap: str


class Pattern(NamedTuple):
    """A compiled pattern: where it can begin before its anchor, what it says of each word, what it marks."""

    elements: tuple[_Element, ...]
    before: tuple[int, int]
    mark: tuple[int, int]
    after: str
    #: Which words must stand how far from the anchor, the nearest first: a cheap look before the whole is tried.
    checks: tuple[tuple[int, frozenset[str]], ...]
    #: A text must have one word of each of these sets somewhere: cheaper still.
    needs: tuple[frozenset[str], ...]
    #: What must stand before the anchor, None where anything may: what fits least often, so it is tried first.
    gap: str | None


def _element(item: str, gap: str, classes: Mapping[str, Collection[str]]) -> _Element:
    optional = item.endswith("?") and len(item) > 1
    item = item.rstrip("?") if optional else item
    if item[0] == "^":
        return _Element("cap", item[1:], optional, gap)
    if item == "##":
        return _Element("number", "", optional, gap)
    if item == "#":
        return _Element("digit", "", optional, gap)
    if item == "*":
        return _Element("any", "", optional, gap)
    if item.startswith("*"):
        return (
            _Element("skip", int(item[1:]), False, gap)
            if item[1:].isdigit()
            else _Element("suffix", item[1:], optional, gap)
        )
    words = words_of(item, classes)
    if not words:
        raise PatternError(f"nothing to match in {item!r}")
    cased = any(word != word.lower() for word in words)
    return _Element("cased" if cased else "low", frozenset(words), optional, gap)


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
    elements: list[_Element] = []
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
    return Pattern(tuple(elements), (low, high), marked, gap, _checks(elements, place), _needs(elements, place), before)


def _needs(elements: Sequence[_Element], anchor: int) -> tuple[frozenset[str], ...]:
    """Return the words of the rarest items beside the anchor that a text must have, at most two sets."""
    found = []
    for place, element in enumerate(elements):
        if place != anchor and not element.optional and isinstance(element.value, frozenset):
            words = frozenset(word.lower() for word in element.value)
            rank = min(_RANK.get(word, _RARE) for word in words)
            if rank >= _EVERYWHERE:
                found.append((-rank, place, words))
    return tuple(words for _, _, words in sorted(found, key=lambda item: item[:2])[:2])


def _checks(elements: Sequence[_Element], anchor: int) -> tuple[tuple[int, frozenset[str]], ...]:
    found = []
    for step in (1, -1):
        place = anchor + step
        while 0 <= place < len(elements):
            element = elements[place]
            if element.kind == "skip" or element.optional:
                break
            if element.kind == "low" and isinstance(element.value, frozenset):
                found.append((place - anchor, element.value))
            place += step
    return tuple(sorted(found, key=lambda check: (abs(check[0]), -check[0])))


def _gap_fits(text: Text, word: int, gap: str) -> bool:
    start = text.ends[word - 1] if word > 0 else 0
    end = text.starts[word] if word < len(text.starts) else len(text.text)
    if end - start > 12:
        return gap == "<s>"
    between = text.text[start:end]
    if not gap:
        return between in _PLAIN_GAPS
    if gap == "<s>":
        return word == 0 or _SENTENCE_GAP.search(between) is not None
    if gap == "<e>":
        return _PHRASE_GAP.match(between) is not None
    if gap == '"':
        return _QUOTE_GAP.fullmatch(between) is not None
    between = between.strip()
    return between.startswith(gap) or between.endswith(gap)


def _fits(element: _Element, text: Text, word: int) -> bool:
    kind, value = element.kind, element.value
    if kind == "low":
        return text.low[word] in value  # type: ignore[operator]
    if kind == "cased":
        return text.words[word] in value or text.low[word] in value  # type: ignore[operator]
    if kind == "suffix":
        return text.low[word].endswith(value)  # type: ignore[arg-type]
    if kind == "cap":
        return text.words[word][:1].isupper() and text.low[word].endswith(value)  # type: ignore[arg-type]
    if kind == "number":
        return len(text.words[word]) < 3 and text.words[word].isdecimal()
    if kind == "digit":
        return text.words[word][:1].isdigit()
    return True


def _try(pattern: Pattern, text: Text, at: int, word: int, places: list[int]) -> bool:
    """Match the elements from *at* on with the words from *word* on; fill *places* with the word of each element."""
    if at == len(pattern.elements):
        places[at] = word
        return not pattern.after or _gap_fits(text, word, pattern.after)
    element = pattern.elements[at]
    places[at] = word
    if element.kind == "skip":
        limit = element.value
        for taken in range(int(limit) + 1):  # type: ignore[arg-type]
            places[at] = word
            if _try(pattern, text, at + 1, word + taken, places):
                return True
            if word + taken >= len(text.words) or ends_sentence(text, word + taken):
                return False
        return False
    first = at == 0
    if (
        word < len(text.words)
        and _fits(element, text, word)
        and ((first and not element.gap) or _gap_fits(text, word, element.gap))
        and _try(pattern, text, at + 1, word + 1, places)
    ):
        places[at] = word
        return True
    return element.optional and _try(pattern, text, at + 1, word, places)


def ends_sentence(text: Text, word: int) -> bool:
    """Say whether a sentence ends before *word*."""
    if word == 0:
        return False
    between = text.text[text.ends[word - 1] : text.starts[word]]
    return len(between) > 4 or any(character in ".!?;\n" for character in between)


def match(pattern: Pattern, text: Text, anchor: int) -> tuple[int, int] | None:
    """Return the marked words (first, last + 1) where *pattern* fits with its anchor on the word *anchor*."""
    low, high = pattern.before
    if pattern.gap is not None and not _gap_fits(text, anchor, pattern.gap):
        return None
    if low == high and low:
        opening = pattern.elements[0]
        if anchor < low or (opening.kind != "skip" and not opening.optional and not _fits(opening, text, anchor - low)):
            return None
    for before in range(low, high + 1):
        start = anchor - before
        if start < 0:
            break
        places = [0] * (len(pattern.elements) + 1)
        if _try(pattern, text, 0, start, places) and places[-1] > anchor:
            first, last = places[pattern.mark[0]], places[pattern.mark[1]]
            if first < last:
                return first, last
    return None
