"""The step `drop`: takes documents out of the corpus by an expression of `when`."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ConfigDict
from pydantic import Field

from tamis.document import Document
from tamis.findings import Drop
from tamis.findings import Finding
from tamis.step import Step
from tamis.when import When


class DropStep(Step):
    """Drop the documents for which an expression is true; they end among the rejects, with the reason.

    >>> step = DropStep(if_="len(text) < 20")
    >>> list(step.find(Document("Too short.")))
    [Drop(reason='len(text) < 20')]
    """

    model_config = ConfigDict(populate_by_name=True)

    if_: When = Field(alias="if")
    """When to drop: an expression as in `when`, such as `truncated and percent_left > 50`."""
    reason: str = ""
    """What the rejects say; the expression itself where this is empty."""

    def find(self, doc: Document) -> Iterable[Finding]:
        """Return a `Drop` where the expression is true of *doc*."""
        return [Drop(self.reason or self.if_.source)] if self.if_(doc) else []
