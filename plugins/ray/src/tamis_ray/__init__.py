"""Does the shards of a run as tasks of a Ray cluster."""

from __future__ import annotations

import os
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

import tamis
from tamis.runner import Plan
from tamis.runner import run_job


class RayExecutor:
    """`ray://host:port` and `ray://auto` are clusters; `ray://local` is one of `workers` processes, for this run."""

    def run(self, plan: Plan, todo: Sequence[int], workers: int = 1, address: str = "") -> Iterator[int]:
        """Yield the number of each shard of *todo* when a task has done it."""
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing goes out to anybody
        import ray

        if address in ("", "local"):
            ray.init(
                address="local", num_cpus=workers, include_dashboard=False, log_to_driver=False, logging_level="ERROR"
            )
        else:
            ray.init(
                address=address if address == "auto" else f"ray://{address}", log_to_driver=False, logging_level="ERROR"
            )
        try:
            do = ray.remote(run_job).options(num_cpus=1, max_retries=3)
            left = iter(todo)
            running: list[Any] = []
            while True:
                while len(running) < 4 * max(1, workers) + 64 and (number := next(left, None)) is not None:
                    running.append(do.remote(plan.job(number)))
                if not running:
                    return
                ready, running = ray.wait(running)
                yield from ray.get(ready)
        finally:
            ray.shutdown()


@tamis.hookimpl
def tamis_executors() -> Mapping[str, Any]:
    return {"ray": RayExecutor()}
