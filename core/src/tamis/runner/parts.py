"""The state of a run on disk: atomic files, parts of shards, the merge, and the final manifest that commits a run.

`X.parts/` beside the output `X.jsonl` holds `plan.json`, and for each shard done its parts (`00007.clean`,
`00007.rejects`, `00007.failed`) and its manifest `00007.json`, written last. After the merge `X.manifest.json` is
written, then `X.parts/` goes. Every file is written under a temporary name, synced, and renamed.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from typing import BinaryIO
from typing import Final
from typing import cast

from tamis.account import Account
from tamis.document import Failure
from tamis.errors import RunError
from tamis.formats import STDIN
from tamis.formats import Format
from tamis.formats import Sink
from tamis.formats import format_of
from tamis.runner.disk import read_json
from tamis.runner.disk import sync_folder
from tamis.runner.disk import temporary_of
from tamis.runner.disk import write_json

#: Where a document can end; the order in which the files of a run are named.
ENDS: Final = ("clean", "rejects", "failed")

#: What the state of a run is made of.
_STATE: Final = re.compile(r"lock|plan\.json|[0-9]{5,}\.(?:clean|rejects|failed|json)|.*\.tmp")

#: How many kinds of failure a shard remembers with their traceback, and how many places of each.
_TRACES, _PLACES = 50, 5


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

        What goes to standard output has no files but those that are named. Raises InputError where no format claims the
        suffix of *clean*.
        """
        if clean == STDIN:
            return Outputs(clean, rejects or "", failed or "", "", "", "")
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

    @property
    def named(self) -> dict[str, str]:
        """The files of the ends, by their ends; what goes to standard output, or nowhere, has none."""
        return {end: path for end in ENDS if (path := self.of(end)) not in ("", STDIN)}


class Part:
    """A file of records, there when it is whole; it is begun with the first record."""

    def __init__(self, path: Path, form: Format, packed: bool) -> None:
        self.path = path
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
        """Leave nothing behind of what is not finished."""
        if self._file is not None:
            with suppress(OSError, ValueError):
                self._file.close()
            self._temporary.unlink(missing_ok=True)


class ShardParts:
    """The parts of a shard while they are written; they count when its manifest, which comes last, is there."""

    def __init__(self, folder: str, number: int, formats: Mapping[str, Format], packed: Mapping[str, bool]) -> None:
        self._folder = Path(folder)
        self._number = number
        paths = {end: self._folder / f"{number:05d}.{end}" for end in ENDS}
        self._parts = {end: Part(path, formats[end], packed[end]) for end, path in paths.items()}
        self._failures: dict[tuple[str, str], dict[str, Any]] = {}

    def __enter__(self) -> ShardParts:
        return self

    def __exit__(self, *_: object) -> None:
        for part in self._parts.values():
            part.abandon()

    def write(self, end: str, record: Mapping[str, Any]) -> None:
        """Add *record* to the part of *end*; raises ValueError where it cannot be written."""
        self._parts[end].write(record)

    def failed(self, source: str, failure: Failure) -> None:
        """Remember a *failure* for the side log: each traceback once, with how often and where it came first."""
        key = (failure.step, failure.traceback or failure.error.partition(":")[0])
        if key not in self._failures and len(self._failures) >= _TRACES:
            return
        new = {"step": failure.step, "error": failure.error, "traceback": failure.traceback[-8192:]}
        entry = self._failures.setdefault(key, {**new, "count": 0, "sources": []})
        entry["count"] += 1
        if len(entry["sources"]) < _PLACES:
            entry["sources"].append(source)

    def finish(self, account: Account) -> None:
        """Give the parts their names, and write the manifest."""
        sizes = {end: {"bytes": part.finish(), "records": part.records} for end, part in self._parts.items()}
        failures = list(self._failures.values())
        manifest = {"number": self._number, "parts": sizes, "account": account.dump(), "failures": failures}
        write_json(self._folder / f"{self._number:05d}.json", manifest)


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


def check_state(folder: Path, overwrite: bool) -> None:
    """Raise RunError where *folder* holds what no run put there, or a plan that cannot be read (and is to go on)."""
    for path in folder.iterdir() if folder.exists() else ():
        if _STATE.fullmatch(path.name) is None:
            raise RunError(f"{folder} is no state of a run: it holds {path.name!r}; choose another output, or move it")
    plan = folder / "plan.json"
    if plan.exists() and read_json(plan) is None and not overwrite:
        raise RunError(f"{plan} cannot be read: begin anew with --overwrite")


def merge_parts(
    outputs: Outputs, numbers: Mapping[str, Sequence[int]], formats: Mapping[str, Format]
) -> dict[str, int]:
    """Put the parts of these *numbers* together, in order, under the final names; return the size of each, in bytes.

    Raises OSError where they cannot be written; then nothing is replaced.
    """
    folder = Path(outputs.parts)
    finals = {end: Path(outputs.of(end)) for end in ENDS}
    merged = {
        end: folder / f"merged.{end}.tmp" if final.parent == folder.parent else final.with_name(f".{final.name}.tmp")
        for end, final in finals.items()
    }
    sizes: dict[str, int] = {}
    try:
        for end, path in merged.items():
            form = formats[format_of(outputs.of(end), formats)]
            with path.open("wb") as file:
                form.merge((folder / f"{number:05d}.{end}" for number in numbers[end]), file)
                if not file.tell() and outputs.of(end).endswith(".gz"):
                    file.write(gzip.compress(b"", mtime=0))  # a packed file of nothing can be unpacked
                sizes[end] = file.tell()
                file.flush()
                os.fsync(file.fileno())
        for end, final in finals.items():
            merged[end].replace(final)
            sync_folder(final.parent)
    finally:
        for path in merged.values():
            with suppress(OSError):
                path.unlink(missing_ok=True)
    return sizes


def remove_parts(folder: Path) -> None:
    """Remove the state of a run; what is left after a kill in between is no state any more."""
    (folder / "plan.json").unlink(missing_ok=True)
    sync_folder(folder)
    shutil.rmtree(folder, ignore_errors=True)
