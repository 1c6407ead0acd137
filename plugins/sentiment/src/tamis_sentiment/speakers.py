"""Who said what is quoted, where the sentence says so plainly."""

from __future__ import annotations

import re
from typing import Final

_SAYS: Final = (
    "said|says|told|tells|added|adds|explained|stated|noted|declared|announced|wrote|writes|insisted|argued|claimed|"
    "warned|admitted|stressed|replied|recalled|commented|emphasi[sz]ed|according to"
)
_NAME: Final = r"(?P<name>[A-Z][\w’'.-]{0,30}(?: (?:[A-Z][\w’'.-]{0,30}|de|van|von|al|bin|der)){0,4})"
_AFTER: Final = re.compile(rf"\b(?:{_SAYS}) (?:(?:the|[a-z]+ minister|[a-z]+) )?{_NAME}")
_BEFORE: Final = re.compile(rf"{_NAME} (?:{_SAYS})\b")
_PRONOUNS: Final = frozenset(["He", "She", "It", "They", "We", "I", "You", "This", "That", "But", "And", "The"])


def speaker(sentence: str) -> str | None:
    """Return who speaks in *sentence*, or None where it does not say so plainly.

    >>> speaker("“We won,” said Maria Lopez.")
    'Maria Lopez'
    """
    for pattern in (_BEFORE, _AFTER):
        match = pattern.search(sentence)
        if match and match["name"].split(" ", 1)[0] not in _PRONOUNS:
            return match["name"].rstrip(".")
    return None
