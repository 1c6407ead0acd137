"""The step `boilerplate`."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import ClassVar
from typing import Literal

from pydantic import Field

from tamis import Document
from tamis import Edit
from tamis import Label
from tamis import Mark
from tamis import Step
from tamis_boilerplate.book import book
from tamis_boilerplate.book import with_rules
from tamis_boilerplate.cleaning import clean
from tamis_boilerplate.rules import Kind
from tamis_boilerplate.rules import Rule

Action = Literal["cut", "mark", "keep"]


class Boilerplate(Step):
    """Cut what is not the article: captions, credits, read-also inserts, paywall counters, link lists, page furniture.

    Every cut carries its kind as reason and the probability that it is right as score; a mark `rule:<id>` over the
    same characters says which rule made it, and why. Facts are labelled before they are cut.
    """

    gives: ClassVar[Sequence[str]] = ("title", "truncated", "percent_left", "agency", "photographer")

    kinds: Mapping[Kind, Action] = {}
    """What to do with each kind: `cut` it (the default), `mark` it and leave it in the text, or `keep` it unmarked."""
    title: Literal["keep", "cut"] = "keep"
    """Whether the title line stays in the text; the label `title` is given either way."""
    page: bool = True
    """Whether to look for the article inside a whole page (menus, footers and lists of links around it)."""
    least: float = Field(default=0.5, ge=0, le=1)
    """The lowest score at which something is cut."""
    explain: bool = True
    """Whether each cut comes with a mark `rule:<id>` over the same characters that says why."""
    rules: tuple[Rule, ...] = ()
    """Rules of your own, written as those of the package; they come first."""

    def find(self, doc: Document) -> Iterable[Edit | Mark | Label]:
        """Return the cuts, a mark for each, and what the page tells of the article."""
        own = tuple(rule.model_dump_json() for rule in self.rules)
        result = clean(
            doc,
            with_rules(own) if own else book(),
            frozenset(kind for kind, action in self.kinds.items() if action == "keep"),
            frozenset(kind for kind, action in self.kinds.items() if action == "mark"),
            self.least,
            self.page,
            self.title == "cut",
        )
        for cut in result.cuts:
            span = (cut.start, cut.end)
            if self.kinds.get(cut.kind) == "mark":  # type: ignore[call-overload]
                yield Mark(span, cut.kind, f"{cut.rule}: {cut.why}", cut.score)
                continue
            yield Edit(span, "", cut.kind, cut.score)
            if self.explain:
                yield Mark(span, f"rule:{cut.rule}", cut.why, cut.score)
        if result.title is not None:
            yield Mark(result.title, "title")
            yield Label("title", doc.text[result.title[0] : result.title[1]])
        for name, value in result.facts.items():
            yield Label(name, value)
