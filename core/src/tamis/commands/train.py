"""`tamis train`: a model on one's own labelled texts, with its card and the picture of its calibration."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import click

from tamis.errors import ConfigError


@click.command()
@click.argument("config", type=click.Path(path_type=Path))
def train(config: Path) -> int:
    """Train a model by the YAML file CONFIG: the model, its card (.md) and the picture of its calibration (.svg).

    \b
    data: mine.jsonl        # or .csv, whatever tamis reads; or a list of files
    text: text              # columns: text, labels (a list, or names parted by ;), perhaps title
    labels: labels
    model: mine.joblib      # what is written
    settings: {ngrams: 1, strength: 1.0, folds: 10}
    """
    from tamis.learn.choice import candidates
    from tamis.learn.choice import fit_best
    from tamis.learn.config import load
    from tamis.learn.data import read
    from tamis.learn.evaluation import evaluate
    from tamis.learn.report import calibration_svg
    from tamis.learn.report import card
    from tamis.learn.report import figures
    from tamis.learn.store import save

    wanted = load(config)
    data = read(wanted.files, text=wanted.text, labels=wanted.labels, title=wanted.title, kind=wanted.kind)
    for remark in data.remarks:
        click.echo(f"note: {remark}", err=True)
    _make_room(wanted.model)
    folds = max(2, min(wanted.settings.folds, len(set(data.texts))))
    model, logits = fit_best(
        candidates(wanted.settings.model(data.kind), wanted.settings.features, len(data.texts)),
        data.texts,
        data.labels,
        folds=folds,
        progress=lambda done, of: click.echo(f"fold {done} of {of}", err=True),
    )
    limits = [model.thresholds[name] for name in model.classes] if data.kind == "labels" else None
    table = model.probabilities(logits * model.slope + model.shift)
    result = evaluate(table, data.labels, model.classes, limits)
    digest = hashlib.sha256(json.dumps([data.texts, data.labels]).encode()).hexdigest()
    about = {"data": ", ".join(path.name for path in wanted.files), "sha256": digest, "texts": len(data.texts)}
    save(wanted.model, model.state(about))
    wanted.picture.write_text(calibration_svg(result.calibration), "utf-8")
    text = card(wanted.model.stem, model, result, folds, data.remarks, {**model.about, **about}, wanted.picture.name)
    wanted.card.write_text(text, "utf-8")
    click.echo(figures(result))
    click.echo(f"\nwrote {wanted.model}, {wanted.card}, {wanted.picture}")
    return 0


def _make_room(model: Path) -> None:
    """Make the folder of *model*; raises ConfigError where it cannot be, before any work is done."""
    try:
        model.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"model: {model.parent} cannot be a folder: {error.strerror or error}") from error
