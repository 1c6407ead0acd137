"""The page of a comparison: what changed between two outputs, by what and by document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tamis.diff import Change
from tamis.report.charts import bars
from tamis.report.pages import render

#: Documents that the page lists; the plots count all.
LISTED = 500


def diff_page(changes: Iterable[Change], before: str, after: str) -> str:
    """Return a self-contained HTML page of *changes* between the outputs named *before* and *after*."""
    number = 0
    sorts: Counter[str] = Counter()
    listed: list[Change] = []
    for change in changes:
        number += 1
        sorts.update(_sort(line) for line in change.lines)
        if len(listed) < LISTED:
            listed.append(change)
    return render(
        "diff.html",
        title=f"{number:,} documents differ",
        before=before,
        after=after,
        sorts=bars(list(sorts.items())),
        number=number,
        listed=listed,
    )


def _sort(line: str) -> str:
    """Return what a line of a change is about: a cut of a kind, a label, the text."""
    if line[0] in "+-":
        sign, _, kind, *_ = line.split(" ")
        return f"{'found' if sign == '+' else 'lost'}: {kind}"
    return line.split(":")[0].split(" differs")[0].split(" /")[0]
