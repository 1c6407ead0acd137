"""Run the code blocks of a page: `python docs/blocks.py docs/PAGE.md` says what is not as written, `--write` mends it.
`--programs=DIR` names the environment whose programs are run.

A page runs from top to bottom in an empty folder.
* A block with a title (`title="news.yaml"`) is written to that file.
* `console`: each line that begins with `$ ` (going on with `> `) is run by bash; what follows must be what it prints.
* `pycon`: as in the Python shell, what follows `>>>` must be what it answers.
* `python` is run; `yaml` and others without a title are for reading only.
`...` stands for anything. `<!-- not run: why -->` above a block leaves it out.
"""

# ruff: noqa: BLE001, S102, S603, S607, T201 - a script that runs what the pages say
from __future__ import annotations

import ast
import contextlib
import doctest
import io
import os
import re
import subprocess
import sys
import tempfile
import traceback
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import Any

FENCE = re.compile(
    r"^(?P<mark><!-- not run: (?P<reason>[^\n]*?) -->\n\n?)?```(?P<kind>\w+)(?P<rest>[^\n]*)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
TITLE = re.compile(r'title="([^"]+)"')


@dataclass
class Runner:
    """Runs the blocks of one page in *folder*, with the programs of *programs* first."""

    folder: Path
    programs: Path
    status: int = 0
    wrong: list[str] = field(default_factory=list)
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "page"})

    def page(self, text: str) -> str:
        """Run the blocks of *text*; return it with what they print as it is now."""
        with contextlib.chdir(self.folder):
            sys.path.insert(0, str(self.folder))
            try:
                return FENCE.sub(self._block, text)
            finally:
                sys.path.remove(str(self.folder))

    def _block(self, match: re.Match[str]) -> str:
        kind, body = match["kind"], match["body"]
        title = TITLE.search(match["rest"])
        if match["reason"] is not None:
            if not match["reason"].strip():
                self.wrong.append(f"a block that is not run says no reason: {body[:60]!r}")
            return match[0]
        if title:
            path = self.folder / title[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
            return match[0]
        run = {"console": self._console, "pycon": self._pycon, "python": self._python}.get(kind)
        if run is None:
            return match[0]
        new = run(body)
        head = match[0][: match.start("body") - match.start()]
        return f"{head}{new}```"

    def _console(self, body: str) -> str:
        made = []
        for chunk in re.split(r"^(?=\$ )", body, flags=re.MULTILINE):
            if not chunk.startswith("$ "):
                if chunk.strip():
                    self.wrong.append(f"output without a command: {chunk!r}")
                made.append(chunk)
                continue
            command, _, expected = chunk[2:].partition("\n")
            while expected.startswith("> "):  # the shell asks for more
                more, _, expected = expected.partition("\n")
                command += f"\n{more.removeprefix('> ')}"
            found = self._bash(command)
            made.append(f"$ {chunk[2 : len(chunk) - len(expected)]}{self._judge(command, expected, found)}")
        return "".join(made)

    def _bash(self, command: str) -> str:
        drop = ("PYTHONPATH", "PYTEST_CURRENT_TEST", "PYTEST_XDIST_WORKER")
        env = {name: value for name, value in os.environ.items() if name not in drop and not name.startswith("COV_")}
        env |= {"PATH": f"{self.programs}{os.pathsep}{env['PATH']}", "NO_COLOR": "1", "COLUMNS": "100", "TERM": "dumb"}
        done = subprocess.run(
            ["bash", "-c", f"(exit {self.status}); {command}"],
            cwd=self.folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        self.status = done.returncode
        return done.stdout.replace(str(self.folder), "/home/you")

    def _pycon(self, body: str) -> str:
        lines = body.splitlines(keepends=True)
        made: list[str] = []
        last = 0
        for example in doctest.DocTestParser().get_examples(body):
            source = len(example.source.splitlines())
            made += lines[last : example.lineno + source]
            out = io.StringIO()
            try:
                with contextlib.redirect_stdout(out):
                    exec(compile(example.source, "<page>", "single"), self.names)
            except Exception as error:
                out.write(f"{type(error).__name__}: {error}\n")
            made.append(self._judge(example.source, example.want, out.getvalue()))
            last = example.lineno + source + len(example.want.splitlines())
        return "".join([*made, *lines[last:]])

    def _python(self, body: str) -> str:
        try:
            ast.parse(body)
            exec(compile(body, "<page>", "exec"), self.names)
        except Exception:
            self.wrong.append(f"{body}\n{traceback.format_exc(limit=-1)}")
        return body

    def _judge(self, source: str, expected: str, found: str) -> str:
        """Return what the page should show: *expected* where *found* is as it says, else *found*."""
        blank = "\n" if expected.endswith("\n\n") else ""
        if _as_written(expected, found):
            return expected
        self.wrong.append(f"{source.strip()}\n  the page says:\n{expected}\n  it prints:\n{found}")
        return _trimmed(found) + ("\n" if found.strip("\n") else "") + blank


def _as_written(expected: str, found: str) -> bool:
    pattern = re.escape(_trimmed(expected)).replace(r"\.\.\.", ".*")
    return re.fullmatch(pattern, _trimmed(found), re.DOTALL) is not None


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def main() -> int:
    """Run the pages named on the command line."""
    write = "--write" in sys.argv
    programs = Path(sys.executable).parent
    wrong = 0
    for name in sys.argv[1:]:
        if name == "--write":
            continue
        if name.startswith("--programs="):
            programs = Path(name.partition("=")[2]).resolve()
            continue
        page = Path(name).resolve()
        text = page.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            runner = Runner(Path(folder).resolve(), programs)
            new = runner.page(text)
        for each in runner.wrong:
            print(f"{name}: {each}", file=sys.stderr)
        wrong += len(runner.wrong)
        if write and new != text:
            page.write_text(new, encoding="utf-8")
    return 1 if wrong and not write else 0


if __name__ == "__main__":
    sys.exit(main())
