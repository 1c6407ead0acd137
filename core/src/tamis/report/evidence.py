"""What was found in a document, gathered: by step and kind, the same words once, the heaviest first."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import NamedTuple

from tamis.document import Document
from tamis.findings import Edit
from tamis.findings import Mark
from tamis.report.charts import clip
from tamis.report.stretches import LONGEST
from tamis.report.stretches import because
from tamis.report.stretches import explanations
from tamis.report.stretches import suggestion

#: Code points of what was found, and of what would be better, that are shown.
WORDS = 110


class Row(NamedTuple):
    """Words that were found, why, what would be better, and how sure or how heavy it is."""

    words: str
    reason: str
    suggestion: str
    score: float | None


@dataclass
class Group:
    """All that a step found of one kind: what it changed, or what it marked."""

    name: str
    cuts: bool
    number: int = 0
    rows: dict[tuple[str, str], tuple[Row, int]] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Add *row*; the same words for the same reason are counted."""
        self.number += 1
        first, times = self.rows.get((row.words, row.reason), (row, 0))
        self.rows[row.words, row.reason] = (first, times + 1)

    def heaviest(self, most: int | None) -> list[tuple[Row, int]]:
        """Return up to *most* rows and how often each comes; by weight where they are weighed, else as they come."""
        rows = list(self.rows.values())
        if not self.cuts:
            rows.sort(key=lambda pair: -abs(pair[0].score or 0.0))
        return rows[:most]


def evidence(doc: Document) -> dict[str, list[Group]]:
    """Return the edits and marks of *doc* by step, in groups of one kind, the edits first.

    A mark that only says why its step changed those characters is told with the edit.
    """
    why = explanations(doc)
    groups: dict[tuple[str, bool, str], Group] = {}
    for step, finding in doc.trail:
        if isinstance(finding, Edit):
            reasons = because(why[step, finding.span])
            if finding.text:
                reasons.insert(0, f"replaced by “{finding.text}”")
            name, reason, better = finding.reason, "; ".join(reasons), ""
        elif isinstance(finding, Mark) and (step, finding.span) not in why:
            name, reason, better = finding.name, finding.reason, suggestion(finding)
        else:
            continue
        start, end = finding.span
        words = clip(" ".join(doc.raw[start : min(end, start + 1000)].split()), WORDS)
        row = Row(words, clip(reason, LONGEST), clip(better, WORDS), finding.score)
        key = (step, isinstance(finding, Edit), name)
        groups.setdefault(key, Group(clip(name, 60), key[1])).add(row)
    by_step: dict[str, list[Group]] = {}
    for key in sorted(groups, key=lambda key: not key[1]):
        by_step.setdefault(key[0], []).append(groups[key])
    return {step: by_step[step] for step in dict.fromkeys(step for step, _, _ in groups)}
