"""The format: rows are documents, row groups are slices; pyarrow is imported when a file is opened."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from datetime import time
from pathlib import Path
from typing import Any
from typing import BinaryIO
from typing import Final

from tamis.document import Document
from tamis.errors import InputError
from tamis.errors import UnreadableError
from tamis.errors import suggest
from tamis.formats import SLICE
from tamis.formats import Format
from tamis.formats import Piece
from tamis.formats import Reading
from tamis.formats import Sink
from tamis.formats import Slice
from tamis.formats import make_document

#: Rows in memory at once when reading, and records in a row group when writing.
_ROWS: Final = 64
_GROUP: Final = 1024
_JSON: Final = ("labels", "trail", "meta")


class ParquetFormat(Format):
    """Parquet, one document a row."""

    suffixes = (".parquet", ".pq")

    def plan(self, path: str, name: str, reading: Reading) -> Iterator[Slice]:
        """Yield a slice for each few row groups; raises InputError where the text has no column."""
        with _opened(path) as file:
            columns = file.schema_arrow.names
            if reading.text not in columns:
                close = suggest(reading.text, columns)
                raise InputError(f"{path}: no column '{reading.text}'{close} (columns: {', '.join(columns)[:500]})")
            groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
        start = size = 0
        row = first = 1
        for i, group in enumerate(groups, 1):
            size += group.total_byte_size
            row += group.num_rows
            if size >= SLICE or i == len(groups):
                yield Slice(path, name, start, i, first, size)
                start, first, size = i, row, 0

    def pieces(self, part: Slice, reading: Reading) -> Iterator[Piece]:
        """Yield the rows of *part*."""
        number = part.line
        with _opened(part.path) as file:
            end = file.metadata.num_row_groups if part.end < 0 else part.end
            groups = list(range(part.start, end))
            for batch in file.iter_batches(_ROWS, row_groups=groups, use_threads=False):
                for fields in batch.to_pylist():
                    yield _piece(f"{part.path}:{number}", fields, reading)
                    number += 1

    def document(self, piece: Piece, reading: Reading) -> Document:
        """Return the document of the row."""
        try:
            return make_document({key: _plain(value) for key, value in piece.data.items()}, piece.source, reading)
        except UnicodeDecodeError as error:
            raise UnreadableError(f"not UTF-8: {error}") from None

    def sink(self, file: BinaryIO) -> Sink:
        """Return a sink that writes row groups."""
        return _Rows(file)

    def merge(self, parts: Iterable[Path], file: BinaryIO) -> None:
        """Write the row groups of *parts*, in order, as one file; without parts, one with the columns and no rows."""
        writer = None
        for part in parts:
            with _opened(str(part)) as opened:
                writer = writer or _writer(file, opened.schema_arrow)
                for i in range(opened.metadata.num_row_groups):
                    writer.write_table(opened.read_row_group(i, use_threads=False))
        (writer or _writer(file, _schema(with_raw=False))).close()


def _opened(path: str) -> Any:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(path)
    except ArrowException as error:
        raise InputError(f"{path}: not a Parquet file: {error}") from None


def _piece(source: str, fields: dict[str, Any], reading: Reading) -> Piece:
    text = fields.get(reading.text)
    if isinstance(text, str) and len(text) > reading.max_document // 4:
        data = text.encode("utf-8", "surrogatepass")
        if len(data) > reading.max_document:
            error = f"UnreadableError: larger than max_document ({reading.max_document} bytes)"
            return Piece(source, data[:8192], error, truncated=True)
    return Piece(source, fields)


def _plain(value: Any) -> Any:
    """Return *value* as JSON has it."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [_plain(each) for each in value]
    return str(value)


def _schema(with_raw: bool) -> Any:
    import pyarrow as pa

    names = ["id", "text", *_JSON, *(["raw"] if with_raw else [])]
    return pa.schema([(name, pa.string()) for name in names])


def _writer(file: BinaryIO, schema: Any) -> Any:
    from pyarrow.parquet import ParquetWriter

    return ParquetWriter(file, schema, compression="zstd")


class _Rows:
    """Holds back records until they make a row group."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._writer: Any = None
        self._rows: list[dict[str, Any]] = []

    def write(self, record: Mapping[str, Any]) -> None:
        row = {key: _line(value) if key in _JSON else value for key, value in record.items()}
        (row["text"] + (row["id"] or "") + row.get("raw", "")).encode()  # a lone surrogate must fail here
        self._rows.append(row)
        if len(self._rows) == _GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        schema = _schema("raw" in self._rows[0])
        self._writer = self._writer or _writer(self._file, schema)
        self._writer.write_table(pa.Table.from_pylist(self._rows, schema))
        self._rows = []

    def close(self) -> None:
        if self._rows:
            self._flush()
        if self._writer is not None:
            self._writer.close()


def _line(value: Any) -> str:
    line = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    line.encode()
    return line
