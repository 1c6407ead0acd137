"""Match compiled patterns against the words of a text."""

from __future__ import annotations

import re
from typing import Final

from tamis_translation.patterns import Element
from tamis_translation.patterns import Pattern
from tamis_translation.patterns import Text

_PLAIN_GAPS: Final = frozenset([" ", "\u00a0", "\n", "-", "‑", "\u202f"])
_QUOTE_GAP: Final = re.compile(r"[,.!?…]?[ \u00a0\u202f]?[\"“”„«»‟]\s?,?\s*|,? ?['‘’],? ")
_PHRASE_GAP: Final = re.compile(r"[,.;:!?…)»”]|$")
_SENTENCE_GAP: Final = re.compile(r"[.!?…»”\"\n:]")


def _gap_fits(text: Text, word: int, gap: str) -> bool:
    between = text.gaps[word]
    if not gap:
        return between in _PLAIN_GAPS
    if len(between) > 12:
        return gap == "<s>"
    if gap == "<s>":
        return word == 0 or _SENTENCE_GAP.search(between) is not None
    if gap == "<e>":
        return _PHRASE_GAP.match(between) is not None
    if gap == '"':
        return _QUOTE_GAP.fullmatch(between) is not None
    between = between.strip()
    return between.startswith(gap) or between.endswith(gap)


def _fits(element: Element, text: Text, word: int) -> bool:
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
    between = text.gaps[word]
    return between != " " and (len(between) > 4 or any(character in ".!?;\n" for character in between))


def match(pattern: Pattern, text: Text, anchor: int) -> tuple[int, int] | None:
    """Return the marked words (first, last + 1) where *pattern* fits with its anchor on the word *anchor*."""
    words = text.low
    for step, value in pattern.checks:
        place = anchor + step
        if place < 0 or place >= len(words) or words[place] not in value:
            return None
    if pattern.gap is not None and not _gap_fits(text, anchor, pattern.gap):
        return None
    low, high = pattern.before
    if pattern.fixed:
        return _match_fixed(pattern, text, anchor - low)
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


def _match_fixed(pattern: Pattern, text: Text, start: int) -> tuple[int, int] | None:
    """Match a pattern that has a word for each element, from the word *start* on."""
    end = start + len(pattern.elements)
    if start < 0 or end > len(text.low):
        return None
    for word, element in enumerate(pattern.elements, start):
        if not _fits(element, text, word):
            return None
        if (element.gap or word > start) and not _gap_fits(text, word, element.gap):
            return None
    first, last = pattern.mark
    return (start + first, start + last) if not pattern.after or _gap_fits(text, end, pattern.after) else None
