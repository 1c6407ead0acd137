"""`tamis diff`: what changed between two outputs, document by document."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("before", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("after", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def diff(before: Path, after: Path) -> int:
    """Say what changed between the outputs BEFORE and AFTER; exit 1 where anything did."""
    from tamis.diff import compare

    changes = 0
    for change in compare(before, after):
        changes += 1
        click.echo(f"{change.document}:")
        for line in change.lines:
            click.echo(f"  {line}")
    click.echo(f"{changes} documents differ")
    return 1 if changes else 0
