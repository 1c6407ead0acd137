"""CSV: a header, then one document a row."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tamis.document import Document
from tamis.errors import InputError
from tamis.errors import UnreadableError
from tamis.errors import suggest
from tamis.formats.base import SLICE
from tamis.formats.base import Format
from tamis.formats.base import Piece
from tamis.formats.base import Reading
from tamis.formats.base import Slice
from tamis.formats.base import make_document
from tamis.formats.lines import Line
from tamis.formats.lines import plain
from tamis.formats.lines import read_lines


class CsvFormat(Format):
    """CSV with a header, quoted by `"` (doubled inside); `delimiter:` sets another than the comma; .tsv has tabs.

    A row that is torn (a quote that is never closed, a field too many or too few) is a document that cannot be read;
    reading goes on with the next line.
    """

    options = ("delimiter",)
    suffixes = (".csv", ".csv.gz", ".tsv", ".tsv.gz")

    def wrong_options(self, options: Mapping[str, Any]) -> Mapping[str, str]:
        """Return what the delimiter should be, where it cannot stand between fields."""
        value = options.get("delimiter", ",")
        fits = isinstance(value, str) and len(value) == 1 and value not in '"\r\n'
        return {} if fits else {"delimiter": "one character"}

    def plan(self, path: str, name: str, reading: Reading) -> Iterator[Slice]:
        """Yield slices cut between rows; raises InputError where the header lacks the text."""
        if not Path(path).stat().st_size:
            return  # nothing at all: no document
        _header(path, name, reading)
        if not plain(path, reading):
            yield from super().plan(path, name, reading)
            return
        whole = Slice(path, name)
        start = at = 0
        line = 1
        for row in _Rows(whole, reading):
            if at - start >= SLICE:
                yield Slice(path, name, start, at, line, at - start)
                start, line = at, row.number
            at += row.size
        yield Slice(path, name, start, at, line, at - start)

    def pieces(self, part: Slice, reading: Reading) -> Iterator[Piece]:
        """Yield the rows of *part*, each with the header."""
        header = [] if part.line == 1 else _header(part.path, part.format, reading)
        for row in _Rows(part, reading):
            if not header:
                header = _columns(part.path, row, reading)
                continue
            source = f"{part.path}:{row.number}"
            if row.error:
                yield Piece(source, row.data, row.error, row.truncated)
            elif row.fields:
                wrong = _wrong(header, row.fields)
                yield Piece(source, row.data if wrong else dict(zip(header, row.fields, strict=True)), wrong)

    def document(self, piece: Piece, reading: Reading) -> Document:
        """Return the document of the row."""
        return make_document(dict(piece.data), piece.source, reading)


def _wrong(header: list[str], fields: list[str]) -> str:
    if len(fields) == len(header):
        return ""
    return f"UnreadableError: the row has {len(fields)} fields, the header {len(header)}"


def _header(path: str, name: str, reading: Reading) -> list[str]:
    return _columns(path, next(iter(_Rows(Slice(path, name), reading)), None), reading)


def _columns(path: str, row: _Row | None, reading: Reading) -> list[str]:
    """Return the header *row*; raises InputError where it is none, or lacks the text."""
    if row is None or row.error or not row.fields:
        raise InputError(f"{path}: should begin with a line that names the columns{_cure(row)}")
    header = row.fields
    if reading.text not in header:
        for other in ";\t|,":
            if len(header) == 1 and other in header[0]:
                cure = f"read: {{options: {{delimiter: {json.dumps(other)}}}}}"
                raise InputError(f"{path}: no column '{reading.text}', only one, {header[0][:80]!r}: write `{cure}`")
        raise InputError(
            f"{path}: no column '{reading.text}'{suggest(reading.text, header)} (columns: {', '.join(header)[:500]})"
        )
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise InputError(f"{path}: columns named twice: {', '.join(twice)}")
    return header


def _cure(row: _Row | None) -> str:
    if row is None:
        return ""
    if not row.error:
        return ": the first one is blank, delete it"
    if row.data.count(b"\r") > row.data.count(b"\r\n"):
        return r": its lines end with \r, let them end with \n"
    return f" ({row.error})"


class _Row:
    __slots__ = ("data", "error", "fields", "number", "size", "truncated")

    def __init__(self, lines: list[Line], fields: list[str], error: str = "") -> None:
        self.number = lines[0].number
        self.data = b"".join([line.data for line in lines])
        self.size = sum(line.size for line in lines)
        self.truncated = any(line.truncated for line in lines)
        self.fields = fields
        self.error = error


class _Rows:
    """The rows of a slice. A row is one or more lines; one that is torn is its first line, the others are read anew."""

    def __init__(self, part: Slice, reading: Reading) -> None:
        self._lines = read_lines(part, reading)
        self._again: list[Line] = []
        self._taken: list[Line] = []
        self._limit = reading.max_document
        self._encoding = reading.lines
        tabs = part.path.lower().removesuffix(".gz").endswith(".tsv")
        self._delimiter: Any = reading.options.get("delimiter", "\t" if tabs else ",")
        for key, wanted in CsvFormat().wrong_options(reading.options).items():
            raise InputError(f"{part.path}: {key} should be {wanted}, found {reading.options[key]!r:.40}")

    def __iter__(self) -> Iterator[_Row]:
        while True:
            self._taken = []
            row = self._next()
            if row is None:
                return
            yield row

    def _feed(self) -> Iterator[str]:
        """Yield the lines of one row as text, as many as the reader asks for."""
        size = 0
        while True:
            line = self._again.pop() if self._again else next(self._lines, None)
            if line is None:
                return
            self._taken.append(line)
            size += len(line.data)
            if line.error:
                raise UnreadableError(line.error)
            if size > self._limit:
                raise UnreadableError(f"larger than max_document ({self._limit} bytes), or a quote is never closed")
            text = line.data.decode(self._encoding)
            yield text.removeprefix("\ufeff") if line.number == 1 else text

    def _next(self) -> _Row | None:
        reader = csv.reader(self._feed(), delimiter=self._delimiter, strict=True)
        before = csv.field_size_limit(self._limit)
        try:
            fields = next(reader, None)
        except (csv.Error, UnreadableError, UnicodeDecodeError) as error:
            first, *others = self._taken
            self._again += reversed(others)
            said = first.error or f"UnreadableError: {error}"
            return _Row([first], [], said)
        finally:
            csv.field_size_limit(before)
        if fields is None:
            return None
        return _Row(self._taken, fields)
