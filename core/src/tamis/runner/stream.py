"""Streams: documents through child processes, in order, through a window; a slow consumer holds back the reader."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from collections.abc import Iterator

from tamis.document import Document
from tamis.errors import RunError
from tamis.pipeline import Pipeline
from tamis.pipeline import growing
from tamis.runner.pool import Pool
from tamis.runner.supervisor import Limits


def stream(
    pipeline: Pipeline, docs: Iterable[Document], workers: int, batch: int = 16, limits: Limits | None = None
) -> Iterator[Document]:
    """Yield exactly one document for each of *docs*, in order; one that kills its process has `error`.

    At most a few documents more are taken from *docs* than were asked for: a batch grows from one to *batch* as the
    consumer goes on, and `workers + 1` batches are on their way at most.
    """
    from tamis.runner.tasks import loading
    from tamis.runner.tasks import pickled

    if loading.get():
        raise RunError(
            "the file of a step streams with workers as soon as it is loaded, and workers load it too:"
            ' put that under `if __name__ == "__main__":`'
        )
    setup = {"modules": _modules(pipeline), "pipeline": pickled(pipeline)}
    with Pool(workers, setup, limits or Limits(batch=batch)) as pool:
        tasks = ({"kind": "docs", "docs": chunk} for chunk in growing(iter(docs), batch))
        for answer in pool.map(tasks, workers + 1, ordered=True):
            yield from answer


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
