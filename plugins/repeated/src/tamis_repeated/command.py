"""`tamis repeated`: learn what recurs across pages, and write it to a file."""

from __future__ import annotations

from pathlib import Path

import click

from tamis.memory import learn_from
from tamis.memory import learning_options


def _key(ctx: click.Context, param: click.Parameter, value: str) -> str:  # noqa: ARG001
    from tamis_repeated.units import is_key

    if not is_key(value):
        raise click.BadParameter(f"should be host, all or meta.FIELD, found {value!r}")
    return value


@click.command()
@learning_options
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
def repeated(
    files: tuple[str, ...],
    output: Path,
    workers: int,
    key: str,
    at_least: int,
    share: float,
    megabytes: int,
    **read: str | None,
) -> int:
    """Learn from FILES (files, folders or patterns) what recurs across the pages of each source.

    The step `repeated` cuts it in the next run. FILES are read twice. The memory is the same for any order of the
    documents and any number of workers.
    """
    from tamis_repeated.learning import Census
    from tamis_repeated.learning import Tally

    tally, scan = learn_from(files, Tally(key, megabytes), workers, **read)
    census, _ = learn_from(files, Census(tally, at_least, share), workers, **read)
    memory = census.memory()
    memory.save(output)
    recurring = sum(len(source.recurring) for source in memory.sources.values())
    of_none = tally.documents.get("", 0)
    click.echo(
        f"{scan.documents} documents of {len(tally.documents)} sources:"
        f" {recurring} lines and sentences recur in {len(memory.sources)} of them; written to {output}"
        + (f"; {of_none} documents are of no source" if of_none else "")
    )
    return scan.tell()
