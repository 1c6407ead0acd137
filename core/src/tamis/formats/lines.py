"""Files of lines, read in bounded memory: where lines begin, and where a file can be cut between two of them."""

from __future__ import annotations

import codecs
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from typing import Final
from typing import NamedTuple
from typing import cast

from tamis.formats.base import SLICE
from tamis.formats.base import Reading
from tamis.formats.base import Slice
from tamis.formats.base import opened
from tamis.formats.base import why

#: How much of a line beyond the bound is kept, in bytes.
HEAD: Final = 8192


class Line(NamedTuple):
    """A line with its end. Where it is longer than the bound (then it is the head), or broken off, *error* says so."""

    number: int
    data: bytes
    error: str = ""
    #: How many bytes it has in the file, its end included.
    size: int = 0
    truncated: bool = False


def plain(path: str, reading: Reading) -> bool:
    """Return whether lines of *path* can be found in its bytes as they are stored."""
    return reading.lines == reading.encoding and not path.endswith(".gz")


def plan_lines(path: str, name: str, reading: Reading, size: int = SLICE) -> Iterator[Slice]:
    """Yield slices of *path* of about *size* bytes, cut between lines; one slice where it cannot be cut."""
    if not plain(path, reading):
        yield Slice(path, name, size=Path(path).stat().st_size)
        return
    with opened(path) as file:
        start = at = 0
        line = next_line = 1
        while block := file.read(1 << 20):
            if at + len(block) - start < size:
                next_line += block.count(b"\n")
                at += len(block)
                continue
            cut = block.find(b"\n", max(0, start + size - at - 1)) + 1
            if not cut:
                next_line += block.count(b"\n")
                at += len(block)
                continue
            next_line += block.count(b"\n", 0, cut)
            at += cut
            yield Slice(path, name, start, at, line, at - start)
            start, line = at, next_line
            file.seek(at)
        if at > start or not start:
            yield Slice(path, name, start, at, line, at - start)


def read_lines(part: Slice, reading: Reading) -> Iterator[Line]:
    """Yield the lines of *part*, each with its number, as UTF-8 where the encoding is none that lines show in."""
    number = part.line
    limit = reading.max_document
    with open_text(part.path, reading) as file:
        if part.start:
            file.seek(part.start)
        left = part.end - part.start if part.end >= 0 else -1
        try:
            while left and (data := file.readline(limit + 1)):
                size = len(data)
                if size > limit and not data.endswith(b"\n"):
                    data = data[:HEAD]
                    while more := file.readline(1 << 20):
                        size += len(more)
                        if more.endswith(b"\n"):
                            break
                    error = f"UnreadableError: longer than max_document ({limit} bytes)"
                    yield Line(number, data, error, size, truncated=True)
                else:
                    yield Line(number, data, "", size)
                left -= size
                number += 1
        except (OSError, EOFError, UnicodeError, zlib.error) as error:
            yield Line(number, b"", f"the rest of the file cannot be read: {why(error)}")


def open_text(path: str, reading: Reading) -> BinaryIO:
    """Return *path* opened for reading lines of bytes, turned into UTF-8 where its encoding has other line ends."""
    file = opened(path)
    if reading.lines == reading.encoding:
        return file
    return cast("BinaryIO", io.BufferedReader(_Recoded(file, reading.encoding), 1 << 16))


class _Recoded(io.RawIOBase):
    """A file in another encoding as UTF-8."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            block = self._file.read(1 << 16)
            self._ready = self._decoder.decode(block, final=not block).encode()
            if not block and not self._ready:
                return 0
        count = min(len(buffer), len(self._ready))
        buffer[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def close(self) -> None:
        self._file.close()
        super().close()
