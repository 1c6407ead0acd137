"""The page of a comparison: what changed between two outputs, by what and by document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from tamis.report.charts import bars
from tamis.report.charts import clip
from tamis.report.charts import count
from tamis.report.compare import Change
from tamis.report.pages import render

#: Documents that the page lists, and changes of one that it shows; the plot counts all.
LISTED = 500
LINES = 30

#: What the other lines are about, by how they begin; any other line is about a label.
_SORTS = {
    "only in ": "in one output only",
    "text differs ": "text",
    "failure ": "failure",
    "differs in ": "scores, meta and the like",
}


def diff_page(changes: Iterable[Change], before: str, after: str) -> str:
    """Return a self-contained HTML page of *changes* between the outputs named *before* and *after*."""
    number = 0
    sorts: Counter[str] = Counter()
    listed: list[tuple[str, list[tuple[str, str]], int]] = []
    for change in changes:
        number += 1
        for line in change.lines:
            count(sorts, _sort(line))
        if len(listed) < LISTED:
            lines = [(_mark(line), clip(line, 300)) for line in change.lines[:LINES]]
            listed.append((clip(change.document, 200), lines, len(change.lines) - len(lines)))
    return render(
        "diff.html",
        title=f"{number:,} {'document differs' if number == 1 else 'documents differ'}",
        before=before,
        after=after,
        sorts=bars(sorts.items()),
        number=number,
        listed=listed,
    )


def _mark(line: str) -> str:
    """Return the class of what a line says: a cut that is lost is text gained."""
    return {"-": "lost", "+": "gained"}.get(line[0], "plain")


def _sort(line: str) -> str:
    """Return what a line of a change is about: a finding of a kind, a label, the text, what else there is."""
    if line[0] in "+-":
        step, _, found = line[2:].partition(": ")
        what, name = ("cut", re.split(r" \d+:\d+ ", found)[0])
        if found.startswith(("dropped ", "marked ")):
            what, name = found.split(" ")[0], step
        return f"{f'{what} now' if line[0] == '+' else f'no longer {what}'}: {name}"
    for start, sort in _SORTS.items():
        if line.startswith(start):
            return sort
    return f"label {line.split(':')[0]}"
