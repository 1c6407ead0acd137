"""A supervisor has one child process do tasks. A document that kills or holds up the child costs only itself.

The child says in shared memory which documents and which step it is on. Where it dies on a batch, a new child does the
task again with the documents of that batch one at a time; where it dies on a single one, that document is lost: its
place, step and cause go with the task to the next child, which makes a failed record of it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from select import select
from threading import Lock
from typing import IO
from typing import Any
from typing import Final
from typing import NamedTuple
from typing import cast

from tamis.document import Failure
from tamis.errors import RunError
from tamis.runner.protocol import IDLE
from tamis.runner.protocol import STARTING
from tamis.runner.protocol import STATE
from tamis.runner.protocol import SharedHeartbeat
from tamis.runner.protocol import State
from tamis.runner.protocol import receive
from tamis.runner.protocol import send

#: How often a child may die while it is on no document.
_PATIENCE: Final = 3

#: How long a child may try its steps before the first document, in seconds; then a new one starts without that.
WARM_UP: Final = 30.0


@dataclass(frozen=True)
class Limits:
    """What a worker may take: seconds a document, bytes of address space, documents at a time."""

    timeout_per_document: float | None = 60.0
    memory_per_worker: int | None = 4 << 30
    batch: int = 16


class Death(NamedTuple):
    """How a child ended: what it was on, why, and where its threads were."""

    state: State
    error: str
    traceback: str
    timed_out: bool


class _InWorker(Exception):
    """The traceback in the child, as the cause of the error here."""


class Child:
    """A child process and the pipes to it."""

    def __init__(self, heartbeat: int, trace: int) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-P", "-m", "tamis.runner.worker", str(heartbeat), str(trace)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=(heartbeat, trace),
        )
        self.tasks = cast("IO[bytes]", self._process.stdin)
        self.answers = cast("IO[bytes]", self._process.stdout)

    def say_where(self, said: Callable[[], bool]) -> None:
        """Have the child write where its threads are; wait a little until *said*."""
        with suppress(OSError, AttributeError):
            self._process.send_signal(signal.SIGUSR1)
            for _ in range(20):
                time.sleep(0.02)
                if said():
                    return

    def wait(self) -> int:
        """Return how it ended."""
        status = self._process.wait()
        for pipe in (self.tasks, self.answers):
            with suppress(OSError):
                pipe.close()
        return status

    def end(self) -> None:
        """End it now."""
        with suppress(OSError):
            self._process.kill()
        self._process.wait()


class Supervisor:
    """One child process and its life; `ask` is called by one thread at a time."""

    def __init__(self, setup: Mapping[str, Any], limits: Limits) -> None:
        self._limits = limits
        self._setup = {
            "folder": None,
            "recipe": None,
            "fingerprint": None,
            "versions": None,
            "reading": None,
            "pipeline": None,
            "modules": {},
            **setup,
            "path": sys.path,
            "memory": limits.memory_per_worker,
            "timeout": limits.timeout_per_document or inf,
            "batch": limits.batch,
            "warm": (limits.timeout_per_document or inf) < 30,
        }
        self._child: Child | None = None
        self._lock = Lock()
        self._steps: list[str] = []
        self._closed = False
        self._files = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 - `release` closes them
        self._files[0].truncate(STATE.size)
        self._heartbeat = SharedHeartbeat(self._files[0].fileno())

    def ask(self, task: Mapping[str, Any]) -> Any:
        """Return the child's answer to *task*; raises its error, or RunError where it dies on no document."""
        lost: dict[int, Failure] = {}
        suspects = (0, 0)
        idle_deaths = 0
        while True:
            answer = self._attempt({**task, "lost": lost, "suspects": suspects})
            if not isinstance(answer, Death):
                return answer
            state = answer.state
            if state.step <= IDLE or state.number == 0:
                idle_deaths += 1
                if idle_deaths >= _PATIENCE:
                    raise RunError(f"workers die while they are on no document: {answer.error}")
                continue
            if state.number > 1 or (not answer.timed_out and not suspects[0] <= state.first < suspects[1]):
                suspects = (state.first, state.first + state.number)
                continue
            if state.first in lost:
                raise RunError(f"the reader dies at document {state.first + 1} of this part: {answer.error}")
            step = self._steps[state.step] if state.step >= 0 else "read"
            lost[state.first] = Failure(step, answer.error, answer.traceback)

    def _attempt(self, task: Mapping[str, Any]) -> Any:
        child = self._child
        try:
            if child is None:
                started = self._start()
                if isinstance(started, Death):
                    return started
                child = started
            send(child.tasks, task)
        except BrokenPipeError:
            child = child or self._child
            if child is None:
                raise
            return self._death(child)
        return self._answer(child)

    def _start(self) -> Child | Death:
        with self._lock:
            if self._closed:
                raise RunError("the run was stopped")
            self._heartbeat.reset()
            child = self._child = Child(*(file.fileno() for file in self._files))
        send(child.tasks, self._setup)
        started = self._answer(child, WARM_UP if self._setup["warm"] else inf)
        if isinstance(started, Death):
            self._setup["warm"] = False  # perhaps it was that
            return started
        self._steps = started
        return child

    def _answer(self, child: Child, start: float = inf) -> Any:
        """Return what the child says; a `Death` where it dies, or is ended because it takes too long.

        The bounds are the limit of a document, and *start* seconds before the first one.
        """
        timeout = self._limits.timeout_per_document or inf
        begun = time.monotonic()
        seen, since = -1, 0.0
        while not select([child.answers], [], [], min(1.0, timeout / 10))[0]:
            state = self._heartbeat.read()
            now = time.monotonic()
            if state.step == STARTING and now - begun > start:
                return self._overtime(child, start)
            if state.serial != seen or state.step <= IDLE:
                seen, since = state.serial, now
            elif now - since > timeout:
                return self._overtime(child, timeout)
        try:
            kind, content = receive(child.answers)
        except EOFError:
            return self._death(child)
        if kind == "refused":
            self._child = None
            child.end()
            error, trace = content
            raise error from _InWorker(trace)
        return content

    def _overtime(self, child: Child, timeout: float) -> Death:
        trace = self._files[1].fileno()
        child.say_where(lambda: os.fstat(trace).st_size > 0)
        state = self._heartbeat.read()
        child.end()
        return self._death(child, f"TimeoutError: took longer than {timeout:g} s", state, timed_out=True)

    def _death(self, child: Child, error: str = "", state: State | None = None, timed_out: bool = False) -> Death:
        self._child = None
        status = child.wait()
        if self._closed:
            raise RunError("the run was stopped")
        return Death(state or self._heartbeat.read(), error or _cause(status), self._trace(), timed_out)

    def _trace(self) -> str:
        """Return what the dead child wrote of its threads."""
        file = self._files[1]
        file.seek(0)
        text = file.read(1 << 16).decode(errors="replace")
        file.seek(0)
        file.truncate()
        return text

    def close(self) -> None:
        """End the child, also in the middle of a task; `ask` raises RunError from now on."""
        with self._lock:
            self._closed = True
            child = self._child
        if child is not None:
            child.end()

    def release(self) -> None:
        """Close the files, when nobody asks any more."""
        for file in self._files:
            file.close()


def _cause(status: int) -> str:
    if status >= 0:
        return f"WorkerDied: the process ended with status {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = str(-status)
    return f"WorkerDied: the process was ended by {name}"
