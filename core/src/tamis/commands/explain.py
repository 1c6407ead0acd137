"""`tamis explain`: what each step did to a document, and why."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import click

from tamis.commands import options
from tamis.errors import ConfigError
from tamis.errors import InputError
from tamis.errors import PipelineErrors
from tamis.errors import on_one_line
from tamis.errors import suggest


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="[PIPELINE] FILE", type=click.Path(path_type=Path))
@click.option("--step", "steps", multiple=True, help="Show the findings of this step only; may be repeated.")
@click.option("--only", type=click.Choice(["cuts", "marks", "labels"]), help="Show findings of one sort only.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page instead (HTML).")
@options.sets
@options.allow_local_plugins
def explain(
    files: tuple[Path, ...],
    steps: tuple[str, ...],
    only: str | None,
    html: Path | None,
    sets: tuple[str, ...],
    allow_local_plugins: bool,
) -> int:
    """Show what each step of PIPELINE (the default one where none is given) found in FILE, and why.

    FILE is a document or a file of documents, read as `read:` of PIPELINE says; --html writes a page about the first
    of them.
    """
    if len(files) > 2:
        raise click.UsageError("give one document, or a pipeline and one document")
    from tamis.api import is_default
    from tamis.formats import by_suffix
    from tamis.formats import documents
    from tamis.formats import expand
    from tamis.runner.recipe import Recipe

    pipeline, file = str(files[0]) if len(files) == 2 else "default", str(files[-1])
    try:
        made = Recipe(pipeline, sets, allow_local_plugins).make()
    except PipelineErrors as errors:
        options.show_mistakes(errors)
        return errors.exit_code
    claimed = by_suffix(file, made.host.formats)
    if len(files) == 1 and claimed is None and (is_default(file) or files[0].suffix in (".yaml", ".yml")):
        raise click.UsageError(f"{file} is a pipeline, and no document is given: tamis explain {file} DOCUMENT")
    known = [use.id for use in made.pipeline.uses]
    for step in steps:
        if step not in known:
            raise ConfigError(f"the pipeline has no step '{step}'{suggest(step, known)}")
    formats, reading = made.host.formats, made.reading
    docs = made.pipeline.stream(documents(expand([file], formats, reading).files, formats, reading))
    first = next(docs, None)
    if first is None:
        raise InputError(f"{file} holds no document")
    if html is not None:
        from tamis.report import document_page
        from tamis.report import write

        write(document_page(first), html)
        click.echo(f"{html}: {on_one_line(first.id or first.source)}")
        return 1 if first.error is not None else 0
    from tamis.report.terminal import show

    failed = 0
    for doc in chain([first], docs):
        if doc is not first:
            click.echo(f"\n{'─' * 72}\n")
        show(doc, steps=steps, only=only)
        failed += doc.error is not None
    return 1 if failed else 0
