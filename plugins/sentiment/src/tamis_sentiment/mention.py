"""A mention of a target as the target model reads it: the words around it, and how each stands to it.

There is no parser here. What a word has to do with the target is guessed from the side it stands on, from what lies
between (another name, the end of a clause), and from whether a verb looks passive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Final
from typing import NamedTuple

from tamis.text import Segments
from tamis_sentiment.frames import POSSESSIVES
from tamis_sentiment.lexicon import Lexicon
from tamis_sentiment.lexicon import Word
from tamis_sentiment.reading import HEADLINE
from tamis_sentiment.reading import SENTENCES
from tamis_sentiment.reading import form_of

if TYPE_CHECKING:
    from tamis_sentiment.model import Reading

#: Words further from the mention than this are not read.
REACH: Final = 60
_BREAKS: Final = frozenset(",;:()–—|/")
_LONG_BREAKS: Final = (" - ", "...")
_CLAUSE_WORDS: Final = frozenset(
    ["but", "while", "as", "after", "although", "though", "despite", "amid", "because", "whereas", "when", "if"]
) | frozenset(["before", "since", "who", "which", "that", "where", "until", "unless", "so", "yet"])
_BE: Final = frozenset(
    ["is", "are", "was", "were", "be", "been", "being", "get", "gets", "got", "isn't", "aren't", "wasn't", "weren't"]
)
_BE_REACH: Final = 3
_BY_REACH: Final = 2
_PARTICIPLE: Final = ("ed", "en")


class Near(NamedTuple):
    """A word near a mention, and how it stands to it."""

    word: Word
    state: int
    #: Its place among the words of the text, and the valence of the word or of the phrase that ends here.
    at: int
    grade: int
    #: `L` or `R` of the mention, and how many words away (1: next to it).
    side: str
    distance: int
    #: No punctuation that ends a clause lies between, and no word that begins one either.
    same: bool
    clause: bool
    #: Another name lies between; it is a name itself; it looks like a passive verb.
    apart: bool
    name: bool
    passive: bool
    #: The first character of the punctuation before the word, if there is any.
    mark: str


class Mention(NamedTuple):
    """The words before and after a mention in the order of the text, and what stands right at it."""

    left: list[Near]
    right: list[Near]
    form: str
    state: int
    #: Characters before and after the mention: punctuation, or nothing.
    before: str
    after: str
    possessive: bool
    #: A colon comes earlier, or later, in the sentence.
    after_colon: bool
    before_colon: bool
    #: How many clauses come before it, and how many there are.
    clause: int
    clauses: int


def mention(
    segments: Segments, reading: Reading, lexicon: Lexicon, common: Collection[str], span: tuple[int, int]
) -> Mention | None:
    """Return the words around the mention at *span*, or None where the text has no sentence.

    A capitalised word that is not among *common* is taken for a name.
    """
    start, end = span
    sentence = next((one for one in reading.sentences if start < one.span[1]), None)
    if sentence is None:
        return None
    text, spellings = segments.text, segments.words.texts
    starts, ends = reading.starts, reading.ends
    left = bisect_right(ends, start, sentence.first, sentence.last)
    right = left
    while right < sentence.last and starts[right] < end:
        right += 1
    first, last = max(sentence.first, left - REACH), min(sentence.last, right + REACH)
    words = [lexicon.word(spelling) for spelling in spellings[first:last]]
    gaps = [text[(ends[at - 1] if at > sentence.first else sentence.span[0]) : starts[at]] for at in range(first, last)]
    broken = [at > 0 and _ends_clause(gap) for at, gap in enumerate(gaps)]
    names = [
        spelling[:1].isupper() and word.norm not in common
        for spelling, word in zip(spellings[first:last], words, strict=True)
    ]

    grades = dict(lexicon.grades(spellings, first, left)) | dict(lexicon.grades(spellings, right, last))

    def side(places: Sequence[int], name: str) -> list[Near]:
        found = []
        same = clause = True
        apart = beside = False
        for distance, at in enumerate(places, 1):
            # The gap that is crossed: before a word on the right, after a word on the left.
            gap = at if name == "R" else at + 1
            crossed = gap < len(broken) and broken[gap]
            word = words[at]
            same = same and not crossed
            clause = clause and not crossed and word.norm not in _CLAUSE_WORDS
            mark = gaps[at].strip()[:1]
            found.append(
                Near(
                    word, reading.states[first + at], first + at, 0 if names[at] else grades.get(first + at, 0),
                    name, distance, same, clause, apart, names[at], not names[at] and _passive(words, at), mark,
                )
            )  # fmt: skip
            beside = names[at]
            apart = apart or beside
        return found

    here, after = left - first, right - first
    form = form_of(text[sentence.span[0] : sentence.span[1]], sentence.last - sentence.first, 1)
    return Mention(
        side(range(here - 1, -1, -1), "L")[::-1],
        side(range(after, len(words)), "R"),
        HEADLINE if form == HEADLINE else SENTENCES,
        reading.states[left] if right > left else 0,
        gaps[here].strip()[:1] if here < len(gaps) else "",
        gaps[after].strip()[:1] if after < len(gaps) else "",
        text[end : end + 2] in ("'s", "’s") or text[start:end].lower() in POSSESSIVES,
        ":" in text[sentence.span[0] : start],
        ":" in text[end : sentence.span[1]],
        sum(broken[: here + 1]),
        sum(broken),
    )


def _ends_clause(gap: str) -> bool:
    return not _BREAKS.isdisjoint(gap) or any(mark in gap for mark in _LONG_BREAKS)


def _passive(words: Sequence[Word], at: int) -> bool:
    """Return whether the word looks like a passive verb: a participle after a form of "be", or before "by"."""
    if not words[at].norm.endswith(_PARTICIPLE):
        return False
    if any(word.norm in _BE for word in words[max(0, at - _BE_REACH) : at]):
        return True
    return any(word.norm == "by" for word in words[at + 1 : at + 1 + _BY_REACH])
