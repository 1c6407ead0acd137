"""Learn which units recur across the pages of each source: a tally of all, then an exact census of the frequent ones.

The tally keeps upper bounds in a sketch of fixed size, so no unit that recurs is missed; the census counts exactly
those that the tally lets through. Both only add, so the memory they lead to is the same for any order of the documents,
and for any parts that the documents are counted in.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from math import ceil
from typing import Final

from tamis import Document
from tamis.errors import ConfigError
from tamis.errors import RunError
from tamis_repeated.memory import Memory
from tamis_repeated.memory import Source
from tamis_repeated.sketch import MOST
from tamis_repeated.sketch import Sketch
from tamis_repeated.units import digest
from tamis_repeated.units import is_key
from tamis_repeated.units import page_of
from tamis_repeated.units import source_of
from tamis_repeated.units import units

#: The size of the sketch, in megabytes.
MEGABYTES: Final = 32
#: At most so many units are counted exactly, and so many sources told apart.
MOST_UNITS: Final = 1_000_000
MOST_SOURCES: Final = 1_000_000


class Tally:
    """The first scan: how many documents each source has, and in how many at most each unit occurs."""

    def __init__(self, key: str = "host", megabytes: int = MEGABYTES) -> None:
        if not is_key(key):
            raise ConfigError(f"key should be host, all or meta.FIELD, found {key!r}")
        self.key = key
        #: Documents by source.
        self.documents: dict[str, int] = {}
        self.sketch = Sketch(megabytes)

    def add(self, doc: Document) -> None:
        """Count *doc*. Raises RunError where there are too many sources to tell apart."""
        source = source_of(doc, self.key)
        self._grow(source, 1)
        for unit in units(doc):
            self.sketch.add(digest(f"{source}\0{unit}"))

    def merge(self, other: Tally) -> None:
        """Add what *other* counted in other documents."""
        for source, documents in other.documents.items():
            self._grow(source, documents)
        self.sketch.merge(other.sketch)

    def _grow(self, source: str, documents: int) -> None:
        self.documents[source] = self.documents.get(source, 0) + documents
        if len(self.documents) > MOST_SOURCES:
            raise RunError(f"more than {MOST_SOURCES} sources by the key '{self.key}'; choose another, or `all`")


class Census:
    """The second scan, of the same documents: exact counts of the units that may recur, and in how many pages."""

    def __init__(self, tally: Tally, at_least: int = 5, share: float = 0.02) -> None:
        self._tally, self._at_least, self._share = tally, at_least, share
        self._needed = {source: max(at_least, ceil(share * documents)) for source, documents in tally.documents.items()}
        self._documents = 0
        #: By source and unit: in how many documents, and the first pages, as many as decide.
        self._found: dict[tuple[str, str], tuple[int, frozenset[int]]] = {}

    def add(self, doc: Document) -> None:
        """Count *doc*. Raises RunError where it is of a source the tally has not seen, or too many units recur."""
        source = source_of(doc, self._tally.key)
        needed = self._needed.get(source)
        if needed is None:
            raise _changed()
        self._documents += 1
        if needed > self._tally.documents[source]:
            return
        page = page_of(doc)
        for unit in units(doc):
            if self._tally.sketch.count(digest(f"{source}\0{unit}")) >= min(needed, MOST):
                self._count((source, unit), 1, frozenset((page,)))

    def merge(self, other: Census) -> None:
        """Add what *other*, by the same tally, counted in other documents."""
        self._documents += other._documents
        for unit, (documents, pages) in other._found.items():
            self._count(unit, documents, pages)

    def _count(self, unit: tuple[str, str], documents: int, pages: frozenset[int]) -> None:
        before, seen = self._found.get(unit, (0, frozenset[int]()))
        if len(seen) < self._at_least:
            seen |= pages
        self._found[unit] = before + documents, seen
        if len(self._found) > MOST_UNITS:
            raise RunError(
                f"more than {MOST_UNITS} units may recur; raise --at-least, --share or --megabytes,"
                " or learn the sources one by one"
            )

    def memory(self) -> Memory:
        """Return what recurs. Raises RunError where the two scans saw different documents."""
        if self._documents != sum(self._tally.documents.values()):
            raise _changed()
        recurring: dict[str, dict[str, int]] = {}
        for (source, unit), (documents, pages) in self._found.items():
            if documents >= self._needed[source] and len(pages) >= self._at_least:
                recurring.setdefault(source, {})[unit] = documents
        sources = {
            source: Source(self._tally.documents[source], dict(sorted(recurring[source].items())))
            for source in sorted(recurring)
        }
        return Memory(self._tally.key, self._at_least, self._share, sources)


def learn(
    documents: Callable[[], Iterable[Document]],
    key: str = "host",
    at_least: int = 5,
    share: float = 0.02,
    megabytes: int = MEGABYTES,
) -> Memory:
    """Return the memory of what recurs in *documents*, which is called twice and must give the same ones.

    A unit recurs that is in *at_least* different pages and in *share* of the documents of its source. Raises RunError
    where the bounds of memory do not hold what is found.
    """
    tally = Tally(key, megabytes)
    for doc in documents():
        tally.add(doc)
    census = Census(tally, at_least, share)
    for doc in documents():
        census.add(doc)
    return census.memory()


def _changed() -> RunError:
    return RunError("the documents changed between the two scans; learn again when nothing writes to them")
