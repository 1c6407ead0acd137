"""What the linear models read: words of texts or documents, folded, and the row of each in the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tamis.document import Document
from tamis.text import Words
from tamis.text import word_texts
from tamis.text import words as words_of

#: What a model reads: a text, a document (its title is put before a text that lacks it), or words already made.
Item: TypeAlias = str | Document | Words
Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What a linear model sees of a text; the defaults suit short texts."""

    #: The longest word n-gram; 0 for no words.
    ngrams: int = 2
    #: Shortest and longest character n-gram inside a word with its bounds (`_oil_`), or None.
    chars: tuple[int, int] | None = None
    #: In how many training texts a feature must occur.
    min_df: int = 2
    #: At most so many word features (and as many of characters), the most frequent ones; 0 for all.
    max_features: int = 0
    #: Count a feature that occurs n times as 1 + log(n).
    sublinear: bool = True
    #: Words of the lead, which is seen once more as a segment of its own; 0 for none.
    lead: int = 0
    #: The share of the lead in the document; the chunks have the rest.
    lead_weight: float = 0.5
    #: About how many words a chunk has; 0 for the whole text in one.
    chunk: int = 0
    #: Read every digit as 0.
    digits: bool = False
    #: The static embedding whose mean over the words is seen too (`wordllama`); empty for none.
    embedding: str = ""


_PLAIN: Final = str.maketrans({"’": "'", "ʼ": "'", "‐": "-", "‑": "-"})
_DIGIT: Final = re.compile(r"\d")
#: How many words as written a model remembers: bounds its memory on endless streams.
_REMEMBERED: Final = 200_000
_LONGEST: Final = 100


def as_words(item: Item) -> Words:
    """Return the words of *item*; those of a title that is not in the text come first, at -1."""
    if isinstance(item, str):
        return words_of(item)
    if not isinstance(item, Document):
        return item
    title = item.title
    if not title or item.text.lstrip().startswith(title.strip()):
        return item.words
    first = words_of(title).texts
    nowhere = [-1] * len(first)
    return Words([*first, *item.words.texts], [*nowhere, *item.words.starts], [*nowhere, *item.words.ends])


def as_texts(item: Item) -> Words:
    """Return what `as_words` returns, of a str without the offsets: for predicting, where none are wanted."""
    return Words(word_texts(item), (), ()) if isinstance(item, str) else as_words(item)


def fold(word: str, digits: bool = False) -> str:
    """Return *word* as the models know it: lower case, plain quotes, no 's; with *digits*, every digit as 0.

    >>> fold("France’s")
    'france'
    """
    word = word.lower()
    if not word.isascii():
        word = word.translate(_PLAIN)
    if word.endswith("'s"):
        word = word[:-2]
    return _DIGIT.sub("0", word) if digits else word


def char_ngrams(word: str, sizes: tuple[int, int]) -> Iterator[str]:
    """Return the character n-grams of *word* with its bounds, from the shortest of *sizes* to the longest.

    >>> list(char_ngrams("oil", (3, 4)))
    ['_oi', 'oil', 'il_', '_oil', 'oil_']
    """
    word = f"_{word[:_LONGEST]}_"
    for size in range(sizes[0], sizes[1] + 1):
        for start in range(len(word) - size + 1):
            yield word[start : start + size]


class WordRows(dict[str, int]):
    """The row of each word as written, -1 where unknown; filled as words are met, within a bound."""

    def __init__(self, known: dict[str, int], digits: bool) -> None:
        self.known = known
        self.digits = digits

    def __missing__(self, word: str) -> int:
        folded = fold(word, self.digits)
        row = self.known.get(folded, -1)
        if row < 0 and "-" in folded:
            # Of an unknown compound the last part that is known: oil-exporting, Franco-Kazakh.
            row = next((self.known[part] for part in reversed(folded.split("-")) if part in self.known), -1)
        if len(self) < _REMEMBERED and len(word) < _LONGEST:
            self[word] = row
        return row


class CharRows(dict[str, Ints]):
    """The rows of the character n-grams of each word as written; filled as words are met, within a bound."""

    def __init__(self, known: dict[str, int], sizes: tuple[int, int], digits: bool) -> None:
        self.known = known
        self.sizes = sizes
        self.digits = digits

    def __missing__(self, word: str) -> Ints:
        known = self.known
        rows = np.array([known[g] for g in char_ngrams(fold(word, self.digits), self.sizes) if g in known], np.int64)
        if len(self) < _REMEMBERED and len(word) < _LONGEST:
            self[word] = rows
        return rows
