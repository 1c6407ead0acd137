"""Who said what is quoted, where the sentence says so plainly."""

from __future__ import annotations

import re
from typing import Final

_SAYS: Final = re.compile(
    r"\b(?:said|says|told|tells|added|adds|explained|stated|noted|declared|announced|wrote|writes|insisted|argued|claimed"
    r"|warned|admitted|stressed|replied|recalled|commented|emphasi[sz]ed|according to)\b"
)
_NAME: Final = r"(?P<name>[A-Z][\w’'.-]{0,30}(?: (?:[A-Z][\w’'.-]{0,30}|de|van|von|al|bin|der)){0,4})"
_BEFORE: Final = re.compile(rf"(?:^|[^\w’'.-]){_NAME} $")
_AFTER: Final = re.compile(rf" (?:the )?{_NAME}")
_PRONOUNS: Final = frozenset(["He", "She", "It", "They", "We", "I", "You", "This", "That", "But", "And", "The"])
#: How many characters around a verb are read, and how many verbs of a sentence.
_ROUND: Final = 120
_VERBS: Final = 4


def speaker(sentence: str) -> str | None:
    """Return who speaks in *sentence*, or None where it does not say so plainly.

    >>> speaker("“We won,” said Maria Lopez.")
    'Maria Lopez'
    """
    for count, verb in enumerate(_SAYS.finditer(sentence)):
        if count >= _VERBS:
            break
        left = sentence[max(0, verb.start() - _ROUND) : verb.start()]
        for match in (_BEFORE.search(left), _AFTER.match(sentence, verb.end())):
            if match and match["name"].split(" ", 1)[0] not in _PRONOUNS:
                return match["name"].rstrip(".")
    return None
