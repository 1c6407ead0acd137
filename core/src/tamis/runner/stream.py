"""Streams: documents through child processes, in order, through a window; a slow consumer holds back the reader."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

from tamis.document import Document
from tamis.errors import RunError
from tamis.pipeline import Pipeline
from tamis.pipeline import growing
from tamis.runner.keeper import Limits
from tamis.runner.local import Crew


def stream(
    pipeline: Pipeline, docs: Iterable[Document], workers: int, batch: int = 16, limits: Limits | None = None
) -> Iterator[Document]:
    """Yield exactly one document for each of *docs*, in order; one that kills its process has `error`.

    At most a few documents more are taken from *docs* than were asked for: a batch grows from one to *batch* as the
    consumer goes on, and `workers + 1` batches are on their way at most.
    """
    from tamis.runner.work import loading
    from tamis.runner.work import pickled

    if loading.get():
        raise RunError(
            "the file of a step streams with workers as soon as it is loaded, and workers load it too:"
            ' put that under `if __name__ == "__main__":`'
        )
    setup = {"modules": _modules(pipeline), "pipeline": pickled(pipeline)}
    with Crew(workers, setup, limits or Limits(batch=batch)) as crew:
        tasks = ({"kind": "docs", "docs": chunk} for chunk in growing(iter(docs), batch))
        for answer in in_order(crew, tasks, workers):
            yield from answer


def in_order(crew: Crew, tasks: Iterable[Mapping[str, Any]], workers: int) -> Iterator[Any]:
    """Yield the answers to *tasks* in order; no task is taken before an answer is asked for, nor while one is ready."""
    left = iter(tasks)
    window: deque[Future[Any]] = deque()
    more = True
    failure: Exception | None = None
    while more or window:
        ready = bool(window) and window[0].done()
        while more and not ready and len(window) <= workers:
            try:
                task = next(left, None)
            except Exception as error:  # noqa: BLE001 - raised when what came before it is yielded
                task, failure = None, error
            more = task is not None
            if task is not None:
                window.append(crew.submit(task))
            ready = bool(window) and window[0].done()
        if window:
            yield window.popleft().result()
    if failure is not None:
        raise failure


def _modules(pipeline: Pipeline) -> dict[str, str]:
    """Return the modules that the steps of *pipeline* come from, with their files."""
    found = {}
    for use in pipeline.uses:
        name = type(use.step).__module__
        file = getattr(sys.modules.get(name), "__file__", None)
        if name == "__main__" and file is None:
            kind = type(use.step).__name__
            raise RunError(
                f"{kind} is defined in an interactive session, where child processes cannot find it:"
                " put it into a file, or stream without workers"
            )
        if file is not None:
            found[name] = file
    return found
