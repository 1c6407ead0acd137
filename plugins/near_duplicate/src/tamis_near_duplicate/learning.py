"""Learn which documents repeat which: a signature of each, then one pass through them in order.

The first document is one that repeats none before it; a document repeats the earliest first one that it is similar to.
The order is that of the sources (path, then line), or of a field such as a date, so that it does not matter in
which order, or in how many parts, the documents are read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import NamedTuple
from typing import TypeAlias

from tamis import Document
from tamis.errors import ConfigError
from tamis.errors import suggest
from tamis_near_duplicate.memory import First
from tamis_near_duplicate.memory import Memory
from tamis_near_duplicate.signature import bands
from tamis_near_duplicate.signature import enough
from tamis_near_duplicate.signature import signature
from tamis_near_duplicate.signature import similarities

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tamis_near_duplicate.signature import Signature

Place: TypeAlias = tuple[int, float, str, str, int]

#: The places of documents that lack the field come after all others.
_LAST: Final = 2
#: So many names of fields are known at most, to suggest one.
_FIELDS: Final = 1_000


class _Entry(NamedTuple):
    place: Place
    source: str
    id: str
    signature: bytes
    words: int


class Signatures:
    """The signatures of documents, each with its place; those of parts `merge` into those of the whole.

    *order* names the field of the meta by which documents are ordered, those without it last; None: by source, and by
    id where there is none.
    """

    def __init__(self, order: str | None = None) -> None:
        self._order = order
        self._entries: set[_Entry] = set()
        self._fields: set[str] = set()

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, doc: Document) -> None:
        """Add the signature of *doc*; one without words has none, and the same document is not added twice."""
        if not doc.words.texts:
            return
        if self._order and len(self._fields) < _FIELDS:
            self._fields.update(doc.meta)
        place = _place(doc.meta.get(self._order) if self._order else None, doc.source or doc.id)
        self._entries.add(_Entry(place, doc.source, doc.id, signature(doc).tobytes(), len(doc.words.texts)))

    def merge(self, other: Signatures) -> None:
        """Add the signatures that *other* holds."""
        self._entries |= other._entries
        self._fields |= other._fields

    def memory(self, threshold: float = 0.4, shortest: int = 100, keep_all: bool = False) -> Memory:
        """Return which documents repeat which, by an estimated Jaccard similarity of *threshold* or more.

        Texts of fewer than *shortest* words must be more alike, the shorter the more. With *keep_all* the memory also
        holds the documents that nothing repeats yet, so that documents to come can be compared with them. Raises
        ConfigError where no document has the field that orders them.
        """
        import numpy as np

        entries = sorted(self._entries)
        if self._order and entries and entries[0].place[0] == _LAST:
            close = suggest(self._order, self._fields)
            raise ConfigError(f"no document has a number or a text in the field '{self._order}'{close}")
        if not entries:
            return Memory(threshold, shortest, ())
        signatures = np.stack([np.frombuffer(entry.signature, dtype=np.uint32) for entry in entries])
        may_repeat = _sharing(signatures)
        keys = dict(zip(may_repeat, bands(signatures[may_repeat]).tolist(), strict=True)) if may_repeat else {}
        index: dict[int, list[int]] = {}
        copies: dict[int, list[int]] = {i: [] for i in range(len(entries))} if keep_all else {}
        for i in may_repeat:
            found = sorted({first for key in keys[i] for first in index.get(key, ())})
            alike = similarities(signatures[i], signatures[found]) if found else []
            for first, similarity in zip(found, alike, strict=True):
                if enough(similarity, threshold, max(entries[first].words, entries[i].words), shortest):
                    copies.setdefault(first, []).append(i)
                    copies.pop(i, None)
                    break
            else:
                for key in keys[i]:
                    index.setdefault(key, []).append(i)
        return Memory(threshold, shortest, tuple(_first(entries, i, copies[i]) for i in sorted(copies)))


def _first(entries: list[_Entry], i: int, copies: list[int]) -> First:
    entry = entries[i]
    ids = tuple(entries[copy].id for copy in copies)
    return First(entry.id, entry.source if entry.id in ids else None, ids, entry.words, entry.signature)


def _sharing(signatures: Signature) -> list[int]:
    """Return the rows of *signatures* that share a band with another: the others repeat nothing."""
    import numpy as np

    shares: NDArray[np.bool_] = np.zeros(len(signatures), dtype=np.bool_)
    for column in bands(signatures).T:
        _, inverse, counts = np.unique(column, return_inverse=True, return_counts=True)
        shares |= counts[inverse] > 1
    return [int(i) for i in np.flatnonzero(shares)]


def _place(value: Any, source: str) -> Place:
    path, _, line = source.rpartition(":")
    by_source = (path, int(line)) if line.isdecimal() and len(line) < 16 else (source, 0)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (0, float(value), "", *by_source)
    if isinstance(value, str) and value:
        return (1, 0.0, value, *by_source)
    return (_LAST, 0.0, "", *by_source)


def learn(
    documents: Iterable[Document],
    order: str | None = None,
    threshold: float = 0.4,
    shortest: int = 100,
    keep_all: bool = False,
) -> Memory:
    """Return which of *documents* repeat which; `Signatures` says what the arguments do."""
    signatures = Signatures(order)
    for doc in documents:
        signatures.add(doc)
    return signatures.memory(threshold, shortest, keep_all)
