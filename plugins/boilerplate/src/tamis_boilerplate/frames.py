"""The small language in which rules are written: a frame of words, choices, gaps and slots becomes a pattern.

    read (also|more|next)            words, one of several
    (you)? (still)? have <percent>   `?` makes the group, slot or sign before it optional
    comments?                        right after a letter, `?` makes that letter optional
    sign up ... newsletter           `...` is at most 60 characters of the same sentence
    abonn* us                        `*` ends a word with up to 14 more letters
    <n> <percent> <w> <site> <url>   a number, a share, a word, one to four words, an address
    leave a reply \\?                 other signs stand for themselves; `\\` before ? ( ) | * < makes them plain

Case, the form of apostrophes, accents left out and the width of white space do not matter. A frame starts
with a word or with <n>.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from collections.abc import Set
from functools import cache
from functools import cached_property
from functools import lru_cache
from itertools import filterfalse
from typing import Final
from typing import NamedTuple

#: The key of frames that start with a number.
NUMBER: Final = "0"

_TOKEN: Final = re.compile(r"\\(.)|(\.\.\.)|<(\w+)>|([^\W_][\w'’\-]*(?:\.[\w]+)*[*?]?)|(\S)")
_PIECE: Final = re.compile(r"[^\W_]+")
#: Neither end may be inside a word.
_GAP: Final = r"(?!(?<=\w)\w)[^.!?\n]{0,60}?(?!(?<=\w)\w)"
_WORD: Final = r"[\w'’&.@+-]{1,30}"
_SLOTS: Final = {
    "n": r"(?:\d{1,4}[./:-]\d{1,2}(?:[./:-]\d{1,4})?|\d{1,3}(?:[.,\s]?\d{3}){0,2}(?:[.,]\d{1,2})?)",
    "percent": r"\d{1,3}(?:[.,]\d{1,3})?\s?(?:%|percent|per\scent|pct|prozent|pour\scent|por\sciento|per\scento"
    r"|por\scento|procent|proc\.)",
    "w": _WORD,
    "site": _WORD + r"(?:\s" + _WORD + r"){0,3}?",
    "url": r"(?:https?://|www\.)\S{3,300}",
}


class FrameError(ValueError):
    """A frame cannot be read; the message says where and why."""


@lru_cache(maxsize=1 << 14)
def plain(word: str) -> str:
    """Return *word* in lower case with straight apostrophes and without accents: the key under which frames are kept.

    >>> plain("L’Été")
    "l'ete"
    """
    if word.isascii():
        return word.lower()
    word = word.lower().replace("’", "'").replace("ʼ", "'")
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def pieces(words: Sequence[str]) -> set[str]:
    """Return *words*, which `plain` wrote, and the letters between their hyphens and apostrophes.

    >>> sorted(pieces(["e-mail", "l'ete", "port"]))
    ['e', 'e-mail', 'ete', "l'ete", 'l', 'mail', 'port']
    """
    found = set(words)
    found.update(*map(_parts, list(filterfalse(str.isalpha, found))))
    return found


@lru_cache(maxsize=1 << 14)
def _parts(word: str) -> Sequence[str]:
    return _PIECE.findall(word)


class Frame:
    """One frame: its *source*, the words it may start with, and its pattern, built when first needed."""

    __slots__ = ("__dict__", "open_end", "source", "starts")

    def __init__(self, source: str) -> None:
        self.source = source
        #: Whether it ends with a name, which may go on for some words in capitals.
        self.open_end = "<site>" in source[-10:]
        #: The first two words it may have, as `plain` writes them; None stands for any word or none.
        self.starts: Sequence[tuple[str, str | None]]
        if source.replace(" ", "").isalpha():
            words = plain(source).split(" ")
            self.starts = ((words[0], words[1] if len(words) > 1 else None),)
            return
        part, _ = _choices(tokens(source), source, False)
        if any(not start or start[0] is None for start in part.starts):
            raise FrameError(f"a frame starts with a word, {source!r} may not")
        self.starts = sorted({(str(start[0]), start[1] if len(start) > 1 else None) for start in part.starts}, key=str)

    @cached_property
    def regex(self) -> str:
        """The regular expression. Raises FrameError where the frame cannot be read."""
        part, rest = _choices(tokens(self.source), self.source, True)
        if rest:
            raise FrameError(f"a bracket is closed that was not opened in {self.source!r}")
        return part.regex

    @cached_property
    def needs(self) -> Sequence[frozenset[str]]:
        """Sets of pieces of words (see `pieces`), the rarest first: in all that fits stands one of each set."""
        part, _ = _choices(tokens(self.source), self.source, True)
        return part.needs

    def may_fit(self, pieces: Set[str]) -> bool:
        """Return whether *pieces*, those of a text, hold what the frame needs: if not, it fits nowhere in it."""
        return not any(map(pieces.isdisjoint, self.needs))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, to be matched on lower-case text."""
        return re.compile(self.regex + r"(?!\w)")


def tokens(source: str) -> _Tokens:
    """Return the words, slots and signs of a frame, the last first."""
    return [match.groups() for match in _TOKEN.finditer(source)][::-1]


_Starts = frozenset[tuple[str | None, ...]]
_NOTHING: Final[_Starts] = frozenset(((),))
_ANYTHING: Final[_Starts] = frozenset(((None, None),))
_NUMBERS: Final[_Starts] = frozenset(((NUMBER, None),))


class _Part(NamedTuple):
    regex: str
    #: How its words may begin: up to two, None for one that is not known.
    starts: _Starts
    optional: bool = False
    glued: bool = False
    #: Sets of pieces of words, the rarest first: in all that it matches stands one of each.
    needs: Sequence[frozenset[str]] = ()


_Tokens = list[tuple[str | None, ...]]


def _choices(tokens: _Tokens, source: str, build: bool) -> tuple[_Part, _Tokens]:
    """Read `a | b | c` up to a closing bracket or the end; without *build* only what it may start with."""
    parts = [_sequence(tokens, source, build)]
    while tokens and tokens[-1][4] == "|":
        tokens.pop()
        parts.append(_sequence(tokens, source, build))
    if len(parts) == 1:
        return parts[0], tokens
    starts = frozenset(start for part in parts for start in part.starts)
    needs: Sequence[frozenset[str]] = ()
    if all(part.needs for part in parts):
        needs = (frozenset().union(*(part.needs[0] for part in parts)),)
    # The longest first: `all cookies` before `all`.
    longest = sorted((part.regex for part in parts), key=len, reverse=True)
    glued = all(part.glued for part in parts)
    return _Part(f"(?:{'|'.join(longest)})" if build else "", starts, glued=glued, needs=needs), tokens


def _sequence(tokens: _Tokens, source: str, build: bool) -> _Part:
    """Read items up to `|`, a closing bracket or the end."""
    items: list[_Part] = []
    starts = _NOTHING
    while tokens and tokens[-1][4] not in ("|", ")"):
        part = _item(tokens, source, build)
        if tokens and tokens[-1][4] == "?":
            tokens.pop()
            part = part._replace(optional=True)
        items.append(part)
        starts = _followed(starts, part)
        if not build and all(len(start) > 1 for start in starts):
            _skip(tokens)
            return _Part("", starts)
    glued = bool(items) and all(item.glued for item in items)
    return _Part(_join(items, source) if build else "", starts, glued=glued, needs=_rarest(items))


def _rarest(items: Sequence[_Part]) -> Sequence[frozenset[str]]:
    """Return what *items* in a row need, the rarest first, as far as length tells."""
    # Behind a hyphen the word may be part of a number's: "a 5-minute read".
    behind = [False, *(item.regex.endswith("-") for item in items)]
    loose = zip(items, behind, strict=False)
    needs = [need for item, hyphen in loose if not item.optional and not hyphen for need in item.needs]
    return sorted(needs, key=lambda need: (-min(map(len, need)), len(need)))


def _skip(tokens: _Tokens) -> None:
    """Drop the rest of a sequence."""
    depth = 0
    while tokens:
        sign = tokens[-1][4]
        if depth == 0 and sign in ("|", ")"):
            return
        depth += (sign == "(") - (sign == ")")
        tokens.pop()


def _item(tokens: _Tokens, source: str, build: bool) -> _Part:
    """Read one word, slot, gap, sign or group."""
    escaped, gap, slot, word, sign = tokens.pop()
    if word is not None:
        return _Part(_letters(word) if build else "", _keys(word), needs=_longest(word))
    if gap is not None:
        return _Part(_GAP, _ANYTHING, glued=True)
    if slot is not None:
        if slot not in _SLOTS:
            raise FrameError(f"there is no slot <{slot}>, but {', '.join(sorted(_SLOTS))} (in {source!r})")
        return _Part("(?:" + _SLOTS[slot] + ")", _NUMBERS if slot == "n" else _ANYTHING)
    if sign == "(":
        part, tokens = _choices(tokens, source, build)
        if not tokens or tokens.pop()[4] != ")":
            raise FrameError(f"a bracket is not closed in {source!r}")
        return part._replace(regex=f"(?:{part.regex})")
    return _Part(re.escape(escaped or sign or ""), _NOTHING, glued=True)


def _join(items: list[_Part], source: str) -> str:
    needed = next((index for index, item in enumerate(items) if not item.optional), None)
    if needed is None:
        raise FrameError(f"nothing in {source!r} (or in one of its brackets) has to be there")
    regex = ""
    for index, item in enumerate(items):
        before = items[index - 1] if index else item
        space = r"\s{0,3}" if item.glued or before.glued else r"\s{1,3}"
        if index < needed:
            after = r"\s{0,3}" if item.glued or items[index + 1].glued else r"\s{1,3}"
            regex += f"(?:{item.regex}{after})?"
        elif index == needed:
            regex += item.regex
        else:
            regex += f"(?:{space}{item.regex})?" if item.optional else space + item.regex
    return regex


def _followed(starts: _Starts, item: _Part) -> _Starts:
    """Return how *starts* may go on when *item* comes next, up to two words."""
    if starts is _NOTHING:
        return item.starts | starts if item.optional else item.starts
    if all(len(start) > 1 for start in starts):
        return starts
    more = {(*start, *after)[:2] for start in starts for after in item.starts}
    return frozenset(more | starts) if item.optional else frozenset(more)


@cache
def _keys(word: str) -> _Starts:
    """Return the words that *word* of a frame stands for, None where they cannot be listed."""
    if word.endswith("*"):
        return _ANYTHING
    if word.endswith("?"):
        return frozenset(((plain(word[:-1]),), (plain(word[:-2]),)))
    return frozenset(((plain(word),),))


@cache
def _longest(word: str) -> Sequence[frozenset[str]]:
    """Return the longest piece of *word*, in both forms where its last letter is optional; none of a stem `word*`."""
    forms = [word[:-1], word[:-2]] if word.endswith("?") else [word]
    longest = [max(_PIECE.findall(plain(form)), key=len, default="") for form in forms]
    return () if word.endswith("*") or not all(map(str.isalpha, longest)) else (frozenset(longest),)


@cache
def _letters(word: str) -> str:
    out = []
    for letter in word.rstrip("*?").lower():
        base = plain(letter)
        if letter in "'’":
            out.append("['’ʼ]")
        elif base != letter and len(base) == 1:
            out.append(f"[{letter}{base}]")
        else:
            out.append(re.escape(letter))
    return "".join(out) + (r"\w{0,14}" if word.endswith("*") else "?" if word.endswith("?") else "")
