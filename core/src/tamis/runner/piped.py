"""A run from standard input, or to standard output: in order, through a window, in child processes like every run.

What comes in cannot be read again, so such a run cannot be resumed; its outputs appear whole at the end, or not at all.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import asdict
from dataclasses import replace
from itertools import islice
from pathlib import Path
from time import time
from typing import Any
from typing import TypeAlias

from tamis.account import Account
from tamis.document import Failure
from tamis.errors import RunError
from tamis.formats import STDIN
from tamis.formats import Piece
from tamis.formats import Slice
from tamis.formats import expand
from tamis.runner.disk import atomic
from tamis.runner.disk import locked
from tamis.runner.keeper import Limits
from tamis.runner.local import Crew
from tamis.runner.parts import ENDS
from tamis.runner.parts import Part
from tamis.runner.parts import ShardParts
from tamis.runner.parts import remove_parts
from tamis.runner.plan import Plan
from tamis.runner.plan import Shard
from tamis.runner.plan import make_plan
from tamis.runner.plan import output_format
from tamis.runner.recipe import Made
from tamis.runner.recipe import Recipe
from tamis.runner.sharded import commit
from tamis.runner.stream import in_order

#: What becomes of the documents of a batch (where each ends, its record, where it was read, why it failed), and the
#: account of the batch.
Answers: TypeAlias = Iterator[tuple[list[tuple[str, bytes, str, Failure | None]], Account]]


def run_piped(
    recipe: Recipe,
    made: Made,
    inputs: Sequence[str] = (STDIN,),
    out: str = STDIN,
    *,
    workers: int = 1,
    limit: int | None = None,
    with_raw: bool = False,
    overwrite: bool = False,
    limits: Limits | None = None,
) -> Account:
    """Run a pipeline over *inputs*, in order; "-" is standard input. Return the account.

    With *out* "-" the clean records go to standard output, line by line; one line on each document that failed goes to
    standard error, and rejects and failed to the files that the pipeline names, if it does. Otherwise the files are
    those of `run`. Raises InputError and RunError as `run` does.
    """
    answers = _answers(recipe, made, inputs, workers, limit, with_raw, limits or made.limits)
    if out == STDIN:
        return _to_stdout(answers, made)
    plan = make_plan(recipe, made, inputs, out, limit, with_raw, limits)
    folder = Path(plan.outputs.parts)
    try:
        Path(out).parent.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            if (folder / "plan.json").exists() and not overwrite:
                raise RunError(f"{folder} holds an unfinished run: replace it with --overwrite")
            plan = replace(plan, shards=(Shard(tuple(Slice(file.path, file.format) for file in plan.inputs)),))
            made.host.run_started(plan)
            started = time()
            try:
                _to_parts(plan, made, answers)
                account = commit(plan, made.host.formats, started)
            except BaseException:
                remove_parts(folder)
                raise
    except OSError as error:
        raise RunError(f"{error.filename or out}: {error.strerror or error}") from error
    made.host.run_ended(plan, account)
    return account


def _answers(
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
    files = expand(inputs, formats, made.reading).files

    def pieces() -> Iterator[tuple[Piece, str]]:
        for file in files:
            for piece in formats[file.format].pieces(Slice(file.path, file.format), made.reading):
                yield piece, file.format

    def tasks() -> Iterator[dict[str, Any]]:
        left = islice(pieces(), limit)
        taken = 0
        while chunk := list(islice(left, min(limits.batch, 1 + taken // 16))):
            taken += len(chunk)
            yield {"kind": "pieces", "pieces": chunk, "with_raw": with_raw}

    setup = {"recipe": recipe.to_json(), "reading": asdict(made.reading)}
    with Crew(workers, setup, limits) as crew:
        yield from in_order(crew, tasks(), workers)


def _to_stdout(answers: Answers, made: Made) -> Account:
    """Write the clean records to standard output, and the others to files where the pipeline names them."""
    account = Account()
    out = sys.stdout.buffer
    named = {end: path for end, path in (("rejects", made.rejects), ("failed", made.failed)) if path}
    if len(set(named.values())) < len(named):
        raise RunError(f"rejects and failed need a file each: {made.rejects}")
    forms = {end: output_format(path, made.host.formats) for end, path in named.items()}
    parts = {end: Part(Path(path), forms[end], path.endswith(".gz")) for end, path in named.items()}
    try:
        for lines, part in answers:
            account.merge(part)
            for end, line, source, failure in lines:
                if end == "clean":
                    out.write(line)
                elif end in parts:
                    parts[end].write(json.loads(line))
                if failure is not None:
                    print(f"{source}: {failure.step}: {failure.error}", file=sys.stderr)  # noqa: T201 - what it is for
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


def _to_parts(plan: Plan, made: Made, answers: Answers) -> None:
    """Write what becomes of the documents to the parts of the one shard of *plan*."""
    outputs = plan.outputs
    forms = {end: made.host.formats[plan.formats[end]] for end in ENDS}
    account = Account()
    with ShardParts(outputs.parts, 0, forms, plan.packed) as parts:
        for lines, part in answers:
            account.merge(part)
            for end, line, source, failure in lines:
                parts.write(end, json.loads(line))
                if failure is not None:
                    parts.failed(source, failure)
        parts.finish(account)
