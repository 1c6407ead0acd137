"""JSON lines: one document a line, in; one record a line, out."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any
from typing import BinaryIO

from pydantic_core import from_json

from tamis.document import Document
from tamis.errors import UnreadableError
from tamis.formats.base import Format
from tamis.formats.base import Piece
from tamis.formats.base import Reading
from tamis.formats.base import Sink
from tamis.formats.base import Slice
from tamis.formats.base import decoded
from tamis.formats.base import make_document
from tamis.formats.lines import plan_lines
from tamis.formats.lines import read_lines
from tamis.records import to_line


class JsonlFormat(Format):
    """JSON lines: an object a line, in UTF-8; blank lines are no documents."""

    suffixes = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")

    def plan(self, path: str, name: str, reading: Reading) -> Iterator[Slice]:
        """Yield slices cut between lines; a packed file is one."""
        return plan_lines(path, name, reading)

    def pieces(self, part: Slice, reading: Reading) -> Iterator[Piece]:
        """Yield the lines of *part* that are not blank."""
        path = part.path
        for number, data, error, _, truncated in read_lines(part, reading):
            if error or not data.isspace():
                yield Piece(f"{path}:{number}", data, error, truncated)

    def document(self, piece: Piece, reading: Reading) -> Document:
        """Return the document on the line; its id is its source where the object names none."""
        data = piece.data.removeprefix(codecs.BOM_UTF8)
        encoding = reading.lines
        try:
            fields = from_json(
                data if encoding == "utf-8" else decoded(data, encoding), allow_inf_nan=False, cache_strings="keys"
            )
        except ValueError as error:
            decoded(data, encoding)  # says it better where it is no text at all
            raise UnreadableError(f"not JSON: {error}") from None
        if not isinstance(fields, dict):
            raise UnreadableError(f"should be a JSON object, found {type(fields).__name__}")
        return make_document(fields, piece.source, reading)

    def sink(self, file: BinaryIO) -> Sink:
        """Return a sink that writes a line a record."""
        return _Lines(file)


class _Lines:
    """A sink of lines."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, record: Mapping[str, Any]) -> None:
        self._file.write(to_line(record))

    def close(self) -> None:
        """Nothing is held back."""
