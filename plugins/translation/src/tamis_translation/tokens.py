"""Find words run together and words said twice, as a machine leaves them where it copies segments and mark-up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from tamis_translation.hits import Hit
from tamis_translation.patterns import Text
from tamis_translation.rules import MEDIUM
from tamis_translation.rules import WEAK
from tamis_translation.wordlists import COMMON_WORDS
from tamis_translation.wordlists import FREQUENT_WORDS
from tamis_translation.wordlists import FUNCTION_WORDS
from tamis_translation.wordlists import NEVER_DOUBLED
from tamis_translation.wordlists import RUN_ON
from tamis_translation.wordlists import WHOLE_WORDS

_WORDS: Final = frozenset(
    word for word in f"{FUNCTION_WORDS} {COMMON_WORDS} {FREQUENT_WORDS}".split() if len(word) > 3 and word.isalpha()
)
_FIRST: Final = tuple(RUN_ON.split())
_LAST: Final = ("the", "and", "that", "with", "from", "which", "was", "were", "have", "had")
#: English words that seem to be two.
_WHOLE: Final = frozenset(WHOLE_WORDS.split())
_JOINED: Final = re.compile(
    "(?:the|of|in|and|to|for|from|by|with|at|on|is|was|has|that|these|their|his|her)[A-ZÉÖÄÜ][a-zéèïöäü]{3,}"
)
_COUNTED: Final = re.compile(r"(?:\d{1,3}(?:,\d{3})*|\d+)([a-z]{4,})")
_GLUED: Final = re.compile("[”»%,;).](?=[A-Za-z][a-z])")
#: Addresses and names of files are no words run together.
_ADDRESS: Final = re.compile(r"www|http|@|/|\.\w+\.")
#: So far a word reaches at most on either side of a mark.
_LONGEST: Final = 40
_TITLES: Final = frozenset(["mr", "mrs", "ms", "dr", "prof"])
_DOUBLED: Final = frozenset(NEVER_DOUBLED.split())


@lru_cache(maxsize=100_000)
def _parts(word: str) -> str:
    """Return the two words that *word* is made of, or nothing where it may be one."""
    if _JOINED.fullmatch(word):
        cut = next(place for place in range(1, len(word)) if word[place].isupper())
        return f"{word[:cut]} {word[cut:]}"
    counted = _COUNTED.fullmatch(word)
    if counted:
        unit = counted.group(1)
        return f"{word[: counted.start(1)]} {unit}" if unit in _WORDS and not unit.endswith("illion") else ""
    low = word.lower()
    if len(low) < 7 or not low.isalpha() or low in _WHOLE or low in _WORDS:
        return ""
    for first in _FIRST:
        if low.startswith(first) and low[len(first) :] in _WORDS:
            return f"{word[: len(first)]} {word[len(first) :]}"
    for last in _LAST if word.islower() else ():
        if low.endswith(last) and low[: -len(last)] in _WORDS:
            return f"{word[: -len(last)]} {last}"
    return ""


def find_fused(text: Text) -> Iterator[Hit]:
    """Yield words without the space between them: `thatnext`, `theElysée`, `1200euros`, `Mr.Berg`."""
    reason = "Two words run together."
    fused = {word: parts for word in set(text.words) if len(word) > 5 and (parts := _parts(word))}
    for place, low in enumerate(text.low):
        if fused and (parts := fused.get(text.words[place], "")):
            word = text.words[place]
            yield Hit(text.starts[place], text.ends[place], "fused-token", (), MEDIUM, reason, parts, None, word)
        elif low in _TITLES and place + 1 < len(text.words):
            word = text.words[place]
            end, start = text.ends[place], text.starts[place + 1]
            if start == end + 1 and text.text[end] == "." and text.words[place + 1][0].isupper():
                whole = f"{word}. {text.words[place + 1]}"
                yield Hit(
                    text.starts[place], text.ends[place + 1], "fused-token", (), MEDIUM, reason, whole, None, "title"
                )


def find_glued(text: str) -> Iterator[Hit]:
    """Yield words that a mark runs together: `downstairs.”Talking`, `62%year`."""
    for found in _GLUED.finditer(text):
        start, end = found.span()
        mark, before = found.group(), text[start - 1 : start]
        if not (before.isdigit() if mark == "%" else before.isalnum() or (mark in "”»" and before in ".,!?")):
            continue
        if mark == "." and not (text[max(0, start - 3) : start].islower() and text[end].isupper()):
            continue
        while start and not text[start - 1].isspace() and found.start() - start < _LONGEST:
            start -= 1
        while end < len(text) and text[end].isalpha() and end - found.end() < _LONGEST:
            end += 1
        if not _ADDRESS.search(text, start, end):
            reason = "The space after the mark is missing."
            yield Hit(start, end, "fused-token", (), WEAK if mark in ".,)" else MEDIUM, reason, "", None, "glued")


def find_doubled(text: Text) -> Iterator[Hit]:
    """Yield a function word that stands twice in a row."""
    low = text.low
    twice = [place for place, (first, second) in enumerate(pairwise(low), 1) if first == second]
    for place in twice:
        if low[place] in _DOUBLED and text.starts[place] == text.ends[place - 1] + 1:
            start, end = text.starts[place - 1], text.ends[place]
            yield Hit(start, end, "repetition", (), WEAK, "The same word twice.", low[place], None, "doubled")
