"""The book: the rules of all packs, ordered by the words that they may start with, and the word lists of the packs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from collections.abc import Set
from enum import IntFlag
from functools import cache
from functools import cached_property
from itertools import count
from operator import attrgetter
from typing import Any
from typing import Final
from typing import NamedTuple

from tamis_boilerplate.frames import NUMBER
from tamis_boilerplate.frames import Frame
from tamis_boilerplate.frames import plain
from tamis_boilerplate.learned import telling
from tamis_boilerplate.learned import weight
from tamis_boilerplate.rules import Rule
from tamis_boilerplate.rules import packs
from tamis_boilerplate.rules import read_pack


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
    #: Whether it counts in the middle of a sentence, at a capital.
    inside: bool
    #: Whether it counts there at a small letter too.
    flow: bool


class Index:
    """Uses by the words that their frames start with."""

    def __init__(self) -> None:
        #: By the first word, then by the second.
        self.known: dict[str, dict[str, list[Use]]] = {}
        #: By the first word, where the second may be any and nothing else has to be there.
        self._always: dict[str, list[Use]] = {}
        self._any: list[tuple[str, Use]] = []
        self.firsts: set[str] = set()

    def __iter__(self) -> Iterator[tuple[str, Use]]:
        """Yield each first word with the uses that start so."""
        for word, nexts in self.known.items():
            for uses in nexts.values():
                yield from ((word, use) for use in uses)
        yield from self._any
        yield from ((word, use) for word, uses in self._always.items() for use in uses)

    def add(self, word: str, after: str | None, use: Use) -> None:
        """Add *use*, which starts with *word* and then *after* (None: any word, or none)."""
        self.firsts.add(word)
        if after is not None:
            self.known.setdefault(word, {}).setdefault(after, []).append(use)
        elif use.frame.source.isalpha():
            self._always.setdefault(word, []).append(use)
        else:
            self._any.append((word, use))

    @cached_property
    def _by_need(self) -> Mapping[str, Sequence[tuple[str, Use]]]:
        table: dict[str, list[tuple[str, Use]]] = {}
        for word, use in self._any:
            needs = [need for need in use.frame.needs if word not in need]
            if not needs:
                self._always.setdefault(word, []).append(use)
            for need in needs[0] if needs else ():
                table.setdefault(need, []).append((word, use))
        for uses in self._always.values():
            uses.sort(key=_order)
        return table

    def free(self, pieces: Set[str]) -> Mapping[str, Sequence[Use]]:
        """Return, by their first word, the uses whose second may be any, of those that may fit in a text of *pieces*.

        One look spares most texts most frames; what fits does not change.
        """
        table = self._by_need
        more: dict[str, dict[int, Use]] = {}
        for need in pieces & table.keys():
            for word, use in table[need]:
                if word in pieces and use.frame.may_fit(pieces):
                    more.setdefault(word, {})[use.order] = use
        found: dict[str, Sequence[Use]] = {word: self._always[word] for word in pieces & self._always.keys()}
        for word, uses in more.items():
            found[word] = sorted([*uses.values(), *self._always.get(word, ())], key=_order)
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


class Forms(dict[str, tuple[str, int, float]]):
    """The key, the roles and the weight of each word, as it stands in a text; most have been seen before."""

    def __init__(self, keys: Mapping[Role, Set[str]]) -> None:
        self._keys = [(int(role), listed) for role, listed in keys.items()]

    def __missing__(self, word: str) -> tuple[str, int, float]:
        key = NUMBER if word[0].isdigit() else plain(word)
        small = word[0].islower()
        role = sum(role for role, keys in self._keys if key in keys)
        role |= Role.TOLD * telling(key)
        role &= ~int(Role.RULE if small else Role.FLOW)
        if small and key not in SMALL:
            role &= ~int(Role.AGENCY)
        form = key, role, weight(key)
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
    flow = {word for word, use in index if use.flow}
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
    index, credit = Index(), Index()
    order = count()
    for rule in rules:
        take, alone, start = rule["take"], rule.get("alone", False), rule.get("start", False)
        inside, flow = take == "sentence" or not alone, take == "sentence" and not start
        for source in rule["frames"]:
            frame = _frame(source)
            caps = rule.get("caps", False)
            use = Use(frame, rule["id"], rule["kind"], take, alone, caps, start, next(order), inside, flow)
            for word, after in use.frame.starts:
                (credit if take == "credit" else index).add(word, after, use)
    return index, credit


#: So that two books share the patterns of their frames.
_frame: Final = cache(Frame)
