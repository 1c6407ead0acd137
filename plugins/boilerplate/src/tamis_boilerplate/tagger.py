"""A sequence model that tells, word by word, where a page speaks of itself: a linear chain over what is observed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any
from typing import Final
from typing import NamedTuple

import numpy as np

from tamis.models import find
from tamis_boilerplate._pin_tagger import SHA256
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.observed import observed

#: The article, its first word after a piece of the page; a piece's first word, those inside, its last, its only one.
LABELS: Final = ("article", "after", "begin", "inside", "end", "single")
_ARTICLE, _AFTER, _BEGIN, _INSIDE, _END, _SINGLE = range(6)
#: What may follow what.
FOLLOWS: Final = (
    (_ARTICLE, _BEGIN, _SINGLE),
    (_ARTICLE, _BEGIN, _SINGLE),
    (_INSIDE, _END),
    (_INSIDE, _END),
    (_AFTER, _BEGIN, _SINGLE),
    (_AFTER, _BEGIN, _SINGLE),
)
_NEVER: Final = -(1 << 40)
#: A piece gains at least so much.
LEAST: Final = 200


class Piece(NamedTuple):
    """The words *first* to *last* (exclusive), which are a page's own with so much *gain* over an article's."""

    first: int
    last: int
    gain: int


class Reading(NamedTuple):
    """What the words from number *first* on weigh for each label, a row each, and the pieces among them."""

    tagger: Tagger
    first: int
    values: Any
    pieces: Sequence[Piece]

    def gain(self, first: int, last: int) -> int:
        """Return how much more the words *first* to *last* weigh as one piece, within an article, than as its own."""
        return self.tagger.gain(self.values, first - self.first, last - self.first)


class Tagger:
    """The weights of what is observed, whole numbers, so that sums are exact in any order."""

    def __init__(self, checks: Any, weights: Any, follows: Any) -> None:
        """Take a table of *checks* (slots, a power of 2), *weights* for each but 0, and what *follows* what."""
        self._checks = checks
        self._mask = np.uint64(len(checks) - 1)
        self._shift = np.uint64(len(checks).bit_length() - 1)
        rows = np.zeros(len(checks), np.int32)
        rows[np.flatnonzero(checks)] = np.arange(1, len(weights) + 1)
        self._rows = rows
        self._weights = np.concatenate([np.zeros((1, 6), np.int32), weights.astype(np.int32)])
        self._follows = [[int(value) for value in row] for row in follows]
        #: What it is worth at most to come to a label, and to go on from a piece, beside staying in the article.
        self._entry = [
            max(self._follows[one][label] for one in range(6) if label in FOLLOWS[one]) for label in range(6)
        ]
        plain = self._follows[_ARTICLE][_ARTICLE]
        self._entry = [value - plain for value in self._entry]
        self._leave = max(self._entry[_ARTICLE], 0)

    def weighed(self, codes: Any) -> Any:
        """Return what the rows of *codes* weigh for each label."""
        slots = (codes & self._mask).astype(np.intp)
        known = self._checks.take(slots) == checks_of(codes, self._shift)
        sums = np.zeros((int(known.sum()) + 1, len(LABELS)), np.int64)
        np.cumsum(self._weights.take(self._rows.take(slots[known]), axis=0), axis=0, out=sums[1:])
        return np.diff(sums.take(np.cumsum(known.sum(axis=1)), axis=0), axis=0, prepend=0)

    def read(self, layout: Layout, first: int, last: int) -> Reading:
        """Return what the words *first* to *last* of *layout* weigh, and the pieces among them."""
        values = self.weighed(observed(layout, first, last))
        found: list[Piece] = []
        for begin, end in self._stretches(values) if len(values) else ():
            found += self._best(values[begin:end].tolist(), begin + first)
        return Reading(self, first, values, found)

    def gain(self, values: Any, first: int, last: int) -> int:
        """Return how much more the words *first* to *last* weigh as one piece, within an article, than as its own."""
        follows, part = self._follows, values[first:last]
        if last - first == 1:
            gain = int(part[0, _SINGLE]) + follows[_ARTICLE][_SINGLE] + follows[_SINGLE][_AFTER]
        else:
            inside = last - first - 2
            gain = int(part[0, _BEGIN] + part[1:-1, _INSIDE].sum() + part[-1, _END])
            gain += follows[_ARTICLE][_BEGIN] + follows[_END][_AFTER]
            gain += follows[_BEGIN][_INSIDE if inside else _END]
            gain += (inside - 1) * follows[_INSIDE][_INSIDE] + follows[_INSIDE][_END] if inside else 0
        gain -= int(part[:, _ARTICLE].sum()) + (last - first + 1) * follows[_ARTICLE][_ARTICLE]
        if last < len(values):
            gain += int(values[last, _AFTER] - values[last, _ARTICLE])
        return gain

    def _stretches(self, values: Any) -> list[tuple[int, int]]:
        """Return where a piece can be: elsewhere none gains enough, whatever begins, continues and ends it.

        With a word of the article before each, and behind it.
        """
        begin, inside, end, single = (
            values[:, label] - values[:, _ARTICLE] + self._entry[label] for label in (_BEGIN, _INSIDE, _END, _SINGLE)
        )
        after = np.concatenate([values[1:, _AFTER] - values[1:, _ARTICLE], [0]]) + self._entry[_AFTER]
        after = np.maximum(after, 0) + self._leave
        sums = np.cumsum(inside)
        first = np.maximum.accumulate(begin - sums)
        last = np.maximum.accumulate((sums - inside + end + after)[::-1])[::-1]
        covered = single + after > LEAST
        begun = first[:-1] + last[1:] > LEAST  # by a piece of two words or more that reaches over this gap
        covered[:-1] |= begun
        covered[1:] |= begun
        where = np.flatnonzero(covered)
        if not len(where):
            return []
        breaks = np.flatnonzero(np.diff(where) > 3)
        firsts = where[np.concatenate([[0], breaks + 1])] - 1
        lasts = where[np.concatenate([breaks, [len(where) - 1]])] + 2
        return [(max(int(first), 0), min(int(last), len(values))) for first, last in zip(firsts, lasts, strict=True)]

    def _best(self, values: Sequence[Sequence[int]], offset: int) -> list[Piece]:
        """Return the pieces of the best sequence of labels (Viterbi 1967)."""
        (aa, _, ab, _, _, az), (fa, _, fb, _, _, fz), (_, _, _, bi, be, _), (_, _, _, ii, ie, _) = self._follows[:4]
        (_, ef, eb, _, _, ez), (_, zf, zb, _, _, zz) = self._follows[4:]
        row = values[0]
        article, after, begin, inside, end, single = row[0], _NEVER, row[2], _NEVER, _NEVER, row[5]
        back: list[int] = []
        for in_article, in_after, in_begin, in_inside, in_end, in_single in values[1:]:
            # Three bits for what each label follows at best: the article, a word after, a piece's first word, ...
            come, way = article + aa, _ARTICLE
            if after + fa > come:
                come, way = after + fa, _AFTER
            to_after, bits = end + ef, _END << 3
            if single + zf > to_after:
                to_after, bits = single + zf, _SINGLE << 3
            way |= bits
            to_begin, to_single, bits = article + ab, article + az, 0
            if after + fb > to_begin:
                to_begin, bits = after + fb, _AFTER << 6
            if end + eb > to_begin:
                to_begin, bits = end + eb, _END << 6
            if single + zb > to_begin:
                to_begin, bits = single + zb, _SINGLE << 6
            way |= bits
            bits = 0
            if after + fz > to_single:
                to_single, bits = after + fz, _AFTER << 15
            if end + ez > to_single:
                to_single, bits = end + ez, _END << 15
            if single + zz > to_single:
                to_single, bits = single + zz, _SINGLE << 15
            way |= bits
            to_inside, bits = begin + bi, _BEGIN << 9
            if inside + ii > to_inside:
                to_inside, bits = inside + ii, _INSIDE << 9
            way |= bits
            to_end, bits = begin + be, _BEGIN << 12
            if inside + ie > to_end:
                to_end, bits = inside + ie, _INSIDE << 12
            back.append(way | bits)
            article, after, begin = come + in_article, to_after + in_after, to_begin + in_begin
            inside, end, single = to_inside + in_inside, to_end + in_end, to_single + in_single
        options = (article, after, _NEVER, _NEVER, end, single)
        label = options.index(max(options))
        labels = [label]
        for way in reversed(back):
            label = way >> 3 * label & 7
            labels.append(label)
        labels.reverse()
        return self._cut(values, labels, offset)

    def _cut(self, values: Sequence[Sequence[int]], labels: Sequence[int], offset: int) -> list[Piece]:
        found: list[Piece] = []
        first = 0
        for place, label in enumerate(labels):
            if label in (_BEGIN, _SINGLE):
                first = place
            if label in (_END, _SINGLE):
                gain = self._gain(values, labels, first, place + 1)
                if gain >= LEAST:
                    found.append(Piece(first + offset, place + 1 + offset, gain))
        return found

    def _gain(self, values: Sequence[Sequence[int]], labels: Sequence[int], first: int, last: int) -> int:
        """Return how much more the *labels* of the words *first* to *last* weigh than the article's would."""
        follows = self._follows
        plain = follows[_ARTICLE][_ARTICLE]
        gain = sum(values[place][labels[place]] - values[place][_ARTICLE] for place in range(first, last))
        bounds = range(max(first, 1), min(last + 1, len(labels)))
        gain += sum(follows[labels[place - 1]][labels[place]] - plain for place in bounds)
        if last < len(labels) and labels[last] == _AFTER:
            gain += values[last][_AFTER] - values[last][_ARTICLE]
        return gain


def checks_of(codes: Any, shift: Any) -> Any:
    """Return the rest of *codes* beside the slot, by which one in it is known, never 0."""
    return ((codes >> shift) + np.uint64(1)).astype(np.uint16)


@cache
def tagger() -> Tagger:
    """Return the installed model, read once per process; raises ModelError where it is missing or another."""
    with np.load(io.BytesIO(find("boilerplate_tagger").read(SHA256)), allow_pickle=False) as arrays:
        checks = np.zeros(1 << int(arrays["bits"]), np.uint16)
        checks[arrays["slots"]] = arrays["checks"]
        return Tagger(checks, arrays["weights"], arrays["follows"])
