"""What `tamis run --dry-run` prints: the inputs, the chain, and what it does to a few documents."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import click

from tamis.account import Account
from tamis.errors import on_one_line
from tamis.formats import STDIN
from tamis.formats import documents
from tamis.formats import expand
from tamis.runner.recipe import Made

#: How many documents are tried.
SAMPLE = 10


def preview(made: Made, files: Sequence[str], output: str | None, limit: int | None) -> int:
    """Print what a run over *files* into *output* would read and do; try the chain on a few documents; write nothing.

    Raises InputError where there is nothing to read.
    """
    click.echo(f"chain:   {' > '.join(use.id for use in made.pipeline.uses) or 'no steps'}")
    given = made.inputs(files)
    out = output or made.config.write.to or (STDIN if STDIN in given else "give -o FILE")
    if STDIN in given:
        click.echo("inputs:  standard input")
    else:
        _try(made, given, limit)
    click.echo(f"output:  {'standard output' if out == STDIN else out} (nothing was written)")
    return 0


def _try(made: Made, given: Sequence[str], limit: int | None) -> None:
    """Print what is in the inputs *given*, and what the chain does to the first documents of them."""
    found = expand(given, made.host.formats, made.reading)
    size = sum(file.size for file in found.files)
    ignored = f", {found.ignored} more of no known format" if found.ignored else ""
    click.echo(f"inputs:  {len(found.files)} files, {size:,} bytes{ignored}")
    account = Account()
    docs = list(islice(documents(found.files, made.host.formats, made.reading), min(SAMPLE, limit or SAMPLE)))
    made.pipeline.process(docs)  # loads the models, which is no time of a document
    for doc in made.pipeline.process(docs, account):
        account.end(doc)
        state = doc.error.error if doc.error else f"dropped: {doc.dropped}" if doc.dropped else f"{len(doc.text)} left"
        click.echo(f"  {on_one_line(doc.id or doc.source)}: {len(doc.raw)} code points, {on_one_line(state)}")
    click.echo(f"sample:  {account}")
    for name, tally in account.steps.items():
        click.echo(
            f"  {name}: {tally.findings} findings, {1000 * tally.seconds / max(1, tally.documents):.2f} ms a document"
        )
