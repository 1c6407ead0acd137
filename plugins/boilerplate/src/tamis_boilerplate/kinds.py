"""Of which kind a piece of a page is, by its words, where no rule says it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tamis_boilerplate.learned import kinds

#: What no word tells of is a part of the page around the article.
_OTHER: Final = "live_nav"
_FIRST: Final = "^"


def features(keys: Sequence[str]) -> list[str]:
    """Return what tells the kind of a piece of the words *keys*: each of them, and the first as such."""
    return [*dict.fromkeys(keys), *(_FIRST + key for key in keys[:1])]


def kind_of(keys: Sequence[str]) -> str:
    """Return the kind that the words *keys* speak most for."""
    table = kinds()
    scores: dict[str, float] = {}
    for name in features(keys):
        for kind, weight in table.get(name, {}).items():
            scores[kind] = scores.get(kind, 0.0) + weight
    return max(scores.items(), key=lambda item: (item[1], item[0]))[0] if scores else _OTHER
