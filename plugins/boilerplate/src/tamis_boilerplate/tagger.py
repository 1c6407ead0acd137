"""A sequence model that tells, word by word, where a page speaks of itself: a linear chain over what is observed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any
from typing import Final

import numpy as np

from tamis.models import find
from tamis_boilerplate._pin_tagger import SHA256
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.observed import COUNT
from tamis_boilerplate.observed import observed
from tamis_boilerplate.pieces import LABELS
from tamis_boilerplate.pieces import LEAST
from tamis_boilerplate.pieces import Piece
from tamis_boilerplate.pieces import Reading
from tamis_boilerplate.pieces import Tag

_ARTICLE, _AFTER, _BEGIN, _INSIDE, _END, _SINGLE = map(int, Tag)
_NEVER: Final = -(1 << 40)


class Tagger:
    """The weights of what is observed, whole numbers, so that sums are exact in any order."""

    def __init__(self, checks: Any, weights: Any, follows: Any) -> None:
        """Take a table of *checks* (slots, a power of 2), *weights* for each but 0, and what *follows* what."""
        self._slots = np.uint32(len(checks) - 1)
        self._checked = np.uint32((len(checks) << 16) - len(checks) & 0xFFFFFFFF)
        #: What is known in each slot, with the number of its row of weights in place of the slot's.
        self._table = np.zeros(len(checks), np.uint32)
        taken = np.flatnonzero(checks)
        rests = checks[taken].astype(np.uint32) - 1  # see checks_of
        self._table[taken] = rests * np.uint32(len(checks)) + np.arange(1, len(weights) + 1, dtype=np.uint32)
        #: Eight columns, which are added at once; the sums need no more bits than the weights have here.
        small = COUNT * int(np.abs(weights).max()) < 1 << 15
        self._weights = np.zeros((len(weights) + 1, 8), np.int16 if small else np.int32)
        self._weights[1:, : len(LABELS)] = weights
        self._follows = [[int(value) for value in row] for row in follows]
        (stay, _, ab, _, _, az), (fa, *_), (*_, bi, be, _), (*_, ii, ie, _), *ends = self._follows
        #: What it is worth at most to come to each label, beside staying in the article; to come to the second word of
        #: a piece is worth so much more than to the others in it.
        self._second = max(bi - ii, be - ie)
        entry = np.max([self._follows[one] for one in (_ARTICLE, _AFTER, _END, _SINGLE)], axis=0) - stay
        entry[[_ARTICLE, _INSIDE, _END]] = 0, ii - stay, ie - stay
        self._entry = entry[:, None]
        self._edge = np.zeros_like(self._entry)
        self._edge[[_BEGIN, _SINGLE]] = self._entry[[_BEGIN, _SINGLE]]
        #: From the article to a piece, from one piece to another, from the word after a piece to the article.
        self._opens = ab - stay - int(entry[_BEGIN]), az - stay - int(entry[_SINGLE])
        self._joins = max(one[label] for one in ends for label in (_BEGIN, _SINGLE)) - stay
        self._leaves = fa - stay

    def weighed(self, codes: Any) -> Any:
        """Return what the rows of *codes* weigh for each label."""
        columns = codes.T.astype(np.uint32)
        entries = self._table.take(columns & self._slots)
        rows = (entries & self._slots) * ((entries ^ columns) & self._checked == 0)
        weights = self._weights.take(rows, axis=0)
        return weights.sum(axis=0, dtype=weights.dtype)[:, : len(LABELS)].astype(np.int64)

    def read(self, layout: Layout, first: int, last: int) -> Reading:
        """Return what the words *first* to *last* of *layout* weigh, and the pieces among them."""
        values = self.weighed(observed(layout, first, last))
        found: list[Piece] = []
        for begin, end in self._stretches(values) if len(values) else ():
            inside = begin > 0, end < len(values)
            found += self._best(values[begin:end].tolist(), begin + first, inside)
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
        """Return where pieces may stand of which one gains enough, with a word of the article on both sides.

        Elsewhere no piece gains enough, or the article weighs most, whatever the best labels are there.
        """
        more = (values - values[:, :1]).T + self._entry
        more[:, :1] -= self._edge  # nothing stands before the first word
        _, after, begin, inside, end, single = more
        begin += self._second
        behind = np.zeros(len(values), np.int64)
        np.maximum(after[1:], self._joins, out=behind[:-1])
        gains = single + behind >= LEAST
        _cover(gains, begin, inside, end + behind, LEAST)
        if not gains.any():
            return []
        # Pieces in a row, and the words after them: its first word follows the article, its last stands before it.
        first = np.maximum(begin + self._opens[0], single + self._opens[1])
        first[0] = max(begin[0], single[0])
        inner = more[1:].max(axis=0)
        last = after + self._leaves
        last[-1] = inner[-1]
        rows = np.zeros(len(values), bool)
        rows[-1] = first[-1] >= 0
        _cover(rows, first, inner, last, 0)
        bounds = np.flatnonzero(np.diff(rows, prepend=False, append=False)).tolist()
        found = zip(bounds[::2], bounds[1::2], strict=True)
        return [(max(first - 1, 0), min(last + 1, len(values))) for first, last in found if gains[first:last].any()]

    def _best(self, values: Sequence[Sequence[int]], offset: int, inside: tuple[bool, bool]) -> list[Piece]:
        """Return the pieces of the best sequence of labels (Viterbi 1967).

        It begins and ends with a word of the article where it is *inside* a text on that side.
        """
        (aa, _, ab, _, _, az), (fa, _, fb, _, _, fz), (_, _, _, bi, be, _), (_, _, _, ii, ie, _) = self._follows[:4]
        (_, ef, eb, _, _, ez), (_, zf, zb, _, _, zz) = self._follows[4:]
        row = values[0]
        article, after, begin, inner, end, single = row[0], _NEVER, row[2], _NEVER, _NEVER, row[5]
        if inside[0]:
            begin = single = _NEVER
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
            if inner + ii > to_inside:
                to_inside, bits = inner + ii, _INSIDE << 9
            way |= bits
            to_end, bits = begin + be, _BEGIN << 12
            if inner + ie > to_end:
                to_end, bits = inner + ie, _INSIDE << 12
            back.append(way | bits)
            article, after, begin = come + in_article, to_after + in_after, to_begin + in_begin
            inner, end, single = to_inside + in_inside, to_end + in_end, to_single + in_single
        options = (article, after, _NEVER, _NEVER, end, single)
        label = _ARTICLE if inside[1] else options.index(max(options))
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


def _cover(found: Any, first: Any, inner: Any, last: Any, least: int) -> None:
    """Mark in *found* the words of each stretch that may weigh *least*: its first word, those inside, its last."""
    sums = np.cumsum(inner)
    begun = np.maximum.accumulate(first - sums)
    ended = np.maximum.accumulate((last + sums - inner)[::-1])[::-1]
    gaps = begun[:-1] + ended[1:] >= least
    found[:-1] |= gaps
    found[1:] |= gaps


def checks_of(codes: Any, shift: Any) -> Any:
    """Return the rest of *codes* beside the slot, by which one in it is known, never 0."""
    return (codes >> shift).astype(np.uint16) + np.uint16(1)


@cache
def tagger() -> Tagger:
    """Return the installed model, read once per process; raises ModelError where it is missing or another."""
    with np.load(io.BytesIO(find("boilerplate_tagger").read(SHA256)), allow_pickle=False) as arrays:
        checks = np.zeros(1 << int(arrays["bits"]), np.uint16)
        checks[arrays["slots"]] = arrays["checks"]
        return Tagger(checks, arrays["weights"], arrays["follows"])
