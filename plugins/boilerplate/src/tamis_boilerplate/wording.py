"""How much a stretch is worded as a page's own: a linear model of words, pairs of words and the shape."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tamis_boilerplate.layout import Layout
from tamis_boilerplate.learned import root
from tamis_boilerplate.learned import wording

#: So much of it must come from its words: a short line without an end mark may be anything.
EVIDENCE: Final = 1.0
#: A sentence of the page has so many words.
WORDS: Final = range(2, 41)
#: How a piece begins counts by so many words.
OPENING: Final = 3
_BARS: Final = frozenset("|·•›»▸►→")


def features(layout: Layout, start: int, end: int) -> list[str]:
    """Return what describes *start*:*end*: its words, their first letters, its pairs of words, its ends, its shape."""
    keys = _keys(layout, start, end)
    return [*_said(keys), *_shape(layout, start, end, len(keys))]


def _keys(layout: Layout, start: int, end: int) -> Sequence[str]:
    return layout.keys[layout.word_at(start) : layout.word_at(end)][: WORDS.stop]


def _said(keys: Sequence[str]) -> list[str]:
    """Return the features of the words *keys*."""
    found = [f"w:{key}" for key in dict.fromkeys(keys)]  # in one order, for the sum of what they weigh
    found += [f"p:{part}" for part in dict.fromkeys(map(root, keys)) if part]
    found += [f"b:{one} {two}" for one, two in pairwise(keys)]
    found += [f"s:{' '.join(keys[:count])}" for count in range(1, min(OPENING, len(keys)) + 1)]
    return found + ([f"z:{keys[-1]}"] if keys else [])


def _shape(layout: Layout, start: int, end: int, count: int) -> list[str]:
    """Return the features of the shape of *start*:*end*, a piece of *count* words."""
    piece = layout.text[start:end].rstrip()
    mark = "." if layout.ends_well((start, start + len(piece))) else ":" if piece.endswith(":") else "-"
    written = "upper" if count > 1 and piece.isupper() else "bars" if not _BARS.isdisjoint(piece) else "plain"
    return [f"n:{min(count // 2, 10)}", f"e:{mark}", f"h:{written}"]


def score(layout: Layout, start: int, end: int, least: float = EVIDENCE) -> float:
    """Return how much *start*:*end* is worded as a page's own, as log odds; none where its words say less."""
    table = wording()
    keys = _keys(layout, start, end)
    evidence = sum([table[name] for name in _said(keys) if name in table])
    if evidence < least:
        return min(evidence, least - 1.0)
    return (
        table["bias"] + evidence + sum([table[name] for name in _shape(layout, start, end, len(keys)) if name in table])
    )
