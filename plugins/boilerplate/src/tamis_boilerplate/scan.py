"""Match the rules against a text, from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Final

from tamis_boilerplate.book import FLOW
from tamis_boilerplate.book import INSIDE
from tamis_boilerplate.book import Use
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.cut import Found
from tamis_boilerplate.inserts import QUOTES
from tamis_boilerplate.takes import Takes

_SOFT: Final = frozenset("|•·›»/–—>→")


class Scanner(Takes):
    """One pass of the rules over one layout."""

    def cuts(self, places: Sequence[int]) -> Iterator[Cut]:
        """Yield the cuts that start at one of *places*, in order; none overlaps another."""
        layout, book = self.layout, self.book
        starts, text, lower = layout.starts, layout.text, layout.lower
        tries: dict[int, int] = {}
        most = 200 + len(text) // 500
        waiting = list(reversed(places))
        while waiting:
            place = waiting.pop()
            start = starts[place]
            uses = layout.uses(book.rules, place) if start >= self.done else ()
            if not uses:
                continue
            unit = layout.unit_at(start)
            fresh = self._fresh(place, unit)
            here = INSIDE if text[start].isupper() else FLOW
            line = layout.lines[layout.line_at(start)]
            best: Cut | None = None
            for use in uses:
                if not (fresh or use.where & here):
                    continue
                tried = tries[id(use)] = tries.get(id(use), 0) + 1
                match = use.frame.pattern.match(lower, start, line[1]) if tried <= most else None
                cut = self._taken(use, place, match.end(), unit, line, fresh) if match is not None else None
                if cut is not None and (
                    best is None or cut.end > best.end or (cut.end == best.end and cut.score > best.score)
                ):
                    best = cut
            if best is not None:
                self.done = best.end
                yield best
                # The word behind a cut begins something, however small it is.
                follows = layout.word_at(best.end)
                if follows < len(starts):
                    waiting.append(follows)

    def _fresh(self, place: int, unit: int) -> bool:
        """Return whether word *place* begins a sentence, a line, or what follows a cut or a separator."""
        layout = self.layout
        start = layout.starts[place]
        if place == 0:
            return True
        before = layout.ends[place - 1]
        if before <= layout.unit_starts[unit] or before <= self.done:
            return True
        gap = layout.text[before:start]
        bare = gap.strip()
        return bool(bare) and (bare[-1] in _SOFT or (gap[-1].isspace() and bare[-1] in '”»“"'))

    def _taken(self, use: Use, place: int, end: int, unit: int, line: tuple[int, int], fresh: bool) -> Cut | None:
        """Return the cut of *use*, whose frame fits from word *place* to *end*."""
        layout = self.layout
        start = layout.starts[place]
        left = self._left(start, unit, line[0]) if fresh else start
        if (left < start and QUOTES & set(layout.text[left:start])) or (start and layout.text[start - 1] in QUOTES):
            return None
        if use.frame.open_end:
            end = self._named(place, end, line[1])
            last = layout.word_at(end) - 1
            if last > place and layout.keys[last] in self.function and layout.text[layout.starts[last] : end].istitle():
                # "More from The": the name was none, a sentence begins here.
                end = layout.ends[last - 1]
        return self.taker(use.take)(use, Found(left, end, unit, line, fresh, layout.word_at(end) - place))

    def _named(self, place: int, end: int, line_end: int) -> int:
        """Return where the name that ends a phrase at *end* really ends: words in capitals belong to it."""
        layout = self.layout
        text = layout.text
        last = layout.word_at(end) - 1
        shout = text[layout.starts[place] : end].isupper()
        for _ in range(3):
            after = last + 1
            if after >= len(layout.starts) or layout.starts[after] >= line_end:
                break
            gap = text[layout.ends[last] : layout.starts[after]]
            word = text[layout.starts[after] : layout.ends[after]]
            if gap not in (" ", "\u00a0", ".", " & ") or not word[0].isupper() or (shout and not word.isupper()):
                break
            follows = after + 1 < len(layout.starts) and layout.starts[after + 1] < line_end
            if gap != "." and layout.keys[after] in self.function:
                break
            if (
                gap != "."
                and follows
                and text[layout.ends[after] : layout.starts[after + 1]] == " "
                and text[layout.starts[after + 1]].islower()
            ):
                break
            last = after
        return max(end, layout.ends[last])

    def _left(self, start: int, unit: int, floor: int) -> int:
        """Return where the signs before the word at *start* begin, if nothing else precedes it."""
        text = self.layout.text
        floor = max(floor, self.done, self.layout.unit_starts[unit])
        while start > floor and not text[start - 1].isalnum():
            start -= 1
        while start < len(text) and text[start].isspace():
            start += 1
        return start
