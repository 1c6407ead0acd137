"""A document cut into stretches: each stretch of raw text with the findings that stand on it."""

from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Container
from collections.abc import Sequence
from typing import NamedTuple

from tamis.document import Document
from tamis.findings import Edit
from tamis.findings import Mark
from tamis.report.charts import clip

#: A mark over more code points than this says something of a passage, not of its words; it is not painted.
BROAD = 80

#: More findings than this on one stretch are counted, not shown.
MOST = 8

#: Code points of a reason, a kind or a suggestion that are shown.
LONGEST = 300


class Found(NamedTuple):
    """A finding as it is shown: its step and kind, why, how sure, and what would be better."""

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
    #: The steps whose marks say something of these very words.
    marked_by: Sequence[str] = ()


class _Standing(NamedTuple):
    """An edit or a mark, where it stands in raw, and as it is shown."""

    span: tuple[int, int]
    step: str
    finding: Edit | Mark
    shown: Found


def stretches(doc: Document) -> list[Stretch]:
    """Return all of `doc.raw`, in order, in stretches under the same edits and marks.

    A character belongs to the first step that cut it. Text that an edit put in stands in `inserted` of the stretch
    (perhaps an empty one) that it replaces.
    """
    standing = _standing(doc)
    passages = _passages(doc)
    opens: dict[int, list[int]] = {}
    closes: dict[int, list[int]] = {}
    for i, ((start, end), *_) in enumerate(standing):
        if start < end:
            opens.setdefault(start, []).append(i)
            closes.setdefault(end, []).append(i)
    inserted = _inserted(standing)
    cuts = sorted({0, len(doc.raw), *opens, *closes, *inserted})
    active: dict[int, None] = {}
    result: list[Stretch] = []
    for at, end in zip(cuts, [*cuts[1:], len(doc.raw)], strict=True):
        for i in closes.get(at, ()):
            active.pop(i, None)
        for i in opens.get(at, ()):
            active[i] = None
        result += inserted.get(at, ())
        if at < end:
            result.append(_stretch(doc.raw[at:end], [standing[i] for i in sorted(active)], passages))
    return result


def _standing(doc: Document) -> list[_Standing]:
    """Return the edits of *doc*, and the marks but those that say why an edit was made, in the order of the trail."""
    why = explanations(doc)
    return [
        _Standing(finding.span, step, finding, _found(step, finding, why.get((step, finding.span), ())))
        for step, finding in doc.trail
        if isinstance(finding, Edit) or (isinstance(finding, Mark) and (step, finding.span) not in why)
    ]


def _inserted(standing: Sequence[_Standing]) -> dict[int, list[Stretch]]:
    """Return by place the stretches of text that an edit put there, and no later one took away again."""
    edits = [one for one in standing if isinstance(one.finding, Edit)]
    lost = _superseded([one.span for one in edits])
    left = sorted((one for i, one in enumerate(edits) if i not in lost), key=lambda one: one.span)
    found: dict[int, list[Stretch]] = {}
    for (start, _), step, finding, shown in left:
        if isinstance(finding, Edit) and finding.text:
            put = Stretch("", step, finding.reason, finding.text, [shown], 0)
            found.setdefault(start, []).append(put)
    return found


def _stretch(text: str, here: Sequence[_Standing], passages: Container[tuple[str, str]]) -> Stretch:
    """Return the stretch of raw *text* on which the findings *here* stand."""
    edit = next((one for one in here if isinstance(one.finding, Edit)), None)
    marked = [
        step
        for (start, end), step, finding, _ in here
        if isinstance(finding, Mark) and end - start <= BROAD and (step, finding.name) not in passages
    ]
    return Stretch(
        text,
        edit and edit.step,
        edit.shown.name if edit else "",
        "",
        [one.shown for one in here[:MOST]],
        max(0, len(here) - MOST),
        tuple(dict.fromkeys(marked)),
    )


def explanations(doc: Document) -> dict[tuple[str, tuple[int, int]], list[Mark]]:
    """Return, by step and span, the marks that a step put on exactly what it changed: they say why it did."""
    why: dict[tuple[str, tuple[int, int]], list[Mark]] = {
        (step, finding.span): [] for step, finding in doc.trail if isinstance(finding, Edit)
    }
    for step, finding in doc.trail:
        if isinstance(finding, Mark) and (step, finding.span) in why:
            why[step, finding.span].append(finding)
    return why


def _passages(doc: Document) -> set[tuple[str, str]]:
    """Return step and name of the marks that together lie on most of a longer text: they speak of all of it."""
    covered: dict[tuple[str, str], int] = {}
    for step, finding in doc.trail:
        if isinstance(finding, Mark):
            start, end = finding.span
            covered[step, finding.name] = covered.get((step, finding.name), 0) + end - start
    return {key for key, width in covered.items() if width > max(BROAD, len(doc.raw) / 2)}


def _superseded(edits: Sequence[tuple[int, int]]) -> set[int]:
    """Return the places in *edits* of those whose text a later one took the place of, as the piece table does it.

    Offsets are doubled, so that an edit of some characters has an inside, and an insertion is a point.
    """
    lost: set[int] = set()
    starts: list[int] = []  # of the stretches that later edits lie on, in order
    ends: list[int] = []
    for i in reversed(range(len(edits))):
        start, end = 2 * edits[i][0], 2 * edits[i][1]
        inside = (start + 1, end - 1) if start < end else (start, end)
        if bisect_left(ends, inside[0]) < bisect_right(starts, inside[1]):
            lost.add(i)
        first, last = bisect_left(ends, start), bisect_right(starts, end)
        if first < last:
            start, end = min(start, starts[first]), max(end, ends[last - 1])
        starts[first:last], ends[first:last] = [start], [end]
    return lost


def _found(step: str, finding: Edit | Mark, why: Sequence[Mark]) -> Found:
    if isinstance(finding, Mark):
        return Found(
            clip(step, 60),
            clip(finding.name, 60),
            clip(finding.reason, LONGEST),
            finding.score,
            clip(suggestion(finding), LONGEST),
        )
    done = f"replaced by “{finding.text}”" if finding.text else "cut"
    return Found(
        clip(step, 60), clip(finding.reason, 60), clip("; ".join([done, *because(why)]), LONGEST), finding.score, ""
    )


def because(why: Sequence[Mark]) -> list[str]:
    """Return the reasons that the marks *why* give, each with the name of the rule."""
    return [f"{mark.reason} ({mark.name})" if mark.reason else mark.name for mark in why]


def suggestion(mark: Mark) -> str:
    """Return the better wording that *mark* offers, or ""."""
    better = mark.data.get("suggestion") if isinstance(mark.data, dict) else None
    return better if isinstance(better, str) else ""
