"""Rules: one line of a pack each, with its pattern compiled when it is first needed, found by the words beside it."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from threading import Lock
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
    """One line of a pack: what is looked for, what it means, what to write instead.

    Its pattern is compiled when its anchor is first met: most rules of a pack are never needed.
    """

    __slots__ = (
        "_anchor",
        "_bag",
        "_classes",
        "_pattern",
        "kind",
        "languages",
        "near",
        "source",
        "strength",
        "suggestion",
        "text",
        "unless",
    )

    def __init__(self, line: str, kind: str, language: str, classes: Mapping[str, Collection[str]]) -> None:
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
        self._classes = classes
        self._anchor = 0
        self._bag = self.text.startswith(SIGN)
        self._pattern: Pattern | Bag | None = None

    def anchors(self, ranks: dict[str, int]) -> frozenset[str]:
        """Return the words one of which a text must have. Raises PatternError."""
        self._anchor, words = find_anchor(self.text.lstrip(SIGN), self._classes, ranks)
        return words

    @property
    def pattern(self) -> Pattern | Bag:
        """The compiled pattern or bag. Raises PatternError where it cannot be read."""
        if self._pattern is None:
            make = compile_bag if self._bag else compile_pattern
            self._pattern = make(self.text.lstrip(SIGN), self._classes, self._anchor)
        return self._pattern


class Name(NamedTuple):
    """A name as one language spells it, and its English spelling."""

    english: str
    language: str
    strength: int
    unless: frozenset[str]


#: What must stand around the anchor, the pattern, its rule.
Ready = tuple[tuple[tuple[int, frozenset[str]], ...], Pattern | Bag, Rule]


class Packs(NamedTuple):
    """All rules in use, by the word that betrays them."""

    rules: Mapping[str, tuple[Rule, ...]]
    #: Of the anchors met so far: the rules that ask for no word right beside the anchor.
    alone: dict[str, tuple[Ready, ...]]
    #: The others, by the anchor and the word beside it as they follow each other; with the place of the anchor, 0 or 1.
    pairs: dict[tuple[str, str], tuple[tuple[int, Ready], ...]]
    names: Mapping[str, Name]
    endings: tuple[tuple[str, str, str, int], ...]
    hints: Mapping[str, tuple[tuple[str, float], ...]]
    languages: Mapping[str, str]


_filing: Final = Lock()


def file_rules(packs: Packs, anchor: str) -> tuple[Ready, ...]:
    """Compile the rules of *anchor*, file them in *packs*, and return those that ask for no word right beside it."""
    with _filing:
        if anchor not in packs.alone:
            alone: list[Ready] = []
            for rule in packs.rules[anchor]:
                pattern = rule.pattern
                near, *further = pattern.checks or ((0, frozenset[str]()),)
                if near[0] not in (1, -1):
                    alone.append((pattern.checks, pattern, rule))
                    continue
                ready = (tuple(further), pattern, rule)
                for word in near[1]:
                    pair, place = ((anchor, word), 0) if near[0] > 0 else ((word, anchor), 1)
                    packs.pairs[pair] = (*packs.pairs.get(pair, ()), (place, ready))
            packs.alone[anchor] = tuple(alone)
        return packs.alone[anchor]


def split_strength(line: str) -> tuple[int, str]:
    """Return the strength that the first character of *line* states, and the rest of it."""
    strength = _STRENGTHS.get(line[:1])
    return (MEDIUM, line) if strength is None else (strength, line[1:].lstrip())
