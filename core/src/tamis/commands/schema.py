"""`tamis schema`: the JSON schema of pipelines, with the settings of the installed plugins."""

from __future__ import annotations

import json
from pathlib import Path

import click

from tamis.errors import ConfigError


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("tamis.schema.json"),
    show_default=True,
    help="Where to write it; - for standard output.",
)
def schema(output: Path) -> int:
    """Write the JSON schema of pipelines; name it in a YAML's first line and an editor completes and checks."""
    from tamis.config.schema import schema as make
    from tamis.host import Host

    text = json.dumps(make(Host()), indent=1, sort_keys=True) + "\n"
    if str(output) == "-":
        click.echo(text, nl=False)
    else:
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise ConfigError(
                f"{output} cannot be written: {error.strerror}; likely cure: -o with another path"
            ) from error
        # Not to standard output: `tamis schema > tamis.schema.json` would spoil the file.
        click.echo(f"# yaml-language-server: $schema={output}", err=True)
    return 0
