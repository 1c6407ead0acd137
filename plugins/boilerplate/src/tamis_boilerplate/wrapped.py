"""Text wrapped at a width, as in mail and old corpora: its lines are no paragraphs."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

#: Lines of wrapped text are so long.
_WIDTHS: Final = range(40, 121)
#: So many lines at least, and this share of all, go on in the next with a small letter where a text is wrapped.
_LEAST: Final = 3
_SHARE: Final = 0.3
#: A line of this share of the width was broken because it was full.
_FULL: Final = 0.75


def unwrapped(text: str) -> str:
    """Return *text* with a space for each end of line that only wraps a paragraph: its length stays.

    >>> unwrapped("One paragraph, and not wrapped.\\nAnother one.")
    'One paragraph, and not wrapped.\\nAnother one.'
    """
    if text.count("\n") < _LEAST:
        return text
    lines = text.split("\n")
    breaks = [(line, after) for line, after in pairwise(lines) if line and after]
    soft = [len(line) for line, after in breaks if len(line) in _WIDTHS and after[0].islower() and line[-1].isalnum()]
    if len(soft) < _LEAST or len(soft) < _SHARE * len(breaks):
        return text
    full = _FULL * max(soft)
    joined = [lines[0]]
    for line, after in pairwise(lines):
        goes_on = line and after and not after[0].isspace() and (len(line) >= full or after[0].islower())
        joined += [" " if goes_on else "\n", after]
    return "".join(joined)
