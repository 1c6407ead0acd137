"""`tamis near-duplicate`: learn which documents repeat which, and write it to a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click

if TYPE_CHECKING:
    from tamis_near_duplicate.learning import Signatures


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The memory.")
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
def near_duplicate(
    files: tuple[str, ...],
    output: Path,
    threshold: float,
    shortest: int,
    order: str | None,
    keep_all: bool,
    workers: int,
    format: str | None,
    text: str,
    id: str,
) -> int:
    """Learn from FILES (files, folders or patterns) which documents nearly repeat which.

    The step `near_duplicate` labels them in the next run. The memory is the same for any order of FILES and any number
    of workers.
    """
    options = {"format": format, "text": text, "id": id}
    shares = [files[i::workers] for i in range(workers) if files[i::workers]]
    if len(shares) == 1:
        parts = [_signed(shares[0], order, options)]
    else:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        with ProcessPoolExecutor(len(shares), mp_context=get_context("spawn")) as pool:
            asked = [pool.submit(_signed, share, order, options) for share in shares]
            parts = [future.result() for future in asked]
    signatures, unread = parts[0]
    for other, more in parts[1:]:
        signatures.merge(other)
        unread += more
    memory = signatures.memory(threshold, shortest, keep_all)
    memory.save(output)
    repeated = [first for first in memory.firsts if first.copies]
    click.echo(
        f"{len(signatures)} documents: {sum(len(first.copies) for first in repeated)} repeat one of {len(repeated)}"
        f" others; written to {output}" + (f"; {unread} documents could not be read" if unread else "")
    )
    return 0


def _signed(files: Sequence[str], order: str | None, options: dict[str, Any]) -> tuple[Signatures, int]:
    """Return the signatures of the documents of *files*, and how many could not be read."""
    import tamis
    from tamis_near_duplicate.learning import Signatures

    signatures = Signatures(order)
    unread = 0
    for path in files:
        for doc in tamis.read(path, **options):
            if doc.error is None:
                signatures.add(doc)
            else:
                unread += 1
    return signatures, unread
