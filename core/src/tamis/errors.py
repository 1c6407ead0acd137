"""All errors of tamis, in one tree.

TamisError
├── ConfigError         a pipeline, a setting or an option is wrong (exit 2, nothing was read)
│   ├── PipelineErrors  all mistakes of one pipeline at once, each a `Mistake` with its place
│   └── WhenError       a `when` is no expression of its language
├── PluginError         a plugin is missing, broken or clashes with another
├── ModelError          a model is missing, altered, or does not fit this version
├── FindingError        a step found something impossible: a span out of range, overlapping edits
├── StepError           a step failed on a document
├── InputError          an input cannot be read
│   └── UnreadableError one document of an input cannot be read; the others go on
└── RunError            a run cannot start, go on or be committed
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class TamisError(Exception):
    """Base of all errors that tamis raises on purpose."""

    #: The exit code of a command that ends with this error.
    exit_code: int = 1


class ConfigError(TamisError):
    """A pipeline, a setting or an option is wrong; nothing was read."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a pipeline, with its place (lines and columns count from 1)."""

    file: str
    line: int
    column: int
    message: str
    source: str = ""
    #: Something that must be there is missing; perhaps it is only misspelt, and that is said already.
    missing: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class PipelineErrors(ConfigError):
    """All mistakes found in one pipeline, in the order of their places."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes: tuple[Mistake, ...] = tuple(mistakes)
        super().__init__(self.mistakes)

    def __str__(self) -> str:
        return "\n".join(str(mistake) for mistake in self.mistakes)


class WhenError(ConfigError):
    """A `when` is no expression of its language; `column` (from 0) says where in it."""

    def __init__(self, message: str, column: int) -> None:
        self.message = message
        self.column = column
        super().__init__(message, column)

    def __str__(self) -> str:
        return self.message


class PluginError(ConfigError):
    """A plugin is missing, broken, or gives a name that another one gives."""


class ModelError(ConfigError):
    """A model is missing, was altered, or does not fit the installed version."""


class FindingError(TamisError):
    """A step found something impossible: a span out of range, overlapping edits, an undeclared label."""


class StepError(TamisError):
    """A step failed on a document; `step` and `document` say which, `why` and, in its process, `__cause__` say why."""

    def __init__(self, step: str, document: str, cause: BaseException | str) -> None:
        self.step = step
        self.document = document
        self.why = cause if isinstance(cause, str) else f"{type(cause).__name__}: {cause}"
        super().__init__(step, document, self.why)  # plain, to go from process to process
        self.__cause__ = None if isinstance(cause, str) else cause

    def __str__(self) -> str:
        return f"step '{self.step}' failed on document '{self.document}': {self.why}"


class InputError(TamisError):
    """An input cannot be read: it is missing, has another format, or lacks a column."""

    exit_code = 2


class UnreadableError(InputError):
    """One document of an input cannot be read; the reader goes on with the next. *id*: its id, where known."""

    exit_code = 1

    def __init__(self, message: str, id: str = "") -> None:
        super().__init__(message)
        self.id = id


class RunError(TamisError):
    """A run cannot start, go on or be committed."""

    exit_code = 2


def suggest(word: str, names: Iterable[str]) -> str:
    """Return " - did you mean 'x'?" for the closest of *names*, or "" where none is close.

    >>> suggest("boilerplat", ["boilerplate", "language"])
    " - did you mean 'boilerplate'?"
    """
    close = closest(word, names)
    return f" - did you mean '{close}'?" if close else ""


def on_one_line(text: object) -> str:
    """Return *text* as a terminal may show it: line ends and control characters are written as escapes.

    >>> on_one_line("a\\x1b[2J\\nb é")
    'a\\\\x1b[2J\\\\nb é'
    """
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in str(text))


def closest(word: str, names: Iterable[str]) -> str | None:
    """Return the one of *names* that *word* most likely stands for, or None where none is close.

    >>> closest("form", ["format", "from", "forms_of_words"])
    'from'
    """
    from difflib import SequenceMatcher  # in the rare path only

    word = word[:100]
    ranked = []
    for name in sorted(set(names)):
        slips = 0 if name.casefold() == word.casefold() else _slips(word.casefold(), name.casefold())
        alike = SequenceMatcher(None, word, name).ratio()
        shorter = min(len(word), len(name))
        if slips <= (max(1, shorter // 4) if shorter > 2 else 0) or alike >= 0.75:
            ranked.append((slips, -alike, name))
    return min(ranked)[2] if ranked else None


def _slips(one: str, two: str) -> int:
    """Return how many letters were left out, put in, changed or swapped with their neighbour."""
    before: list[int] = []
    above = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(two, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and b == one[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
