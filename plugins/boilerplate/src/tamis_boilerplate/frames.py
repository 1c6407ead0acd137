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
from functools import cached_property
from typing import Final
from typing import NamedTuple

#: The key of frames that start with a number.
NUMBER: Final = "0"

_TOKEN: Final = re.compile(r"\\(.)|(\.\.\.)|<(\w+)>|([^\W_][\w'’\-]*(?:\.[\w]+)*[*?]?)|(\S)")
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


def plain(word: str) -> str:
    """Return *word* in lower case with straight apostrophes and without accents: the key under which frames are kept.

    >>> plain("L’Été")
    "l'ete"
    """
    word = word.lower().replace("’", "'").replace("ʼ", "'")
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


class Frame:
    """One frame: *source*, the words it may start with, and its pattern, compiled when first needed."""

    __slots__ = ("__dict__", "first", "length", "open_end", "regex", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        part, rest = _choices([match.groups() for match in _TOKEN.finditer(source)], source)
        if rest:
            raise FrameError(f"a bracket is closed that was not opened in {source!r}")
        if None in part.first:
            raise FrameError(f"a frame starts with a word, {source!r} may not")
        self.regex = part.regex
        #: The words it may start with, as `plain` writes them.
        self.first = frozenset(word for word in part.first if word)
        #: The number of words that must be there; short frames need more evidence around them.
        self.length = part.length
        #: Whether it ends with a name, which may go on for some words in capitals.
        self.open_end = re.search(r"<site>\W*$", source) is not None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, to be matched on lower-case text."""
        return re.compile(self.regex + r"(?!\w)")


class _Part(NamedTuple):
    regex: str
    first: frozenset[str | None]
    length: int
    optional: bool = False
    glued: bool = False


_Tokens = list[tuple[str | None, ...]]


def _choices(tokens: _Tokens, source: str) -> tuple[_Part, _Tokens]:
    """Read `a | b | c` up to a closing bracket or the end."""
    parts: list[_Part] = []
    while True:
        part, tokens = _sequence(tokens, source)
        parts.append(part)
        if tokens and tokens[0][4] == "|":
            tokens = tokens[1:]
            continue
        if len(parts) == 1:
            return parts[0], tokens
        first = frozenset(word for part in parts for word in part.first)
        return _Part(f"(?:{'|'.join(p.regex for p in parts)})", first, min(p.length for p in parts)), tokens


def _sequence(tokens: _Tokens, source: str) -> tuple[_Part, _Tokens]:
    """Read items up to `|`, a closing bracket or the end."""
    items: list[_Part] = []
    while tokens and tokens[0][4] not in ("|", ")"):
        escaped, gap, slot, word, sign = tokens[0]
        tokens = tokens[1:]
        if word is not None:
            part = _Part(_letters(word), _keys(word), 1)
        elif gap is not None:
            part = _Part(r"[^.!?\n]{0,60}?", frozenset((None,)), 0, glued=True)
        elif slot is not None:
            if slot not in _SLOTS:
                raise FrameError(f"there is no slot <{slot}>, but {', '.join(sorted(_SLOTS))} (in {source!r})")
            part = _Part("(?:" + _SLOTS[slot] + ")", frozenset((NUMBER if slot == "n" else None,)), 0)
        elif sign == "(":
            part, tokens = _choices(tokens, source)
            if not tokens or tokens[0][4] != ")":
                raise FrameError(f"a bracket is not closed in {source!r}")
            part, tokens = part._replace(regex=f"(?:{part.regex})"), tokens[1:]
        else:
            part = _Part(re.escape(escaped or sign or ""), frozenset((None,)), 0, glued=True)
        if tokens and tokens[0][4] == "?":
            part, tokens = part._replace(optional=True), tokens[1:]
        items.append(part)
    return _join(items, source), tokens


def _join(items: list[_Part], source: str) -> _Part:
    needed = next((index for index, item in enumerate(items) if not item.optional), None)
    if needed is None:
        raise FrameError(f"nothing in {source!r} (or in one of its brackets) has to be there")
    regex = ""
    first: set[str | None] = set()
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
        if index <= needed:
            first |= item.first
    return _Part(regex, frozenset(first), sum(item.length for item in items if not item.optional))


def _keys(word: str) -> frozenset[str | None]:
    """Return the words that *word* of a frame stands for, or None where they cannot be listed."""
    if word.endswith("*"):
        return frozenset((None,))
    if word.endswith("?"):
        return frozenset((plain(word[:-1]), plain(word[:-2])))
    return frozenset((plain(word),))


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
