"""For executors of other engines: do a shard in a task of theirs, with the isolation that local runs have.

class MyExecutor:
    def run(self, plan, todo, workers=1, address=""):
        tasks = [engine.submit(run_job, plan.job(number)) for number in todo]
        for task in engine.as_completed(tasks):
            yield task.result()
"""

from __future__ import annotations

import atexit
import pickle
from functools import cache
from threading import Lock
from typing import Final

from tamis.runner.keeper import Keeper
from tamis.runner.plan import Job

_lock: Final = Lock()
#: Keepers at rest, by what their children were made of; children stay warm from shard to shard.
_resting: Final[dict[bytes, list[Keeper]]] = {}


def run_job(job: Job) -> int:
    """Do the shard of *job* in a child process of this one; return its number when its parts are on disk.

    Doing the same shard twice, also at the same time, gives the same parts. Raises RunError where it cannot be done.
    """
    _end_all_at_exit()
    key = pickle.dumps((job.setup, job.limits))
    with _lock:
        resting = _resting.get(key)
        for other in [each for each in _resting if each != key]:
            _end(_resting.pop(other))
        keeper = resting.pop() if resting else Keeper(job.setup, job.limits)
    try:
        number: int = keeper.ask(job.task)
    except BaseException:
        _end([keeper])
        raise
    with _lock:
        _resting.setdefault(key, []).append(keeper)
    return number


def _end(keepers: list[Keeper]) -> None:
    for keeper in keepers:
        keeper.close()
        keeper.release()


@cache
def _end_all_at_exit() -> None:
    atexit.register(_end_all)


def _end_all() -> None:
    while _resting:
        _end(_resting.popitem()[1])
