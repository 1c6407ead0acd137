"""`tamis models`: the installed models, their cards, verified or not."""

from __future__ import annotations

import click


@click.command()
@click.argument("name", required=False)
def models(name: str | None) -> int:
    """List the installed models; with NAME, its card. Exit 1 where a file is missing or was altered."""
    from tamis import models as shelf

    if name is not None:
        card = shelf.find(name).card
        click.echo(card.read_text(encoding="utf-8") if card else f"model '{name}' has no card")
        return 0
    damaged = 0
    for model in shelf.installed():
        damaged += not model.verified
        state = "verified" if model.verified else "NOT VERIFIED: the file is missing or was altered"
        click.echo(f"{model.name:<24} {model.version:<8} {model.distribution}: {state}")
    return 1 if damaged else 0
