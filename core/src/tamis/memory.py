"""Memories: what a step must know of a whole corpus, learnt beforehand by a command and kept in a JSON file.

    KIND = MemoryKind("tamis repeated", version=1, about="what recurs", command="tamis repeated")
    learner, scan = learn_from(files, Tally(), workers=4)     # reads FILES, each in one of four processes
    KIND.save(path, {"sources": ...})                         # whole or not at all; the same state, the same bytes
    memory = KIND.load(path, parse)                           # ModelError, with the cure, where it is no such memory

`learning_options` gives a click command the arguments that such commands share.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import NoReturn
from typing import Protocol
from typing import TypeVar

from tamis.errors import InputError
from tamis.errors import ModelError
from tamis.errors import RunError
from tamis.errors import on_one_line

if TYPE_CHECKING:
    from tamis.document import Document
    from tamis.formats import Reading
    from tamis.formats.inputs import InputFile

#: Of how many documents that cannot be read the reason is kept.
_REASONS: Final = 5

Loaded = TypeVar("Loaded")
Part = TypeVar("Part", bound="Learner")


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
        try:
            found = Path(path).stat()
        except OSError as error:
            cure = f"learn it first: {self.command} FILES... -o {path}"
            raise ModelError(f"{path}: {error.strerror or error}; {cure}") from None
        return _load(self, parse, str(Path(path).absolute()), found.st_size, found.st_mtime_ns)  # type: ignore[return-value]

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
    size: int,
    mtime: int,  # noqa: ARG001 - another time of change is another memory
) -> object:
    if size > kind.most_bytes:
        raise ModelError(f"{path}: {size} bytes, a memory of {kind.about} has at most {kind.most_bytes}; learn less")
    return parse(path, kind.read(path))


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


class Learner(Protocol):
    """Learns from documents, in any order and in any number of parts that merge."""

    def add(self, doc: Document, /) -> None:
        """Learn from *doc*."""

    def merge(self, other: Any, /) -> None:
        """Add what *other*, of the same class, learnt from other documents."""


@dataclass
class Scan:
    """What was read to learn from: how many documents, how many could not be read, and of the first ones why."""

    documents: int = 0
    unread: int = 0
    reasons: list[str] = field(default_factory=list)

    def add(self, doc: Document) -> bool:
        """Count *doc*; return whether it could be read."""
        if doc.error is None:
            self.documents += 1
            return True
        self.unread += 1
        if len(self.reasons) < _REASONS:
            self.reasons.append(on_one_line(f"{doc.source}: {doc.error.error}"))
        return False

    def merge(self, other: Scan) -> None:
        """Add what *other* counted."""
        self.documents += other.documents
        self.unread += other.unread
        self.reasons = (self.reasons + other.reasons)[:_REASONS]

    def tell(self) -> int:
        """Print to standard error which documents could not be read; return the exit code, 1 where there are any."""
        import click

        for reason in self.reasons:
            click.echo(reason, err=True)
        if self.unread:
            click.echo(f"{self.unread} documents could not be read", err=True)
        return 1 if self.unread else 0


def learn_from(files: Sequence[str], learner: Part, workers: int = 1, **read: Any) -> tuple[Part, Scan]:
    """Return *learner* with the documents of *files* added, and what was read of them.

    *files* are files, folders and patterns; a file is read once, however often it is named. With more *workers* than
    one, the files are shared out to as many processes; each gets a copy of *learner*, which has learnt nothing yet.
    *read* are fields of `tamis.formats.Reading`. Raises InputError where no document can be read.
    """
    from tamis.formats import Reading
    from tamis.formats import expand
    from tamis.host import Host

    reading = Reading(**read)
    found = expand(files, Host().formats, reading).files
    shares = [found[i::workers] for i in range(min(workers, len(found)))]
    if len(shares) == 1:
        parts = [_scan(learner, found, reading)]
    else:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        with ProcessPoolExecutor(len(shares), mp_context=get_context("spawn")) as pool:
            parts = [future.result() for future in [pool.submit(_scan, learner, share, reading) for share in shares]]
    whole, scan = parts[0]
    for part, more in parts[1:]:
        whole.merge(part)
        scan.merge(more)
    if not scan.documents:
        why = f"none of {scan.unread} documents can be read: {scan.reasons[0]}" if scan.unread else "no document"
        raise InputError(f"nothing is learnt: {why}")
    return whole, scan


def _scan(learner: Part, files: Iterable[InputFile], reading: Reading) -> tuple[Part, Scan]:
    from tamis.formats import documents
    from tamis.host import Host

    scan = Scan()
    for doc in documents(files, Host().formats, reading):
        if scan.add(doc):
            learner.add(doc)
    return learner, scan


def learning_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a click command `files`, `output`, `workers`, and for `tamis.read` `format`, `text` and `id`."""
    import click

    place = click.Path(dir_okay=False, path_type=Path)
    of_worker = "Processes; each reads whole FILES."
    for parameter in (
        click.option("--id", default="id", show_default=True, help="The field that holds the id."),
        click.option("--text", default="text", show_default=True, help="The field that holds the text."),
        click.option("--format", help="The format of FILES; by default the suffix tells."),
        click.option("-j", "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help=of_worker),
        click.option("-o", "--output", required=True, type=place, callback=_in_a_folder, help="The memory."),
        click.argument("files", nargs=-1, required=True),
    ):
        command = parameter(command)
    return command


def _in_a_folder(ctx: object, param: object, path: Path) -> Path:  # noqa: ARG001 - of click
    """Return *path*; raises click.BadParameter, before anything is read, where no file can be written there."""
    import click

    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise click.BadParameter(f"{path.parent} is no folder that can be written to: make it first")
    return path
