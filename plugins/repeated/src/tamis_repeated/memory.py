"""The memory: which units recur, by source, and the JSON file it is kept in, which is checked to the last entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from typing import Any
from typing import ClassVar
from typing import Final
from typing import Self

import tamis.memory
from tamis.memory import MemoryKind
from tamis.memory import is_count
from tamis_repeated.units import LONGEST
from tamis_repeated.units import is_key
from tamis_repeated.units import normal

KIND: Final = MemoryKind("tamis repeated", version=1, about="what recurs", command="tamis repeated")


@dataclass(frozen=True, slots=True)
class Source:
    """How many documents of a source were learnt from, and in how many of them each recurring unit is."""

    documents: int
    recurring: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Memory(tamis.memory.Memory):
    """What recurs, by source; *key* says what a source is: `host`, `all` or `meta.FIELD`.

    Units are brought to normal form when it is read, so they may be added by hand.
    """

    kind: ClassVar[MemoryKind] = KIND

    key: str
    at_least: int
    share: float
    sources: Mapping[str, Source]

    def state(self) -> dict[str, Any]:
        """Return the memory as JSON, sorted."""
        return {
            "made_by": f"tamis-repeated {metadata.version('tamis-repeated')}",
            "key": self.key,
            "at_least": self.at_least,
            "share": self.share,
            "sources": {
                name: {"documents": source.documents, "recurring": dict(sorted(source.recurring.items()))}
                for name, source in sorted(self.sources.items())
            },
        }

    @classmethod
    def parse(cls, path: str, state: dict[str, Any]) -> Self:
        """Return the memory that *state* says, checked to the last entry."""
        key, at_least, share, sources = (state.get(name) for name in ("key", "at_least", "share", "sources"))
        if not isinstance(key, str) or not is_key(key):
            raise KIND.wrong(path, f'"key" should be host, all or meta.FIELD, found {key!r:.40}')
        if not is_count(at_least, 1):
            raise KIND.wrong(path, f'"at_least" should be a positive whole number, found {at_least!r:.40}')
        if not isinstance(share, int | float) or isinstance(share, bool) or not 0 <= share <= 1:
            raise KIND.wrong(path, f'"share" should be a number from 0 to 1, found {share!r:.40}')
        if not isinstance(sources, dict):
            raise KIND.wrong(path, '"sources" should be an object')
        return cls(key, at_least, share, {name: _source(path, name, found) for name, found in sources.items()})


def _source(path: str, name: str, found: Any) -> Source:
    documents = found.get("documents") if isinstance(found, dict) else None
    recurring = found.get("recurring") if isinstance(found, dict) else None
    if not is_count(documents, 1) or not isinstance(recurring, dict):
        raise KIND.wrong(path, f'source {name!r:.60} should have "documents" (a number) and "recurring" (an object)')
    for unit, number in recurring.items():
        if len(unit) > LONGEST or not is_count(number, 1) or number > documents:
            raise KIND.wrong(
                path, f"unit {unit!r:.60} should have at most {LONGEST} letters and a count up to {documents}"
            )
    return Source(documents, {normal(unit): number for unit, number in recurring.items()})
