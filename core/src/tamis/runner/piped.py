"""What goes through a pipe: documents in order, through a window, in child processes like every run."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any
from typing import TypeAlias

from tamis.account import Account
from tamis.document import Failure
from tamis.errors import RunError
from tamis.errors import on_one_line
from tamis.formats import Piece
from tamis.formats import Slice
from tamis.formats import expand
from tamis.pipeline import growing
from tamis.runner.disk import atomic
from tamis.runner.keeper import Limits
from tamis.runner.local import Crew
from tamis.runner.parts import ENDS
from tamis.runner.parts import Part
from tamis.runner.parts import ShardParts
from tamis.runner.parts import remove_parts
from tamis.runner.plan import Plan
from tamis.runner.plan import output_format
from tamis.runner.recipe import Made
from tamis.runner.recipe import Recipe
from tamis.runner.stream import in_order

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

    def pieces() -> Iterator[tuple[Piece, str]]:
        for file in expand(inputs, formats, made.reading).files:
            for piece in formats[file.format].pieces(Slice(file.path, file.format), made.reading):
                yield piece, file.format

    def tasks() -> Iterator[dict[str, Any]]:
        for chunk in growing(islice(pieces(), limit), limits.batch):
            yield {"kind": "pieces", "pieces": chunk, "with_raw": with_raw}

    setup = {"recipe": recipe.to_json(), "reading": asdict(made.reading)}
    with Crew(workers, setup, limits) as crew:
        yield from in_order(crew, tasks(), workers)


def to_stdout(piped: Answers, made: Made) -> Account:
    """Write the clean records to standard output, and the others to files where the pipeline names them."""
    account = Account()
    out = sys.stdout.buffer
    write = made.config.write
    named = {end: path for end, path in (("rejects", write.rejects), ("failed", write.failed)) if path}
    if len(set(named.values())) < len(named):
        raise RunError(f"rejects and failed need a file each: {write.rejects}")
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
