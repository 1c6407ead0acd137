"""Formats: how documents are read from files, and records written to them.

Reading is in two stages, so that a document whose reading kills the process can be passed over: `pieces` finds where
the documents are, cheaply; `document` makes one of them. What `document` raises fails that document alone.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import Any
from typing import BinaryIO
from typing import Final
from typing import NamedTuple
from typing import Protocol
from typing import cast

from tamis.document import Document
from tamis.document import Failure
from tamis.errors import InputError
from tamis.errors import UnreadableError
from tamis.errors import suggest

#: Larger documents are not read, in bytes as they are stored; `max_document` sets another bound.
MAX_DOCUMENT: Final = 4_000_000

#: The path that stands for standard input, and for standard output.
STDIN: Final = "-"

#: How much input, in bytes, goes into a slice where a format can cut a file.
SLICE: Final = 2_000_000


@dataclass(frozen=True)
class Reading:
    """How to read: the format, the encoding, and which fields hold text, id, title and meta."""

    format: str | None = None
    encoding: str = "utf-8"
    text: str = "text"
    id: str = "id"
    title: str = "title"
    #: The fields that `doc.meta` gets; None: all but the text and a field named `id` that is the id.
    meta: tuple[str, ...] | None = None
    max_document: int = MAX_DOCUMENT
    #: Settings of the format's own.
    options: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def lines(self) -> str:
        """The encoding in which lines are found: that of the files, or UTF-8 where theirs has other line ends."""
        try:
            return self.encoding if "a\n".encode(self.encoding) == b"a\n" else "utf-8"
        except LookupError:
            raise InputError(f"no encoding '{self.encoding}' is known") from None


class Slice(NamedTuple):
    """A stretch of one input. What *start* and *end* count (bytes, row groups) is the format's own affair."""

    path: str
    format: str
    start: int = 0
    #: -1: to the end.
    end: int = -1
    #: The number of the first line or row, from 1.
    line: int = 1
    #: About how much input this is, in bytes.
    size: int = 0


class Piece(NamedTuple):
    """Where a document is, and what it is made of: bytes, or whatever the format's `document` understands."""

    #: Path and line, or path: what identifies the document.
    source: str
    data: Any
    #: Why it cannot be read, where `pieces` knows already.
    error: str = ""
    #: *data* is only its beginning.
    truncated: bool = False


class Sink(Protocol):
    """Where the records of a part go."""

    def write(self, record: Mapping[str, Any]) -> None:
        """Add *record*; raises ValueError where it cannot be written, and has then written nothing."""

    def close(self) -> None:
        """Write what is still held back."""


class Format:
    """A format of files: derive from it, give `suffixes`, define `pieces`, `document`, and `sink` where it writes."""

    #: The endings of the files that are of this format, with the point: `(".jsonl",)`.
    suffixes: Sequence[str] = ()
    #: The names of the settings that it takes from `Reading.options`.
    options: Sequence[str] = ()

    def wrong_options(self, options: Mapping[str, Any]) -> Mapping[str, str]:  # noqa: ARG002
        """Return what each of *options* that cannot be should be, by its name."""
        return {}

    @property
    def writes(self) -> bool:
        """Whether records can be written in it."""
        return type(self).sink is not Format.sink

    def plan(self, path: str, name: str, reading: Reading) -> Iterator[Slice]:  # noqa: ARG002
        """Yield the slices of the file *path*, which is of this format, registered as *name*; here one, the file.

        Raises InputError where it cannot be read at all. The slices depend on nothing but the file and *reading*.
        """
        yield Slice(path, name, size=Path(path).stat().st_size)

    def pieces(self, part: Slice, reading: Reading) -> Iterator[Piece]:  # noqa: ARG002
        """Yield where the documents of *part* are, in order, one `Piece` for each, in bounded memory."""
        raise InputError(f"{part.path}: format '{part.format}' cannot be read")

    def document(self, piece: Piece, reading: Reading) -> Document:  # noqa: ARG002
        """Return the document of *piece*; raises UnreadableError where it cannot be read."""
        raise UnreadableError(f"{piece.source}: cannot be read")

    def sink(self, file: BinaryIO) -> Sink:  # noqa: ARG002
        """Return where the records of one part go: into *file*."""
        raise InputError(f"{type(self).__name__} cannot be written; write .jsonl")

    def merge(self, parts: Iterable[Path], file: BinaryIO) -> None:
        """Write the *parts* that `sink` made, in order, to *file*; here one after the other, byte by byte."""
        for part in parts:
            with part.open("rb") as opened:
                while block := opened.read(1 << 18):
                    file.write(block)


class WholeFile(Format):
    """A format with one document a file, of at most `max_document` bytes; define `document`, `piece.data` is bytes."""

    def pieces(self, part: Slice, reading: Reading) -> Iterator[Piece]:
        """Yield the one document of *part*."""
        with opened(part.path) as file:
            data = file.read(reading.max_document + 1)
        too_large = len(data) > reading.max_document
        yield Piece(part.path, data, larger(reading) if too_large else "", too_large)


def make_document(fields: dict[str, Any], source: str, reading: Reading) -> Document:
    """Return the document that *fields* say, by the mapping of *reading*; takes what it needs out of *fields*.

    Raises UnreadableError where the text is missing or no string, or the id is neither string nor number.
    """
    name = _name(fields, reading)
    try:
        text = fields.pop(reading.text)
    except KeyError:
        found = ", ".join(map(repr, list(fields)[:20])) or "none"
        close = suggest(reading.text, fields)
        raise UnreadableError(f"no field '{reading.text}'{close or f' (fields: {found})'}", name) from None
    if not isinstance(text, str):
        raise UnreadableError(f"field '{reading.text}' should be a string, found {type(text).__name__}", name)
    if reading.id == "id":
        fields.pop("id", None)
    if reading.title != "title" and reading.title in fields:
        fields["title"] = fields.pop(reading.title)
    if reading.meta is not None:
        fields = {key: fields[key] for key in ("title", *reading.meta) if key in fields}
    return Document(text, name or source, fields, source)


def _name(fields: dict[str, Any], reading: Reading) -> str:
    """Return the id that *fields* say, "" where they say none."""
    name = fields.get(reading.id)
    if name is None or isinstance(name, str):
        return name or ""
    if isinstance(name, bool) or not isinstance(name, int | float):
        raise UnreadableError(f"field '{reading.id}' should be a string or a number, found {type(name).__name__}")
    return str(name)


def larger(reading: Reading) -> str:
    """Return the sentence on a document beyond the bound."""
    return f"UnreadableError: larger than max_document ({reading.max_document} bytes)"


def why(error: BaseException) -> str:
    """Return *error* on one line, its name first."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def opened(path: str) -> BinaryIO:
    """Return the file *path* opened for reading bytes, unpacked where it ends in .gz; "-" is standard input."""
    if path == STDIN:
        return os.fdopen(os.dup(0), "rb")
    return cast("BinaryIO", gzip.open(path, "rb") if path.endswith(".gz") else Path(path).open("rb", buffering=1 << 18))


def decoded(data: bytes, encoding: str) -> str:
    """Return *data* as text; raises UnreadableError with the place of the first byte that is not *encoding*."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        found = data[error.start : error.start + 1].hex()
        raise UnreadableError(f"not {encoding}: byte 0x{found} at {error.start}: {error.reason}") from None


def safe_pieces(form: Format, part: Slice, reading: Reading, *, named: bool = False) -> Iterator[Piece]:
    """Yield the pieces of *part*; where it cannot be read (on), the last one says why.

    Raises InputError where the format refuses a file that was *named*.
    """
    try:
        yield from form.pieces(part, reading)
    except Exception as error:
        if named and isinstance(error, InputError):
            raise
        yield Piece(part.path, b"", why(error))


def to_document(form: Format, piece: Piece, reading: Reading) -> Document:
    """Return the document of *piece*; where it cannot be read, an empty one with `error`."""
    if piece.error:
        return unreadable(piece, Failure("read", piece.error))
    try:
        return form.document(piece, reading)
    except UnreadableError as refused:
        return unreadable(piece, Failure("read", why(refused)), refused.id)
    except Exception as raised:  # noqa: BLE001 - a format's own code; the document carries it
        from traceback import format_exception

        return unreadable(piece, Failure("read", why(raised), "".join(format_exception(raised))))


def unreadable(piece: Piece, failure: Failure, id: str = "") -> Document:
    """Return an empty document that ended by *failure*; its *id*, where that could be read."""
    doc = Document("", id, source=piece.source)
    doc.error = failure
    return doc
