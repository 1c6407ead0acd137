"""What a YAML file holds, each node with its place; scalars follow the core schema of YAML 1.2."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from dataclasses import field
from typing import Any
from typing import Final
from typing import TypeAlias

from tamis.errors import Mistake


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file, line and column (from 1), and the line itself."""

    file: str
    line: int
    column: int
    source: str = ""

    def mistake(self, message: str, *, missing: bool = False) -> Mistake:
        """Return the mistake *message* at this place; *missing*: that something is not there."""
        return Mistake(self.file, self.line, self.column, message, self.source, missing)


class Source:
    """The text of one file, to find lines and columns in; its lines count from *first*.

    *written* is what places show of it, if that is another text (of the same length).
    """

    def __init__(self, file: str, text: str, written: str | None = None, first: int = 1) -> None:
        self.file = file
        self._first = first
        self.text = text
        self._written = text if written is None else written
        self._starts = [0] + [found.end() for found in re.finditer(r"\r\n|\r|\n", text)]

    def line_of(self, index: int) -> int:
        """Return the line (from 0) of the character at *index*."""
        return bisect_right(self._starts, index) - 1

    def line(self, number: int) -> str:
        """Return line *number* (from 0), without its end."""
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self.text)
        return self._written[self._starts[number] : end].rstrip("\r\n")

    def place(self, index: int) -> Place:
        """Return the place of the character at *index*; the end of the text is put on the last line that has any."""
        index = min(index, len(self.text.rstrip()))
        number = self.line_of(index)
        return Place(self.file, number + self._first, index - self._starts[number] + 1, self.line(number)[:500])

    def start_of(self, number: int) -> Place:
        """Return the place of the first character of line *number* (from 0) that is no space."""
        line = self.line(number)
        return self.place(self._starts[number] + len(line) - len(line.lstrip()))


@dataclass(frozen=True, slots=True)
class Body:
    """The stretch of a source in which the text of a scalar stands, folded and indented as it may be there."""

    source: Source
    start: int
    end: int

    def place(self, text: str, offset: int) -> Place:
        """Return where the character *offset* of *text* stands; white space may differ, the rest is in order."""
        before = sum(not char.isspace() for char in text[:offset])
        for index in range(self.start, self.end):
            if not self.source.text[index].isspace():
                if before == 0:
                    return self.source.place(index)
                before -= 1
        return self.source.place(max(self.start, self.end - 1))


@dataclass(slots=True, eq=False)
class ScalarNode:
    """A scalar: its text, whether it was written without quotes, and its place."""

    place: Place
    text: str
    plain: bool = True
    #: Where its characters stand; None where the text came about otherwise.
    body: Body | None = None
    #: A mistake was already reported in it; what follows from that is not reported again.
    broken: bool = False

    def place_of(self, offset: int) -> Place:
        """Return the place of the character *offset* of the text."""
        return self.place if self.body is None else self.body.place(self.text, offset)


@dataclass(slots=True, eq=False)
class SequenceNode:
    """A list, with the place where it starts."""

    place: Place
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class MappingNode:
    """A mapping: keys in order, each with the node of the key and of the value."""

    place: Place
    entries: dict[str, tuple[ScalarNode, Node]] = field(default_factory=dict)

    def get(self, key: str) -> Node | None:
        """Return the value of *key*, or None."""
        entry = self.entries.get(key)
        return entry[1] if entry else None

    def key_place(self, key: str) -> Place:
        """Return where *key* is written; where the mapping starts if it is not there."""
        entry = self.entries.get(key)
        return entry[0].place if entry else self.place


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode

_NULL: Final = frozenset(("", "~", "null", "Null", "NULL"))
_BOOL: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT: Final = re.compile(r"[-+]?[0-9]{1,300}|0o[0-7]{1,300}|0x[0-9a-fA-F]{1,300}")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL: Final = re.compile(r"([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


def is_null(node: Node | None) -> bool:
    """Return whether *node* is missing, empty or null."""
    return node is None or (isinstance(node, ScalarNode) and node.plain and node.text in _NULL)


def value_of(text: str) -> str | int | float | bool | None:
    """Return what the plain scalar *text* means in YAML 1.2: only true and false are booleans, `010` is ten.

    >>> [value_of(text) for text in ("no", "010", "1e3", "~", "2026-01-31", "0o17")]
    ['no', 10, 1000.0, None, '2026-01-31', 15]
    """
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if _INT.fullmatch(text):
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
    if _FLOAT.fullmatch(text):
        return float(text)
    if found := _SPECIAL.fullmatch(text):
        return float("nan") if text.lower() == ".nan" else float(f"{found.group(1) or ''}inf")
    return text


def data_of(node: Node) -> Any:
    """Return *node* as plain lists, dicts and scalars."""
    if isinstance(node, MappingNode):
        return {key: data_of(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, SequenceNode):
        return [data_of(item) for item in node.items]
    return value_of(node.text) if node.plain else node.text


def kind_of(node: Node) -> str:
    """Return what *node* is, as messages name it."""
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, SequenceNode):
        return "a list"
    value = value_of(node.text) if node.plain else node.text
    if value is None:
        return "nothing"
    return shown(node.text) if isinstance(value, str) else node.text[:40]


def shown(text: str, longest: int = 40) -> str:
    """Return *text* in quotes on one line, cut to *longest* characters."""
    line = " ".join(text.split())
    return repr(line if len(line) <= longest else f"{line[: longest - 3]}...")
