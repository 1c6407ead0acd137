"""A run over files: plan, shards in child processes, merge, final manifest. Nothing is lost, nothing is half-written.

from tamis.runner import Recipe, run
account = run(Recipe("news.yaml"), ["scraped/"], "clean.jsonl", workers=2, resume=True)
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
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
from tamis.formats import Format
from tamis.runner.disk import locked
from tamis.runner.disk import locked_together
from tamis.runner.disk import read_json
from tamis.runner.disk import write_json
from tamis.runner.keeper import Limits
from tamis.runner.parts import ENDS
from tamis.runner.parts import Outputs
from tamis.runner.parts import merge_parts
from tamis.runner.parts import remove_parts
from tamis.runner.parts import shard_manifest
from tamis.runner.plan import Plan
from tamis.runner.plan import make_plan
from tamis.runner.plan import make_shards
from tamis.runner.recipe import Made
from tamis.runner.recipe import Recipe


class Progress(NamedTuple):
    """How far a run is: bytes of input done and in all, shards done and in all, and the account so far."""

    done: int
    size: int
    shards_done: int
    shards: int
    account: Account


#: How many kinds of failure the side log names at most.
_FAILURES: Final = 1000

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
    A KeyboardInterrupt leaves a run that *resume* goes on with. Raises InputError where something cannot be read,
    RunError where the run cannot start, go on, or be committed; what is done is kept for *resume*.
    """
    made = made or recipe.make()
    plan = make_plan(recipe, made, inputs, out, limit, with_raw, limits)
    outputs = plan.outputs
    folder = Path(outputs.parts)
    if resume:
        finished = _finished(plan)
        if finished is not None:
            return finished
    try:
        Path(outputs.clean).parent.mkdir(parents=True, exist_ok=True)
        if shard is not None:
            if overwrite:
                raise RunError(
                    f"a run by shards begins anew when {folder} is removed; --overwrite would harm the others"
                )
            with locked_together(folder, lambda: _settle(plan, made, True, False)):
                plan = _settle(plan, made, True, False)
                made.host.run_started(plan)
                _work(plan, made, executor, workers, shard, on_progress)
                return _account(plan)
        with locked(folder):
            plan = _settle(plan, made, resume, overwrite)
            made.host.run_started(plan)
            started = time()
            _work(plan, made, executor, workers, None, on_progress)
            account = commit(plan, made.host.formats, started)
    except OSError as error:
        raise RunError(f"{error.filename or outputs.clean}: {error.strerror or error}") from error
    made.host.run_ended(plan, account)
    return account


def merge(out: str, made: Made | None = None) -> Account:
    """Put the parts of a run by shards together, and commit it; raises RunError where shards are missing."""
    made_formats = (made or _bare()).host.formats
    outputs = Outputs.beside(out, made_formats)
    folder = Path(outputs.parts)
    stored = read_json(folder / "plan.json")
    if stored is None:
        raise RunError(f"there is no unfinished run in {folder}")
    plan = Plan.from_json(stored)
    with locked(folder):
        missing = [number for number in range(len(plan.shards)) if shard_manifest(outputs.parts, number) is None]
        if missing:
            some = ", ".join(map(str, missing[:10])) + ", ..." * (len(missing) > 10)
            raise RunError(f"{len(missing)} of {len(plan.shards)} shards are not done ({some}): run them first")
        return commit(plan, made_formats, time())


def _bare() -> Made:
    from tamis.host import Host
    from tamis.pipeline import Pipeline

    return Made(Host(), None, Pipeline([]))  # type: ignore[arg-type]


def _settle(plan: Plan, made: Made, resume: bool, overwrite: bool) -> Plan:
    """Return the plan to work on: the stored one where the run goes on, else *plan* with its shards, stored."""
    folder = Path(plan.outputs.parts)
    stored = read_json(folder / "plan.json")
    if stored is not None and not overwrite:
        before = Plan.from_json(stored)
        if not resume:
            done = sum(shard_manifest(plan.outputs.parts, number) is not None for number in range(len(before.shards)))
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
    try:
        shards = make_shards(plan.inputs, made.host.formats, plan.reading, plan.limit)
    except BaseException:
        remove_parts(folder)  # nothing is done, nothing is left
        raise
    plan = replace(plan, shards=shards)
    write_json(folder / "plan.json", plan.to_json())
    return Plan.from_json(read_json(folder / "plan.json"))


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


def _todo(plan: Plan, shard: tuple[int, int] | None) -> list[int]:
    numbers: Iterable[int] = range(len(plan.shards))
    if shard is not None:
        index, count = shard
        if not 1 <= index <= count:
            raise RunError(f"--shard {index}/{count}: should be from 1/{count} to {count}/{count}")
        numbers = range(index - 1, len(plan.shards), count)
    return [number for number in numbers if shard_manifest(plan.outputs.parts, number) is None]


def _work(
    plan: Plan,
    made: Made,
    executor: str,
    workers: int,
    shard: tuple[int, int] | None,
    on_progress: OnProgress | None,
) -> None:
    name, _, address = executor.partition("://")
    engines = made.host.executors
    if name not in engines:
        raise RunError(made.host.missing(name, "executor"))
    folder = Path(plan.outputs.parts)
    for leftover in folder.glob("*.tmp"):
        if shard is None:  # other machines may be writing theirs
            leftover.unlink(missing_ok=True)
    todo = _todo(plan, shard)
    account = Account()
    waiting = set(todo)
    done = 0
    for number in set(range(len(plan.shards))) - waiting:
        manifest = shard_manifest(plan.outputs.parts, number)
        if manifest is not None:
            account.merge(Account.load(manifest["account"]))
            done += plan.shards[number].size
    if not todo:
        return
    for number in engines[name].run(plan, todo, workers=workers, address=address):
        manifest = shard_manifest(plan.outputs.parts, number)
        if manifest is None:
            raise RunError(f"executor '{name}' says that shard {number} is done, but {folder} does not hold it")
        waiting.discard(number)
        account.merge(Account.load(manifest["account"]))
        done += plan.shards[number].size
        if on_progress is not None:
            on_progress(Progress(done, plan.size, len(plan.shards) - len(waiting), len(plan.shards), account))
    if waiting:
        raise RunError(f"executor '{name}' left {len(waiting)} shards undone: go on with --resume")


def _account(plan: Plan) -> Account:
    account = Account()
    for number in range(len(plan.shards)):
        manifest = shard_manifest(plan.outputs.parts, number)
        if manifest is not None:
            account.merge(Account.load(manifest["account"]))
    return account


def commit(plan: Plan, formats: Mapping[str, Format], started: float) -> Account:
    """Merge the parts, write the side log and, last, the manifest that commits the run; remove its state."""
    outputs = plan.outputs
    folder = Path(outputs.parts)
    account = Account()
    parts: dict[int, dict[str, Any]] = {}
    failures: list[dict[str, Any]] = []
    for number in range(len(plan.shards)):
        manifest = shard_manifest(outputs.parts, number)
        if manifest is None:
            raise RunError("parts vanished before the merge: go on with --resume")
        account.merge(Account.load(manifest["account"]))
        parts[number] = manifest["parts"]
        if len(failures) < _FAILURES:
            failures += [{"shard": number, **each} for each in manifest["failures"]]
    records = {end: sum(part[end]["records"] for part in parts.values()) for end in ENDS}
    if not account.balanced or records != {end: getattr(account, end) for end in ENDS}:
        raise RunError(f"the account does not add up: {account}; written: {records}")
    merged = merge_parts(outputs, parts, formats)
    log: dict[str, Any] = {
        "seconds": round(time() - started, 3),
        "account": {key: getattr(account, key) for key in ("read", "clean", "rejects", "failed")},
        "steps": {step: tally.to_json() for step, tally in account.steps.items()},
        "failures": failures[:_FAILURES],
    }
    write_json(Path(outputs.log), log, folder)
    stored = plan.to_json() | {"shards": len(plan.shards)}
    write_json(Path(outputs.manifest), {"plan": stored, "outputs": merged, "account": account.dump()}, folder)
    remove_parts(folder)
    return account
