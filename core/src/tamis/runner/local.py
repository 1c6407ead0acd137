"""The executor of core: child processes on this machine, each with its keeper."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
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

    def map(self, tasks: Iterable[Mapping[str, Any]], most: int, *, ordered: bool) -> Iterator[Any]:
        """Yield the answers to *tasks*, in order or as they come; at most *most* are awaited at once.

        No task is taken before an answer is asked for, nor while one is ready. An error of *tasks* is raised when the
        answers to those before it are yielded.
        """
        left = iter(tasks)
        window: list[Future[Any]] = []
        more = True
        failure: Exception | None = None
        while more or window:
            while more and len(window) < most and not any(each.done() for each in window[: 1 if ordered else None]):
                try:
                    task = next(left, None)
                except Exception as error:  # noqa: BLE001 - raised below
                    task, failure = None, error
                if task is None:
                    more = False
                else:
                    window.append(self.submit(task))
            if window:
                first = window[0] if ordered else wait(window, return_when=FIRST_COMPLETED).done.pop()
                window.remove(first)
                yield first.result()
        if failure is not None:
            raise failure

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
            yield from crew.map(map(plan.task, todo), 2 * workers, ordered=False)
