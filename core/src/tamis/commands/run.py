"""`tamis run`: documents in, clean and labelled records out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click

from tamis.commands import options
from tamis.errors import PipelineErrors

if TYPE_CHECKING:
    from tamis.account import Account
    from tamis.runner import OnProgress
    from tamis.runner import Progress as RunProgress
    from tamis.runner.parts import Outputs
    from tamis.runner.recipe import Made


class ShardType(click.ParamType[tuple[int, int]]):
    """The i-th of n, as "i/n"."""

    name = "i/n"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        found = re.fullmatch(r"(\d{1,9})/(\d{1,9})", str(value))
        if not found or not 1 <= int(found[1]) <= int(found[2]):
            self.fail(f"should be like 3/8, from 1/8 to 8/8, found {value!r}", param, ctx)
        return int(found[1]), int(found[2])


@click.command()
@click.argument("pipeline")
@click.argument("files", nargs=-1)
@click.option(
    "-o",
    "--output",
    help="Where the clean records go, in place of `to` of `write:`. Rejects and failed go where `write:` names them,"
    " else beside it, as X.rejects.jsonl and X.failed.jsonl. Files of these names are replaced once the run is whole.",
)
@click.option("-j", "--workers", type=click.IntRange(1, 1024), default=1, show_default=True, help="Child processes.")
@click.option(
    "--executor", default="local", show_default=True, help="Who does the shards: local, dask://..., ray://..."
)
@click.option("--resume", is_flag=True, help="Go on with an unfinished run.")
@click.option(
    "--overwrite",
    is_flag=True,
    help="Begin anew over an unfinished run: what it did (X.parts/) is removed. A finished output is replaced anyway.",
)
@click.option("--limit", type=click.IntRange(1), help="Read at most this many documents.")
@click.option("--shard", type=ShardType(), help="Do every n-th shard from the i-th; `tamis merge` puts them together.")
@click.option(
    "--timeout-per-document",
    "timeout",
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="End the worker of a document that takes longer; it fails, the others go on.",
)
@click.option("--with-raw", is_flag=True, help="Keep the raw text in the records.")
@click.option("--dry-run", is_flag=True, help="Say what would be read and done; read a sample, write nothing.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write a page about the run (HTML).")
@click.option("--table", is_flag=True, help="Print a row for each document at the end.")
@options.sets
@options.allow_local_plugins
def run(
    pipeline: str,
    files: tuple[str, ...],
    output: str | None,
    timeout: float | None,
    dry_run: bool,
    report: Path | None,
    table: bool,
    sets: tuple[str, ...],
    allow_local_plugins: bool,
    **how: Any,
) -> int:
    """Run PIPELINE (a YAML file, or `default`) over FILES, folders or patterns; - is standard input.

    Exit 0: all well; 1: some documents failed; 2: the configuration is wrong; 130: interrupted, go on with --resume.
    """
    from tamis.runner import Recipe
    from tamis.runner import run as run_all

    recipe = Recipe(pipeline, sets, allow_local_plugins)
    try:
        made = recipe.make()
    except PipelineErrors as errors:
        return _show_mistakes(errors, Path(pipeline))
    if dry_run:
        from tamis.commands.dry_run import preview

        return preview(made, files, output, how["limit"])
    limits = made.limits if timeout is None else replace(made.limits, timeout_per_document=timeout)
    given = made.inputs(files)
    out = made.output(output, given)
    if table or report:
        _check_shown(made, out, how["shard"], report)
    piped = "-" in (*given, out)
    try:
        with _progress(piped) as on_progress:
            account = run_all(recipe, given, out, limits=limits, on_progress=on_progress, made=made, **how)
    except KeyboardInterrupt:
        click.echo("interrupted" + ("" if piped else ": go on with --resume"), err=True)
        return 130
    whole = how["shard"] is None and out != "-"
    log = _show(made, out, report, table) if whole else {}
    _tell(made, account, log.get("ignored", 0), err=not table)
    return 1 if account.failed else 0


def _show_mistakes(errors: PipelineErrors, pipeline: Path) -> int:
    """Print what is wrong with *pipeline*, which may be a file to read; return the exit code."""
    options.show_mistakes(errors)
    if pipeline.is_file() and pipeline.suffix not in (".yaml", ".yml"):
        click.echo(f"is {pipeline} to be read? The pipeline comes first: tamis run default {pipeline}", err=True)
    return errors.exit_code


def _outputs(made: Made, out: str) -> Outputs:
    from tamis.runner.parts import Outputs

    return Outputs.beside(out, made.host.formats, made.config.write.rejects, made.config.write.failed)


def _check_shown(made: Made, out: str, shard: tuple[int, int] | None, report: Path | None) -> None:
    """Raise, before anything is run, where no table or *report* could be made of what the run writes."""
    from tamis.formats import format_of

    if shard is not None or out == "-":
        raise click.UsageError(
            "--report and --table tell of a whole run that is written to a file: give -o FILE and no --shard"
        )
    for path in _outputs(made, out).named.values():
        if format_of(path, made.host.formats) != "jsonl":
            raise click.UsageError(f"--report and --table read the records back, from JSON lines: {path} is none")
    if report is not None:
        from tamis.report.pages import check_target
        from tamis.report.pages import environment

        environment()  # where pages cannot be made, nothing is run
        check_target(report)


def _show(made: Made, out: str, report: Path | None, table: bool) -> dict[str, Any]:
    """Print the table and write the report where they are asked for; return the side log of the run, if it is there."""
    from tamis.runner.disk import read_json

    outputs = _outputs(made, out)
    log: dict[str, Any] = read_json(Path(outputs.log)) or {}
    if table:
        from tamis.commands.table import show

        show(Path(outputs.clean), Path(outputs.rejects), Path(outputs.failed))
    if report is not None:
        from tamis.report import run_page
        from tamis.report import write

        write(run_page(Path(outputs.clean), Path(outputs.rejects), Path(outputs.failed), log), report)
    return log


def _tell(made: Made, account: Account, ignored: int, err: bool) -> None:
    """Print the account, and what it does not say: documents kept without a step, files that were left out."""
    for use in made.pipeline.uses:
        if use.on_error == "keep" and use.id in account.steps and (failed := account.steps[use.id].failed):
            click.echo(f"{use.id} failed on {failed} documents, which were kept without it", err=err)
    if ignored:
        click.echo(f"{ignored} files of no known format were left out", err=err)
    click.echo(str(account), err=err)


@contextmanager
def _progress(quiet: bool) -> Iterator[OnProgress | None]:
    """Show a bar with rate and remaining time on a terminal; be quiet in a pipe."""
    import sys

    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn
    from rich.progress import Progress
    from rich.progress import TaskProgressColumn
    from rich.progress import TextColumn
    from rich.progress import TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, TextColumn("{task.fields[account]}"), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("sieving", total=None, account="")

        def on_progress(progress: RunProgress) -> None:
            bar.update(task, total=progress.size, completed=progress.done, account=str(progress.account))

        yield on_progress
