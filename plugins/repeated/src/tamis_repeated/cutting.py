"""Which stretches of a text recur: runs of lines, and sentences inside paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from typing import NamedTuple

from tamis import Document
from tamis import Edit
from tamis import Span
from tamis_repeated.memory import Source
from tamis_repeated.units import LONGEST
from tamis_repeated.units import is_prose
from tamis_repeated.units import normal

#: A run of short lines goes where it has so many of them: it is a menu.
MENU = 3
#: A short unit that so large a share of the documents has is no intertitle, and goes wherever it stands.
COMMON: Final = 0.5
#: A cut sentence may leave a line that recurs itself; so often is looked again.
_ROUNDS = 8


class Cut(NamedTuple):
    """A stretch of text that recurs, and in how many documents of its source: of its units, the rarest."""

    start: int
    end: int
    documents: int


@dataclass(frozen=True, slots=True)
class Limits:
    """When a unit counts as recurring: the settings of the step of the same names."""

    at_least: int
    share: float
    prose_share: float
    shortest: int


class _Line(NamedTuple):
    """A line, in how many documents it is (0: it does not recur), and the sentences in it that recur."""

    span: Span
    documents: int
    sentences: Sequence[Cut] = ()


def recurring(doc: Document, source: Source, limits: Limits) -> list[Cut]:
    """Return what recurs in the text of *doc*, in order; empty where nothing would be left of it."""
    found: list[Cut] = []
    left = doc
    for _ in range(_ROUNDS):
        cuts = _once(left, source, limits)
        if not cuts:
            break
        before = left if found else Document(doc.text)
        found += [Cut(*before.to_raw((cut.start, cut.end)), cut.documents) for cut in cuts]
        left = before.apply("repeated", [Edit((cut.start, cut.end), "", "repeated") for cut in cuts])
    if found and not any(end - start >= limits.shortest for start, end in left.paragraphs):
        return []
    return _joined(found)


def _joined(cuts: list[Cut]) -> list[Cut]:
    """Return *cuts* in order, those that touch or hold one another as one."""
    joined: list[Cut] = []
    for cut in sorted(cuts):
        if joined and cut.start <= joined[-1].end:
            last = joined[-1]
            joined[-1] = Cut(last.start, max(last.end, cut.end), min(last.documents, cut.documents))
        else:
            joined.append(cut)
    return joined


def _once(doc: Document, source: Source, limits: Limits) -> list[Cut]:
    lines = _lines(doc, source, limits)
    return sorted(
        _runs(lines, source, limits) + [cut for line in lines if not line.documents for cut in line.sentences]
    )


def _lines(doc: Document, source: Source, limits: Limits) -> list[_Line]:
    """Return the lines of *doc*; one all of whose sentences recur does so itself."""
    lines = []
    sentences = list(doc.sentences)
    first = 0
    for span in doc.paragraphs:
        last = first
        while last < len(sentences) and sentences[last].start < span.end:
            last += 1
        documents = _documents(doc.text, span, source, limits)
        cuts: list[Cut] = []
        if not documents and last - first > 1:
            cuts = _sentences(doc.text, sentences[first:last], source, limits)
            if cuts and (cuts[0].start, cuts[0].end) == span:
                documents = cuts[0].documents
        lines.append(_Line(span, documents, cuts))
        first = last
    return lines


def _sentences(text: str, sentences: Sequence[Span], source: Source, limits: Limits) -> list[Cut]:
    """Return the runs of *sentences*, all of one line, that recur; short ones beside a longer one or if common."""
    documents = [_documents(text, span, source, limits, True) for span in sentences]
    cuts: list[Cut] = []
    begin = 0
    while begin < len(sentences):
        end = begin
        while end < len(sentences) and documents[end]:
            end += 1
        run = zip(sentences[begin:end], documents[begin:end], strict=True)
        if any(_alone(span, number, source, limits) for span, number in run):
            start, stop = sentences[begin].start, sentences[end - 1].end
            if end < len(sentences):
                stop = sentences[end].start
            elif begin:
                start = sentences[begin - 1].end
            cuts.append(Cut(start, stop, min(documents[begin:end])))
        begin = end + 1
    return cuts


def _documents(text: str, span: Span, source: Source, limits: Limits, sentence: bool = False) -> int:
    """Return in how many documents the unit at *span* is, 0 where those are too few."""
    if span.end - span.start > LONGEST:
        return 0
    unit = normal(text[span.start : span.end])
    documents = source.recurring.get(unit, 0)
    if not documents or not unit:
        return 0
    share = max(limits.share, limits.prose_share) if sentence or is_prose(unit) else limits.share
    return documents if documents >= max(limits.at_least, share * source.documents) else 0


def _alone(span: Span, documents: int, source: Source, limits: Limits) -> bool:
    """Return whether the unit at *span*, which recurs, goes without company: it is long, or so common."""
    return span.end - span.start >= limits.shortest or documents >= COMMON * source.documents


def _runs(lines: Sequence[_Line], source: Source, limits: Limits) -> list[Cut]:
    """Return the runs of recurring lines; a run of few short ones at an end of the text, or where it is common.

    A short line between two paragraphs may be an intertitle that the newspaper is fond of.
    """
    cuts = []
    begin = 0
    while begin < len(lines):
        end = begin
        while end < len(lines) and lines[end].documents:
            end += 1
        run = lines[begin:end]
        at_an_end = begin == 0 or end == len(lines)
        alone = any(_alone(line.span, line.documents, source, limits) for line in run)
        if run and (at_an_end or alone or len(run) >= MENU):
            start, stop = run[0].span.start, run[-1].span.end
            if end < len(lines):
                stop = lines[end].span.start
            elif begin:
                start = lines[begin - 1].span.end
            cuts.append(Cut(start, stop, min(line.documents for line in run)))
        begin = end + 1
    return cuts
