"""A whole `tamis run` for tests: a pipeline and inputs go in, the records that were written come out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from typing import TypeAlias

Record: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run wrote: the records by the end they came to, what it printed, its exit code."""

    exit_code: int
    printed: str
    clean: list[Record]
    rejects: list[Record]
    failed: list[Record]
    #: The file of the clean records.
    path: Path

    @property
    def texts(self) -> list[str]:
        """The clean texts."""
        return [record["text"] for record in self.clean]

    def labels(self, name: str) -> list[Any]:
        """Return the value of the label *name* of each clean record, None where it has none."""
        return [record["labels"].get(name, {}).get("value") for record in self.clean]


def run_pipeline(
    pipeline: str | Path, inputs: Mapping[str, str | bytes] | Iterable[str], *options: str, folder: Path
) -> Outcome:
    """Run `tamis run` in *folder* and return what came out.

    *pipeline* is YAML text, or the path of a file; *inputs* are texts, or files by name. *options* go to the command
    (`"--allow-local-plugins"`, `"-j", "2"`). A run that goes wrong raises nothing: look at `exit_code` and `printed`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = pipeline
    if isinstance(pipeline, str):
        path = folder / "pipeline.yaml"
        path.write_text(pipeline, encoding="utf-8")
    if isinstance(inputs, Mapping):
        names = list(inputs)
        for name, content in inputs.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    else:
        names = ["inputs.jsonl"]
        lines = [json.dumps({"id": f"text {i}", "text": text}) for i, text in enumerate(inputs)]
        (folder / names[0]).write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    command = ["run", str(Path(path).resolve()), *names, "-o", "out.jsonl", *options]
    done = subprocess.run(  # noqa: S603 - tamis itself
        [sys.executable, "-c", "from tamis.cli import main; main()", *command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "NO_COLOR": "1"},
        check=False,
    )
    out = folder / "out.jsonl"
    clean, rejects, failed = (
        _records(out.with_suffix(suffix)) for suffix in (".jsonl", ".rejects.jsonl", ".failed.jsonl")
    )
    return Outcome(done.returncode, done.stdout, clean, rejects, failed, out)


def _records(path: Path) -> list[Record]:
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
