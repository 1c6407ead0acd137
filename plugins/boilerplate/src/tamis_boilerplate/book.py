"""The book: the rules of all packs, ordered by the words that they may start with, and the word lists of the packs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from collections.abc import Set
from enum import IntFlag
from functools import cache
from functools import cached_property
from itertools import count
from operator import attrgetter
from struct import Struct
from typing import Any
from typing import Final
from typing import NamedTuple
from zlib import crc32

from tamis_boilerplate.frames import NUMBER
from tamis_boilerplate.frames import Frame
from tamis_boilerplate.frames import plain
from tamis_boilerplate.learned import telling
from tamis_boilerplate.learned import weight
from tamis_boilerplate.rules import Rule
from tamis_boilerplate.rules import packs
from tamis_boilerplate.rules import read_pack

#: Where a rule counts but for the beginning of a sentence: inside one at a capital; there at a small letter too; in a
#: row of links. Plain numbers, for they are compared at each word.
INSIDE: Final = 1
FLOW: Final = 2
MENU: Final = 4


class Use(NamedTuple):
    """A frame with the rule it belongs to, as the index keeps it."""

    frame: Frame
    id: str
    kind: str
    take: str
    alone: bool
    caps: bool
    start: bool
    order: int
    #: Where it counts: `INSIDE`, `FLOW`, `MENU`.
    where: int


class Uses(NamedTuple):
    """The uses that begin with the same words, in order, and where any of them counts."""

    each: Sequence[Use]
    where: int


def together(uses: list[Use]) -> Uses:
    """Return *uses*, which begin with the same words, in order."""
    if len(uses) == 1:  # most of twenty thousand
        return Uses(uses, uses[0].where)
    where = 0
    for use in uses:
        where |= use.where
    return Uses(sorted(uses, key=_order), where)


class Index:
    """Uses by the words that their frames start with."""

    def __init__(self, starts: Iterable[tuple[str, str | None, Use]]) -> None:
        """Order uses, each given with its first word and its second (None: any word, or none)."""
        self.starts = list(starts)
        self.firsts = frozenset(word for word, _, _ in self.starts)
        #: The first words of those that end a headline.
        self.ending = frozenset(word for word, _, use in self.starts if use.take == "end")
        known: dict[str, dict[str, list[Use]]] = {}
        for word, after, use in self.starts:
            if after is not None:
                known.setdefault(word, {}).setdefault(after, []).append(use)
        #: By the first word, then by the second.
        self.known: Mapping[str, Mapping[str, Uses]] = {
            word: {after: together(uses) for after, uses in nexts.items()} for word, nexts in known.items()
        }

    @cached_property
    def flowing(self) -> Mapping[str, Set[str]]:
        """The second words of the uses that count at a small letter, by the first word; for each first word of such."""
        found: dict[str, set[str]] = {}
        for word, after, use in self.starts:
            if use.where & FLOW:
                found.setdefault(word, set()).update(() if after is None else (after,))
        return found

    @cached_property
    def _free(
        self,
    ) -> tuple[Mapping[str, Uses], Mapping[str, Sequence[tuple[str, Use]]], frozenset[str], frozenset[str]]:
        """The uses whose second word may be any: by the first where nothing else has to be there, else by a need."""
        always: dict[str, list[Use]] = {}
        by_need: dict[str, list[tuple[str, Use]]] = {}
        for word, after, use in self.starts:
            if after is not None:
                continue
            needs = () if use.frame.source.isalpha() else [need for need in use.frame.needs if word not in need]
            if not needs:
                always.setdefault(word, []).append(use)
            for need in needs[0] if needs else ():
                by_need.setdefault(need, []).append((word, use))
        # The intersection with a set takes a third of that with the keys of a mapping.
        return {word: together(uses) for word, uses in always.items()}, by_need, frozenset(always), frozenset(by_need)

    def free(self, pieces: Set[str]) -> Mapping[str, Uses]:
        """Return, by their first word, the uses whose second may be any, of those that may fit in a text of *pieces*.

        One look spares most texts most frames; what fits does not change.
        """
        always, by_need, alone, needed = self._free
        more: dict[str, dict[int, Use]] = {}
        for need in pieces & needed:
            for word, use in by_need[need]:
                if word in pieces and use.frame.may_fit(pieces):
                    more.setdefault(word, {})[use.order] = use
        found = {word: always[word] for word in pieces & alone}
        for word, uses in more.items():
            found[word] = together([*uses.values(), *(found[word].each if word in found else ())])
        return found


_order: Final = attrgetter("order")


class Role(IntFlag):
    """What a word may be the beginning of."""

    RULE = 1  # with a capital or a figure: a rule
    FLOW = 2  # small: a rule that may start inside a sentence
    CREDIT = 4  # a picture's credit
    AGENCY = 8  # the name of an agency
    FIGURE = 16  # a number
    PAGE = 32  # a word by which a page speaks of itself (see vocabulary.py)
    TOLD = 64  # a word that weighs much in segments.py


#: The key of a word, its roles, its weight, and its numbers (see observed.py).
Form = tuple[str, int, float, bytes]
#: Numbers for the word, its root and how it is written, as three unsigned integers of 64 bits.
form_numbers: Final = Struct("=3Q").pack


class Forms(dict[str, Form]):
    """The key, the roles and the weight of each word, as it stands in a text; most have been seen before."""

    def __init__(self, keys: Mapping[Role, Set[str]]) -> None:
        self._keys = [(int(role), listed) for role, listed in keys.items()]

    def __missing__(self, word: str) -> Form:
        key = NUMBER if word[0].isdigit() else plain(word)
        small = word[0].islower()
        role = sum(role for role, keys in self._keys if key in keys)
        role |= Role.TOLD * telling(key)
        role &= ~int(Role.RULE if small else Role.FLOW)
        if small and key not in SMALL:
            role &= ~int(Role.AGENCY)
        written = 0 if word[0].isdigit() else 1 if small else 2 if len(word) > 1 and word.isupper() else 3
        form = key, role, weight(key), form_numbers(crc32(key.encode()), crc32(key[:4].encode()), written)
        if len(self) < 100_000:
            self[word] = form
        return form


#: Agencies that write themselves small.
SMALL: Final = frozenset(("dpa", "epd", "imago", "picture", "ddp"))


@cache
def shouted() -> frozenset[tuple[str, ...]]:
    """Return the names of agencies that are only ever written in capitals: Rex may be small, WENN is a German word."""
    names = read_pack("common")["agencies"]["names"].splitlines()
    capitals = {words_of(name) for name in names if name.isupper()}
    return frozenset(capitals - {words_of(name) for name in names if not name.isupper()})


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name as the tables have them."""
    return tuple(plain(word) for word in re.findall(r"[\w-]+", name))


@cache
def agencies() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the names of agencies as words, longest first, by their first word."""
    table: dict[str, set[tuple[str, ...]]] = {}
    for name in read_pack("common")["agencies"]["names"].splitlines():
        words = words_of(name)
        if words:
            table.setdefault(words[0], set()).add(words)
    return {first: tuple(sorted(names, key=lambda words: (-len(words), words))) for first, names in table.items()}


class Book(NamedTuple):
    """All rules at work, and the word lists of the packs.

    `rules` holds what may begin a sentence or a line, `credits` what opens a picture's credit.
    """

    rules: Index
    credits: Index
    words: Mapping[str, frozenset[str]]
    forms: Forms


@cache
def book() -> Book:
    """Return the rules of all packs, read once per process."""
    return _bound(())


def _bound(first: Iterable[Mapping[str, Any]]) -> Book:
    """Return the book of the rules *first* and those of all packs."""
    rules = list(first)
    words: dict[str, set[str]] = {}
    for name in packs():
        pack = read_pack(name)
        rules += pack.get("rule", [])
        for group, listed in pack.get("words", {}).items():
            words.setdefault(group, set()).update(listed.split())
    index, credit = _indexes(rules)
    flow = {word for word, _, use in index.starts if use.where & FLOW}
    page = read_pack("vocabulary")["vocabulary"]
    roles = {
        Role.RULE: index.firsts,
        Role.FLOW: flow,
        Role.CREDIT: credit.firsts,
        Role.AGENCY: agencies().keys(),
        Role.FIGURE: {NUMBER},
        Role.PAGE: {plain(word) for kind, listed in page.items() if kind != "you" for word in listed["strong"].split()},
    }
    lists = {group: frozenset(map(plain, listed)) for group, listed in words.items()}
    return Book(index, credit, lists, Forms(roles))


@cache
def with_rules(extra: tuple[str, ...]) -> Book:
    """Return the book with the rules *extra* (as JSON) before its own."""
    return _bound([Rule.model_validate_json(rule).model_dump() for rule in extra])


def _indexes(rules: Iterable[Mapping[str, Any]]) -> tuple[Index, Index]:
    index: list[tuple[str, str | None, Use]] = []
    credit: list[tuple[str, str | None, Use]] = []
    order = count()
    for rule in rules:
        take, alone, start, caps = rule["take"], *(rule.get(key, False) for key in ("alone", "start", "caps"))
        where = INSIDE * (take == "sentence" or not alone) | FLOW * (take == "sentence" and not start)
        for source in rule["frames"]:
            frame = _frame(source)
            menu = MENU * (take in ("phrase", "list") and not frame.open_end and not caps)
            use = Use(frame, rule["id"], rule["kind"], take, alone, caps, start, next(order), where | menu)
            (credit if take == "credit" else index).extend((word, after, use) for word, after in use.frame.starts)
    return Index(index), Index(credit)


#: So that two books share the patterns of their frames.
_frame: Final = cache(Frame)
