"""A pool of child processes on this machine, each with its supervisor."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED
from concurrent.futures import Future
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait
from queue import SimpleQueue
from typing import Any

from tamis.runner.supervisor import Limits
from tamis.runner.supervisor import Supervisor


class Pool:
    """Some supervisors and a thread for each; tasks go to whichever is free."""

    def __init__(self, workers: int, setup: Mapping[str, Any], limits: Limits) -> None:
        self._supervisors = [Supervisor(setup, limits) for _ in range(workers)]
        self._free: SimpleQueue[Supervisor] = SimpleQueue()
        for supervisor in self._supervisors:
            self._free.put(supervisor)
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
        supervisor = self._free.get()
        try:
            return supervisor.ask(task)
        finally:
            self._free.put(supervisor)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for supervisor in self._supervisors:
            supervisor.close()
        self._threads.shutdown(wait=True)
        for supervisor in self._supervisors:
            supervisor.release()
