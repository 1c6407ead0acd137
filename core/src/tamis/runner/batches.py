"""Documents through the chain, in a child process that says what it is on, and what becomes of each."""

from __future__ import annotations

import gc
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from itertools import islice
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
from tamis.formats import safe_pieces
from tamis.formats import to_document
from tamis.formats import unreadable
from tamis.formats import why
from tamis.pipeline import Pipeline
from tamis.records import failed_record
from tamis.records import to_line
from tamis.records import to_record
from tamis.records import unreadable_record

#: A piece to read, or a document that is there already.
Item: TypeAlias = tuple[Piece, Format] | Document

#: After how many documents what steps load on first use is there.
_WARM: Final = 64


class Heartbeat(Protocol):
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

    #: By the number of a document: the step it died in, and why.
    lost: Mapping[int, Failure] = field(default_factory=dict)
    #: Documents from the first to before the second number are worked on one at a time.
    suspects: tuple[int, int] = (0, 0)


def settle_memory() -> None:
    """Keep the garbage collector off what lasts, models above all, and let it look at the rest less often.

    It costs a tenth of the time else. Only in processes of our own: it is a setting of the whole process.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class BatchRunner:
    """A pipeline in a process that says what it is on."""

    def __init__(self, pipeline: Pipeline, heartbeat: Heartbeat, batch: int, timeout: float) -> None:
        self.pipeline = pipeline
        self._heartbeat = heartbeat
        self._batch = batch
        self._patience = timeout / 8  # an infinite one never shrinks a batch
        self._slowest = 0.0
        self._size = 1
        self._settled = False
        self._index = {use.id: i for i, use in enumerate(pipeline.uses)}

    def run(
        self, items: Iterable[Item], reading: Reading, blame: Blame, account: Account
    ) -> Iterator[tuple[Item, Document]]:
        """Yield each of *items*, in order, with its document as the chain left it."""
        account.watch = lambda step: self._heartbeat.step(self._index[step])
        left = iter(items)
        number = 0
        while True:
            self._heartbeat.document(number)
            self._heartbeat.step(-1)
            batch = list(islice(left, self._room(number, blame)))
            if not batch:
                self._heartbeat.idle()
                return
            yield from zip(batch, self._work(batch, number, reading, blame, account), strict=True)
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
        started = perf_counter()
        self._heartbeat.document(number, len(batch))
        self._heartbeat.step(-1)
        docs = [
            self._document(item, reading, blame.lost.get(i) if blame.lost else None, account)
            for i, item in enumerate(batch, number)
        ]
        done = self.pipeline.process(docs, account)
        self._heartbeat.idle()
        self._slowest = max((perf_counter() - started) / len(batch), self._slowest * 0.9)
        for doc in done:
            account.end(doc)
        return done

    @staticmethod
    def _document(item: Item, reading: Reading, lost: Failure | None, account: Account) -> Document:
        if isinstance(item, Document):
            doc = item
        elif lost is not None and lost.step == "read":
            return unreadable(item[0], lost)
        else:
            doc = to_document(item[1], item[0], reading)
        if lost is None or doc.error is not None:
            return doc
        account.step(lost.step).failed += 1
        return doc.failed(lost)


def pieces(slices: Iterable[Slice], formats: Mapping[str, Format], reading: Reading) -> Iterator[tuple[Piece, Format]]:
    """Yield the pieces of *slices*, in order, each with its format."""
    for part in slices:
        form = formats[part.format]
        for piece in safe_pieces(form, part, reading):
            yield piece, form


def record(
    doc: Document, item: Item, with_raw: bool, account: Account, write: Callable[[str, dict[str, Any]], object]
) -> Document:
    """Have the record of *doc* written to where it ends; return *doc*, as failed where its record is no JSON."""
    end = "clean" if doc.dropped is None else "rejects"
    if doc.error is not None:
        write("failed", _failed_record(doc, item))
        return doc
    try:
        write(end, to_record(doc, with_raw))
    except ValueError as error:  # what a step or the input gave is no JSON
        setattr(account, end, getattr(account, end) - 1)
        account.failed += 1
        doc = doc.failed(Failure("write", why(error)))
        write("failed", failed_record(doc))
    return doc


def _failed_record(doc: Document, item: Item) -> dict[str, Any]:
    if doc.raw or doc.error is None or isinstance(item, Document):
        return failed_record(doc)
    piece = item[0]
    data = piece.data if isinstance(piece.data, bytes) else to_line(piece.data)
    return unreadable_record(doc.id, doc.source, doc.error.step, doc.error.error, data, piece.truncated)
