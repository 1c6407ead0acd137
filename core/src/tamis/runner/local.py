"""The executor of core: a pool of child processes on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from tamis.runner.plan import Plan
from tamis.runner.pool import Pool


class LocalExecutor:
    """Runs shards in child processes of this one."""

    def run(self, plan: Plan, todo: Sequence[int], workers: int = 1, address: str = "") -> Iterator[int]:  # noqa: ARG002
        """Yield the number of each shard of *todo* when it is done, in whatever order."""
        with Pool(max(1, min(workers, len(todo))), plan.setup(), plan.limits) as pool:
            yield from pool.map(map(plan.task, todo), 2 * workers, ordered=False)
