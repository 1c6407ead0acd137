"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tamis.errors import PipelineErrors

if TYPE_CHECKING:
    from tamis.document import Document
    from tamis.formats.inputs import InputFile
    from tamis.runner.recipe import Made

sets = click.option(
    "--set", "sets", multiple=True, metavar="ID.KEY=VALUE", help="Override a setting of the pipeline; may be repeated."
)
allow_local_plugins = click.option(
    "--allow-local-plugins", is_flag=True, help="Load the files under `plugins:` of the pipeline; this runs their code."
)


def documents(made: Made, files: Sequence[InputFile]) -> Iterator[Document]:
    """Yield the documents of *files* as a run reads them, by `read:` of the pipeline.

    A document that cannot be read has `error`. Raises InputError where a file that was named cannot be read at all.
    """
    from tamis.formats import Slice
    from tamis.formats import safe_pieces
    from tamis.formats import to_document

    for file in files:
        form, part = made.host.formats[file.format], Slice(file.path, file.format)
        for piece in form.pieces(part, made.reading) if file.named else safe_pieces(form, part, made.reading):
            yield to_document(form, piece, made.reading)


def show_mistakes(errors: PipelineErrors) -> None:
    """Print each mistake and, indented, the line it is in."""
    for mistake in errors.mistakes:
        click.echo(str(mistake), err=True)
        if mistake.source.strip():
            click.echo(f"    | {mistake.source.rstrip()[:200]}", err=True)
