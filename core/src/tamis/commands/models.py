"""`tamis models`: the installed models, their cards, verified or not."""

from __future__ import annotations

import click


@click.command()
@click.argument("name", required=False)
def models(name: str | None) -> int:
    """List the installed models; with NAME, its card. Exit 1 where a file is missing or was altered."""
    from tamis import models as installed_models

    if name is not None:
        click.echo(installed_models.find(name).read_card())
        return 0
    damaged = 0
    for model in installed_models.installed():
        problem = model.problem()
        damaged += problem is not None
        click.echo(f"{model.name:<24} {model.version:<8} {model.distribution}: {problem or 'verified'}")
    return 1 if damaged else 0
