"""New processes for a step under test: what it finds there, and what the import of its module brings in."""

from __future__ import annotations

import atexit
import base64
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from functools import lru_cache
from pathlib import Path
from typing import Any

from tamis.document import Document
from tamis.testing.subject import Subject


class CannotWork(Exception):
    """The step cannot work in a new process; one check reports it, for the others there is nothing to compare."""


def answers(subject: Subject, docs: Sequence[Document], seed: int, *, anew: bool = False) -> list[list[str]]:
    """Return what the step finds in *docs* in a new process under the hash seed *seed*, written out to the last bit.

    One process is asked per seed and kept for the other checks, unless *anew*. Raises CannotWork.
    """
    found: list[list[str]] = _report(_request(subject, docs), seed, anew)["answers"]
    return found


def observed(subject: Subject, what: str) -> list[str]:
    """Return what a new process showed of the step at work on its documents.

    *what* is "heavy" (libraries that the import of its module brings in), "written" (files) or "connections".
    A step that cannot work there shows nothing: the check of a fresh process reports it.
    """
    docs = [doc for doc, _ in subject.answers]
    try:
        seen: list[str] = _report(_request(subject, docs), 1, False)[what]
    except CannotWork:
        return []
    return seen


def _request(subject: Subject, docs: Sequence[Document]) -> str:
    kind = type(subject.step)
    module = sys.modules.get(kind.__module__)
    settings = pickle.dumps(subject.step.model_dump())
    return json.dumps(
        {
            "cwd": str(Path.cwd()),
            "environ": {name: value for name, value in os.environ.items() if name != "PYTHONHASHSEED"},
            "path": sys.path,
            "module": kind.__module__,
            "file": getattr(module, "__file__", None),
            "class": kind.__qualname__,
            "settings": base64.b64encode(settings).decode(),
            "docs": base64.b64encode(pickle.dumps(list(docs))).decode(),
        }
    )


def _report(request: str, seed: int, anew: bool) -> dict[str, Any]:
    report = _ask(request, seed, 1 if anew else 0)
    if report.get("error"):
        raise CannotWork(report["error"])
    return report


@lru_cache(maxsize=8)
def _ask(request: str, seed: int, turn: int) -> dict[str, Any]:  # noqa: ARG001 - a new turn is a new process
    for _ in "12":  # the one that has ended since is started again
        parent = _parent(seed)
        try:
            parent.stdin.write(request + "\n")  # type: ignore[union-attr]
            parent.stdin.flush()  # type: ignore[union-attr]
            report: dict[str, Any] = json.loads(parent.stdout.readline())  # type: ignore[union-attr]
        except (OSError, ValueError):
            _parent.cache_clear()
        else:
            return report
    return {"error": "the process gives no answer"}


@cache
def _parent(seed: int) -> subprocess.Popen[str]:
    """Return the process that makes new ones, under the hash seed *seed*; it has imported tamis and no plugin."""
    parent = subprocess.Popen(
        [sys.executable, "-m", "tamis.testing.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
    )
    atexit.register(_end, parent)
    return parent


def _end(parent: subprocess.Popen[str]) -> None:
    parent.stdin.close()  # type: ignore[union-attr]
    parent.wait()
