"""Rules: one line of a pack each, with its pattern compiled when it is first needed, found by the words beside it."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from typing import Final
from typing import NamedTuple

from tamis_translation.bags import SIGN
from tamis_translation.bags import Bag
from tamis_translation.bags import compile_bag
from tamis_translation.patterns import Pattern
from tamis_translation.patterns import compile_pattern
from tamis_translation.patterns import find_anchor

#: The kinds of artefact, as marks name them.
KINDS: Final = (
    "quote-style",
    "punct-spacing",
    "name-form",
    "calque",
    "lexis",
    "idiom",
    "grammar",
    "word-order",
    "pronoun",
    "tense",
    "article",
    "fused-token",
    "untranslated",
    "number-locale",
    "repetition",
    "quote-attribution",
    "site-furniture",
)
#: The pack of what betrays a translation from no language in particular; its lists of words serve all packs.
ANY: Final = "any"
#: Never shown, speaks for the source language only; weak: shown beside other evidence; medium; certain.
HINT: Final = -1
WEAK: Final = 0
MEDIUM: Final = 1
STRONG: Final = 2
_STRENGTHS: Final = {"?": HINT, "~": WEAK, "!": STRONG}


class Rule:
    """One line of a pack, compiled: what is looked for, what it means, what to write instead."""

    __slots__ = (
        "anchors",
        "kind",
        "languages",
        "near",
        "pattern",
        "source",
        "strength",
        "suggestion",
        "text",
        "unless",
    )

    def __init__(
        self, line: str, kind: str, language: str, classes: Mapping[str, Collection[str]], ranks: dict[str, int]
    ) -> None:
        """Read *line*; *classes* are the lists of `@name`, *ranks* how rare tokens are. Raises PatternError."""
        self.strength, line = split_strength(line)
        self.text, *fields = (field.strip() for field in line.split("|")) if "|" in line else (line,)
        self.kind = kind
        self.languages: tuple[str, ...] = (language,)
        self.unless: frozenset[str] = frozenset()
        self.near: frozenset[str] = frozenset()
        self.suggestion = self.source = ""
        for number, field in enumerate(fields):
            name, colon, words = field.partition(":")
            if not colon or name not in ("unless", "near", "in"):
                if number == 0:
                    self.suggestion = field
                else:
                    self.source = field
            elif name == "in":
                self.languages = tuple(sorted(words.split()))
            elif name == "unless":
                self.unless = frozenset(words.lower().split())
            else:
                self.near = frozenset(words.lower().split())
        source = self.text.lstrip(SIGN)
        anchor, self.anchors = find_anchor(source, classes, ranks)
        make = compile_bag if self.text.startswith(SIGN) else compile_pattern
        self.pattern: Pattern | Bag = make(source, classes, anchor)


class Name(NamedTuple):
    """A name as one language spells it, and its English spelling."""

    english: str
    language: str
    strength: int
    unless: frozenset[str]


def split_strength(line: str) -> tuple[int, str]:
    """Return the strength that the first character of *line* states, and the rest of it."""
    strength = _STRENGTHS.get(line[:1])
    return (MEDIUM, line) if strength is None else (strength, line[1:].lstrip())
