"""Rule packs: what shows in English that a text was translated from one language, as data.

A pack is a TOML file; the README of this package describes it. The built-in ones lie in `packs/`, others come by the
setting `packs` or from the entry-point group `tamis_translation.packs` (a function that returns paths).
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any
from typing import Final
from typing import NamedTuple

from tamis.errors import ConfigError
from tamis.errors import suggest
from tamis_translation.patterns import Pattern
from tamis_translation.patterns import PatternError
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
_FORMAT: Final = 1
_TABLES: Final = ("format", "language", "name", "words", "rules", "names", "endings", "hints")
_STRENGTHS: Final = {"?": HINT, "~": WEAK, "!": STRONG}


class Rule:
    """One line of a pack: what is looked for, what it means, what to write instead.

    Its pattern is compiled when its anchor is first met: most rules of a pack are never needed.
    """

    __slots__ = (
        "_anchor",
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
        self.strength, line = _strength(line)
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
        self._pattern: Pattern | None = None

    def anchors(self, ranks: dict[str, int]) -> frozenset[str]:
        """Return the words one of which a text must have. Raises PatternError."""
        self._anchor, words = find_anchor(self.text, self._classes, ranks)
        return words

    @property
    def pattern(self) -> Pattern:
        """The compiled pattern. Raises PatternError where it cannot be read."""
        if self._pattern is None:
            self._pattern = compile_pattern(self.text, self._classes, self._anchor)
        return self._pattern


class Name(NamedTuple):
    """A name as one language spells it, and its English spelling."""

    english: str
    language: str
    strength: int
    unless: frozenset[str]


#: What must stand around the anchor, the pattern, its rule.
Ready = tuple[tuple[tuple[int, frozenset[str]], ...], Pattern, Rule]


class Bucket(NamedTuple):
    """The rules of one anchor: by the word after it, by the word before it, and the rest."""

    after: Mapping[str, tuple[Ready, ...]]
    before: Mapping[str, tuple[Ready, ...]]
    rest: tuple[Ready, ...]


class Packs(NamedTuple):
    """All rules in use, by the word that betrays them."""

    rules: Mapping[str, tuple[Rule, ...]]
    #: The rules of the anchors met so far, sorted by what stands beside the anchor.
    buckets: dict[str, Bucket]
    names: Mapping[str, Name]
    endings: tuple[tuple[str, str, str, int], ...]
    hints: Mapping[str, tuple[tuple[str, float], ...]]
    languages: Mapping[str, str]


class _Maker:
    """Collects the packs read so far."""

    def __init__(self) -> None:
        self.rules: dict[str, list[Rule]] = {}
        self.names: dict[str, Name] = {}
        self.endings: list[tuple[str, str, str, int]] = []
        self.hints: dict[str, dict[str, float]] = {}
        self.languages: dict[str, str] = {}
        self.words: dict[str, tuple[str, ...]] = {}
        self.ranks: dict[str, int] = {}
        #: Compile each pattern at once, so that a mistake shows when the pack is loaded.
        self.check = False

    def add(self, content: str, where: str) -> None:
        """Add the pack *content*. Raises ConfigError with the place of the mistake."""
        try:
            pack = tomllib.loads(content)
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(f"{where}: {error}") from None
        for table in pack:
            if table not in _TABLES:
                raise ConfigError(f"{where}: a pack has no {table!r}{suggest(table, _TABLES)}")
        if pack.get("format") != _FORMAT:
            raise ConfigError(f"{where}: format should be {_FORMAT}, found {pack.get('format')!r}")
        language = pack.get("language")
        if not isinstance(language, str):
            raise ConfigError(f"{where}: language should be a code such as 'fr', found {language!r}")
        if language != ANY:
            self.languages[language] = str(pack.get("name", language))
        classes = {**self.words, **{name: tuple(words.split()) for name, words in pack.get("words", {}).items()}}
        if language == ANY:
            self.words = classes
        self.ranks = {token: rank for token, rank in self.ranks.items() if "@" not in token}
        for kind, lines in pack.get("rules", {}).items():
            if kind not in KINDS:
                raise ConfigError(f"{where}: there is no kind {kind!r}{suggest(kind, KINDS)}")
            for line in _lines(lines):
                self._add_rule(line, kind, language, classes, where)
        for line in _lines(pack.get("names", "")):
            self._add_name(line, language, where)
        for line in _lines(pack.get("endings", "")):
            strength, line = _strength(line)
            english, _, foreign = line.partition("=")
            self.endings += [(form, english.strip(), language, strength) for form in foreign.split()]
        for weight, words in pack.get("hints", {}).items():
            self._add_hints(weight, words, language, where)

    def _add_hints(self, weight: str, words: str, language: str, where: str) -> None:
        try:
            value = float(weight)
        except ValueError:
            raise ConfigError(f"{where}: hints are keyed by a number, found {weight!r}") from None
        for word in words.split():
            self.hints.setdefault(word, {})[language] = value

    def _add_rule(
        self, line: str, kind: str, language: str, classes: Mapping[str, Collection[str]], where: str
    ) -> None:
        rule = Rule(line, kind, language, classes)
        try:
            for anchor in rule.anchors(self.ranks):
                self.rules.setdefault(anchor, []).append(rule)
            if self.check:
                _ = rule.pattern
        except PatternError as error:
            raise ConfigError(f"{where}: in {kind}: {error}") from None

    def _add_name(self, line: str, language: str, where: str) -> None:
        strength, line = _strength(line)
        line, _, unless = line.partition("|")
        english, equals, foreign = line.partition("=")
        if not equals:
            raise ConfigError(f"{where}: a name is written 'English = foreign forms', found {line!r}")
        counter = frozenset(unless.replace("unless:", " ").lower().split())
        for form in foreign.split():
            if form not in self.names:
                self.names[form] = Name(english.strip(), language, strength, counter)

    def finish(self) -> Packs:
        return Packs(
            {anchor: tuple(rules) for anchor, rules in self.rules.items()},
            {},
            self.names,
            tuple(sorted(self.endings, key=lambda ending: (-len(ending[0]), ending))),
            {word: tuple(sorted(by.items())) for word, by in self.hints.items()},
            self.languages,
        )


def bucket(packs: Packs, anchor: str) -> Bucket:
    """Return the rules of *anchor*, sorted by what stands beside it; made when first asked for."""
    found = packs.buckets.get(anchor)
    if found is None:
        after: dict[str, list[Ready]] = {}
        before: dict[str, list[Ready]] = {}
        rest: list[Ready] = []
        for rule in packs.rules[anchor]:
            pattern = rule.pattern
            near, *further = pattern.checks or ((0, frozenset[str]()),)
            if near[0] in (1, -1):
                table = after if near[0] > 0 else before
                for word in near[1]:
                    table.setdefault(word, []).append((tuple(further), pattern, rule))
            else:
                rest.append((pattern.checks, pattern, rule))
        found = packs.buckets[anchor] = Bucket(_frozen(after), _frozen(before), tuple(rest))
    return found


def _frozen(table: Mapping[str, list[Ready]]) -> Mapping[str, tuple[Ready, ...]]:
    return {word: tuple(rules) for word, rules in table.items()}


def _lines(lines: Any) -> Iterator[str]:
    for line in str(lines).splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            yield line


def _strength(line: str) -> tuple[int, str]:
    strength = _STRENGTHS.get(line[:1])
    return (MEDIUM, line) if strength is None else (strength, line[1:].lstrip())


@cache
def load(languages: tuple[str, ...] | None = None, extra: tuple[str, ...] = ()) -> Packs:
    """Return the built-in packs (those of *languages*, or all), the installed ones, and the files *extra*.

    Raises ConfigError where a pack is missing or wrong.
    """
    maker = _Maker()
    files = {
        path.name.removesuffix(".toml"): path
        for path in resources.files("tamis_translation").joinpath("packs").iterdir()
    }
    files = {name: path for name, path in files.items() if path.name.endswith(".toml")}
    for name in sorted(languages if languages is not None else files):
        if name not in files:
            raise ConfigError(f"there is no pack {name!r}{suggest(name, files)}")
    for name in sorted(files, key=lambda name: (name != ANY, name)):
        if languages is None or name in languages or name == ANY:
            maker.add(files[name].read_text(encoding="utf-8"), f"{name}.toml")
    paths = [str(path) for point in sorted(entry_points(group="tamis_translation.packs")) for path in point.load()()]
    maker.check = True
    for path in [*paths, *extra]:
        try:
            content = Path(path).read_text(encoding="utf-8")
        except OSError as error:
            raise ConfigError(f"{path}: {error.strerror}") from None
        maker.add(content, path)
    return maker.finish()
