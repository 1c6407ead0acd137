"""A run: a plan, its shards in child processes, the merge, the final manifest. Nothing is lost or half-written.

from tamis.runner import Recipe, run
account = run(Recipe("news.yaml"), ["scraped/"], "clean.jsonl", workers=2, resume=True)
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import time
from typing import NamedTuple

from tamis.account import Account
from tamis.errors import RunError
from tamis.errors import TamisError
from tamis.formats import STDIN
from tamis.host import Host
from tamis.runner.disk import locked
from tamis.runner.disk import locked_together
from tamis.runner.disk import read_json
from tamis.runner.disk import write_json
from tamis.runner.merging import commit
from tamis.runner.parts import Outputs
from tamis.runner.parts import check_state
from tamis.runner.parts import remove_parts
from tamis.runner.parts import shard_manifest
from tamis.runner.piped import answers
from tamis.runner.piped import to_parts
from tamis.runner.piped import to_stdout
from tamis.runner.plan import Plan
from tamis.runner.plan import make_plan
from tamis.runner.plan import make_shards
from tamis.runner.recipe import Made
from tamis.runner.recipe import Recipe
from tamis.runner.supervisor import Limits


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
    StepError where a step with `on_error: fail` fails, ConfigError where a model or the like is not there, RunError
    where the run cannot start, go on, or be committed; what is done is kept for *resume*.
    """
    made = made or recipe.make()
    given = made.inputs(inputs)
    plan = make_plan(recipe, made, given, made.output(out, given), limit, with_raw, limits)
    if plan.once and (resume or shard is not None or executor != "local"):
        raise RunError("what goes through a pipe goes once: leave out --resume, --shard and --executor, or name files")
    if plan.outputs.clean == STDIN:
        made.host.run_started(plan)
        account = to_stdout(answers(plan, made.host.formats, workers), plan, made.host.formats)
        made.host.run_ended(plan, account)
        return account
    if resume and (finished := _finished(plan)) is not None:
        return finished
    try:
        for path in plan.outputs.named.values():
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        check_state(Path(plan.outputs.parts), overwrite)
        _check_namesake(plan.outputs, overwrite)
        work = partial(_work, made=made, executor=executor, workers=workers, shard=shard, on_progress=on_progress)
        if shard is not None:
            return _run_shards(plan, made.host, overwrite, work)
        return _run_whole(plan, made.host, resume, overwrite, workers, work)
    except OSError as error:
        raise RunError(f"{error.filename or plan.outputs.clean}: {error.strerror or error}") from error


def _check_namesake(outputs: Outputs, overwrite: bool) -> None:
    """Raise RunError where the manifest of *outputs* is there and tells of another output, such as X.jsonl of X.csv."""
    manifest = Path(outputs.manifest)
    try:
        other = manifest.with_name(Path(read_json(manifest)["plan"]["outputs"]["clean"]).name)
    except (KeyError, TypeError):
        return
    if other.name != Path(outputs.clean).name and other.exists() and not overwrite:
        raise RunError(
            f"{manifest} tells of {other}, and of one output only: choose another name, or forget it with --overwrite"
        )


def _run_shards(plan: Plan, host: Host, overwrite: bool, work: Callable[[Plan], Account]) -> Account:
    """Do some shards of *plan*, beside others that do theirs; the merge is left to `merge`."""
    folder = Path(plan.outputs.parts)
    if overwrite:
        raise RunError(f"a run by shards begins anew when {folder} is removed; --overwrite would harm the others")
    with locked_together(folder, lambda: _settle(plan, host, True, False)):
        return work(_settle(plan, host, True, False))


def _run_whole(
    plan: Plan, host: Host, resume: bool, overwrite: bool, workers: int, work: Callable[[Plan], Account]
) -> Account:
    """Do what is left of *plan*, and commit it."""
    folder = Path(plan.outputs.parts)
    with locked(folder):
        plan = _settle(plan, host, resume, overwrite)
        started = time()
        if plan.once:
            to_parts(answers(plan, host.formats, workers), plan, host.formats)
        else:
            try:
                work(plan)
            except TamisError:
                if next(plan.done(), None) is None:
                    remove_parts(folder)  # nothing is done, nothing is left
                raise
        return commit(plan, host, started)


def _settle(plan: Plan, host: Host, resume: bool, overwrite: bool) -> Plan:
    """Return the plan to work on: the stored one where the run goes on, else *plan* with its shards, stored.

    The observers hear of a run that begins so.
    """
    folder = Path(plan.outputs.parts)
    stored = read_json(folder / "plan.json")
    if stored is not None and not overwrite:
        before = Plan.from_json(stored)
        if not resume:
            done = sum(1 for _ in before.done())
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
    if not plan.once:
        try:
            shards = make_shards(plan.inputs, host.formats, plan.reading, plan.limit)
        except BaseException:
            remove_parts(folder)  # nothing is done, nothing is left
            raise
        plan = replace(plan, shards=shards)
        write_json(folder / "plan.json", plan.to_json())
    host.run_started(plan)
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
    for done in plan.done():
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
