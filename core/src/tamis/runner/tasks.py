"""What a worker does: shards of a run, or batches of a stream, with a pipeline that it made itself."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Mapping
from contextlib import suppress
from contextvars import ContextVar
from importlib import import_module
from importlib.util import module_from_spec
from importlib.util import spec_from_file_location
from itertools import islice
from typing import Any
from typing import Final

from tamis.account import Account
from tamis.document import Document
from tamis.errors import RunError
from tamis.formats import Reading
from tamis.formats import Slice
from tamis.records import to_line
from tamis.runner.batches import BatchRunner
from tamis.runner.batches import Blame
from tamis.runner.batches import Heartbeat
from tamis.runner.batches import pieces
from tamis.runner.batches import record
from tamis.runner.parts import ShardParts
from tamis.runner.recipe import Made
from tamis.runner.recipe import Recipe


class TaskRunner:
    """A pipeline, made from a recipe or from the steps a parent sent."""

    def __init__(self, setup: Mapping[str, Any], heartbeat: Heartbeat) -> None:
        self._formats: Mapping[str, Any] = {}
        self._reading = Reading()
        if setup["recipe"] is not None:
            made = Recipe(*setup["recipe"]).make()
            _check_same(made, setup)
            self._formats = made.host.formats
            self._reading = Reading(**setup["reading"])
            pipeline = made.pipeline
        else:
            load_modules(setup["modules"])
            pipeline = pickle.loads(setup["pipeline"])  # noqa: S301 - from our own process
        self._batches = BatchRunner(pipeline, heartbeat, setup["batch"], setup["timeout"])
        self.steps = [use.id for use in pipeline.uses]
        if setup["warm"]:
            self._warm()

    def _warm(self) -> None:
        """Let the steps load their models now, where the time of a document is short."""
        doc = Document("The minister met the ambassador on Monday. They spoke of gas and of trade.")
        for use in self._batches.pipeline.uses:
            with suppress(Exception):
                list(use.step.find(doc))

    def do(self, task: Mapping[str, Any]) -> Any:
        """Return the answer to *task*: the number of a shard, the documents of a batch, or their records."""
        blame = Blame(task["lost"], task["suspects"])
        if task["kind"] == "shard":
            return self._shard(task, blame)
        account = Account()
        if task["kind"] == "docs":
            return [doc for _, doc in self._batches.run(task["docs"], self._reading, blame, account)]
        items = [(piece, self._formats[name]) for piece, name in task["pieces"]]
        lines: list[tuple[str, bytes]] = []
        ended = [
            record(doc, item, task["with_raw"], account, lambda end, value: lines.append((end, to_line(value))))
            for item, doc in self._batches.run(items, self._reading, blame, account)
        ]
        return [(*line, doc.source, doc.error) for line, doc in zip(lines, ended, strict=True)], account

    def _shard(self, task: Mapping[str, Any], blame: Blame) -> int:
        """Do the shard that *task* describes; return its number when its parts and its manifest are on disk."""
        slices = [Slice(*each) for each in task["slices"]]
        forms = {end: self._formats[name] for end, name in task["formats"].items()}
        account = Account()
        items = islice(pieces(slices, self._formats, self._reading), task["limit"])
        with ShardParts(task["parts"], task["number"], forms, task["packed"]) as parts:
            for item, doc in self._batches.run(items, self._reading, blame, account):
                ended = record(doc, item, task["with_raw"], account, parts.write)
                if ended.error is not None:
                    parts.failed(ended.source, ended.error)
            parts.finish(account)
        return int(task["number"])


def _check_same(made: Made, setup: Mapping[str, Any]) -> None:
    """Raise RunError where *made* is not what the run was begun with: its outcome would be of two sorts."""
    before, now = setup["versions"], made.versions
    changed = [] if made.config.fingerprint == setup["fingerprint"] else [setup["recipe"][0]]
    changed += sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
    if changed:
        raise RunError(
            f"{', '.join(changed)} changed while the run went on, or differs where the worker is:"
            " begin anew with --overwrite"
        )


#: Whether this process is a worker that loads the modules of its steps: what they start now would never end.
loading: Final = ContextVar("loading", default=False)


def load_modules(modules: Mapping[str, str]) -> None:
    """Load the modules that steps come from, by file where they cannot be imported by name."""
    loading.set(True)
    for name, file in modules.items():
        if name in sys.modules and name != "__main__":
            continue
        with suppress(ImportError):
            if name != "__main__":
                import_module(name)
                continue
        own = "__mp_main__" if name == "__main__" else name
        spec = spec_from_file_location(own, file)
        if spec is None or spec.loader is None:
            raise ImportError(f"cannot load {file}")
        module = module_from_spec(spec)
        sys.modules[name] = sys.modules[own] = module
        spec.loader.exec_module(module)
    loading.set(False)


def pickled(pipeline: Any) -> bytes:
    """Return *pipeline* as bytes for another process."""
    return pickle.dumps(pipeline, protocol=5)
