"""The state of a run on disk: atomic files, parts of shards, the merge, and the final manifest that commits a run.

`X.parts/` beside the output `X.jsonl` holds `plan.json`, and for each shard done its parts (`00007.clean`,
`00007.rejects`, `00007.failed`) and its manifest `00007.json`, written last. After the merge `X.manifest.json` is
written, then `X.parts/` goes. Every file is written under a temporary name, synced, and renamed.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from contextlib import suppress
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from secrets import token_hex
from time import sleep
from typing import Any
from typing import BinaryIO
from typing import Final
from typing import cast

from tamis.errors import RunError
from tamis.formats import Format
from tamis.formats import Sink
from tamis.formats import format_of

#: Where a document can end; the order in which the files of a run are named.
ENDS: Final = ("clean", "rejects", "failed")


@dataclass(frozen=True)
class Outputs:
    """The files of a run: where documents end, its state, its manifest and its side log."""

    clean: str
    rejects: str
    failed: str
    parts: str
    manifest: str
    log: str

    @staticmethod
    def beside(
        clean: str, formats: Mapping[str, Format], rejects: str | None = None, failed: str | None = None
    ) -> Outputs:
        """Return the files of a run whose clean documents go to *clean*; the others stand beside it.

        Raises InputError where no format claims the suffix of *clean*.
        """
        form = formats[format_of(clean, formats)]
        suffix = max((each for each in form.suffixes if clean.lower().endswith(each)), key=len)
        stem = clean[: -len(suffix)]
        lines = suffix if format_of(clean, formats) == "jsonl" else ".jsonl"
        return Outputs(
            clean,
            rejects or f"{stem}.rejects{suffix}",
            failed or f"{stem}.failed{lines}",
            f"{stem}.parts",
            f"{stem}.manifest.json",
            f"{stem}.log.json",
        )

    def of(self, end: str) -> str:
        """Return the file of *end*: clean, rejects or failed."""
        return {"clean": self.clean, "rejects": self.rejects, "failed": self.failed}[end]


def temporary_of(path: Path) -> Path:
    """Return a name beside *path* that nobody else uses, here or on another machine."""
    return path.with_name(f"{path.name}.{token_hex(8)}.tmp")


@contextmanager
def atomic(path: Path, folder: Path | None = None) -> Iterator[BinaryIO]:
    """Open a file that becomes *path*, whole and synced, when the block ends well, and vanishes where it does not.

    Meanwhile it is in *folder*, on the same file system, or beside *path*.
    """
    temporary = temporary_of((folder or path.parent) / path.name)
    try:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def sync_folder(path: Path) -> None:
    """Make the names in the folder *path* last."""
    with suppress(OSError):  # not every file system can
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write_json(path: Path, value: Any, folder: Path | None = None) -> None:
    """Write *value* to *path*, atomically; meanwhile it is in *folder*."""
    with atomic(path, folder) as file:
        file.write(json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n")


def read_json(path: Path) -> Any:
    """Return the JSON in *path*, or None where there is none that can be read."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None


class Part:
    """The part of one shard for one end; its file is made with the first record."""

    def __init__(self, folder: str, number: int, end: str, form: Format, packed: bool) -> None:
        self.path = Path(folder) / f"{number:05d}.{end}"
        self.records = 0
        self._form = form
        self._packed = packed
        self._temporary = temporary_of(self.path)
        self._file: BinaryIO | None = None
        self._gzip: gzip.GzipFile | None = None
        self._sink: Sink | None = None

    def write(self, record: Mapping[str, Any]) -> None:
        """Add *record*; raises ValueError where it cannot be written."""
        (self._sink or self._open()).write(record)
        self.records += 1

    def _open(self) -> Sink:
        if self._sink is None:
            self._file = file = self._temporary.open("wb", buffering=1 << 16)
            if self._packed:
                self._gzip = gzip.GzipFile("", "wb", 6, file, mtime=0)
                file = cast("BinaryIO", self._gzip)
            self._sink = self._form.sink(file)
        return self._sink

    def finish(self) -> int:
        """Give the part its name; return its size in bytes, 0 where it has no records."""
        if self._file is None or self._sink is None:
            self.path.unlink(missing_ok=True)  # of an attempt that went differently
            return 0
        self._sink.close()
        if self._gzip is not None:
            self._gzip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        size = self._file.tell()
        self._file.close()
        self._temporary.replace(self.path)
        return size

    def abandon(self) -> None:
        """Leave nothing behind."""
        if self._file is not None:
            with suppress(OSError, ValueError):
                self._file.close()
            self._temporary.unlink(missing_ok=True)


def shard_manifest(folder: str, number: int) -> dict[str, Any] | None:
    """Return the manifest of the shard *number*, or None where it, or a part that it names, is not there."""
    manifest = read_json(Path(folder) / f"{number:05d}.json")
    if not isinstance(manifest, dict):
        return None
    for end, part in manifest["parts"].items():
        path = Path(folder) / f"{number:05d}.{end}"
        if part["bytes"] and (not path.is_file() or path.stat().st_size != part["bytes"]):
            return None
    return manifest


def merge_parts(outputs: Outputs, parts: Mapping[int, dict[str, Any]], formats: Mapping[str, Format]) -> dict[str, Any]:
    """Put the parts together, in plan order, under the final names; return size, records and sha256 of each file.

    *parts* are bytes and records by shard and end. Raises OSError where they cannot be written; then nothing is.
    """
    try:
        return _merge_parts(outputs, parts, formats)
    except BaseException:
        for end in ENDS:
            with suppress(OSError):
                (Path(outputs.parts) / f"merged.{end}.tmp").unlink(missing_ok=True)
        raise


def _merge_parts(
    outputs: Outputs, parts: Mapping[int, dict[str, Any]], formats: Mapping[str, Format]
) -> dict[str, Any]:
    folder = Path(outputs.parts)
    merged: dict[str, Any] = {}
    for end in ENDS:
        final = outputs.of(end)
        numbers = [number for number, part in sorted(parts.items()) if part[end]["bytes"]]
        temporary = folder / f"merged.{end}.tmp"
        form = formats[format_of(final, formats)]
        with temporary.open("w+b") as file:
            form.merge([folder / f"{number:05d}.{end}" for number in numbers], file)
            size = file.tell()
            file.seek(0)
            digest = file_digest(file, "sha256")
            os.fsync(file.fileno())
        records = sum(parts[number][end]["records"] for number in numbers)
        merged[end] = {"path": final, "records": records, "bytes": size, "sha256": digest.hexdigest()}
    for end in ENDS:
        final_path = Path(outputs.of(end))
        if final_path.parent != folder.parent:
            _move(folder / f"merged.{end}.tmp", final_path)
        else:
            (folder / f"merged.{end}.tmp").replace(final_path)
        sync_folder(final_path.parent)
    return merged


def _move(temporary: Path, final: Path) -> None:
    """Move *temporary* to *final*, by a copy where it is on another file system; never half of it."""
    try:
        temporary.replace(final)
    except OSError:
        with temporary.open("rb") as file, atomic(final) as copy:
            shutil.copyfileobj(file, copy, 1 << 20)
        temporary.unlink()


def remove_parts(folder: Path) -> None:
    """Remove the state of a run; what is left after a kill in between is no state any more."""
    (folder / "plan.json").unlink(missing_ok=True)
    sync_folder(folder)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of *folder* alone; raises RunError where another run holds it."""
    with _lock(folder) as take:
        if not take(alone=True):
            raise RunError(f"another run is at work in {folder}: wait for it, or choose another output")
        yield


@contextmanager
def locked_together(folder: Path, settle: Callable[[], object]) -> Iterator[None]:
    """Hold the lock of *folder* with others that do other shards; the first one of them calls *settle* alone."""
    with _lock(folder) as take:
        for _ in range(600):
            alone = take(alone=True)
            if alone:
                settle()
            if take(alone=False):
                break
            sleep(0.1)
        else:
            raise RunError(f"another run is at work in {folder}: wait for it, or choose another output")
        yield


@contextmanager
def _lock(folder: Path) -> Iterator[Callable[..., bool]]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("ab") as file:

        def take(alone: bool) -> bool:
            try:
                import fcntl

                fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            except (ImportError, OSError):
                return True  # no locks on this system, or this file system
            return True

        yield take
