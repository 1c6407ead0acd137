"""A run: a plan, its shards in child processes, the merge, the final manifest. Nothing is lost or half-written.

from tamis.runner import Recipe, run
account = run(Recipe("news.yaml"), ["scraped/"], "clean.jsonl", workers=2, resume=True)
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import time
from typing import Any
from typing import Final
from typing import NamedTuple

from tamis.account import Account
from tamis.errors import RunError
from tamis.errors import TamisError
from tamis.formats import STDIN
from tamis.formats import Format
from tamis.formats import Slice
from tamis.runner.disk import locked
from tamis.runner.disk import locked_together
from tamis.runner.disk import read_json
from tamis.runner.disk import write_json
from tamis.runner.keeper import Limits
from tamis.runner.parts import ENDS
from tamis.runner.parts import Outputs
from tamis.runner.parts import check_state
from tamis.runner.parts import merge_parts
from tamis.runner.parts import remove_parts
from tamis.runner.parts import shard_manifest
from tamis.runner.piped import answers
from tamis.runner.piped import to_parts
from tamis.runner.piped import to_stdout
from tamis.runner.plan import Plan
from tamis.runner.plan import Shard
from tamis.runner.plan import make_plan
from tamis.runner.plan import make_shards
from tamis.runner.recipe import Made
from tamis.runner.recipe import Recipe

#: How many kinds of failure the side log names at most.
_FAILURES: Final = 1000


class Progress(NamedTuple):
    """How far a run is: bytes of input done and in all, shards done and in all, and the account so far."""

    done: int
    size: int
    shards_done: int
    shards: int
    account: Account


#: Called after each shard, from the thread that called `run`.
OnProgress = Callable[[Progress], None]


def run(
    recipe: Recipe,
    inputs: Sequence[str] = (),
    out: str | None = None,
    *,
    workers: int = 1,
    executor: str = "local",
    resume: bool = False,
    overwrite: bool = False,
    limit: int | None = None,
    shard: tuple[int, int] | None = None,
    with_raw: bool = False,
    limits: Limits | None = None,
    on_progress: OnProgress | None = None,
    made: Made | None = None,
) -> Account:
    """Run a pipeline over *inputs* (else those of `read:`) into *out* (else `write: to:`); return the account.

    *workers* child processes do the shards, or the *executor* (`dask://host:port`, `ray://local`, ...).
    *resume* goes on with an unfinished run, does nothing for a finished one, and else starts; *overwrite* begins
    anew over an unfinished one; the output of a finished one is replaced when the new one is whole.
    *limit* is how many documents are read at most. *shard* `(i, n)` does every n-th shard from the i-th (from 1) and
    leaves the merge to `merge`. *made* saves making *recipe* again, where the caller has it.

    With *out* "-" the clean records go to standard output, line by line; one line on each document that failed goes to
    standard error, and rejects and failed to the files that the pipeline names, if it does. An input "-" is standard
    input; what comes in cannot be read again, so that a run from it cannot be resumed.

    A KeyboardInterrupt leaves a run that *resume* goes on with. Raises InputError where something cannot be read,
    RunError where the run cannot start, go on, or be committed; what is done is kept for *resume*.
    """
    made = made or recipe.make()
    given = made.inputs(inputs)
    clean = made.output(out, given)
    once = STDIN in (*given, clean)
    if once and (resume or shard is not None or executor != "local"):
        raise RunError("what goes through a pipe goes once: leave out --resume, --shard and --executor, or name files")
    piped = answers(recipe, made, given, workers, limit, with_raw, limits or made.limits)
    if clean == STDIN:
        return to_stdout(piped, made, given)
    plan = make_plan(recipe, made, given, clean, limit, with_raw, limits)
    folder = Path(plan.outputs.parts)
    if resume and (finished := _finished(plan)) is not None:
        return finished
    try:
        for end in ENDS:
            Path(plan.outputs.of(end)).parent.mkdir(parents=True, exist_ok=True)
        check_state(folder, overwrite)
        if shard is not None:
            if overwrite:
                raise RunError(
                    f"a run by shards begins anew when {folder} is removed; --overwrite would harm the others"
                )
            with locked_together(folder, lambda: _settle(plan, made, True, False)):
                plan = _settle(plan, made, True, False)
                made.host.run_started(plan)
                return _work(plan, made, executor, workers, shard, on_progress)
        with locked(folder):
            plan = _settle(plan, made, resume, overwrite)
            made.host.run_started(plan)
            started = time()
            if once:
                to_parts(piped, plan, made)
            else:
                try:
                    _work(plan, made, executor, workers, None, on_progress)
                except TamisError:
                    if next(_done(plan), None) is None:
                        remove_parts(folder)  # nothing is done, nothing is left
                    raise
            account = commit(plan, made.host.formats, started)
    except OSError as error:
        raise RunError(f"{error.filename or clean}: {error.strerror or error}") from error
    made.host.run_ended(plan, account)
    return account


def merge(out: str) -> Account:
    """Put the parts of a run by shards together, and commit it; raises RunError where shards are missing."""
    from tamis.host import Host

    formats = Host().formats
    folder = Path(Outputs.beside(out, formats).parts)
    stored = read_json(folder / "plan.json")
    if stored is None:
        raise RunError(f"there is no unfinished run in {folder}")
    with locked(folder):
        return commit(Plan.from_json(stored), formats, time())


def _settle(plan: Plan, made: Made, resume: bool, overwrite: bool) -> Plan:
    """Return the plan to work on: the stored one where the run goes on, else *plan* with its shards, stored."""
    folder = Path(plan.outputs.parts)
    stored = read_json(folder / "plan.json")
    if stored is not None and not overwrite:
        before = Plan.from_json(stored)
        if not resume:
            done = sum(1 for _ in _done(before))
            raise RunError(
                f"{folder} holds an unfinished run ({done} of {len(before.shards)} shards done): "
                "go on with --resume, or begin anew with --overwrite"
            )
        changed = before.differences(plan)
        if changed:
            raise RunError(f"cannot resume the run in {folder}: {'; '.join(changed)}. Begin anew with --overwrite")
        return replace(before, limits=plan.limits)
    for leftover in folder.iterdir():
        if leftover.name != "lock":
            leftover.unlink()
    if any(file.path == STDIN for file in plan.inputs):
        return replace(plan, shards=(Shard(tuple(Slice(file.path, file.format) for file in plan.inputs)),))
    try:
        shards = make_shards(plan.inputs, made.host.formats, plan.reading, plan.limit)
    except BaseException:
        remove_parts(folder)  # nothing is done, nothing is left
        raise
    plan = replace(plan, shards=shards)
    write_json(folder / "plan.json", plan.to_json())
    return plan


def _finished(plan: Plan) -> Account | None:
    """Return the account of the run where it is finished already, and nothing it depends on has changed."""
    if (Path(plan.outputs.parts) / "plan.json").exists():
        return None
    manifest = read_json(Path(plan.outputs.manifest))
    if not isinstance(manifest, dict):
        return None
    try:
        before = Plan.from_json({**manifest["plan"], "shards": []})
        same = all(Path(each["path"]).stat().st_size == each["bytes"] for each in manifest["outputs"].values())
        account = Account.load(manifest["account"])
    except (KeyError, OSError, TypeError):
        return None
    changed = before.differences(plan)
    if changed:
        raise RunError(f"{plan.outputs.clean} is finished, but {'; '.join(changed)}. Begin anew with --overwrite")
    return account if same else None


def _done(plan: Plan) -> Iterator[dict[str, Any]]:
    """Yield the manifests of the shards that are done, in order; together they may be large."""
    for number in range(len(plan.shards)):
        manifest = shard_manifest(plan.outputs.parts, number)
        if manifest is not None:
            yield manifest


def _work(
    plan: Plan,
    made: Made,
    executor: str,
    workers: int,
    shard: tuple[int, int] | None,
    on_progress: OnProgress | None,
) -> Account:
    """Have the executor do what is not done yet, every n-th shard from the i-th where *shard* is (i, n).

    Return the account of all that is done then.
    """
    name, _, address = executor.partition("://")
    engines = made.host.executors
    if name not in engines:
        raise RunError(made.host.missing(name, "executor"))
    folder = Path(plan.outputs.parts)
    index, count = shard or (1, 1)
    if not 1 <= index <= count:
        raise RunError(f"--shard {index}/{count}: should be from 1/{count} to {count}/{count}")
    if shard is None:  # else other machines may be writing theirs
        for leftover in folder.glob("*.tmp"):
            leftover.unlink(missing_ok=True)
    account = Account()
    left = set(range(len(plan.shards)))
    size = 0
    for done in _done(plan):
        left.discard(done["number"])
        account.merge(Account.load(done["account"]))
        size += plan.shards[done["number"]].size
    todo = [number for number in range(index - 1, len(plan.shards), count) if number in left]
    for number in engines[name].run(plan, todo, workers=workers, address=address) if todo else ():
        manifest = shard_manifest(plan.outputs.parts, number)
        if manifest is None:
            raise RunError(f"executor '{name}' says that shard {number} is done, but {folder} does not hold it")
        left.discard(number)
        account.merge(Account.load(manifest["account"]))
        size += plan.shards[number].size
        if on_progress is not None:
            on_progress(Progress(size, plan.size, len(plan.shards) - len(left), len(plan.shards), account))
    undone = left.intersection(todo)
    if undone:
        raise RunError(f"executor '{name}' left {len(undone)} shards undone: go on with --resume")
    return account


def commit(plan: Plan, formats: Mapping[str, Format], started: float) -> Account:
    """Merge the parts, write the side log and, last, the manifest that commits the run; remove its state.

    Raises RunError where a shard is missing, or the account does not add up.
    """
    outputs = plan.outputs
    folder = Path(outputs.parts)
    account = Account()
    numbers: dict[str, list[int]] = {end: [] for end in ENDS}  # of the parts that are not empty
    records = dict.fromkeys(ENDS, 0)
    missing = set(range(len(plan.shards)))
    failures: list[dict[str, Any]] = []
    for manifest in _done(plan):
        account.merge(Account.load(manifest["account"]))
        missing.discard(manifest["number"])
        for end, part in manifest["parts"].items():
            records[end] += part["records"]
            if part["bytes"]:
                numbers[end].append(manifest["number"])
        if len(failures) < _FAILURES:
            failures += [{"shard": manifest["number"], **each} for each in manifest["failures"]]
    if missing:
        some = ", ".join(map(str, sorted(missing)[:10])) + ", ..." * (len(missing) > 10)
        raise RunError(f"{len(missing)} of {len(plan.shards)} shards are not done ({some}): run them first")
    if not account.balanced or records != {end: getattr(account, end) for end in ENDS}:
        raise RunError(f"the account does not add up: {account}; written: {records}")
    sizes = merge_parts(outputs, numbers, formats)
    merged = {end: {"path": outputs.of(end), "records": records[end], "bytes": sizes[end]} for end in ENDS}
    log: dict[str, Any] = {
        "seconds": round(time() - started, 3),
        "ignored": plan.ignored,
        "account": {key: getattr(account, key) for key in ("read", "clean", "rejects", "failed")},
        "steps": {step: tally.to_json() for step, tally in account.steps.items()},
        "failures": failures[:_FAILURES],
    }
    write_json(Path(outputs.log), log, folder)
    stored = replace(plan, shards=()).to_json() | {"shards": len(plan.shards)}
    write_json(Path(outputs.manifest), {"plan": stored, "outputs": merged, "account": account.dump()}, folder)
    remove_parts(folder)
    return account
