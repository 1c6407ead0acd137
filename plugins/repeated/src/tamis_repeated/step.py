"""The step `repeated`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar
from typing import Literal

from pydantic import Field

from tamis import Document
from tamis import Edit
from tamis import Mark
from tamis.memory import MemoryKind
from tamis.memory import MemoryStep
from tamis_repeated.cutting import Limits
from tamis_repeated.cutting import recurring
from tamis_repeated.memory import Memory
from tamis_repeated.units import source_of


class Repeated(MemoryStep):
    """Cut the lines and sentences that recur across the pages of the document's source.

    What recurs is learnt before, by `tamis repeated FILES... -o memory.json`. Each cut has the reason `repeated` and
    comes with a mark `rule:repeated` that says in how many documents it is. A document is never cut to nothing.
    """

    kind: ClassVar[MemoryKind] = Memory.kind

    memory: str
    """The file that `tamis repeated` wrote; it also says by what a document's source is told."""
    action: Literal["cut", "mark"] = "cut"
    """Whether to cut what recurs, or to mark it `repeated` and leave it in the text."""
    at_least: int = Field(default=5, ge=2)
    """In how many documents of its source something recurs at least; lower than learnt has no effect."""
    share: float = Field(default=0.02, ge=0, le=1)
    """In what share of the documents of its source something recurs at least; lower than learnt has no effect."""
    prose_share: float = Field(default=0.1, ge=0, le=1)
    """The same for what may be of the article: long lines that end as a sentence, and sentences in a paragraph."""
    shortest: int = Field(default=25, ge=1)
    """Shorter lines and sentences go in company, at an end of the text, or where half of the documents have them."""
    explain: bool = True
    """Whether each cut comes with a mark `rule:repeated` over the same characters that says why."""

    @cached_property
    def learnt(self) -> Memory:
        """The memory in the file."""
        return Memory.load(self.memory)

    def find(self, doc: Document) -> Iterator[Edit | Mark]:
        """Return the cuts, and a mark for each."""
        name = source_of(doc, self.learnt.key)
        source = self.learnt.sources.get(name)
        if source is None:
            return
        limits = Limits(self.at_least, self.share, self.prose_share, self.shortest)
        for start, end, documents in recurring(doc, source, limits):
            why = f"in {documents} of the {source.documents} documents" + (f" of {name}" if name else " of no source")
            if self.action == "mark":
                yield Mark((start, end), "repeated", why)
                continue
            yield Edit((start, end), "", "repeated")
            if self.explain:
                yield Mark((start, end), "rule:repeated", why)
