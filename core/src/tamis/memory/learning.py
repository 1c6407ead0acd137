"""Learning: the documents of files, read once by any number of processes; and what commands that learn share."""

from __future__ import annotations

import os
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import Protocol
from typing import TypeVar

from tamis.errors import InputError
from tamis.errors import on_one_line

if TYPE_CHECKING:
    from tamis.document import Document
    from tamis.formats import Reading
    from tamis.formats.inputs import InputFile

Part = TypeVar("Part", bound="Learner")

#: Of how many documents that cannot be read the reason is kept.
_REASONS: Final = 5


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
