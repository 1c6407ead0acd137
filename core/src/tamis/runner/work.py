"""What a worker does: shards of a run, or batches of a stream, with a pipeline that it made itself."""

from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from importlib.util import module_from_spec
from importlib.util import spec_from_file_location
from typing import Any

from tamis.account import Account
from tamis.document import Document
from tamis.document import Failure
from tamis.formats import Reading
from tamis.records import failed_record
from tamis.records import to_line
from tamis.runner.recipe import Recipe
from tamis.runner.shard import Beacon
from tamis.runner.shard import Bench
from tamis.runner.shard import Blame
from tamis.runner.shard import Item
from tamis.runner.shard import record_of
from tamis.runner.shard import unwritten
from tamis.runner.shard import work_shard


class Work:
    """A pipeline, made from a recipe or from the steps a parent sent."""

    def __init__(self, setup: Mapping[str, Any], beacon: Beacon) -> None:
        self.formats: Mapping[str, Any] = {}
        self.reading = Reading()
        if setup["recipe"] is not None:
            made = Recipe(*setup["recipe"]).make()
            self.formats = made.host.formats
            self.reading = Reading(**setup["reading"])
            pipeline = made.pipeline
        else:
            load_modules(setup["modules"])
            pipeline = pickle.loads(setup["pipeline"])  # noqa: S301 - from our own process
        self.bench = Bench(pipeline, beacon, setup["batch"], setup["timeout"])
        self.steps = [use.id for use in pipeline.uses]
        if setup["warm"]:
            self._warm()

    def _warm(self) -> None:
        """Let the steps load their models now, where the time of a document is short."""
        doc = Document("The minister met the ambassador on Monday. They spoke of gas and of trade.")
        for use in self.bench.pipeline.uses:
            with suppress(Exception):
                list(use.step.find(doc))

    def do(self, task: Mapping[str, Any]) -> Any:
        """Return the answer to *task*: a shard's manifest, the documents of a batch, or their records."""
        blame = Blame(task["lost"], task["suspects"])
        if task["kind"] == "shard":
            return work_shard(task, self.bench, self.formats, self.reading, blame)
        account = Account()
        items: list[Item] = task["docs"] if task["kind"] == "docs" else []
        if task["kind"] == "pieces":
            items = [(piece, self.formats[name]) for piece, name in task["pieces"]]
        docs = list(self.bench.run(items, self.reading, blame, account))
        if task["kind"] == "docs":
            return docs
        return [
            self._line(doc, item, task["with_raw"], account) for doc, item in zip(docs, items, strict=True)
        ], account

    @staticmethod
    def _line(doc: Document, item: Item, with_raw: bool, account: Account) -> tuple[str, bytes, str, Failure | None]:
        """Return where *doc* ends, its record as a line, where it was read, and why it failed."""
        end, record = record_of(doc, item, with_raw)
        try:
            return end, to_line(record), doc.source, doc.error
        except ValueError as error:
            doc = unwritten(doc, error, end, account)
            return "failed", to_line(failed_record(doc)), doc.source, doc.error


def load_modules(modules: Mapping[str, str]) -> None:
    """Load the modules that steps come from, by file where they cannot be imported by name."""
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


def pickled(pipeline: Any) -> bytes:
    """Return *pipeline* as bytes for another process."""
    buffer = io.BytesIO()
    pickle.Pickler(buffer, protocol=5).dump(pipeline)
    return buffer.getvalue()
