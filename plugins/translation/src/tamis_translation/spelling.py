"""What the spelling of a word tells: two words run together, an accent that no English word has."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from tamis_translation.wordlists import COMMON_WORDS
from tamis_translation.wordlists import FREQUENT_WORDS
from tamis_translation.wordlists import FUNCTION_WORDS
from tamis_translation.wordlists import LOAN_WORDS
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
_SLAVIC: Final = re.compile("[eo][vw]|sk|[wv]lad|[wv]olod|enko|tsch|tch|[ki]j|yy|ï")
#: Titles that may run into the name after their point.
TITLES: Final = frozenset(["mr", "mrs", "ms", "dr", "prof"])
_ACCENTED: Final = re.compile(r"[^\W\d_A-ZÀ-Ý]*[à-öø-ÿœßčřšžěů][^\W\d_]*")
_LOANS: Final = frozenset(LOAN_WORDS.split())


@lru_cache(maxsize=100_000)
def parts(word: str) -> str:
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


def is_accented(word: str, low: str) -> bool:
    """Say whether *word* (*low*: in lower case) has an accent and is neither a name nor a loan word of English."""
    return low not in _LOANS and _ACCENTED.fullmatch(word) is not None


def is_slavic(word: str, low: str) -> bool:
    """Say whether *word* (*low*: in lower case) may be a Slavic name, which languages romanise each in its way."""
    return word[0].isupper() and len(word) > 5 and not word.isupper() and _SLAVIC.search(low) is not None
