"""What of a text the tagger reads: all of it first, then what is new."""

from __future__ import annotations

from typing import Final

from tamis_boilerplate.layout import Layout
from tamis_boilerplate.pieces import Reading

#: So many words beside what is new are observed otherwise than before.
_NEAR: Final = 3


def readings(layout: Layout) -> list[Reading]:
    """Return what the tagger reads in the sentences that no earlier pass has seen, and one on both sides of them.

    It reads the whole text where a piece is at the edge of that, so that what is found is what reading all would find;
    about one in 1,200 texts that were put together for it differed.
    """
    from tamis_boilerplate.tagger import tagger  # it needs numpy, which takes time to import

    count = len(layout.keys)
    found: list[Reading] = []
    done = 0
    for start, end in layout.fresh:
        first, last = layout.word_at(start), layout.word_at(end)
        if last <= done:
            continue
        first, last = _beside(layout, first, -1), _beside(layout, last, 1)
        if len(layout.lines) > 1:  # how long its line is, is observed at each word
            first = min(first, layout.word_at(layout.lines[layout.line_at(start)][0]))
            last = max(last, layout.word_at(layout.lines[layout.line_at(max(start, end - 1))][1]))
        first = max(done, first)
        if (first, last) == (0, count):
            break
        reading = tagger().read(layout, first, last)
        if any((piece.first == first > 0) or (piece.last == last < count) for piece in reading.pieces):
            break
        found.append(reading)
        done = last
    else:
        return found
    return [tagger().read(layout, 0, count)]


def _beside(layout: Layout, place: int, step: int) -> int:
    """Return where the sentence before the one near word *place* begins, or, with *step* 1, the one behind it ends."""
    near = min(max(place + step * _NEAR, 0), len(layout.starts) - 1)
    unit = layout.unit_at(layout.starts[near]) + step
    if step < 0:
        return layout.word_at(layout.sentences[unit][0]) if unit >= 0 else 0
    return layout.word_at(layout.sentences[unit][1]) if unit < len(layout.sentences) else len(layout.starts)
