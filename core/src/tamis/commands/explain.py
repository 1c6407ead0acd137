"""`tamis explain`: what each step did to a document, and why."""

from __future__ import annotations

from pathlib import Path

import click

from tamis.commands import options
from tamis.errors import PipelineErrors


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="[PIPELINE] FILE", type=click.Path(path_type=Path))
@click.option("--step", "steps", multiple=True, help="Show the findings of this step only; may be repeated.")
@click.option("--only", type=click.Choice(["cuts", "marks", "labels"]), help="Show findings of one sort only.")
@options.sets
@options.allow_local_plugins
def explain(
    files: tuple[Path, ...], steps: tuple[str, ...], only: str | None, sets: tuple[str, ...], allow_local_plugins: bool
) -> int:
    """Show what each step of PIPELINE (the default one where none is given) found in FILE, and why."""
    if len(files) > 2:
        raise click.UsageError("give one document, or a pipeline and one document")
    from tamis.explain import show
    from tamis.formats import read
    from tamis.host import Host
    from tamis.pipeline import Pipeline

    host = Host()
    try:
        config = options.configure(files[0] if len(files) == 2 else Path("default"), host, sets, allow_local_plugins)
    except PipelineErrors as errors:
        options.show_mistakes(errors)
        return errors.exit_code
    pipeline = Pipeline(config.steps, verdict=host.failed)
    failed = 0
    for doc in pipeline.stream(read(files[-1], host.formats)):
        show(doc, steps=steps, only=only)
        failed += doc.error is not None
    return 1 if failed else 0
