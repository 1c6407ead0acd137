"""The child process of a supervisor: makes the pipeline anew, then answers tasks until its input ends."""

from __future__ import annotations

import signal

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides; first, so that Ctrl-C prints nothing here

import faulthandler
import os
import sys
import threading
import time
from contextlib import suppress
from typing import cast

from tamis import errors
from tamis.errors import ConfigError
from tamis.errors import RunError
from tamis.errors import TamisError
from tamis.runner.protocol import SharedHeartbeat
from tamis.runner.protocol import receive
from tamis.runner.protocol import send


def main(heartbeat_at: int, trace_at: int) -> None:
    """Answer the tasks on standard input, on standard output; both are taken from the steps' reach."""
    tasks = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # workers are the parallelism; and sums come out the same
    faulthandler.enable(trace_at)
    if hasattr(faulthandler, "register"):
        faulthandler.register(signal.SIGUSR1, trace_at)
    _watch_parent()
    with suppress(EOFError, BrokenPipeError):
        setup = receive(tasks)
        sys.path[:] = setup["path"]
        if setup["folder"] is not None:
            os.chdir(setup["folder"])  # where relative paths were said
        from tamis.runner.tasks import TaskRunner

        _limit_memory(setup["memory"])
        try:
            runner = TaskRunner(setup, SharedHeartbeat(heartbeat_at))
        except Exception as error:  # noqa: BLE001 - the parent says it
            send(answers, ("refused", _said(error)))
            return
        send(answers, ("ready", runner.steps))
        while True:
            task = receive(tasks)
            try:
                answer = ("done", runner.do(task))
            except Exception as error:  # noqa: BLE001 - the parent raises it again
                answer = ("refused", _said(error))
            send(answers, answer)


def _said(error: Exception) -> tuple[TamisError, str]:
    """Return *error*, as one of core's classes that every process knows, and its traceback."""
    from traceback import format_exc

    if getattr(errors, type(error).__name__, None) is type(error):
        return cast("TamisError", error), format_exc()
    if isinstance(error, ConfigError):
        return ConfigError(str(error)), format_exc()
    return RunError(f"{type(error).__name__}: {error}"), format_exc()


def _watch_parent() -> None:
    """End with the parent, also in the middle of a document."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _limit_memory(limit: int | None) -> None:
    """Let allocations beyond *limit* bytes of address space fail."""
    if limit is None:
        return
    with suppress(ImportError, ValueError, OSError):  # where there is no such limit
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        bounds = [limit] + [bound for bound in (soft, hard) if bound != resource.RLIM_INFINITY]
        resource.setrlimit(resource.RLIMIT_AS, (min(bounds), hard))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
