"""What goes through a pipe: documents in order, through a window, in child processes like every run.

A document comes out as soon as it is done, also where the next one is long in coming (`tail -f in.jsonl | tamis ...`).
"""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from concurrent.futures import Future
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from threading import Semaphore
from threading import Thread
from typing import Any
from typing import TypeAlias

from tamis.account import Account
from tamis.document import Failure
from tamis.errors import RunError
from tamis.errors import on_one_line
from tamis.formats import Format
from tamis.formats import Piece
from tamis.formats import Slice
from tamis.formats import safe_pieces
from tamis.runner.disk import atomic
from tamis.runner.parts import Part
from tamis.runner.parts import ShardParts
from tamis.runner.parts import remove_parts
from tamis.runner.plan import Plan
from tamis.runner.pool import Pool

#: A piece of an input, and its format.
Read: TypeAlias = tuple[Piece, str]

#: What becomes of the documents of a batch (where each ends, its record, where it was read, why it failed), and the
#: account of the batch.
Answers: TypeAlias = Iterator[tuple[list[tuple[str, bytes, str, Failure | None]], Account]]


def answers(plan: Plan, formats: Mapping[str, Format], workers: int) -> Answers:
    """Yield what becomes of the documents, batch by batch, in order."""

    def pieces() -> Iterator[Read]:
        for file in plan.inputs:
            part = Slice(file.path, file.format)
            for piece in safe_pieces(formats[file.format], part, plan.reading, named=file.named):
                yield piece, file.format

    with Pool(workers, plan.setup(), plan.limits) as pool:

        def ask(chunk: list[Read]) -> Future[Any]:
            return pool.submit({"kind": "pieces", "pieces": chunk, "with_raw": plan.with_raw})

        yield from _as_they_come(islice(pieces(), plan.limit), ask, workers + 1, plan.limits.batch)


def _as_they_come(
    pieces: Iterable[Read], ask: Callable[[list[Read]], Future[Any]], most: int, batch: int
) -> Iterator[Any]:
    """Yield in order the answers to *pieces*, of which a thread waits for the next.

    What has come is asked for together, up to *batch* pieces, and *most* answers are awaited at once.
    """
    events: SimpleQueue[Read | Future[Any] | BaseException | None] = SimpleQueue()
    room = Semaphore(2 * batch)  # a slow consumer holds back the reader

    def read() -> None:
        try:
            for piece in pieces:
                room.acquire()
                events.put(piece)
        except BaseException as error:  # noqa: BLE001 - raised again by the other thread
            events.put(error)
        else:
            events.put(None)

    Thread(target=read, name="tamis-reader", daemon=True).start()
    waiting: list[Read] = []
    window: deque[Future[Any]] = deque()
    more = True
    while more or waiting or window:
        event = events.get()
        if isinstance(event, BaseException):
            raise event
        if isinstance(event, tuple):
            waiting.append(event)
        elif event is None:
            more = False
        while window and window[0].done():
            yield window.popleft().result()
        while waiting and len(window) < most:
            chunk, waiting = waiting[:batch], waiting[batch:]
            room.release(len(chunk))
            window.append(ask(chunk))
            window[-1].add_done_callback(events.put)


def to_stdout(piped: Answers, plan: Plan, formats: Mapping[str, Format]) -> Account:
    """Write the clean records to standard output, and the others to files where the pipeline names them."""
    account = Account()
    out = sys.stdout.buffer
    forms = {end: formats[name] for end, name in plan.formats.items()}
    named = plan.outputs.named
    parts = {end: Part(Path(path), forms[end], plan.packed[end]) for end, path in named.items()}
    try:
        for lines, part in piped:
            account.merge(part)
            for end, line, source, failure in lines:
                if end == "clean":
                    out.write(line)
                elif end in parts:
                    parts[end].write(json.loads(line))
                if failure is not None:
                    said = on_one_line(f"{source}: {failure.step}: {failure.error}")
                    print(said, file=sys.stderr)  # noqa: T201 - what it is for
            out.flush()
        for end, file in parts.items():
            if not file.finish():
                with atomic(file.path) as empty:
                    forms[end].merge([], empty)
    except OSError as error:
        if error.filename is None:
            raise  # nobody reads any more
        raise RunError(f"{error.filename}: {error.strerror}") from error
    finally:
        for file in parts.values():
            file.abandon()
    return account


def to_parts(piped: Answers, plan: Plan, formats: Mapping[str, Format]) -> None:
    """Write what becomes of the documents to the one shard of *plan*; leave nothing where it breaks off."""
    forms = {end: formats[name] for end, name in plan.formats.items()}
    account = Account()
    try:
        with ShardParts(plan.outputs.parts, 0, forms, plan.packed) as parts:
            for lines, part in piped:
                account.merge(part)
                for end, line, source, failure in lines:
                    parts.write(end, json.loads(line))
                    if failure is not None:
                        parts.failed(source, failure)
            parts.finish(account)
    except BaseException:
        remove_parts(Path(plan.outputs.parts))
        raise
