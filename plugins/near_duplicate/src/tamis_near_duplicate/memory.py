"""The memory: the first documents with their signatures, and the JSON file, which is checked to the last entry."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar
from typing import Final
from typing import Self

import tamis.memory
from tamis import Document
from tamis.memory import MemoryKind
from tamis.memory import is_count
from tamis_near_duplicate.signature import NUMBERS
from tamis_near_duplicate.signature import SHINGLE
from tamis_near_duplicate.signature import bands
from tamis_near_duplicate.signature import signature
from tamis_near_duplicate.signature import similarities

if TYPE_CHECKING:
    from tamis_near_duplicate.signature import Signature

KIND: Final = MemoryKind(
    "tamis near duplicates",
    version=1,
    about="near duplicates",
    command="tamis near-duplicate",
    most_bytes=1024 * 2**20,
)
#: Its signature is in each file: a library or a word rule that gives it another one cannot read the file.
_PROBE: Final = "The ferry is back, said the mayor of L'Île-d'Abeau; 1,200 people waved from the quay."


@dataclass(frozen=True, slots=True)
class First:
    """A document that repeats none before it: the ids of those that repeat it, its words, its signature as bytes.

    Its *source* is told where its id does not tell it from those that repeat it.
    """

    id: str
    source: str | None
    copies: tuple[str, ...]
    words: int
    signature: bytes

    def is_of(self, doc: Document) -> bool:
        """Return whether *doc* is this document itself."""
        return doc.id == self.id and self.source in (None, doc.source)


@dataclass(frozen=True)
class Memory(tamis.memory.Memory):
    """Which documents repeat which, the first ones in their order."""

    kind: ClassVar[MemoryKind] = KIND

    threshold: float
    shortest: int
    firsts: tuple[First, ...]

    @cached_property
    def _signatures(self) -> Signature:
        import numpy as np

        return np.array([np.frombuffer(first.signature, dtype=np.uint32) for first in self.firsts], dtype=np.uint32)

    @cached_property
    def _index(self) -> Mapping[int, list[int]]:
        index: dict[int, list[int]] = {}
        for i, keys in enumerate(bands(self._signatures).tolist() if self.firsts else ()):
            for key in keys:
                index.setdefault(key, []).append(i)
        return index

    def similar(self, numbers: Signature) -> list[tuple[First, float]]:
        """Return the first documents that share a band with *numbers*, in order, and how similar each is."""
        if not self.firsts:
            return []
        index = self._index
        found = sorted({i for key in bands(numbers[None, :]).tolist()[0] for i in index.get(key, ())})
        if not found:
            return []
        alike = similarities(numbers, self._signatures[found])
        return [(self.firsts[i], similarity) for i, similarity in zip(found, alike, strict=True)]

    def state(self) -> dict[str, Any]:
        """Return the memory as JSON."""
        return {
            "made_by": f"tamis-near-duplicate {metadata.version('tamis-near-duplicate')}",
            "shingle": SHINGLE,
            "probe": _coded(signature(Document(_PROBE)).tobytes()),
            "threshold": self.threshold,
            "shortest": self.shortest,
            "firsts": [
                {
                    "id": first.id,
                    **({} if first.source is None else {"source": first.source}),
                    "copies": list(first.copies),
                    "words": first.words,
                    "signature": _coded(first.signature),
                }
                for first in self.firsts
            ],
        }

    @classmethod
    def parse(cls, path: str, state: dict[str, Any]) -> Self:
        """Return the memory that *state* says, checked to the last entry.

        Raises ModelError also where it was made by a library that gives other signatures.
        """
        threshold, shortest, firsts = (state.get(name) for name in ("threshold", "shortest", "firsts"))
        if not isinstance(threshold, int | float) or isinstance(threshold, bool) or not 0 < threshold <= 1:
            raise KIND.wrong(path, f'"threshold" should be a number from 0 to 1, found {threshold!r:.40}')
        if not is_count(shortest):
            raise KIND.wrong(path, f'"shortest" should be a whole number, found {shortest!r:.40}')
        if not isinstance(firsts, list):
            raise KIND.wrong(path, '"firsts" should be a list')
        memory = cls(threshold, shortest, tuple(_first(path, i, found) for i, found in enumerate(firsts)))
        if state.get("probe") != _coded(signature(Document(_PROBE)).tobytes()):
            raise KIND.wrong(path, "its signatures are of another version of datasketch or of the words")
        return memory


def _first(path: str, i: int, found: Any) -> First:
    where = f"entry {i} of the firsts"
    if not isinstance(found, dict):
        raise KIND.wrong(path, f"{where} should be an object")
    name, source, copies, words, coded = (found.get(key) for key in ("id", "source", "copies", "words", "signature"))
    if not isinstance(name, str) or not isinstance(source, str | None) or not is_count(words):
        raise KIND.wrong(path, f'{where} should have "id" (a text), "words" (a number), and perhaps "source" (a text)')
    if not isinstance(copies, list) or not all(isinstance(copy, str) for copy in copies):
        raise KIND.wrong(path, f'{where} should have "copies", a list of ids')
    try:
        numbers = base64.b64decode(coded, validate=True) if isinstance(coded, str) else b""
    except (binascii.Error, ValueError):
        numbers = b""
    if len(numbers) != NUMBERS * 4:
        raise KIND.wrong(path, f'{where} should have "signature", {NUMBERS} numbers in base64')
    return First(name, source, tuple(copies), words, numbers)


def _coded(numbers: bytes) -> str:
    return base64.b64encode(numbers).decode("ascii")
