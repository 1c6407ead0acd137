"""Bars as inline SVG: no script, no style attribute, a text beside each bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

#: Bars that a chart shows; what is beyond them is summed up in one more.
MOST = 14


class Bar(NamedTuple):
    """One bar: its name, its value as text, and its width from 0 to 100."""

    name: str
    value: str
    width: float


def bars(values: Sequence[tuple[str, float]], top: float | None = None, digits: int = 0) -> list[Bar]:
    """Return *values*, largest first, as bars; *top* is the value of the full width (default: the largest)."""
    ranked = sorted(values, key=lambda pair: (-pair[1], pair[0]))
    if len(ranked) > MOST:
        rest = sum(value for _, value in ranked[MOST - 1 :])
        ranked = [*ranked[: MOST - 1], (f"{len(ranked) - MOST + 1} others", rest)]
    full = top or max((value for _, value in ranked), default=0) or 1
    return [
        Bar(name, f"{value:,.{digits}f}", round(max(0.0, min(100.0, 100 * value / full)), 2)) for name, value in ranked
    ]
