"""The margins of a page that came as one line: where furniture stands so thick that nothing between can be article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from tamis_boilerplate.book import Book
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.headline import split
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.page import phrases
from tamis_boilerplate.spots import spots

_FURNITURE: Final = frozenset(
    ("related_posts", "comment", "copyright", "newsletter", "cookie", "live_nav", "app", "share", "av_player")
)
#: So many words may stand between two pieces of furniture: a comment, a few links.
_GAP: Final = 60
_LEAST: Final = 3


def margins(layout: Layout, found: Sequence[Cut], book: Book, places: Sequence[int], cut_title: bool) -> list[Cut]:
    """Return the cuts of what stands between the furniture at the end, and at the start where the title may go."""
    cuts = sorted(cut for cut in found if cut.kind in _FURNITURE)
    if len(cuts) < _LEAST or len(layout.keys) < 150:
        return []
    gone: list[Cut] = []
    first = len(cuts)
    after = len(layout.keys)
    if len(layout.fresh) != 1 or layout.fresh[0][1] - layout.fresh[0][0] < len(layout.text):
        places = spots(layout, book, [(0, len(layout.text))]).menus
    while first > 0:
        start = layout.word_at(cuts[first - 1].end)
        if after - start > 3 * _GAP:
            break
        between = phrases(layout, book, places[bisect_left(places, start) : bisect_left(places, after)])
        steps = zip([start, *between], [*between, after], strict=True)
        if any(right - left > _GAP for left, right in steps):
            break
        first -= 1
        after = layout.word_at(cuts[first].start)
    if len(cuts) - first >= _LEAST and after >= 100:
        gone += _between(layout, cuts[first:], cuts[first].start, len(layout.text), "after")
    if cut_title:
        gone += _start(layout, cuts[:first], book)
    return gone


def _start(layout: Layout, cuts: Sequence[Cut], book: Book) -> list[Cut]:
    last = -1
    before = 0
    while last + 1 < len(cuts) and layout.word_at(cuts[last + 1].start) - before <= _GAP // 2:
        last += 1
        before = layout.word_at(cuts[last].end)
    rows = [cut for cut in cuts[: last + 1] if cut.rule == "page.menu"]
    if last < 1 and not rows:
        return []
    end = cuts[last].end
    unit = layout.unit_at(end)
    if layout.sentences[unit][0] < end:
        seam = split(layout, end, layout.sentences[unit][1], book.words)
        end = seam[0] if seam is not None else end
    return _between(layout, cuts[: last + 1], 0, end, "before")


def _between(layout: Layout, cuts: Sequence[Cut], start: int, end: int, side: str) -> list[Cut]:
    """Return the cuts of *start*:*end* but for what *cuts* take already."""
    gone = []
    for cut in [*cuts, Cut(end, end, "", "", 0.0, "")]:
        if start < cut.start and not layout.blank(start, cut.start):
            why = f"stands among the furniture {side} the article"
            gone.append(
                Cut(start, cut.start, "live_nav" if side == "before" else "related_posts", "page." + side, 0.65, why)
            )
        start = max(start, cut.end)
    return gone
