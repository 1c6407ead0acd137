"""`tamis plugins`: what is installed, what is broken and why, the settings of each step."""

from __future__ import annotations

import json
from inspect import cleandoc
from typing import TYPE_CHECKING

import click

from tamis.errors import PluginError
from tamis.errors import suggest

if TYPE_CHECKING:
    from tamis.host import Host


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for bug reports and scripts.")
def plugins(name: str | None, as_json: bool) -> int:
    """List the plugins with their versions; with NAME (a step), its settings."""
    from tamis.host import Host

    host = Host()
    steps = host.steps  # asks the plugins, so that a broken answer shows
    if name is not None:
        return _show_step(host, name, as_json)
    rows = [
        {
            "name": plugin.name,
            "package": plugin.distribution,
            "version": plugin.version,
            "steps": [step for step in steps if host.provider(step) is plugin],
            "formats": [each for each in host.formats if host.provider(each, "format") is plugin],
            "executors": [each for each in host.executors if host.provider(each, "executor") is plugin],
            "broken": plugin.broken,
        }
        for plugin in host.plugins
    ]
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return 0
    width = max(len(plugin.name) for plugin in host.plugins)
    for row in rows:
        given = [f"{kind} {', '.join(row[kind])}" for kind in ("steps", "formats", "executors") if row[kind]]  # type: ignore[arg-type]
        state = f"BROKEN: {row['broken']}" if row["broken"] else "; ".join(given) or "gives nothing"
        click.echo(f"{row['name']:<{width}}  {row['package']} {row['version']}: {state}")
    return 0


def _show_step(host: Host, name: str, as_json: bool) -> int:
    from tamis.config.schema import settings_of

    broken = [plugin for plugin in host.plugins if plugin.broken and name in (plugin.name, plugin.distribution)]
    if name not in host.steps:
        for plugin in broken:
            click.echo(f"{plugin.name} {plugin.provider}: BROKEN: {plugin.broken}")
        if broken:
            return 1
        names = [*host.steps, *(plugin.name for plugin in host.plugins)]
        raise PluginError(f"no step or plugin '{name}' is installed{suggest(name, names)}")
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
