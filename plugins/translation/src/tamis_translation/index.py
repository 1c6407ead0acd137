"""Find where a rule may fit: each is filed under two of its words, at the distance at which they stand.

A text is searched for all pairs at once: the codes of words one to seven places apart are hashed, and a table says
which of them some rule asks for. So the time hardly depends on how many rules there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import Final

import numpy as np

from tamis_translation.bags import REACH
from tamis_translation.codes import code
from tamis_translation.patterns import Text
from tamis_translation.rules import Rule

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BITS: Final = 22
_SHIFT: Final = np.uint32(32 - _BITS)
_ODD: Final = np.uint32(0x9E3779B1)
#: Words next to each other and words further apart are told apart by the factor of the first.
_NEXT: Final = np.uint32(0x85EBCA77)
_NEAR: Final = np.uint32(0xC2B2AE3D)
_HALF: Final = np.uint64(32)
_QUARTER: Final = np.uint64(48)
#: The second word is one of so many that follow the first.
_FAR: Final = REACH - 1
_FACTORS: Final = np.array([_NEXT] + [_NEAR] * (_FAR - 1))


class Index:
    """The rules of all packs, found by the words of a text."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules
        self._single: dict[str, list[Rule]] = {}
        pairs: dict[bool, list[tuple[int, int, int, int]]] = {True: [], False: []}
        known: dict[str, int] = {}
        for number, rule in enumerate(rules):
            partner = rule.pattern.partner
            if partner is None:
                for word in rule.anchors:
                    self._single.setdefault(word, []).append(rule)
                continue
            anchors = [known.setdefault(word, code(word)) for word in sorted(rule.anchors)]
            others = [known.setdefault(word, code(word)) for word in sorted(partner.words)]
            for next_to in (True, False):
                if partner.least == 1 if next_to else partner.most > 1:
                    both = [(anchor, other) for anchor in anchors for other in others]
                    if partner.after:
                        pairs[next_to] += [(anchor, other, number, 0) for anchor, other in both]
                    if partner.before:
                        pairs[next_to] += [(other, anchor, number, 1) for anchor, other in both]
        found = [_keys(np.array(pairs[next_to], np.uint32).reshape(-1, 4), next_to) for next_to in (True, False)]
        keys, filed = np.concatenate([key for key, _ in found]), np.concatenate([place for _, place in found])
        order = np.argsort(keys, kind="stable")
        #: By key: the numbers of its rules, doubled, and whether the anchor is the second word.
        self._filed: list[int] = filed[order].tolist()
        #: The keys, and where in the above each begins; behind the last, its end.
        self._keys, begins = np.unique(keys[order], return_index=True)
        self._begins = np.append(begins, len(order))
        self._alone = np.zeros(1 << 16, np.bool_)
        self._alone[[code(word) >> 16 for word in self._single]] = True
        asked = np.zeros(1 << _BITS, np.bool_)
        asked[self._keys >> _SHIFT] = True
        #: A bit for each hash, so that most pairs of a text are passed over at once.
        self._asked = np.packbits(asked, bitorder="little")

    def tries(self, text: Text) -> Iterator[tuple[int, Rule]]:
        """Yield the places of anchors in *text*, each with a rule that may fit there."""
        for place in np.flatnonzero(self._alone.take((text.codes >> _QUARTER).view(np.int64))).tolist():
            for rule in self._single.get(text.low[place], ()):
                yield place, rule
        count = len(text.codes)
        codes = np.zeros(count + _FAR, np.uint32)
        codes[:count] = text.codes >> _HALF
        keys = ((codes[:count, None] * _FACTORS + codes.take(_windows(count))) * _ODD).ravel()
        slots = keys >> _SHIFT
        bits = self._asked.take(slots >> np.uint32(3)) >> (slots & np.uint32(7)).astype(np.uint8)
        asked = np.flatnonzero(bits & np.uint8(1))
        found = keys[asked]
        rows = self._keys.searchsorted(found)
        known = np.flatnonzero(self._keys.take(rows, mode="clip") == found)
        rows = rows[known]
        begins, ends = self._begins[rows].tolist(), self._begins[rows + 1].tolist()
        for where, first, last in zip(asked[known].tolist(), begins, ends, strict=True):
            place, step = divmod(where, _FAR)
            for filed in self._filed[first:last]:
                yield place + (filed & 1) * (step + 1), self.rules[filed >> 1]


@lru_cache(maxsize=1)
def _all_windows(count: int) -> NDArray[np.int64]:
    return np.arange(count)[:, None] + np.arange(1, _FAR + 1)


def _windows(count: int) -> NDArray[np.int64]:
    """Return for each of *count* words the places of those that follow it."""
    return _all_windows(max(4096, 1 << count.bit_length()))[:count]


def _keys(pairs: NDArray[np.uint32], next_to: bool) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    keys = (pairs[:, 0] * (_NEXT if next_to else _NEAR) + pairs[:, 1]) * _ODD
    return keys, pairs[:, 2] * np.uint32(2) + pairs[:, 3]
