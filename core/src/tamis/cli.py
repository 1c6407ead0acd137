"""The command `tamis`: a list of commands, each imported when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib import metadata
from typing import Any
from typing import Final

import click

from tamis.errors import TamisError
from tamis.errors import suggest

#: Commands of core: where they are, and what they do.
COMMANDS: Final = {
    "run": ("tamis.commands.run:run", "Clean and label documents by a pipeline."),
    "merge": ("tamis.commands.merge:merge", "Put the parts of a run by shards together."),
    "check": ("tamis.commands.check:check", "Say every mistake of a pipeline, with its place and cure."),
    "explain": ("tamis.commands.explain:explain", "Show what each step did to a document, and why."),
    "plugins": ("tamis.commands.plugins:plugins", "List the plugins, what is broken and why, the steps' settings."),
    "schema": ("tamis.commands.schema:schema", "Write the JSON schema of pipelines, for editors."),
    "models": ("tamis.commands.models:models", "List the installed models, verified or not."),
    "train": ("tamis.commands.train:train", "Train a model on labelled texts: model, card, picture."),
    "eval": ("tamis.commands.eval:evaluate", "Say how good a model is on labelled texts."),
    "diff": ("tamis.commands.diff:diff", "Say what changed between two outputs, document by document."),
    "new": ("tamis.commands.new:new", "Write a plugin package that passes its own tests."),
}


class LazyGroup(click.Group):
    """A group that imports a command when it is called; plugins add theirs as entry points `tamis.commands`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [*COMMANDS, *sorted(self._plugged())]

    @staticmethod
    def _plugged() -> dict[str, metadata.EntryPoint]:
        entries = metadata.entry_points(group="tamis.commands")
        return {entry.name: entry for entry in entries if entry.name not in COMMANDS}

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name in COMMANDS:
            module, _, name = COMMANDS[cmd_name][0].partition(":")
            command = getattr(import_module(module), name)
        else:
            entry = self._plugged().get(cmd_name)
            if entry is None:
                return None
            try:
                command = entry.load()
            except Exception as error:
                raise click.ClickException(
                    f"command '{cmd_name}' of {entry.value} cannot be loaded: {error}"
                ) from error
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.list_commands(ctx) and not args[0].startswith("-"):
            ctx.fail(f"no command '{args[0]}'{suggest(args[0], self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        rows = [(name, summary) for name, (_, summary) in COMMANDS.items()]
        rows += [(name, f"From {entry.value.partition(':')[0]}.") for name, entry in sorted(self._plugged().items())]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tamis", prog_name="tamis")
def cli() -> None:
    """Sieve news text: cut what is not the article, say what the rest is, show why."""


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit: 0 all well, 1 some documents failed, 2 wrong configuration, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status: Any = cli.main(args=args, prog_name="tamis", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2 if isinstance(error, click.UsageError) else error.exit_code)
    except TamisError as error:
        click.echo(f"{error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)
