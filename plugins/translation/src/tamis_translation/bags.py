"""Bags: words that stand close together in any order, which is how idioms survive a machine.

    & {write} stars         any form of "write" and "stars" in one sentence, at most `REACH` words apart

A translator takes an idiom word for word, but each system orders and inflects the words its own way; a bag finds them
all. What is marked goes from the first word to the last.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from typing import Final
from typing import NamedTuple

from tamis_translation.matching import ends_sentence
from tamis_translation.patterns import Partner
from tamis_translation.patterns import PatternError
from tamis_translation.patterns import Text
from tamis_translation.patterns import words_of

#: The most words from the first to the last of a bag.
REACH: Final = 8
SIGN: Final = "&"


class Bag(NamedTuple):
    """The words of which one each must be there, beside the anchor."""

    needs: tuple[frozenset[str], ...]
    partner: Partner | None


def compile_bag(source: str, classes: Mapping[str, Collection[str]], anchor: int) -> Bag:
    """Return the bag *source* without the item number *anchor*. Raises PatternError."""
    items = source.split()
    if len(items) < 2 or any(item[0] in '*^#[]<"' or item[-1] == "?" for item in items):
        raise PatternError(f"a bag holds two words or more and nothing else: {source!r}")
    others = [item for number, item in enumerate(items) if number != anchor]
    needs = tuple(frozenset(word.lower() for word in words_of(item, classes)) for item in others)
    return Bag(needs, Partner(min(needs, key=len), 1, REACH - 1, before=True, after=True))


def match_bag(bag: Bag, text: Text, anchor: int) -> tuple[int, int] | None:
    """Return the words (first, last + 1) from the first to the last of *bag* about the word *anchor*, or None."""
    low = text.low
    first = last = anchor
    places: set[int] = set()
    for words in bag.needs:
        place = _nearest(words, text, anchor, places)
        if place is None:
            return None
        places.add(place)
        first, last = min(first, place), max(last, place)
    if last - first >= REACH or any(ends_sentence(text, place) for place in range(first + 1, last + 1)):
        return None
    return (first, last + 1) if last < len(low) else None


def _nearest(words: frozenset[str], text: Text, anchor: int, taken: set[int]) -> int | None:
    low = text.low
    for step in range(1, REACH):
        for place in (anchor + step, anchor - step):
            if 0 <= place < len(low) and low[place] in words and place not in taken:
                return place
    return None
