"""Which files are read: paths, folders and globs, sorted; the files that no format claims are counted."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from glob import glob
from glob import has_magic
from pathlib import Path
from typing import Any
from typing import NamedTuple
from typing import NoReturn

from tamis.document import Document
from tamis.errors import InputError
from tamis.errors import suggest
from tamis.formats.base import STDIN
from tamis.formats.base import Format
from tamis.formats.base import Reading
from tamis.formats.base import Slice
from tamis.formats.base import safe_pieces
from tamis.formats.base import to_document
from tamis.formats.registry import by_suffix
from tamis.formats.registry import format_of


class InputFile(NamedTuple):
    """A file to read; size in bytes and time of change in nanoseconds tell whether it is still the same."""

    path: str
    format: str
    size: int
    mtime: int
    #: It was named; one that was found in a folder or by a pattern may be unreadable, and is then a failed record.
    named: bool = True


class Inputs(NamedTuple):
    """The files to read, in order, and how many in the folders are not: no format claims them, or they are no files."""

    files: tuple[InputFile, ...]
    ignored: int


def expand(given: Iterable[str], formats: Mapping[str, Format], reading: Reading) -> Inputs:
    """Return the files that *given* (files, folders, globs) stand for.

    A folder means the files below it that a format claims, sorted by path; hidden ones and the results of runs are
    left out. A file is read once, under the first of its names; a link to it is another file. Raises InputError where a
    named one is missing or cannot be read, or nothing is found.
    """
    files: dict[str, InputFile] = {}
    ignored = 0
    resolved = cache(lambda folder: folder.resolve())

    def add(path: str, format: str, named: bool) -> None:
        key = str(resolved(Path(path).parent) / Path(path).name)
        if key not in files:
            files[key] = _file(path, format, named)

    for name in given:
        if name == STDIN:
            files[name] = InputFile(name, format_of(name, formats, reading.format, reads=True), 0, 0)
            continue
        for path in _globbed(name):
            if path == name and not Path(path).exists():
                raise InputError(f"{path}: No such file or directory")
            if _special(path):
                raise InputError(f"{path} is a pipe or a device, no file: give - as the input, and `< {path}`")
            if not Path(path).is_dir():
                add(path, format_of(path, formats, reading.format, reads=True), path == name)
                continue
            for below, folder in _below(path):
                claimed = None if folder else by_suffix(below, formats)
                if claimed is None or reading.format not in (None, claimed) or _special(below):
                    ignored += 1
                else:
                    add(below, claimed, named=False)
    if not files:
        more = f" ({ignored} files there are of no known format)" if ignored else ""
        raise InputError(f"nothing to read in {', '.join(given)}{more}; the results of a run are read if you name them")
    return Inputs(tuple(files.values()), ignored)


def _globbed(name: str) -> list[str]:
    if Path(name).exists() or not has_magic(name):
        return [name]
    found = sorted(glob(name, recursive=True))  # noqa: PTH207 - relative and absolute patterns alike
    if not found:
        raise InputError(f"{name}: no file fits this pattern")
    return found


def _below(folder: str) -> Iterator[tuple[str, bool]]:
    """Yield the files below *folder*, and the linked folders, which are not gone into (True)."""

    def refuse(error: OSError) -> NoReturn:
        raise InputError(f"{error.filename}: {error.strerror}")

    for here, folders, names in os.walk(folder, onerror=refuse):
        at = Path(here)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _of_a_run(at / name))
        yield from ((str(at / name), True) for name in folders if (at / name).is_symlink())
        results = _results(at, names)
        yield from ((str(at / name), False) for name in sorted(set(names) - results) if not name.startswith("."))


def _of_a_run(folder: Path) -> bool:
    """Return whether *folder* is the state of a run."""
    return folder.name.endswith(".parts") and (folder / "lock").exists()


def _results(folder: Path, names: Iterable[str]) -> set[str]:
    """Return which files in *folder* are results of runs, by the manifests that lie beside them."""
    found: set[str] = set()
    for name in names:
        if name.endswith(".manifest.json"):
            with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):  # no manifest of ours
                files = [Path(path) for path in json.loads((folder / name).read_bytes())["plan"]["outputs"].values()]
                [place] = [file.parent for file in files if file.name == name]
                found |= {file.name for file in files if file.parent == place}
    return found


def _special(path: str) -> bool:
    """Return whether *path* is neither file nor folder: reading a pipe may wait for ever."""
    try:
        kind = Path(path).stat().st_mode
    except OSError:
        return False  # a link to nowhere; that is said elsewhere
    return not stat.S_ISREG(kind) and not stat.S_ISDIR(kind)


def _file(path: str, format: str, named: bool) -> InputFile:
    try:
        state = Path(path).stat()
        with Path(path).open("rb"):
            pass
    except OSError as error:
        if named:
            raise InputError(f"{path}: {error.strerror or error}") from None
        return InputFile(path, format, 0, 0, named)
    return InputFile(path, format, state.st_size, state.st_mtime_ns, named)


def read(
    path: str | Path,
    formats: Mapping[str, Format],
    format: str | None = None,
    options: Mapping[str, Any] | None = None,
    **how: Any,
) -> Iterator[Document]:
    """Yield the documents of *path*, a file, a folder or a glob; a document that cannot be read has `error`.

    *how* are fields of `Reading`; *options*, and whatever else is in *how*, are settings of the formats. Raises
    InputError where nothing can be read, and for an option that no format has.
    """
    own = dict(options or {})
    own |= {key: how.pop(key) for key in list(how) if key not in Reading.__dataclass_fields__}
    known = [name for form in formats.values() for name in form.options]
    for key in own:
        if key not in known:
            raise InputError(f"no format has an option '{key}'{suggest(key, [*Reading.__dataclass_fields__, *known])}")
    reading = Reading(format=format, **how, options=own)
    yield from documents(expand([str(path)], formats, reading).files, formats, reading)


def documents(files: Iterable[InputFile], formats: Mapping[str, Format], reading: Reading) -> Iterator[Document]:
    """Yield the documents of *files*; one that cannot be read has `error`.

    Raises InputError where a file that was named cannot be read at all.
    """
    for file in files:
        form, part = formats[file.format], Slice(file.path, file.format)
        for piece in safe_pieces(form, part, reading, named=file.named):
            yield to_document(form, piece, reading)
