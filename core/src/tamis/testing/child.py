"""New processes for a step under test: a line of request on standard input, a line of report on standard output."""

from __future__ import annotations

import base64
import json
import os
import pickle
import sys
from importlib import import_module
from tempfile import gettempdir
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


#: What Python tells of a process that goes to other hosts.
CONNECTIONS: Final = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request")

#: Where files may be written that nobody looks at after. Asked for here: to ask is to try to write.
PASSING: Final = (os.devnull, gettempdir())


def report(request: dict[str, Any]) -> dict[str, Any]:
    """Return the heavy libraries that come with the step's module, what the step finds, and where it reaches out."""
    sys.path[:] = request["path"]
    kind: Any = _module(request["module"], request["file"])
    heavy = [name for name in HEAVY if name in sys.modules]
    for part in request["class"].split("."):
        kind = getattr(kind, part)
    step = kind(**pickle.loads(base64.b64decode(request["settings"])))  # noqa: S301 - written by the parent process
    docs = pickle.loads(base64.b64decode(request["docs"]))  # noqa: S301 - as above
    written: dict[str, None] = {}
    connections: dict[str, None] = {}
    sys.addaudithook(lambda event, args: _notice(event, args, written, connections))
    answers = [[plain(one) for one in step.find(doc)] for doc in docs]
    return {"heavy": heavy, "answers": answers, "written": list(written), "connections": list(connections)}


def _notice(event: str, args: tuple[Any, ...], written: dict[str, None], connections: dict[str, None]) -> None:
    """Note what the audit *event* says of other hosts, and of files written for longer than a while."""
    if event in CONNECTIONS:
        connections[f"{event} {args[-1] if event == 'socket.connect' else args[0]!r}"[:80]] = None
    elif event == "open":
        path, _, flags = args
        writes = isinstance(path, str) and isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes and "__pycache__" not in path and not path.startswith(PASSING):
            written[path[:80]] = None


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


def answer(line: str) -> str:
    """Return the report on the request *line*, as a line."""
    try:
        request = json.loads(line)
        os.chdir(request["cwd"])
        os.environ.update(request["environ"])
        found = report(request)
    except BaseException as error:  # noqa: BLE001 - the author's code; the parent process tells
        found = {"error": f"{type(error).__name__}: {error}"}
    return json.dumps(found) + "\n"


def main() -> None:
    """Answer each request in a process of its own, forked before anything of a plugin was imported."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a step prints is no report
    for line in sys.stdin:
        if not hasattr(os, "fork"):
            out.write(answer(line))
            out.flush()
            return
        pid = os.fork()
        if pid == 0:
            out.write(answer(line))
            out.flush()
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if status:
            out.write(json.dumps({"error": f"the process ended with {status}"}) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
