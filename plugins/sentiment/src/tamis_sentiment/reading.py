"""From a text to its sentences as the model reads them: words, what each word stands under, what is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from typing import NamedTuple

from tamis import Span
from tamis_sentiment.lexicon import Word

#: How far a negator, and a word that lessens, reach (in words).
NEGATION_REACH: Final = 3
LESSENING_REACH: Final = 2

#: What a word can stand under: plain, negated, lessened; the same inside quotation marks are 3, 4, 5.
PLAIN, NEGATED, LESSENED = 0, 1, 2
IN_QUOTES: Final = 3
STATES: Final = 6
_SUFFIX: Final = ("", "~", "-")

_QUOTES: Final = re.compile(r'["“”„«»]|[\r\n]')


class Sentence(NamedTuple):
    """A sentence: its span, its words as positions *first* to *last* (half-open)."""

    span: Span
    first: int
    last: int


def quotations(text: str) -> list[Span]:
    """Return the spans between quotation marks; a mark that is never closed on its line quotes nothing.

    >>> quotations('He said "no" and “yes, “indeed”.')
    [Span(start=9, end=11), Span(start=18, end=30)]
    """
    found: list[Span] = []
    begin, opener = -1, ""
    for match in _QUOTES.finditer(text):
        mark = match.group()
        if mark in "\r\n":
            begin = -1
        elif begin < 0:
            begin, opener = match.end(), mark
        elif mark not in "“„" or (opener == "„" and mark == "“"):
            found.append(Span(begin, match.start()))
            begin = -1
    return found


def word_key(word: Word) -> str:
    """Return the name of the feature of *word* itself."""
    return "w:" + word.norm


def pair_key(before: str, norm: str) -> str:
    """Return the name of the feature of two words in a row; *before* is `^` at the start of a sentence."""
    return f"b:{before} {norm}"


def lexical_keys(word: Word, state: int) -> Iterator[tuple[str, float]]:
    """Yield the features that *word* has by the word lists where it stands under *state*, with their values."""
    suffix = _SUFFIX[state % IN_QUOTES]
    for kind in word.kinds:
        yield f"c:{kind}{suffix}", 1.0
        if state >= IN_QUOTES:
            yield f'c:{kind}"', 1.0
    if word.opinion:
        yield f"o:{'+' if word.opinion > 0 else '-'}{suffix}", 1.0
    if word.valence:
        yield f"v:{'+' if word.valence > 0 else '-'}{suffix}", abs(word.valence) / 2
