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
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import asdict
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
from tamis.formats import Piece
from tamis.formats import Slice
from tamis.formats import expand
from tamis.formats import safe_pieces
from tamis.runner.disk import atomic
from tamis.runner.keeper import Limits
from tamis.runner.local import Crew
from tamis.runner.parts import ENDS
from tamis.runner.parts import Part
from tamis.runner.parts import ShardParts
from tamis.runner.parts import remove_parts
from tamis.runner.plan import Plan
from tamis.runner.plan import check_outputs
from tamis.runner.plan import output_format
from tamis.runner.recipe import Made
from tamis.runner.recipe import Recipe

#: A piece of an input, and its format.
Read: TypeAlias = tuple[Piece, str]

#: What becomes of the documents of a batch (where each ends, its record, where it was read, why it failed), and the
#: account of the batch.
Answers: TypeAlias = Iterator[tuple[list[tuple[str, bytes, str, Failure | None]], Account]]


def answers(
    recipe: Recipe,
    made: Made,
    inputs: Sequence[str],
    workers: int,
    limit: int | None,
    with_raw: bool,
    limits: Limits,
) -> Answers:
    """Yield what becomes of the documents, batch by batch, in order."""
    formats = made.host.formats

    def pieces() -> Iterator[Read]:
        for file in expand(inputs, formats, made.reading).files:
            part = Slice(file.path, file.format)
            for piece in safe_pieces(formats[file.format], part, made.reading, named=file.named):
                yield piece, file.format

    setup = {
        "recipe": recipe.to_json(),
        "fingerprint": made.config.fingerprint,
        "versions": made.versions,
        "reading": asdict(made.reading),
    }
    with Crew(workers, setup, limits) as crew:

        def ask(chunk: list[Read]) -> Future[Any]:
            return crew.submit({"kind": "pieces", "pieces": chunk, "with_raw": with_raw})

        yield from _as_they_come(islice(pieces(), limit), ask, workers + 1, limits.batch)


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


def to_stdout(piped: Answers, made: Made, inputs: Sequence[str]) -> Account:
    """Write the clean records to standard output, and the others to files where the pipeline names them."""
    account = Account()
    out = sys.stdout.buffer
    write = made.config.write
    named = {end: path for end, path in (("rejects", write.rejects), ("failed", write.failed)) if path}
    if named:
        check_outputs(named, expand(inputs, made.host.formats, made.reading).files)
    forms = {end: output_format(path, made.host.formats) for end, path in named.items()}
    parts = {end: Part(Path(path), forms[end], path.endswith(".gz")) for end, path in named.items()}
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


def to_parts(piped: Answers, plan: Plan, made: Made) -> None:
    """Write what becomes of the documents to the one shard of *plan*; leave nothing where it breaks off."""
    forms = {end: made.host.formats[plan.formats[end]] for end in ENDS}
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
