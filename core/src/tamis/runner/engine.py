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

from tamis.runner.plan import Job
from tamis.runner.supervisor import Supervisor

_lock: Final = Lock()
#: Supervisors at rest, by what their children were made of; children stay warm from shard to shard.
_resting: Final[dict[bytes, list[Supervisor]]] = {}


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
        supervisor = resting.pop() if resting else Supervisor(job.setup, job.limits)
    try:
        number: int = supervisor.ask(job.task)
    except BaseException:
        _end([supervisor])
        raise
    with _lock:
        _resting.setdefault(key, []).append(supervisor)
    return number


def _end(supervisors: list[Supervisor]) -> None:
    for supervisor in supervisors:
        supervisor.close()
        supervisor.release()


@cache
def _end_all_at_exit() -> None:
    atexit.register(_end_all)


def _end_all() -> None:
    while _resting:
        _end(_resting.popitem()[1])
