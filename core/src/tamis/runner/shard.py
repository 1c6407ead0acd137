"""The work on one shard: read its slices, run the chain, write its parts. It runs in a child process."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any
from typing import Final
from typing import Protocol
from typing import TypeAlias

from tamis.account import Account
from tamis.document import Document
from tamis.document import Failure
from tamis.formats import Format
from tamis.formats import Piece
from tamis.formats import Reading
from tamis.formats import Slice
from tamis.formats import to_document
from tamis.formats import unreadable
from tamis.formats import why
from tamis.pipeline import Pipeline
from tamis.records import failed_record
from tamis.records import to_line
from tamis.records import to_record
from tamis.records import unreadable_record
from tamis.runner.parts import ENDS
from tamis.runner.parts import Part
from tamis.runner.parts import write_json

#: A piece to read, or a document that is there already.
Item: TypeAlias = tuple[Piece, Format] | Document

#: After how many documents what steps load on first use is there.
_WARM: Final = 64

#: How many kinds of failure a shard remembers with their traceback, and how many places of each.
_TRACES, _PLACES = 50, 5


class Beacon(Protocol):
    """Where a worker says what it is on, so that its death can be laid at the right door."""

    def document(self, number: int, count: int = 1) -> None:
        """Say that work on *count* documents from *number* on begins."""

    def step(self, index: int) -> None:
        """Say which step they are in: its number in the chain, or -1 for reading."""

    def idle(self) -> None:
        """Say that no document is being worked on."""


@dataclass
class Blame:
    """What is known from the deaths of earlier workers on the same task."""

    #: By the number of a document: the step it died in, and the error.
    lost: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    #: Documents from the first to before the second number are worked on one at a time.
    suspects: tuple[int, int] = (0, 0)


def settle_memory() -> None:
    """Keep the garbage collector off what lasts, models above all, and let it look at the rest less often.

    It costs a tenth of the time else. Only in processes of our own: it is a setting of the whole process.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class Bench:
    """A pipeline in a process that says what it is on."""

    def __init__(self, pipeline: Pipeline, beacon: Beacon, batch: int, timeout: float) -> None:
        self.pipeline = pipeline
        self.beacon = beacon
        self._batch = batch
        self._patience = timeout / 8  # an infinite one never shrinks a batch
        self._slowest = 0.0
        self._size = 1
        self._settled = False
        self._index = {use.id: i for i, use in enumerate(pipeline.uses)}

    def run(self, items: Iterable[Item], reading: Reading, blame: Blame, account: Account) -> Iterator[Document]:
        """Yield the document of each of *items*, in order, as the chain left it."""
        account.watch = lambda step: self.beacon.step(self._index[step])
        left = iter(items)
        number = 0
        while True:
            self.beacon.document(number)
            self.beacon.step(-1)
            batch = list(islice(left, self._room(number, blame)))
            if not batch:
                self.beacon.idle()
                return
            yield from self._work(batch, number, reading, blame, account)
            number += len(batch)
            if number >= _WARM and not self._settled:
                self._settled = True
                settle_memory()

    def _room(self, number: int, blame: Blame) -> int:
        """Return how many documents to take together: fewer where one took long, one where one of them kills."""
        first, end = blame.suspects
        if first <= number < end:
            return 1
        self._size = min(2 * self._size, self._batch)
        if self._slowest > 0:
            self._size = int(max(1, min(self._size, self._patience / self._slowest)))
        return min(self._size, first - number) if number < first else self._size

    def _work(self, batch: list[Item], number: int, reading: Reading, blame: Blame, account: Account) -> list[Document]:
        docs = []
        for i, item in enumerate(batch, number):
            doc = self._read(item, i, reading, blame)
            lost = blame.lost.get(i)
            if lost is not None and doc.error is None:
                account.step(lost[0]).failed += 1
                doc = doc.failed(Failure(*lost))
            docs.append(doc)
        started = perf_counter()
        self.beacon.document(number, len(docs))
        done = self.pipeline.process(docs, account)
        self.beacon.idle()
        each = (perf_counter() - started) / len(docs)
        self._slowest = max(each, self._slowest * 0.9)
        for doc in done:
            account.end(doc)
        return done

    def _read(self, item: Item, number: int, reading: Reading, blame: Blame) -> Document:
        if isinstance(item, Document):
            return item
        piece, form = item
        lost = blame.lost.get(number)
        if lost is not None and lost[0] == "read":
            doc = unreadable(piece, lost[1])
            doc.error = Failure(*lost)
            return doc
        self.beacon.document(number)
        self.beacon.step(-1)
        return to_document(form, piece, reading)


class Failures:
    """The tracebacks of a shard, each once, with how often and where it came first. They go to the side log."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], dict[str, Any]] = {}

    def add(self, source: str, failure: Failure) -> None:
        key = (failure.step, failure.traceback or failure.error.partition(":")[0])
        entry = self._seen.get(key)
        if entry is None:
            if len(self._seen) >= _TRACES:
                return
            entry = {"step": failure.step, "error": failure.error, "traceback": failure.traceback[-8192:]}
            entry |= {"count": 0, "sources": []}
            self._seen[key] = entry
        entry["count"] += 1
        if len(entry["sources"]) < _PLACES:
            entry["sources"].append(source)

    def to_json(self) -> list[dict[str, Any]]:
        return list(self._seen.values())


def pieces(slices: Iterable[Slice], formats: Mapping[str, Format], reading: Reading) -> Iterator[tuple[Piece, Format]]:
    """Yield the pieces of *slices*, in order, each with its format."""
    for part in slices:
        form = formats[part.format]
        for piece in form.pieces(part, reading):
            yield piece, form


def record_of(doc: Document, item: Item, with_raw: bool) -> tuple[str, dict[str, Any]]:
    """Return where *doc* ends, and its record."""
    if doc.error is None:
        return "clean" if doc.dropped is None else "rejects", to_record(doc, with_raw)
    if not doc.raw and not isinstance(item, Document):
        piece = item[0]
        data = piece.data if isinstance(piece.data, bytes) else to_line(piece.data)
        cut = "max_document" in piece.error
        return "failed", unreadable_record(None, doc.source, doc.error.step, doc.error.error, data, cut)
    return "failed", failed_record(doc)


def work_shard(
    task: Mapping[str, Any], bench: Bench, formats: Mapping[str, Format], reading: Reading, blame: Blame
) -> dict[str, Any]:
    """Do the shard that *task* describes; return its manifest, which is then on disk beside its parts."""
    slices = [Slice(*each) for each in task["slices"]]
    folder, number, limit = task["parts"], task["number"], task["limit"]
    parts = {end: Part(folder, number, end, formats[task["formats"][end]], task["packed"][end]) for end in ENDS}
    account, failures = Account(), Failures()
    kept: list[Item] = []

    def remembered() -> Iterator[Item]:
        for item in islice(pieces(slices, formats, reading), limit):
            kept.append(item)
            yield item

    try:
        for doc in bench.run(remembered(), reading, blame, account):
            item = kept.pop(0)
            if doc.error is not None:
                failures.add(doc.source, doc.error)
            end, record = record_of(doc, item, task["with_raw"])
            try:
                parts[end].write(record)
            except ValueError as error:  # what a step or the input gave is no JSON
                doc = unwritten(doc, error, end, account)
                failures.add(doc.source, doc.error or Failure("write", ""))
                parts["failed"].write(failed_record(doc))
        sizes = {end: {"bytes": part.finish(), "records": part.records} for end, part in parts.items()}
    except BaseException:
        for part in parts.values():
            part.abandon()
        raise
    manifest = {"number": number, "parts": sizes, "account": account.dump(), "failures": failures.to_json()}
    write_json(Path(folder) / f"{number:05d}.json", manifest)
    return manifest


def unwritten(doc: Document, error: ValueError, end: str, account: Account) -> Document:
    """Return *doc*, which ended at *end* but whose record cannot be written, as one that failed."""
    setattr(account, end, getattr(account, end) - 1)
    account.failed += 1
    return doc.failed(Failure("write", why(error)))
