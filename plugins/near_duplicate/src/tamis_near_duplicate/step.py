"""The step `near_duplicate`."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from pydantic import Field

from tamis import Document
from tamis import Label
from tamis.memory import MemoryKind
from tamis.memory import MemoryStep
from tamis_near_duplicate.memory import Memory
from tamis_near_duplicate.signature import enough
from tamis_near_duplicate.signature import signature


class NearDuplicate(MemoryStep):
    """Label the document with the id of the first one it nearly repeats, null where it repeats none.

    Which documents are first is learnt before, by `tamis near-duplicate FILES... -o duplicates.json`. The score is the
    estimated Jaccard similarity of the two texts; of a document that repeats none, the highest with another one.
    """

    gives: ClassVar[Sequence[str]] = ("near_duplicate",)

    kind: ClassVar[MemoryKind] = Memory.kind

    memory: str
    """The file that `tamis near-duplicate` wrote."""
    threshold: float = Field(default=0.4, gt=0, le=1)
    """The Jaccard similarity from which on a document repeats another; lower than learnt has no effect."""

    @cached_property
    def learnt(self) -> Memory:
        """The memory in the file."""
        return Memory.load(self.memory)

    def find(self, doc: Document) -> Iterator[Label]:
        """Return the label."""
        words = len(doc.words.texts)
        found = self.learnt.similar(signature(doc)) if words else []
        others = [(first, score) for first, score in found if not first.is_of(doc)]
        if len(others) == len(found):  # it is none of the first ones itself
            threshold = max(self.threshold, self.learnt.threshold)
            for first, score in others:
                if enough(score, threshold, max(words, first.words), self.learnt.shortest):
                    yield Label("near_duplicate", first.id, score)
                    return
        yield Label("near_duplicate", None, max((score for _, score in others), default=0.0))
