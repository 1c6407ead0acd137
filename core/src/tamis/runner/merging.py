"""The end of a run: its parts put together, the side log, and the manifest that commits it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import time
from typing import Any
from typing import Final

from tamis.account import Account
from tamis.errors import RunError
from tamis.host import Host
from tamis.runner.disk import locked
from tamis.runner.disk import read_json
from tamis.runner.disk import write_json
from tamis.runner.parts import ENDS
from tamis.runner.parts import merge_parts
from tamis.runner.parts import remove_parts
from tamis.runner.plan import Plan

#: How many kinds of failure the side log names at most.
_FAILURES: Final = 1000


def merge(out: str, *, allow_local_plugins: bool = False) -> Account:
    """Put the parts of a run by shards together, and commit it; raises RunError where shards are missing.

    With *allow_local_plugins* the files that its pipeline names under `plugins:` are loaded, which runs their code.
    """
    folder, stored = _unfinished(Path(out))
    plan = Plan.from_json(stored)
    host = replace(plan.recipe, allow_local_plugins=True).make().host if allow_local_plugins else Host()
    for name in plan.formats.values():
        if name not in host.formats:
            raise RunError(f"{host.missing(name, 'format')}: if the pipeline brings it, add --allow-local-plugins")
    with locked(folder):
        return commit(plan, host, time())


def _unfinished(out: Path) -> tuple[Path, dict[str, Any]]:
    """Return the state of the run into *out*, and its plan; no more is known of the suffix than where it may begin."""
    dots = [at for at, char in enumerate(out.name) if char == "."]
    for at in reversed(dots):
        folder = out.with_name(f"{out.name[:at]}.parts")
        stored = read_json(folder / "plan.json")
        if stored is not None and Path(stored["outputs"]["clean"]).name == out.name:
            return folder, stored
    raise RunError(f"there is no unfinished run into {out}")


def commit(plan: Plan, host: Host, started: float) -> Account:
    """Merge the parts, write the side log and, last, the manifest that commits the run; remove its state.

    The observers hear of it. Raises RunError where a shard is missing, or the account does not add up.
    """
    outputs = plan.outputs
    folder = Path(outputs.parts)
    account = Account()
    numbers: dict[str, list[int]] = {end: [] for end in ENDS}  # of the parts that are not empty
    records = dict.fromkeys(ENDS, 0)
    missing = set(range(len(plan.shards)))
    failures: list[dict[str, Any]] = []
    for manifest in plan.done():
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
    sizes = merge_parts(outputs, numbers, host.formats)
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
    host.run_ended(plan, account)
    return account
