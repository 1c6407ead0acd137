"""`tamis check`: every mistake of a pipeline at once."""

from __future__ import annotations

from pathlib import Path

import click

from tamis.commands import options
from tamis.errors import PipelineErrors


@click.command()
@click.argument("pipeline", type=click.Path(path_type=Path))
@options.sets
@options.allow_local_plugins
def check(pipeline: Path, sets: tuple[str, ...], allow_local_plugins: bool) -> int:
    """Say every mistake of PIPELINE with its place and likely cure; exit 2 where there is one."""
    from tamis.api import configure
    from tamis.host import Host

    try:
        made = configure(pipeline, Host(), sets=sets, allow_local_plugins=allow_local_plugins)
    except PipelineErrors as errors:
        options.show_mistakes(errors)
        return errors.exit_code
    from tamis.pipeline import Pipeline

    click.echo(f"{pipeline}: well formed: {' > '.join(use.id for use in Pipeline(made.steps).uses)}")
    return 0
