"""What a text quotes, by its marks: where a quotation begins, and where it or its line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

#: The marks, and the ends of lines; « after a word closes. One class of signs, so that the search skips to them.
_MARKS: Final = re.compile(r"[“”„«»\"\n\r\v\f\x1c-\x1e\x85\u2028\u2029](?<![\w.,!?…]«)")
#: A quotation reaches at most so far beyond what it holds.
_SHORT: Final = 200
#: What closes a quotation that each mark opens.
_CLOSED: Final = {"“": "”", "„": "“”", "«": "»", '"': '"'}


def quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int | None]]:
    """Yield where each quotation in *start*:*end* of *text* begins and ends; None where it is open at the end."""
    if not any(mark in text for mark in _CLOSED):
        return
    opened, begun = "", 0
    for mark in _MARKS.finditer(text, start, end):
        sign = mark[0]
        if opened and (sign in _CLOSED[opened] or sign.isspace()):
            yield begun, mark.start()
            opened = ""
        elif not opened and sign in _CLOSED:
            opened, begun = sign, mark.start()
    if opened:
        yield begun, None


def within(text: str, start: int, end: int) -> bool:
    """Return whether *start*:*end* of *text* begins or ends a short quotation that holds it.

    Its marks have sides: the straight ones do not tell what they hold.
    """
    floor = max(text.rfind("\n", 0, start) + 1, start - _SHORT)
    ceiling = text.find("\n", end)
    ceiling = min(len(text) if ceiling < 0 else ceiling, end + _SHORT)
    for opened, closed in quotations(text, floor, ceiling):
        if text[opened] != '"' and closed is not None and opened < start and end <= closed:
            return not text[opened + 1 : start].strip() or not text[end:closed].strip(" .!?…")
    return False


def is_open(text: str) -> bool:
    """Return whether *text* opens a quotation that it does not close."""
    return any(end is None for _, end in quotations(text, 0, len(text)))
