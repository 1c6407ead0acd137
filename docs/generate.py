"""Write the pages of the reference that follow from the code: `python docs/generate.py`; `--check` only compares."""

# ruff: noqa: T201 - a script
from __future__ import annotations

import inspect
import json
import sys
from importlib import import_module
from pathlib import Path

import click

import tamis
import tamis.errors
from tamis import hookspecs
from tamis.cli import COMMANDS
from tamis.config.schema import settings_of
from tamis.config.sections import Options
from tamis.config.sections import Read
from tamis.config.sections import Write
from tamis.host import Host
from tamis.testing import CHECKS

HERE = Path(__file__).parent
ROOT = HERE.parent
NOTE = "\n<!-- Written by docs/generate.py; do not edit. -->\n"


def pages() -> dict[str, str]:
    """Return the generated pages by their paths under docs/."""
    return {
        "reference/steps.md": steps(),
        "reference/commands.md": commands(),
        "reference/sections.md": sections(),
        "reference/checks.md": checks(),
        "reference/python.md": python(),
    }


def steps() -> str:
    """Return the page on the built-in steps, their labels and settings."""
    host = Host()
    ours = {"tamis", *(f"tamis-{path.name.replace('_', '-')}" for path in ROOT.joinpath("plugins").iterdir())}
    parts = [
        "# Steps and their settings\n",
        "The steps of core and of our plugins. `tamis plugins NAME` prints the same for any installed step.\n",
    ]
    for name, step in host.steps.items():
        if host.provider(name).distribution not in ours:
            continue
        parts.append(f"## {name}\n\nfrom `{host.provider(name).distribution}`\n")
        parts.append(inspect.cleandoc(step.__doc__ or "").split("\n>>> ")[0].strip() + "\n")
        parts.append(f"Gives: {_names(step.gives)}. Needs: {_names(step.needs)}.\n")
        rows = settings_of(step)
        if rows:
            parts.append("| setting | type | default | |\n| --- | --- | --- | --- |")
            parts += [
                f"| `{row['name']}` | {_code(row['type'])} | {_code(row['default'])} | {_cell(row['description'])} |"
                for row in rows
            ]
            parts.append("")
    return "\n".join(parts) + NOTE


def _names(names: object) -> str:
    return ", ".join(f"`{name}`" for name in names) if names else "no labels"  # type: ignore[attr-defined]


def _code(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = text.replace("|", "\\|").replace("\n", " ")
    return f"`{text}`" if text else ""


def _cell(value: object) -> str:
    return " ".join(str(value or "").split()).replace("|", "\\|")


def sections() -> str:
    """Return the page on the keys of `read`, `write` and `options`."""
    parts = ["# Settings of core\n", "The keys of `read`, `write` and `options` in a pipeline.\n"]
    for name, model in (("read", Read), ("write", Write), ("options", Options)):
        parts.append(f"## {name}\n\n{model.__doc__}\n")
        parts.append("| key | default | |\n| --- | --- | --- |")
        for key, known in model.model_fields.items():
            default = "" if known.default is None or known.default in ((), {}) else known.default
            parts.append(f"| `{known.alias or key}` | {_code(default)} | {_cell(known.description)} |")
        parts.append("")
    return "\n".join(parts) + NOTE


def commands() -> str:
    """Return the page on the commands, each with its help."""
    parts = ["# Commands\n"]
    for name, (where, summary) in COMMANDS.items():
        module, _, function = where.partition(":")
        command: click.Command = getattr(import_module(module), function)
        context = click.Context(command, info_name=f"tamis {name}", terminal_width=100, max_content_width=100)
        parts.append(f"## tamis {name}\n\n{summary}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts) + NOTE


def python() -> str:
    """Return the page on what `import tamis` gives, and on the errors it raises."""
    parts = [
        "# Python\n",
        "What `import tamis` gives. [Documents and findings](findings.md) have a page of their own, with examples;"
        " [from Python](../how-to/python.md) shows the rest at work.\n",
        "| name | what it is |\n| --- | --- |",
    ]
    for name in tamis.__all__:
        thing = getattr(tamis, name)
        if callable(thing):
            parts.append(f"| `{name}{_signature(thing)}` | {_cell(_summary(thing))} |")
    parts.append("\n## Errors\n\nAll are in `tamis.errors`, and all derive from `TamisError`.\n")
    parts.append("| error | when |\n| --- | --- |")
    for name, error in vars(tamis.errors).items():
        if isinstance(error, type) and issubclass(error, Exception):
            parts.append(f"| `{name}` | {_cell(_summary(error))} |")
    return "\n".join(parts) + "\n" + NOTE


def _summary(thing: object) -> str:
    return inspect.cleandoc(getattr(thing, "__doc__", "") or "").split("\n\n")[0]


def _signature(thing: object) -> str:
    if isinstance(thing, type) or not thing.__module__.startswith("tamis"):
        return ""
    found = inspect.signature(thing)  # type: ignore[arg-type]
    bare = [parameter.replace(annotation=parameter.empty) for parameter in found.parameters.values()]
    return str(found.replace(parameters=bare, return_annotation=found.empty)).replace("|", "\\|")


def checks() -> str:
    """Return the page on the checks of the test kit."""
    parts = [
        "# Checks of a step\n",
        "`tamis.testing.check_step(step, texts)` runs them all;"
        " `@tamis.testing.checks(step, texts=...)` makes each a test.\n",
        "| check | what it demands |\n| --- | --- |",
    ]
    parts += [f"| `{name}` | {_cell(check.__doc__)} |" for name, check in CHECKS.items()]
    return "\n".join(parts) + "\n" + NOTE


def hook_signatures() -> dict[str, str]:
    """Return each hook with its arguments, as its page must show them."""
    hooks = {name: hook for name, hook in vars(hookspecs).items() if name.startswith("tamis_")}
    return {name: f"{name}({', '.join(inspect.signature(hook).parameters)})" for name, hook in hooks.items()}


def main() -> int:
    """Write the pages, or say which are stale."""
    stale = 0
    for name, text in pages().items():
        path = HERE / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if "--check" in sys.argv:
            print(f"docs/{name} is stale: run python docs/generate.py", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote docs/{name}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
