"""Options and arguments that several commands share."""

from __future__ import annotations

import click

from tamis.errors import PipelineErrors

sets = click.option(
    "--set", "sets", multiple=True, metavar="ID.KEY=VALUE", help="Override a setting of the pipeline; may be repeated."
)
allow_local_plugins = click.option(
    "--allow-local-plugins", is_flag=True, help="Load the files under `plugins:` of the pipeline; this runs their code."
)


def show_mistakes(errors: PipelineErrors) -> None:
    """Print each mistake and, indented, the line it is in."""
    for mistake in errors.mistakes:
        click.echo(str(mistake), err=True)
        if mistake.source.strip():
            click.echo(f"    | {mistake.source.rstrip()[:200]}", err=True)
