"""Who is named in a text: capitalised words in a row, and the pronouns that stand for a person."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Final
from typing import NamedTuple

from tamis import Span
from tamis.text import Segments
from tamis_sentiment.lexicon import Lexicon
from tamis_sentiment.reading import Sentence

_PRONOUNS: Final = frozenset(["he", "she", "him", "her", "his", "they", "them", "their"])
#: Of these one knows that they stand for a person.
_PERSONS: Final = frozenset(["he", "she", "him", "her", "his", "himself", "herself"])


class Named(NamedTuple):
    """A name in a text, or a pronoun that stands for one."""

    span: Span
    pronoun: bool


def named(
    segments: Segments, sentences: Iterable[Sentence], lexicon: Lexicon, common: Collection[str]
) -> Iterator[Named]:
    """Yield the names and pronouns in *sentences*; a capitalised word that is not among *common* is part of a name."""
    text, words = segments.text, segments.words
    for sentence in sentences:
        run = range(0)
        for at in range(sentence.first, sentence.last + 1):
            norm = lexicon.word(words.texts[at]).norm if at < sentence.last else ""
            name = at < sentence.last and words.texts[at][:1].isupper() and norm not in common
            if name and run and text[words.ends[at - 1] : words.starts[at]] == " ":
                run = range(run.start, at + 1)
                continue
            if run:
                yield Named(Span(words.starts[run.start], words.ends[run.stop - 1]), False)
            run = range(at, at + 1) if name else range(0)
            if norm in _PRONOUNS and not name:
                yield Named(Span(words.starts[at], words.ends[at]), True)


def speaks_of_a_person(segments: Segments, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Return whether a pronoun of *sentence* stands for a person."""
    spellings = segments.words.texts[sentence.first : sentence.last]
    return any(lexicon.word(spelling).norm in _PERSONS for spelling in spellings)
