"""The hooks of tamis. Each is called once per run or per process, never per document.

A plugin is a module (or a package) that a distribution names in the entry-point group `tamis`:

    [project.entry-points.tamis]
    shout = "tamis_shout"
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from typing import Any
from typing import Literal

import pluggy

if TYPE_CHECKING:
    from tamis.document import Document
    from tamis.step import Step

#: What becomes of a document on which a step failed.
OnError = Literal["quarantine", "keep", "fail"]

hookspec = pluggy.HookspecMarker("tamis")
hookimpl = pluggy.HookimplMarker("tamis")


@hookspec
def tamis_steps() -> Mapping[str, type[Step]]:  # type: ignore[empty-body]
    """Return the steps of the plugin, by the names that pipelines use.

    A name that two plugins give is an error for the pipeline that uses it.

        import re
        import tamis

        class Shout(tamis.Step):
            \"\"\"Cut runs of capitals of at least `longest` letters.\"\"\"
            longest: int = 12

            def find(self, doc):
                for m in re.finditer(rf"\\b[A-Z ]{{{self.longest},}}\\b", doc.text):
                    yield doc.cut(m.span(), "shouting")

        @tamis.hookimpl
        def tamis_steps():
            return {"shout": Shout}
    """


@hookspec
def tamis_formats() -> Mapping[str, Any]:  # type: ignore[empty-body]
    """Return the formats of the plugin by name: objects that read documents and write records (`tamis.formats.Format`).

    @tamis.hookimpl
    def tamis_formats():
        return {"html": HtmlFormat()}
    """


@hookspec
def tamis_executors() -> Mapping[str, Any]:  # type: ignore[empty-body]
    """Return the executors of the plugin by name: objects (`tamis.runner.engine` shows one).

    `run(plan, todo, workers, address)` yields the number of each shard of *todo* when it is done; *address* is what
    follows `NAME://` in `--executor`.

    @tamis.hookimpl
    def tamis_executors():
        return {"dask": DaskExecutor()}
    """


@hookspec(firstresult=True)
def tamis_failed(doc: Document, step: str, error: BaseException) -> OnError | None:
    """Say what becomes of a document on which a step failed: "quarantine", "keep", "fail", or None for no opinion.

    Called only on failure; the first answer that is not None counts, else the `on_error` of the pipeline.

        @tamis.hookimpl
        def tamis_failed(doc, step, error):
            if isinstance(error, TimeoutError):
                return "keep"
    """


@hookspec
def tamis_run_started(run: Any) -> None:
    """Look at a run that begins (its plan: inputs, shards, output); one that goes on has begun before.

    @tamis.hookimpl
    def tamis_run_started(run):
        print(len(run.shards), "shards")
    """


@hookspec
def tamis_run_ended(run: Any, account: Any) -> None:
    """Look at a run that is whole, and at its account (read, clean, rejects, failed, per-step figures).

    @tamis.hookimpl
    def tamis_run_ended(run, account):
        print(account.read, account.clean)
    """
