"""`tamis repeated`: learn what recurs across pages, and write it to a file."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

import click

if TYPE_CHECKING:
    from tamis import Document
    from tamis_repeated.learning import Census
    from tamis_repeated.learning import Tally

Part = TypeVar("Part", "Tally", "Census")


def _key(ctx: click.Context, param: click.Parameter, value: str) -> str:  # noqa: ARG001
    from tamis_repeated.units import is_key

    if not is_key(value):
        raise click.BadParameter(f"should be host, all or meta.FIELD, found {value!r}")
    return value


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The memory.")
@click.option(
    "--key",
    default="host",
    show_default=True,
    callback=_key,
    metavar="host|all|meta.FIELD",
    help="What is a source: the host of the url, the value of a field, or all documents together.",
)
@click.option(
    "--at-least",
    type=click.IntRange(2, 255),
    default=5,
    show_default=True,
    help="In how many different pages of a source something recurs at least.",
)
@click.option(
    "--share",
    type=click.FloatRange(0, 1),
    default=0.02,
    show_default=True,
    help="In what share of the documents of a source something recurs at least.",
)
@click.option(
    "--megabytes", type=click.IntRange(1, 4096), default=32, show_default=True, help="The size of the sketch."
)
@click.option(
    "-j",
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes; each reads whole FILES.",
)
@click.option("--format", help="The format of FILES; by default the suffix tells.")
@click.option("--text", default="text", show_default=True, help="The field that holds the text.")
@click.option("--id", default="id", show_default=True, help="The field that holds the id.")
def repeated(
    files: tuple[str, ...],
    output: Path,
    key: str,
    at_least: int,
    share: float,
    megabytes: int,
    workers: int,
    format: str | None,
    text: str,
    id: str,
) -> int:
    """Learn from FILES (files, folders or patterns) what recurs across the pages of each source.

    The step `repeated` cuts it in the next run. FILES are read twice. The memory is the same for any order of the
    documents and any number of workers.
    """
    from tamis_repeated.learning import Census
    from tamis_repeated.learning import Tally

    options = {"format": format, "text": text, "id": id}
    shares = [files[i::workers] for i in range(workers) if files[i::workers]]
    first = _parts(_count_all, [(Tally(key, megabytes), part, options) for part in shares])
    tally, unread = first[0]
    for other, more in first[1:]:
        tally.merge(other)
        unread += more
    second = _parts(_count_all, [(Census(tally, at_least, share), part, options) for part in shares])
    census, _ = second[0]
    for exact, _ in second[1:]:
        census.merge(exact)
    memory = census.memory()
    memory.save(output)
    recurring = sum(len(source.recurring) for source in memory.sources.values())
    click.echo(
        f"{sum(tally.documents.values())} documents of {len(tally.documents)} sources:"
        f" {recurring} lines and sentences recur in {len(memory.sources)} of them; written to {output}"
        + (f"; {unread} documents could not be read" if unread else "")
    )
    return 0


def _parts(
    work: Callable[[Part, Sequence[str], dict[str, Any]], tuple[Part, int]],
    given: Sequence[tuple[Part, Sequence[str], dict[str, Any]]],
) -> list[tuple[Part, int]]:
    """Return what *work* makes of each of *given*: here where there is one, else each in a process of its own."""
    if len(given) == 1:
        return [work(*given[0])]
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(len(given), mp_context=get_context("spawn")) as pool:
        return [future.result() for future in [pool.submit(work, *each) for each in given]]


def _count_all(part: Part, files: Sequence[str], options: dict[str, Any]) -> tuple[Part, int]:
    """Return *part* with the documents of *files* counted in it, and how many could not be read."""
    unread = 0
    for doc in _documents(files, options):
        if doc.error is None:
            part.add(doc)
        else:
            unread += 1
    return part, unread


def _documents(files: Sequence[str], options: dict[str, Any]) -> Iterator[Document]:
    import tamis

    for path in files:
        yield from tamis.read(path, **options)
