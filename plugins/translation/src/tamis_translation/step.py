"""The step `translation`: labels, marks and, where asked for, repairs."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import ClassVar

from pydantic import Field

from tamis import Document
from tamis import Edit
from tamis import Label
from tamis import Mark
from tamis import Span
from tamis import Step
from tamis_translation.wordlists import ENGLISH_WORDS

if TYPE_CHECKING:
    from tamis_translation.hits import Hit


class Translation(Step):
    """Say whether an English text is machine-translated, from which language, and where it shows.

    Gives `machine_translated` (null for texts under `min_words` words and for texts that are not English),
    `source_language` (null: cannot tell), and a mark for each artefact.
    """

    gives: ClassVar[tuple[str, ...]] = ("machine_translated", "source_language")

    threshold: float = Field(default=0.5, ge=0, le=1)
    """The probability from which on `machine_translated` is true."""
    source_threshold: float = Field(default=0.3, ge=0, le=1)
    """The probability that a source language must have to be named; of texts called translated, without English."""
    min_words: int = Field(default=120, ge=0)
    """Shorter texts get no answer: `machine_translated` is null, its score is given all the same."""
    marks: bool = True
    """Mark each artefact, with its kind, the reason and a suggestion; none in a text that is not machine-translated."""
    repair: bool = False
    """Mend what has one certain English form: quotation marks, spacing, numbers, spellings of names."""
    sources: tuple[str, ...] | None = None
    """The built-in rule packs to use, by source language; null: all of them."""
    packs: tuple[str, ...] = ()
    """Paths of further rule packs (TOML); the README describes the format."""

    def find(self, doc: Document) -> Iterator[Label | Mark | Edit]:
        """Return the labels, the marks and, with `repair`, the edits."""
        from tamis_translation.evidence import collect
        from tamis_translation.lexicon import prepare
        from tamis_translation.model import judge
        from tamis_translation.packs import load

        packs = load(self.sources, self.packs)
        words = doc.words
        text = prepare(doc.text, words.texts, words.starts, words.ends)
        if not _is_english(doc, text.low):
            yield Label("machine_translated", None)
            yield Label("source_language", None)
            return
        evidence = collect(text, packs)
        answer = judge(text, evidence, packs)
        long_enough = len(text.words) >= self.min_words
        yield Label(
            "machine_translated", answer.probability >= self.threshold if long_enough else None, answer.probability
        )
        named = answer.source(self.source_threshold) if long_enough else None
        best = max(answer.sources.values(), default=None)  # said where the language is not named, too
        yield Label("source_language", named, answer.sources[named] if named else best, answer.sources)
        acquitted = long_enough and answer.probability < self.threshold
        shown = evidence.shown(answer.style) if (self.marks or self.repair) and not acquitted else []
        if self.marks:
            yield from _marks(shown)
        if self.repair:
            yield from _repairs(shown, doc.text)


def _marks(hits: Iterable[Hit]) -> Iterator[Mark]:
    for hit in hits:
        data = {"suggestion": hit.suggestion} if hit.suggestion else None
        yield Mark(Span(hit.start, hit.end), hit.kind, hit.reason, data=data)


def _repairs(hits: Iterable[Hit], text: str) -> Iterator[Edit]:
    """Yield the edits that are certain; quotation marks are replaced one by one, so that what they enclose stays."""
    taken = 0
    edits = []
    for hit in hits:
        if hit.kind == "quote-style" and text[hit.start] in '“”„«"' and text[hit.end - 1] in '“”»"':
            edits += list(_quotes(text, hit.start, hit.end))
        elif hit.repair is not None and hit.repair != text[hit.start : hit.end]:
            edits.append(Edit(Span(hit.start, hit.end), hit.repair, hit.kind))
    for edit in sorted(edits, key=lambda edit: tuple(edit.span)):
        if edit.span[0] >= taken:
            taken = edit.span[1]
            yield edit


def _quotes(text: str, start: int, end: int) -> Iterator[Edit]:
    inner_start, inner_end = start + 1, end - 1
    while inner_start < inner_end and text[inner_start] in " \u00a0\u202f":
        inner_start += 1
    while inner_end > inner_start and text[inner_end - 1] in " \u00a0\u202f":
        inner_end -= 1
    if text[start:inner_start] != "“":
        yield Edit(Span(start, inner_start), "“", "quote-style")
    if text[inner_end:end] != "”":
        yield Edit(Span(inner_end, end), "”", "quote-style")


_ENGLISH = frozenset(ENGLISH_WORDS.split())


def _is_english(doc: Document, low: Sequence[str]) -> bool:
    label = doc.labels.get("language")
    if label is not None and label.value is not None:
        return bool(label.value == "en")
    first = low[:200]
    return bool(first) and sum(map(_ENGLISH.__contains__, first)) >= 0.12 * len(first)
