"""`tamis eval`: how good a model is on labelled texts."""

from __future__ import annotations

from pathlib import Path

import click

from tamis import models as shelf


@click.command("eval")
@click.argument("model")
@click.argument("data", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--text", default="text", help="The column of the text.")
@click.option("--labels", default="labels", help="The column of the labels.")
@click.option("--title", help="The column of the title, where there is one.")
def evaluate(model: str, data: tuple[Path, ...], text: str, labels: str, title: str | None) -> int:
    """Say how good MODEL (a file, or the name of an installed one) is on the labelled texts in DATA."""
    from tamis.learn.data import read
    from tamis.learn.evaluation import evaluate as measure
    from tamis.learn.linear import LinearModel
    from tamis.learn.report import figures
    from tamis.learn.store import load

    state = load(Path(model)) if Path(model).suffix or Path(model).exists() else load(shelf.find(model).read())
    judge = LinearModel.from_state(state, name=model)
    kind = judge.kind
    found = read(data, text=text, labels=labels, title=title, kind=kind, train=False)
    for remark in found.remarks:
        click.echo(f"note: {remark}", err=True)
    known = set(judge.classes)
    strange = sorted({name for one in found.labels for name in ([one] if isinstance(one, str) else one)} - known)
    if strange:
        click.echo(f"note: the model does not know {', '.join(strange)}; they count as none", err=True)
    limits = [judge.thresholds[name] for name in judge.classes] if kind == "labels" else None
    click.echo(figures(measure(judge.predict_proba(found.texts), found.labels, judge.classes, limits)))
    return 0
