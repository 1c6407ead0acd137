"""The base of the steps that know what was learnt."""

from __future__ import annotations

from typing import ClassVar

from pydantic import field_validator

from tamis.errors import ModelError
from tamis.memory.kinds import MemoryKind
from tamis.step import Step


class MemoryStep(Step):
    """Base of the steps that know what a command learnt of a whole corpus; `Memory.load(self.memory)` reads it."""

    kind: ClassVar[MemoryKind]

    memory: str
    """The file that the command wrote."""

    @field_validator("memory")
    @classmethod
    def _is_one(cls, path: str) -> str:
        try:
            cls.kind.check(path)
        except ModelError as error:
            raise ValueError(str(error)) from error
        return path
