"""From a text to its sentences as the model reads them: words, what each word stands under, what is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import compress
from typing import Final
from typing import NamedTuple

from tamis import Span
from tamis_sentiment.lexicon import Word

#: How far a negator, and a word that lessens, reach (in words).
NEGATION_REACH: Final = 3
LESSENING_REACH: Final = 2

#: How far apart (in words) a thing and its rise or fall can stand.
_MOVEMENT_REACH: Final = 6

#: What a word does to the words that follow: it turns them round, it lessens them, it says that something rises or
#: falls, it is a thing that is wanted or unwanted; in a key of `MOVEMENTS`: the rise or fall came before the thing.
NEGATES, LESSENS, RISES, FALLS, WANTED, UNWANTED, BEFORE = 1, 2, 4, 8, 16, 32, 64
#: It compares the number before it with that after it; in a key of `MOVEMENTS`: so the rise or fall is seen.
COMPARES: Final = 128
_COMPARING: Final = frozenset(["from", "versus", "vs", "against", "compared"])
_NUMBER_AFTER: Final = 7
_NUMBER_BEFORE: Final = 12
_YEAR: Final = re.compile(r"(?:19|20)[0-9][0-9]")
_NUMBER: Final = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,12}){0,4}")
_UNITS: Final = {
    "thousand": 1e3, "k": 1e3, "lakh": 1e5, "mn": 1e6, "million": 1e6, "m": 1e6, "crore": 1e7, "cr": 1e7, "bn": 1e9,
    "billion": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_MOVES: Final = RISES | FALLS
_THINGS: Final = WANTED | UNWANTED
_KINDS: Final = {"up": RISES, "gain": RISES, "down": FALLS, "decline": FALLS, "wanted": WANTED, "unwanted": UNWANTED}
#: The names of the features of a thing that rises or falls.
MOVEMENTS: Final = {
    thing | move | order: f"x:{name}{step}{sign}"
    for thing, name in ((WANTED, "wanted"), (UNWANTED, "unwanted"))
    for move, step in ((RISES, "+"), (FALLS, "-"))
    for order, sign in ((0, ""), (BEFORE, "<"), (COMPARES, "="))
}

#: What a word can stand under: plain, negated, lessened; the same inside quotation marks are 3, 4, 5.
PLAIN, NEGATED, LESSENED = 0, 1, 2
IN_QUOTES: Final = 3
STATES: Final = 6
_SUFFIX: Final = ("", "~", "-")

_QUOTES: Final = re.compile(r'["“”„«»]|[\r\n]')


#: The forms of text, each of which has weights of its own beside the common ones.
HEADLINE, SENTENCES, DOCUMENT = FORMS = ("H", "S", "D")
_HEADLINE_WORDS: Final = 30
_DOCUMENT_WORDS: Final = 90
_DOCUMENT_SENTENCES: Final = 3
_ENDED: Final = re.compile(r"[.!?][\"”’)]?\s*+$")
_TAIL: Final = 8
_STEM: Final = 5


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


def turning(word: Word) -> int:
    """Return what *word* does to the words that follow, as the sum of `NEGATES` to `UNWANTED`."""
    found = NEGATES * word.negates | LESSENS * word.lessens
    for kind in word.kinds:
        found |= _KINDS.get(kind, 0)
    return found | COMPARES if word.norm in _COMPARING else found


def movements(
    turns: Sequence[int], spellings: Sequence[str], sentences: Sequence[Sentence]
) -> Iterator[tuple[int, int]]:
    """Yield the words that complete a rise or fall of something, with a key of `MOVEMENTS`.

    "Profit fell" and "fewer jobs" are told by their words, "sales of 13 million, compared with 9" by the numbers.
    """
    end = thing = thing_at = move = move_at = 0
    following = iter(sentences)
    for at in compress(range(len(turns)), turns):
        turn = turns[at]
        if not turn & (_MOVES | _THINGS | COMPARES):
            continue
        while at >= end:
            _, first, end = next(following)
            thing = move = 0
        if turn & COMPARES:
            if thing and (seen := _compared(turns, spellings, thing, (first, at, end))):
                yield at, thing | seen | COMPARES
        elif turn & _THINGS:
            # "Slipped to a loss" is no smaller loss.
            if move and at - move_at <= _MOVEMENT_REACH and "to" not in spellings[move_at:at]:
                yield at, turn & _THINGS | move | BEFORE
            thing, thing_at = turn & _THINGS, at
        else:
            if thing and at - thing_at <= _MOVEMENT_REACH:
                yield at, thing | turn & _MOVES
            move, move_at = turn & _MOVES, at


def _compared(turns: Sequence[int], spellings: Sequence[str], thing: int, places: tuple[int, int, int]) -> int:
    """Return `RISES` or `FALLS` where the number before a word is more, or less, than that after it, else 0.

    *places* are the first word of the sentence, the word, and the end. Another thing in between is not compared with.
    """
    first, at, end = places
    now = then = None
    for place in range(at + 1, min(at + 1 + _NUMBER_AFTER, end)):
        if turns[place] & _THINGS & ~thing or (then := _number(spellings, place, end)) is not None:
            break
    for place in range(at - 1, max(first, at - _NUMBER_BEFORE) - 1, -1):
        if then is None or (now := _number(spellings, place, at)) is not None:
            break
    if now is None or then is None or now == then:
        return 0
    return RISES if now > then else FALLS


def _number(spellings: Sequence[str], at: int, end: int) -> float | None:
    """Return the number at *at*, with the unit that follows it; None for a year and for other words."""
    spelling = spellings[at]
    if not _NUMBER.fullmatch(spelling) or _YEAR.fullmatch(spelling):
        return None
    whole, _, rest = spelling.replace(",", "").partition(".")
    number = float(f"{whole}.{rest.replace('.', '') or 0}")
    return number * _UNITS.get(spellings[at + 1].lower(), 1.0) if at + 1 < end else number


def form_of(text: str, words: int, sentences: int) -> str:
    """Return the form of a text of so many *words* and *sentences*.

    A document has more than three sentences and 90 words; a headline is shorter than 30 words and ends in no stop.

    >>> form_of("Acme shares slump", 3, 1), form_of("Acme shares slump.", 3, 1)
    ('H', 'S')
    """
    if words > _DOCUMENT_WORDS and sentences > _DOCUMENT_SENTENCES:
        return DOCUMENT
    if words < _HEADLINE_WORDS and not _ENDED.search(text.rstrip()[-_TAIL:]):
        return HEADLINE
    return SENTENCES


def word_key(word: Word) -> str:
    """Return the name of the feature of *word* itself."""
    return "w:" + word.norm


def stem_keys(norm: str) -> tuple[str, ...]:
    """Return the name of the feature of the beginning of the word *norm*, if it is longer than that."""
    return (f"w:{norm[:_STEM]}*",) if len(norm) > _STEM else ()


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


def grade_keys(grade: int, state: int) -> Iterator[str]:
    """Yield the features of a word or phrase of valence *grade* under *state*; each counts once."""
    if grade:
        yield f"g:{grade:+d}{_SUFFIX[state % IN_QUOTES]}"
        if state >= IN_QUOTES:
            yield f'g:{grade:+d}"'
