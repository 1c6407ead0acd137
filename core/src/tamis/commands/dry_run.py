"""What `tamis run --dry-run` prints: the inputs, the chain, and what it does to a few documents."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import click

from tamis.account import Account
from tamis.errors import on_one_line
from tamis.formats import Slice
from tamis.formats import expand
from tamis.formats import to_document
from tamis.runner.recipe import Made

#: How many documents are tried.
SAMPLE = 10


def preview(made: Made, files: Sequence[str], limit: int | None) -> int:
    """Print what a run over *files* would read and do; run the chain over a few documents; write nothing."""
    click.echo(f"chain:   {' > '.join(use.id for use in made.pipeline.uses) or 'no steps'}")
    given = made.inputs(files)
    if "-" in given:
        click.echo("inputs:  standard input")
        return 0
    found = expand(given, made.host.formats, made.reading)
    size = sum(file.size for file in found.files)
    ignored = f", {found.ignored} more of no known format" if found.ignored else ""
    click.echo(f"inputs:  {len(found.files)} files, {size:,} bytes{ignored}")
    account = Account()
    docs = (
        to_document(made.host.formats[file.format], piece, made.reading)
        for file in found.files
        for piece in made.host.formats[file.format].pieces(Slice(file.path, file.format), made.reading)
    )
    for doc in made.pipeline.process(list(islice(docs, min(SAMPLE, limit or SAMPLE))), account):
        account.end(doc)
        state = doc.error.error if doc.error else f"dropped: {doc.dropped}" if doc.dropped else f"{len(doc.text)} left"
        click.echo(f"  {on_one_line(doc.id or doc.source)}: {len(doc.raw)} code points, {on_one_line(state)}")
    click.echo(f"sample:  {account}")
    for name, tally in account.steps.items():
        click.echo(
            f"  {name}: {tally.findings} findings, {1000 * tally.seconds / max(1, tally.documents):.2f} ms a document"
        )
    click.echo(f"output:  {made.config.write.to or 'give -o FILE'} (nothing was written)")
    return 0
