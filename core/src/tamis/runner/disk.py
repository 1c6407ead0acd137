"""Files that appear whole or not at all, and the locks of a folder."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from time import sleep
from typing import Any
from typing import BinaryIO

from tamis.errors import RunError


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
        file.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")


def read_json(path: Path) -> Any:
    """Return the JSON in *path*, or None where there is none that can be read."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None


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
