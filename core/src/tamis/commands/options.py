"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tamis.errors import PipelineErrors

if TYPE_CHECKING:
    from tamis.config import Config
    from tamis.host import Host

sets = click.option(
    "--set", "sets", multiple=True, metavar="ID.KEY=VALUE", help="Override a setting of the pipeline; may be repeated."
)
allow_local_plugins = click.option(
    "--allow-local-plugins", is_flag=True, help="Load the files under `plugins:` of the pipeline; this runs their code."
)


def configure(pipeline: Path, host: Host, given: Sequence[str], local: bool) -> Config:
    """Return the configuration in *pipeline*; "default" is the default one where no such file is there."""
    from tamis import config

    if str(pipeline) == "default" and not pipeline.exists():
        from tamis.api import default_yaml

        return config.loads(default_yaml(), host, name="default", sets=given)
    return config.load(pipeline, host, sets=given, allow_local_plugins=local)


def show_mistakes(errors: PipelineErrors) -> None:
    """Print each mistake and, indented, the line it is in."""
    for mistake in errors.mistakes:
        click.echo(str(mistake), err=True)
        if mistake.source.strip():
            click.echo(f"    | {mistake.source.rstrip()[:200]}", err=True)
