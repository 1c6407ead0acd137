"""What passes between a supervisor and its child: messages through pipes, and the heartbeat in shared memory."""

from __future__ import annotations

import mmap
import pickle
import struct
from typing import IO
from typing import Any
from typing import Final
from typing import NamedTuple

#: What a heartbeat holds: serial, first document, number of documents, step.
STATE: Final = struct.Struct("<QQQq")
READING, IDLE, STARTING = -1, -2, -3


class State(NamedTuple):
    """What a worker is on: *number* documents from *first*; *serial* changes with each document or batch."""

    serial: int
    first: int
    number: int
    step: int


class SharedHeartbeat:
    """A heartbeat in memory that the parent sees."""

    def __init__(self, descriptor: int) -> None:
        self._map = mmap.mmap(descriptor, STATE.size)
        self._serial = self._first = self._count = 0

    def document(self, number: int, count: int = 1) -> None:
        self._serial += 1
        self._first, self._count = number, count

    def step(self, index: int) -> None:
        STATE.pack_into(self._map, 0, self._serial, self._first, self._count, index)

    def idle(self) -> None:
        self._serial += 1
        self.step(IDLE)

    def read(self) -> State:
        return State(*STATE.unpack_from(self._map, 0))

    def reset(self) -> None:
        """Say that a new worker starts."""
        STATE.pack_into(self._map, 0, 0, 0, 0, STARTING)


def send(pipe: IO[bytes], message: Any) -> None:
    """Send *message*, whole."""
    data = pickle.dumps(message, protocol=5)
    pipe.write(len(data).to_bytes(8, "little") + data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Return the next message; raises EOFError where the other side is gone."""
    head = pipe.read(8)
    if len(head) < 8:
        raise EOFError
    data = pipe.read(int.from_bytes(head, "little"))
    if len(data) < int.from_bytes(head, "little"):
        raise EOFError
    return pickle.loads(data)  # noqa: S301 - from our own process
