"""A document cut into stretches: each stretch of raw text with the findings that stand on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tamis.document import Document
from tamis.findings import Edit
from tamis.findings import Mark

#: A mark over more code points than this says something of a passage, not of its words; it is not painted.
BROAD = 80

#: More findings than this on one stretch are counted, not shown.
MOST = 8


class Found(NamedTuple):
    """A finding as a page shows it."""

    step: str
    name: str
    reason: str
    score: float | None
    suggestion: str


class Stretch(NamedTuple):
    """Raw text under the same findings: who cut it (a step, or None), the kind, and all that was found there."""

    text: str
    cut_by: str | None
    kind: str
    inserted: str
    found: Sequence[Found]
    more: int
    #: Whether a mark says something of these very words.
    painted: bool = False


def stretches(doc: Document) -> list[Stretch]:
    """Return all of `doc.raw`, in order, in stretches under the same edits and marks.

    A character belongs to the first step that cut it. Text that an edit put in stands in `inserted` of the stretch
    (perhaps an empty one) that it replaces.
    """
    raw = doc.raw
    spans = [
        (entry.finding.span, entry.step, entry.finding) for entry in doc.trail if isinstance(entry.finding, Edit | Mark)
    ]
    opens: dict[int, list[int]] = {}
    closes: dict[int, list[int]] = {}
    inserted: dict[int, list[int]] = {}
    for i, ((start, end), _, finding) in enumerate(spans):
        if start < end:
            opens.setdefault(start, []).append(i)
            closes.setdefault(end, []).append(i)
        if isinstance(finding, Edit) and finding.text and not _superseded(spans, i):
            inserted.setdefault(start, []).append(i)
    cuts = sorted({0, len(raw), *opens, *closes, *inserted})
    active: dict[int, None] = {}
    result: list[Stretch] = []
    for at, end in zip(cuts, [*cuts[1:], len(raw)], strict=True):
        for i in closes.get(at, ()):
            active.pop(i, None)
        for i in opens.get(at, ()):
            active[i] = None
        for i in sorted(inserted.get(at, ()), key=lambda i: spans[i][0]):
            (_, step, finding) = spans[i]
            if isinstance(finding, Edit):
                result.append(Stretch("", step, finding.reason, finding.text, [_found(step, finding)], 0))
        if at < end:
            here = sorted(active)
            edit = next((i for i in here if isinstance(spans[i][2], Edit)), None)
            found = [_found(spans[i][1], spans[i][2]) for i in here]
            cut_by = None if edit is None else spans[edit][1]
            kind = "" if edit is None else _name(spans[edit][2])
            painted = any(spans[i][0][1] - spans[i][0][0] <= BROAD for i in here if isinstance(spans[i][2], Mark))
            more = max(0, len(found) - MOST)
            result.append(Stretch(raw[at:end], cut_by, kind, "", found[:MOST], more, painted))
    return result


def _superseded(spans: Sequence[tuple[tuple[int, int], str, Edit | Mark]], i: int) -> bool:
    """Return whether a later edit took the place of the text that edit *i* put in, as the piece table does it."""
    start, end = spans[i][0]
    for (left, right), _, later in spans[i + 1 :]:
        before = end <= left and not start == end == left
        after = start >= right and not start == end == right
        if isinstance(later, Edit) and not before and not after:
            return True
    return False


def _name(finding: Edit | Mark) -> str:
    return finding.reason if isinstance(finding, Edit) else finding.name


def _found(step: str, finding: Edit | Mark) -> Found:
    reason, suggestion = "", ""
    if isinstance(finding, Mark):
        reason = finding.reason
        if isinstance(finding.data, dict) and isinstance(finding.data.get("suggestion"), str):
            suggestion = finding.data["suggestion"]
    else:
        reason = f"replaced by “{finding.text}”" if finding.text else "cut"
    return Found(step, _name(finding), reason, finding.score, suggestion)
