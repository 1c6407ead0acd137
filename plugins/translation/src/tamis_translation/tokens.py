"""Find words run together and words said twice, as a machine leaves them where it copies segments and mark-up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np

from tamis_translation.codes import ACCENTED
from tamis_translation.codes import FUSED
from tamis_translation.codes import places
from tamis_translation.hits import Hit
from tamis_translation.patterns import Text
from tamis_translation.rules import MEDIUM
from tamis_translation.rules import WEAK
from tamis_translation.spelling import parts
from tamis_translation.wordlists import NEVER_DOUBLED

_GLUED: Final = re.compile("[”»%,;).](?=[A-Za-z][a-z])")
#: Addresses and names of files are no words run together.
_ADDRESS: Final = re.compile(r"www|http|@|/|\.\w+\.")
#: So far a word reaches at most on either side of a mark.
_LONGEST: Final = 40
_DOUBLED: Final = frozenset(NEVER_DOUBLED.split())
_LETTERS: Final = (
    ("ß", ("de",)),
    ("äöü", ("de",)),
    ("ñ", ("es",)),
    ("çêèàœâîôûëï", ("fr",)),
    ("óíáú", ("es",)),
    ("òìù", ("it",)),
)


def find_fused(text: Text) -> Iterator[Hit]:
    """Yield words without the space between them: `thatnext`, `theElysée`, `1200euros`, `Mr.Berg`."""
    reason = "Two words run together."
    for place in places(text.codes, FUSED):
        word, start, end = text.words[place], text.starts[place], text.ends[place]
        if two := parts(word):
            yield Hit(start, end, "fused-token", (), MEDIUM, reason, two, None, word)
        elif text.gaps[place + 1] == "." and place + 1 < len(text.words) and text.words[place + 1][0].isupper():
            whole = f"{word}. {text.words[place + 1]}"
            yield Hit(start, text.ends[place + 1], "fused-token", (), MEDIUM, reason, whole, None, "title")


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
    twice = (text.codes[1:] ^ text.codes[:-1]) >> np.uint64(32) == 0
    for place in (np.flatnonzero(twice) + 1).tolist():
        if low[place] in _DOUBLED and len(text.gaps[place]) == 1:
            start, end = text.starts[place - 1], text.ends[place]
            yield Hit(start, end, "repetition", (), WEAK, "The same word twice.", low[place], None, "doubled")


def find_accented(text: Text) -> Iterator[Hit]:
    """Yield words in small letters with an accent that no English word has: left untranslated, in company."""
    for place in places(text.codes, ACCENTED):
        word, start, end = text.words[place], text.starts[place], text.ends[place]
        languages = next((of for letters, of in _LETTERS if any(letter in word for letter in letters)), ())
        reason = "A foreign word left as it is."
        yield Hit(start, end, "untranslated", languages, WEAK, reason, "", None, "accented")
