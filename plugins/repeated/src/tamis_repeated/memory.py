"""The memory: which units recur, by source, and the JSON file it is kept in, which is checked to the last entry."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any
from typing import Final
from typing import NoReturn
from typing import TypeGuard

from tamis.errors import ModelError
from tamis_repeated.units import LONGEST
from tamis_repeated.units import is_key
from tamis_repeated.units import normal

FORMAT: Final = "tamis repeated"
VERSION: Final = 1
#: The largest file that is read, in bytes.
MAX_BYTES: Final = 128 * 2**20


@dataclass(frozen=True, slots=True)
class Source:
    """How many documents of a source were learnt from, and in how many of them each recurring unit is."""

    documents: int
    recurring: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Memory:
    """What recurs, by source; *key* says what a source is: `host`, `all` or `meta.FIELD`."""

    key: str
    at_least: int
    share: float
    sources: Mapping[str, Source]

    def to_json(self) -> str:
        """Return the memory as JSON, sorted: the same memory gives the same text."""
        state = {
            "format": FORMAT,
            "version": VERSION,
            "made_by": f"tamis-repeated {metadata.version('tamis-repeated')}",
            "key": self.key,
            "at_least": self.at_least,
            "share": self.share,
            "sources": {
                name: {"documents": source.documents, "recurring": dict(sorted(source.recurring.items()))}
                for name, source in sorted(self.sources.items())
            },
        }
        return json.dumps(state, indent=1, ensure_ascii=False) + "\n"

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the memory to *path*, whole or not at all."""
        place = Path(path)
        part = place.with_name(f".{place.name}.{os.getpid()}")
        try:
            part.write_bytes(self.to_json().encode("utf-8", "surrogatepass"))  # half a character may be in a page
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)

    @staticmethod
    def load(path: str | os.PathLike[str]) -> Memory:
        """Return the memory in the file *path*; units are brought to normal form, so they may be added by hand.

        Raises ModelError, with the cure, where the file is missing, too large, or no such memory.
        """
        try:
            state = Path(path).stat()
        except OSError as error:
            raise ModelError(
                f"{path}: {error.strerror or error}; learn it first: tamis repeated FILES... -o {path}"
            ) from None
        return _load(str(Path(path).absolute()), state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=4)
def _load(path: str, size: int, mtime: int) -> Memory:  # noqa: ARG001 - another time of change is another memory
    if size > MAX_BYTES:
        raise ModelError(f"{path}: {size} bytes, a memory has at most {MAX_BYTES}; learn it with a higher --at-least")
    try:
        state = json.loads(Path(path).read_bytes(), parse_constant=_refuse)
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise _wrong(path, f"not JSON: {error}") from None
    if not isinstance(state, dict) or state.get("format") != FORMAT:
        raise _wrong(path, f'"format" should be "{FORMAT}"')
    if state.get("version") != VERSION:
        raise _wrong(path, f'"version" should be {VERSION}, found {state.get("version")!r:.40}')
    key, at_least, share, sources = (state.get(name) for name in ("key", "at_least", "share", "sources"))
    if not isinstance(key, str) or not is_key(key):
        raise _wrong(path, f'"key" should be host, all or meta.FIELD, found {key!r:.40}')
    if not _count(at_least):
        raise _wrong(path, f'"at_least" should be a positive whole number, found {at_least!r:.40}')
    if not isinstance(share, int | float) or isinstance(share, bool) or not 0 <= share <= 1:
        raise _wrong(path, f'"share" should be a number from 0 to 1, found {share!r:.40}')
    if not isinstance(sources, dict):
        raise _wrong(path, '"sources" should be an object')
    return Memory(key, at_least, share, {name: _source(path, name, found) for name, found in sources.items()})


def _source(path: str, name: str, found: Any) -> Source:
    documents = found.get("documents") if isinstance(found, dict) else None
    recurring = found.get("recurring") if isinstance(found, dict) else None
    if not _count(documents) or not isinstance(recurring, dict):
        raise _wrong(path, f'source {name!r:.60} should have "documents" (a number) and "recurring" (an object)')
    for unit, number in recurring.items():
        if len(unit) > LONGEST or not _count(number) or number > documents:
            raise _wrong(path, f"unit {unit!r:.60} should have at most {LONGEST} letters and a count up to {documents}")
    return Source(documents, {normal(unit): number for unit, number in recurring.items()})


def _count(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _wrong(path: str, what: str) -> ModelError:
    return ModelError(f"{path}: no memory of what recurs: {what}; learn it anew: tamis repeated FILES... -o MEMORY")


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")
