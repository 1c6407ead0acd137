"""`tamis new`: a plugin package whose tests pass at once."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice(["step", "classifier", "format"]),
    default="step",
    show_default=True,
    help="What it adds: a step, a step that labels, or a format of files.",
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Where the package goes.  [default: the working folder]",
)
def new(name: str, kind: str, folder: Path) -> int:
    """Write the plugin package tamis-NAME, and say how to install and test it. Nothing is ever overwritten."""
    from tamis import scaffold
    from tamis.host import Host

    made = scaffold.write(scaffold.check_name(name, Host()), kind, folder)
    for path in made:
        click.echo(f"wrote {path.as_posix()}")
    package = made[0].parent
    where = package.as_posix() if package.is_absolute() else f"./{package.as_posix()}"
    sample = next(path for path in made if path.stem == "sample")
    click.echo("\nInstall it, run its tests, and try it:\n")
    click.echo(f'  python -m pip install -e "{where}[test]"')
    click.echo(f"  python -m pytest {package.as_posix()}")
    click.echo(f"  tamis run {(package / 'pipeline.yaml').as_posix()} {sample.as_posix()} -o clean.jsonl")
    return 0
