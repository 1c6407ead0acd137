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
from tamis_translation.index import Index
from tamis_translation.names import Spellings
from tamis_translation.origins import Hints
from tamis_translation.origins import Shapes
from tamis_translation.patterns import PatternError
from tamis_translation.romanise import ENGLISH
from tamis_translation.romanise import read_table
from tamis_translation.romanise import romanise
from tamis_translation.rules import ANY
from tamis_translation.rules import KINDS
from tamis_translation.rules import Name
from tamis_translation.rules import Rule
from tamis_translation.rules import split_strength

_FORMAT: Final = 1
_TABLES: Final = (
    "format",
    "language",
    "name",
    "words",
    "rules",
    "names",
    "endings",
    "hints",
    "romanisation",
    "cyrillic",
)


class Packs(NamedTuple):
    """All packs in use."""

    rules: Index
    names: Spellings
    hints: Mapping[str, Hints]
    #: The same for names by their endings.
    shapes: Shapes
    languages: Mapping[str, str]


class _Maker:
    """Collects the packs read so far."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.names: dict[str, Name] = {}
        self.endings: list[tuple[str, str, str, int]] = []
        self.hints: dict[str, dict[str, float]] = {}
        self.languages: dict[str, str] = {}
        self.words: dict[str, tuple[str, ...]] = {}
        self.ranks: dict[str, int] = {}
        #: Names in Cyrillic, and how each language writes its letters.
        self.cyrillic: list[str] = []
        self.tables: dict[str, dict[str, tuple[str, ...]]] = {}

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
            strength, line = split_strength(line)
            english, _, foreign = line.partition("=")
            self.endings += [(form, english.strip(), language, strength) for form in foreign.split()]
        self.cyrillic += str(pack.get("cyrillic", "")).split()
        if "romanisation" in pack:
            self.tables[language] = read_table(str(pack["romanisation"]))
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
        try:
            self.rules.append(Rule(line, kind, language, classes, self.ranks))
        except PatternError as error:
            raise ConfigError(f"{where}: in {kind}: {error}") from None

    def _add_name(self, line: str, language: str, where: str) -> None:
        strength, line = split_strength(line)
        line, _, unless = line.partition("|")
        english, equals, foreign = line.partition("=")
        if not equals:
            raise ConfigError(f"{where}: a name is written 'English = foreign forms', found {line!r}")
        counter = frozenset(unless.replace("unless:", " ").lower().split())
        for form in foreign.split():
            if form not in self.names:
                self.names[form] = Name(english.strip(), language, strength, counter)

    def _romanise(self) -> None:
        """Add the foreign spellings of the Cyrillic names that English does not write."""
        usual = read_table(ENGLISH)
        for entry in self.cyrillic if self.tables else ():
            strength, entry = split_strength(entry)
            name, _, known = entry.partition("=")
            english = list(romanise(name, usual))
            for language, table in self.tables.items():
                for form in romanise(name, table):
                    if len(form) > 4 and form not in english and form != known:
                        found = Name(known or english[0], language, strength, frozenset())
                        self.names.setdefault(form, found)

    def finish(self) -> Packs:
        self._romanise()
        return Packs(
            Index(self.rules),
            Spellings(self.names, self.endings, self.languages),
            {word: tuple(sorted(by.items())) for word, by in self.hints.items() if word[0] != "*"},
            Shapes({word[1:]: tuple(sorted(by.items())) for word, by in self.hints.items() if word[0] == "*"}),
            self.languages,
        )


def _lines(lines: Any) -> Iterator[str]:
    for line in str(lines).splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            yield line


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
    for path in [*paths, *extra]:
        try:
            content = Path(path).read_text(encoding="utf-8")
        except OSError as error:
            raise ConfigError(f"{path}: {error.strerror}") from None
        maker.add(content, path)
    return maker.finish()
