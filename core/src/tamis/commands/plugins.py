"""`tamis plugins`: what is installed, what is broken and why, the settings of each step."""

from __future__ import annotations

import json
from collections.abc import Sequence
from inspect import cleandoc
from typing import TYPE_CHECKING
from typing import Any

import click

from tamis.errors import PluginError
from tamis.errors import suggest

if TYPE_CHECKING:
    from tamis.host import Host


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for bug reports and scripts.")
def plugins(name: str | None, as_json: bool) -> int:
    """List the plugins with their versions; with NAME, the settings of that step, or what that plugin gives."""
    from tamis.host import Host

    host = Host()
    rows = _rows(host)
    if name is not None and name in host.steps:
        return _show_step(host, name, as_json)
    if name is not None:
        rows = [row for row in rows if name in (row["name"], row["package"])]
        if not rows:
            names = [*host.steps, *(plugin.name for plugin in host.plugins)]
            raise PluginError(f"no step or plugin '{name}' is installed{suggest(name, names)}")
    if as_json:
        click.echo(json.dumps(rows, indent=1))
    else:
        _list(rows)
    return int(name is not None and any(row["broken"] for row in rows))


def _rows(host: Host) -> list[dict[str, Any]]:
    """Return what each plugin gives, or why it is broken."""
    given = {"step": host.steps, "format": host.formats, "executor": host.executors}  # asks the plugins
    return [
        {
            "name": plugin.name,
            "package": plugin.distribution,
            "version": plugin.version,
            **{
                f"{kind}s": [each for each in names if host.provider(each, kind) is plugin]
                for kind, names in given.items()
            },
            "broken": plugin.broken,
        }
        for plugin in host.plugins
    ]


def _list(rows: Sequence[dict[str, Any]]) -> None:
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        given = [f"{kind} {', '.join(row[kind])}" for kind in ("steps", "formats", "executors") if row[kind]]
        state = f"BROKEN: {row['broken']}" if row["broken"] else "; ".join(given) or "gives nothing"
        click.echo(f"{row['name']:<{width}}  {row['package']} {row['version']}: {state}")


def _show_step(host: Host, name: str, as_json: bool) -> int:
    from tamis.config.schema import settings_of

    step = host.steps[name]
    rows = settings_of(step)
    if as_json:
        click.echo(
            json.dumps({"step": name, "gives": list(step.gives), "needs": list(step.needs), "settings": rows}, indent=1)
        )
        return 0
    click.echo(f"{name} ({host.provider(name).provider})")
    click.echo(f"\n{cleandoc(step.__doc__ or '')}\n")
    click.echo(f"gives: {', '.join(step.gives) or 'no labels'}   needs: {', '.join(step.needs) or 'no labels'}\n")
    for row in rows:
        default = row["default"]
        written = default if isinstance(default, str) else json.dumps(default, ensure_ascii=False, default=str)
        click.echo(f"  {row['name']}: {row['type']} = {written}")
        if row["description"]:
            click.echo(f"      {row['description']}")
    return 0
