"""Bars as inline SVG, and the counting behind them: no script, no style attribute, a text beside each bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

#: Bars that a chart shows; what is beyond them is summed up in one more.
MOST = 12

#: Names of which a count is kept; what comes after so many others is counted together.
NAMES = 5_000

OTHERS = "others"


class Bar(NamedTuple):
    """One bar: its name, its value and its share of all as text, and its width from 0 to 100."""

    name: str
    value: str
    width: float
    share: str = ""


def bars(
    values: Iterable[tuple[str, float]], top: float | None = None, digits: int = 0, total: float | None = None
) -> list[Bar]:
    """Return *values*, largest first, as bars.

    *top* is the value of the full width (default: the largest); with *total* each bar says its share of it.
    """
    ranked = sorted(values, key=lambda pair: (pair[0] == OTHERS, -pair[1], pair[0]))
    if len(ranked) > MOST:
        rest = ranked[MOST - 1 :]
        ranked = [*ranked[: MOST - 1], (f"{len(rest):,} others", sum(value for _, value in rest))]
    full = top or max((value for _, value in ranked), default=0) or 1
    return [
        Bar(
            clip(name, 60),
            f"{value:,.{digits}f}",
            round(max(0.0, min(100.0, 100 * value / full)), 2),
            share(value, total) if total else "",
        )
        for name, value in ranked
    ]


def share(part: float, whole: float) -> str:
    """Return how much of *whole* is *part*, in per cent; what is little is not nothing."""
    percent = 100 * part / whole if whole else 0.0
    return "< 1 %" if 0 < percent < 1 else f"{percent:.0f} %"


def count(counter: Counter[str], name: str, number: int = 1) -> None:
    """Add *number* to *name*; a counter that knows `NAMES` names counts any further one among the others."""
    counter[name if name in counter or len(counter) < NAMES else OTHERS] += number


def clip(text: object, length: int) -> str:
    """Return *text*, shortened to *length* code points."""
    written = str(text)
    return written if len(written) <= length else written[: length - 1] + "…"
