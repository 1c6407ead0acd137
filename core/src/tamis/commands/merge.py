"""`tamis merge`: put the parts of a run by shards together."""

from __future__ import annotations

import click


@click.command()
@click.argument("output")
def merge(output: str) -> int:
    """Merge the shards of the run into OUTPUT (the -o of its `tamis run --shard i/n`), and commit it."""
    from tamis.runner import merge as merge_run

    account = merge_run(output)
    click.echo(str(account), err=True)
    return 1 if account.failed else 0
