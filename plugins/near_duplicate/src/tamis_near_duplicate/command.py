"""`tamis near-duplicate`: learn which documents repeat which, and write it to a file."""

from __future__ import annotations

from pathlib import Path

import click

from tamis.memory import learn_from
from tamis.memory import learning_options


@click.command()
@learning_options
@click.option(
    "--threshold",
    type=click.FloatRange(0.3, 1),
    default=0.4,
    show_default=True,
    help="The Jaccard similarity from which on a document repeats another.",
)
@click.option(
    "--shortest",
    type=click.IntRange(0),
    default=100,
    show_default=True,
    help="Texts of fewer words must be more alike, the shorter the more.",
)
@click.option(
    "--order", metavar="FIELD", help="The field, such as a date, that says which is first; else path and line."
)
@click.option("--all", "keep_all", is_flag=True, help="Keep also what nothing repeats yet, for documents to come.")
def near_duplicate(
    files: tuple[str, ...],
    output: Path,
    workers: int,
    threshold: float,
    shortest: int,
    order: str | None,
    keep_all: bool,
    **read: str | None,
) -> int:
    """Learn from FILES (files, folders or patterns) which documents nearly repeat which.

    The step `near_duplicate` labels them in the next run. The memory is the same for any order of FILES and any number
    of workers.
    """
    from tamis_near_duplicate.learning import Signatures

    signatures, scan = learn_from(files, Signatures(order), workers, **read)
    memory = signatures.memory(threshold, shortest, keep_all)
    memory.save(output)
    repeated = [first for first in memory.firsts if first.copies]
    click.echo(
        f"{len(signatures)} documents: {sum(len(first.copies) for first in repeated)} repeat one of {len(repeated)}"
        f" others; written to {output}"
    )
    return scan.tell()
