"""`tamis merge`: put the parts of a run by shards together."""

from __future__ import annotations

import click

from tamis.commands import options


@click.command()
@click.argument("output")
@options.allow_local_plugins
def merge(output: str, allow_local_plugins: bool) -> int:
    """Merge the shards of the run into OUTPUT (the -o of its `tamis run --shard i/n`), and commit it."""
    from tamis.runner import merge as merge_run

    account = merge_run(output, allow_local_plugins=allow_local_plugins)
    click.echo(str(account), err=True)
    return 1 if account.failed else 0
