"""Patterns over the words of a text: the small language in which the rules of a pack are written.

    {sell} the skin of the bear     any form of "sell", then these words
    with the honors/honours of      one of several words
    the most? of                    a word that may be missing
    promised that *5 [ will be ]    up to five words between; only what stands in brackets is marked
    the *ly most                    a word that ends so; `*` any word, `^` a capitalised one, `#` one with digits
    " we @say at                    a quotation mark before; @say is a list of words of the pack; also , . : ;
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

_COMMON: Final = (
    "the of and to in a is that for it as was with be by on not he i this are or his from at which but have an had"
    " they you were their one all we can her has there been if more when will would who so no she other its may these"
    " what them than some him time into only do such my new about out also two any up first could our then most over"
    " me even made after many did must before through years where much your way well down should because each just"
    " those people mr how too very make still here last long own see between take day go us without against while"
    " again high every another same since under during come used never few part state world less does got might found"
    " year around government per week say says said president country minister"
).split()
_RANK: Final = {word: rank for rank, word in enumerate(_COMMON)}
_RARE: Final = len(_COMMON)
_PUNCTUATION: Final = frozenset([",", ".", ":", ";", "%", "?", '"', "<s>"])
_PLAIN_GAPS: Final = frozenset([" ", "\u00a0", "\n", "-", "‑", "\u202f"])
_QUOTE_GAP: Final = re.compile(r"[,.!?…]?[ \u00a0\u202f]?[\"“”„«»‟]\s?,?\s*|,? ?['‘’],? ")
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


def _element(token: str, gap: str, classes: Mapping[str, Collection[str]]) -> _Element:
    optional = token.endswith("?") and len(token) > 1
    token = token.rstrip("?") if optional else token
    if token == "^":
        return _Element("cap", "", optional, gap)
    if token == "#":
        return _Element("digit", "", optional, gap)
    if token == "*":
        return _Element("any", "", optional, gap)
    if token.startswith("*"):
        return _Element("skip", int(token[1:]), False, gap) if token[1:].isdigit() else _Element("suffix", token[1:], optional, gap)
    words = _words_of(token, classes)
    if not words:
        raise PatternError(f"nothing to match in {token!r}")
    cased = any(word != word.lower() for word in words)
    return _Element("cased" if cased else "low", frozenset(words), optional, gap)


def _words_of(token: str, classes: Mapping[str, Collection[str]]) -> set[str]:
    """Return the words that one of *token* stands for: `a/b`, `{verb}`, `@list`."""
    words: set[str] = set()
    for part in token.split("/"):
        if part[:1] == "{" and part[-1:] == "}":
            words |= forms(part[1:-1])
        elif part[:1] == "@":
            if part[1:] not in classes:
                raise PatternError(f"no list of words is called {part!r}{suggest(part[1:], classes)}")
            words |= set(classes[part[1:]])
        elif part:
            words.add(part)
    return words


def _rank(token: str, classes: Mapping[str, Collection[str]]) -> int:
    """Return how rare *token* is: the more, the better an anchor; -1 where it can be no anchor."""
    if token[0] in "*^#[]" or token in _PUNCTUATION or token[-1] == "?":
        return -1
    if token.isalpha():
        return _RANK.get(token.lower(), _RARE + min(len(token), 9))
    return min((_RANK.get(word.lower(), _RARE + min(len(word), 9)) for word in _words_of(token, classes)), default=-1)


def find_anchor(source: str, classes: Mapping[str, Collection[str]], ranks: dict[str, int]) -> tuple[int, frozenset[str]]:
    """Return the number of the rarest token of *source* that must be there, and the words it stands for.

    *ranks* remembers tokens met before. Raises PatternError where there is none.
    """
    best, place, anchor = -1, 0, ""
    for number, token in enumerate(source.split()):
        rank = ranks.get(token)
        if rank is None:
            rank = ranks[token] = _rank(token, classes)
        if rank > best:
            best, place, anchor = rank, number, token
    if best < 0:
        raise PatternError(f"a pattern needs one word that must be there: {source!r}")
    if anchor.isalpha():
        return place, frozenset((anchor.lower(),))
    return place, frozenset(word.lower() for word in _words_of(anchor, classes))


def compile_pattern(source: str, classes: Mapping[str, Collection[str]], anchor: int) -> Pattern:
    """Return *source* compiled, its anchor the token number *anchor*; *classes* are the lists that `@name` refers to.

    Raises PatternError.
    """
    elements: list[_Element] = []
    gap = ""
    opens = closes = None
    low = high = 0
    for number, token in enumerate(source.split()):
        if token == "[":
            opens = len(elements)
        elif token == "]":
            closes = len(elements)
        elif token in _PUNCTUATION:
            gap = token
        else:
            element = _element(token, gap, classes)
            if number < anchor:
                low += element.kind != "skip" and not element.optional
                high += element.value if element.kind == "skip" and isinstance(element.value, int) else 1
            elements.append(element)
            gap = ""
    return Pattern(
        tuple(elements), (low, high), (opens or 0, len(elements) if closes is None else closes), gap
    )


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
    if gap == '"':
        return _QUOTE_GAP.fullmatch(between) is not None
    return between.strip() == gap


def _fits(element: _Element, text: Text, word: int) -> bool:
    kind, value = element.kind, element.value
    if kind == "low":
        return text.low[word] in value  # type: ignore[operator]
    if kind == "cased":
        return text.words[word] in value or text.low[word] in value  # type: ignore[operator]
    if kind == "suffix":
        return text.low[word].endswith(value)  # type: ignore[arg-type]
    if kind == "cap":
        return text.words[word][:1].isupper()
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
            if word + taken >= len(text.words) or _ends_sentence(text, word + taken):
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


def _ends_sentence(text: Text, word: int) -> bool:
    if word == 0:
        return False
    between = text.text[text.ends[word - 1] : text.starts[word]]
    return len(between) > 4 or any(character in ".!?;\n" for character in between)


def match(pattern: Pattern, text: Text, anchor: int) -> tuple[int, int] | None:
    """Return the marked words (first, last + 1) where *pattern* fits with its anchor on the word *anchor*."""
    low, high = pattern.before
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
