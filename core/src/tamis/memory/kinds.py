"""Kinds of memory, and what they hold: read and written whole, and checked for what they are."""

from __future__ import annotations

import json
import os
import re
from abc import ABC
from abc import abstractmethod
from collections.abc import Callable
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from typing import ClassVar
from typing import Final
from typing import NoReturn
from typing import Self
from typing import TypeGuard
from typing import TypeVar

from tamis.errors import ModelError
from tamis.errors import RunError

#: How much of a file is read, in bytes, to tell whether it is a memory.
_HEAD: Final = 1024

Loaded = TypeVar("Loaded")


@dataclass(frozen=True, slots=True)
class MemoryKind:
    """A kind of memory: the format and version its files state, what they are about, and the command that learns them.

    Files of more than *most_bytes* bytes are not read.
    """

    format: str
    version: int
    about: str
    command: str
    most_bytes: int = 128 * 2**20

    def to_json(self, state: Mapping[str, Any]) -> str:
        """Return *state* with format and version as JSON: the same state gives the same text."""
        whole = {"format": self.format, "version": self.version, **state}
        return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"

    def save(self, path: str | os.PathLike[str], state: Mapping[str, Any]) -> None:
        """Write *state* to *path*, whole or not at all. Raises RunError where it cannot be written."""
        place = Path(path)
        part = place.with_name(f".{place.name}.{os.getpid()}")
        try:
            part.write_bytes(self.to_json(state).encode("utf-8", "surrogatepass"))  # a page may hold half a character
            part.replace(place)
        except OSError as error:
            raise RunError(f"{path} cannot be written: {error.strerror or error}") from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def load(self, path: str | os.PathLike[str], parse: Callable[[str, dict[str, Any]], Loaded]) -> Loaded:
        """Return what *parse* makes of the path and the state that was saved; the file is read again when it changes.

        Raises ModelError, with the cure, where the file is missing, too large, or no memory of this kind.
        """
        found = self._stat(path)
        return _load(self, parse, str(Path(path).absolute()), found.st_size, found.st_mtime_ns)  # type: ignore[return-value]

    def check(self, path: str) -> None:
        """Raise ModelError, with the cure, where the head of the file *path* is not that of a memory of this kind."""
        self._stat(path)
        with Path(path).open("rb") as file:
            head = file.read(_HEAD)
        own = rf'\s*\{{\s*"format":\s*"{re.escape(self.format)}",\s*"version":\s*{self.version}\s*[,}}]'
        if not re.match(own.encode(), head):
            self.read(path)  # says what is wrong, or that the entries stand in another order

    def _stat(self, path: str | os.PathLike[str]) -> os.stat_result:
        try:
            found = Path(path).stat()
        except OSError as error:
            cure = f"learn it first: {self.command} FILES... -o {path}"
            raise ModelError(f"{path}: {error.strerror or error}; {cure}") from None
        if found.st_size > self.most_bytes:
            raise ModelError(
                f"{path}: {found.st_size} bytes, a memory of {self.about} has at most {self.most_bytes}; learn less"
            )
        return found

    def read(self, path: str) -> dict[str, Any]:
        """Return the state in the file *path*, with format and version checked."""
        try:
            state = json.loads(Path(path).read_bytes(), parse_constant=_refuse)
        except OSError as error:
            raise ModelError(f"{path}: {error.strerror or error}") from None
        except (ValueError, RecursionError) as error:
            raise self.wrong(path, f"not JSON: {error}") from None
        if not isinstance(state, dict) or state.get("format") != self.format:
            raise self.wrong(path, f'"format" should be "{self.format}"')
        if state.get("version") != self.version:
            raise self.wrong(path, f'"version" should be {self.version}, found {state.get("version")!r:.40}')
        return state

    def wrong(self, path: str, what: str) -> ModelError:
        """Return the error that says *what* is wrong with the file *path*, and the cure."""
        return ModelError(
            f"{path}: no memory of {self.about}: {what}; learn it anew: {self.command} FILES... -o MEMORY"
        )


@lru_cache(maxsize=8)
def _load(
    kind: MemoryKind,
    parse: Callable[[str, dict[str, Any]], object],
    path: str,
    size: int,  # noqa: ARG001 - another size, or time of change, is another memory
    mtime: int,  # noqa: ARG001
) -> object:
    return parse(path, kind.read(path))


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


def is_count(value: object, least: int = 0) -> TypeGuard[int]:
    """Return whether *value*, from a file, is a whole number of *least* or more."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


class Memory(ABC):
    """Base of memories: derive a frozen class, give it `kind`, `state` and `parse`."""

    kind: ClassVar[MemoryKind]

    @abstractmethod
    def state(self) -> dict[str, Any]:
        """Return the memory as JSON: the same memory, the same entries in the same order."""

    @classmethod
    @abstractmethod
    def parse(cls, path: str, state: dict[str, Any]) -> Self:
        """Return the memory that *state*, from the file *path*, says; raises `kind.wrong(path, ...)`."""

    def to_json(self) -> str:
        """Return the memory as JSON: the same memory gives the same text."""
        return self.kind.to_json(self.state())

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the memory to *path*, whole or not at all. Raises RunError where it cannot be written."""
        self.kind.save(path, self.state())

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Return the memory in the file *path*, read again when it changes.

        Raises ModelError, with the cure, where the file is missing, too large, or no such memory.
        """
        return cls.kind.load(path, cls.parse)
