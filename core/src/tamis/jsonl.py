"""JSON lines: one document a line, in; one record a line, out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any
from typing import BinaryIO
from typing import NoReturn

from tamis.document import Document
from tamis.errors import UnreadableError
from tamis.formats import Format
from tamis.formats import Piece
from tamis.formats import Reading
from tamis.formats import Sink
from tamis.formats import Slice
from tamis.formats import decoded
from tamis.formats import make_document
from tamis.lines import encoding_of
from tamis.lines import plan_lines
from tamis.lines import read_lines
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
        for number, data, error, _ in read_lines(part, reading):
            if error or not data.isspace():
                yield Piece(f"{path}:{number}", data, error)

    def document(self, piece: Piece, reading: Reading) -> Document:
        """Return the document on the line; its id is its source where the object names none."""
        line = decoded(piece.data, encoding_of(reading)).removeprefix("\ufeff")
        try:
            fields = _decode(line)
        except (ValueError, RecursionError) as error:
            raise UnreadableError(f"not JSON: {error}") from None
        if not isinstance(fields, dict):
            raise UnreadableError(f"should be a JSON object, found {type(fields).__name__}")
        if _SURROGATE.search(line):
            _check_surrogates(fields)
        return make_document(fields, piece.source, reading)

    def sink(self, file: BinaryIO) -> Sink:
        """Return a sink that writes a line a record."""
        return _Lines(file)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


_decode = json.JSONDecoder(parse_constant=_refuse).decode
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def _check_surrogates(fields: Mapping[str, Any]) -> None:
    try:
        json.dumps(fields, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        code = ord(error.object[error.start])
        raise UnreadableError(f"holds half of a character (\\u{code:04x} alone), which is no text") from None


class _Lines:
    """A sink of lines."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, record: Mapping[str, Any]) -> None:
        self._file.write(to_line(record))

    def close(self) -> None:
        """Nothing is held back."""
