"""A new process for a step under test: reads a request on standard input, reports on the last line it prints."""

from __future__ import annotations

import base64
import json
import pickle
import sys
from importlib import import_module
from typing import Any
from typing import Final

from tamis.local import load_module
from tamis.testing.subject import plain

#: Libraries that take long to load; a plugin imports them where it uses them.
HEAVY: Final = (
    "numpy",
    "scipy",
    "sklearn",
    "pandas",
    "pyarrow",
    "torch",
    "tensorflow",
    "jax",
    "transformers",
    "spacy",
    "nltk",
)


def report(request: dict[str, Any]) -> dict[str, Any]:
    """Return the heavy libraries that come with the step's module, and what the step finds in the documents."""
    sys.path[:] = request["path"]
    kind: Any = _module(request["module"], request["file"])
    heavy = [name for name in HEAVY if name in sys.modules]
    for part in request["class"].split("."):
        kind = getattr(kind, part)
    step = kind(**pickle.loads(base64.b64decode(request["settings"])))  # noqa: S301 - written by the parent process
    docs = pickle.loads(base64.b64decode(request["docs"]))  # noqa: S301 - as above
    return {"heavy": heavy, "answers": [[plain(one) for one in step.find(doc)] for doc in docs]}


def _module(name: str, file: str | None) -> object:
    from pathlib import Path

    if name != "__main__":
        try:
            return import_module(name)
        except ImportError:
            if file is None:
                raise
    if file is None:
        raise ImportError("the step is defined in no file")
    return load_module(Path(file))


def main() -> None:
    """Answer one request."""
    request = json.loads(sys.stdin.read())
    try:
        answer = report(request)
    except Exception as error:  # noqa: BLE001 - the author's code; the parent process tells
        answer = {"error": f"{type(error).__name__}: {error}"}
    sys.stdout.write("\n" + json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
