"""Does the shards of a run as tasks of a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

import tamis
from tamis.runner import Plan
from tamis.runner import run_job


class DaskExecutor:
    """`dask://host:port` is a scheduler; `dask://local` a cluster of `workers` processes, for this run."""

    def run(self, plan: Plan, todo: Sequence[int], workers: int = 1, address: str = "") -> Iterator[int]:
        """Yield the number of each shard of *todo* when a task has done it."""
        from distributed import Client
        from distributed import LocalCluster
        from distributed import as_completed

        with ExitStack() as stack:
            where: Any = f"tcp://{address}"
            if address in ("", "local"):
                where = stack.enter_context(
                    LocalCluster(
                        n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs="CRITICAL"
                    )
                )
            client = stack.enter_context(Client(where, set_as_default=False))
            stack.enter_context(client.as_current())
            tasks = client.map(run_job, [plan.job(number) for number in todo], pure=False, retries=2)
            stack.callback(client.cancel, tasks, force=True)
            for task in as_completed(tasks):
                yield task.result()


@tamis.hookimpl
def tamis_executors() -> Mapping[str, Any]:
    return {"dask": DaskExecutor()}
