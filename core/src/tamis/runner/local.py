"""The executor of core: child processes on this machine, each with its keeper."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED
from concurrent.futures import Future
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait
from queue import SimpleQueue
from typing import TYPE_CHECKING
from typing import Any

from tamis.runner.keeper import Keeper
from tamis.runner.keeper import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tamis.runner.plan import Plan


class Crew:
    """Some keepers and a thread for each; tasks go to whichever is free."""

    def __init__(self, workers: int, setup: Mapping[str, Any], limits: Limits) -> None:
        self._keepers = [Keeper(setup, limits) for _ in range(workers)]
        self._free: SimpleQueue[Keeper] = SimpleQueue()
        for keeper in self._keepers:
            self._free.put(keeper)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="tamis")

    def submit(self, task: Mapping[str, Any]) -> Future[Any]:
        """Return the answer to come."""
        return self._threads.submit(self._ask, task)

    def _ask(self, task: Mapping[str, Any]) -> Any:
        keeper = self._free.get()
        try:
            return keeper.ask(task)
        finally:
            self._free.put(keeper)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for keeper in self._keepers:
            keeper.close()
        self._threads.shutdown(wait=True)
        for keeper in self._keepers:
            keeper.release()


class LocalExecutor:
    """Runs shards in child processes of this one."""

    def run(self, plan: Plan, todo: Sequence[int], workers: int = 1, address: str = "") -> Iterator[int]:  # noqa: ARG002
        """Yield the number of each shard of *todo* when it is done, in whatever order."""
        with Crew(max(1, min(workers, len(todo))), plan.setup(), plan.limits) as crew:
            left = iter(todo)
            running: dict[Future[Any], int] = {}
            while True:
                while len(running) < 2 * workers and (number := next(left, None)) is not None:
                    running[crew.submit(plan.task(number))] = number
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    number = running.pop(future)
                    future.result()
                    yield number
