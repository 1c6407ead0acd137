"""`tamis diff`: what changed between two outputs, document by document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click


@click.command()
@click.argument("before", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("after", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page instead (HTML).")
def diff(before: Path, after: Path, html: Path | None) -> int:
    """Say what changed between the outputs BEFORE and AFTER (JSON lines); exit 1 where anything did.

    Lines with - are findings (cuts, replacements, marks, drops) that are gone, lines with + are new ones. Where
    documents differ in scores or meta, a line says so.
    """
    from tamis.report.compare import Change
    from tamis.report.compare import compare

    changes = 0

    def counted() -> Iterator[Change]:
        nonlocal changes
        for change in compare(before, after):
            changes += 1
            yield change

    if html is not None:
        from tamis.report import diff_page
        from tamis.report import write

        write(diff_page(counted(), str(before), str(after)), html)
        click.echo(f"{html}: {_told(changes)}")
        return 1 if changes else 0
    from rich.console import Console
    from rich.text import Text

    from tamis.report.pages import visible

    out = Console(highlight=False)
    for change in counted():
        out.print(Text(visible(change.document), style="bold"), soft_wrap=True)
        for line in change.lines:
            style = {"-": "red", "+": "green"}.get(line[0], "")
            out.print(Text(f"  {visible(line)}", style=style), soft_wrap=True)
    click.echo(_told(changes))
    return 1 if changes else 0


def _told(changes: int) -> str:
    return f"{changes:,} {'document differs' if changes == 1 else 'documents differ'}"
