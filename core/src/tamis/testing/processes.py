"""New processes for a step under test: what it finds there, and what the import of its module brings in."""

from __future__ import annotations

import base64
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
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


def heavy_imports(subject: Subject) -> list[str]:
    """Return the heavy libraries that the import of the step's module brings in. Raises CannotWork."""
    docs = [doc for doc, _ in subject.answers]
    heavy: list[str] = _report(_request(subject, docs), 1, False)["heavy"]
    return heavy


def _request(subject: Subject, docs: Sequence[Document]) -> str:
    kind = type(subject.step)
    module = sys.modules.get(kind.__module__)
    settings = pickle.dumps(subject.step.model_dump())
    return json.dumps(
        {
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
    done = subprocess.run(
        [sys.executable, "-m", "tamis.testing.child"],
        input=request,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONHASHSEED": str(seed), "COVERAGE_PROCESS_START": ""},
        check=False,
    )
    try:
        report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        last = done.stderr.strip().splitlines()[-1:] or [f"it ends with {done.returncode} and says nothing"]
        report = {"error": last[0]}
    return report
