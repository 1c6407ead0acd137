"""Match the rules against a text, from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from tamis_boilerplate.layout import Layout
from tamis_boilerplate.rules import Book
from tamis_boilerplate.rules import Use
from tamis_boilerplate.rules import uses_at
from tamis_boilerplate.takes import QUOTES
from tamis_boilerplate.takes import Cut
from tamis_boilerplate.takes import Found
from tamis_boilerplate.takes import Takes

_SOFT: Final = frozenset("|•·›»/–—>→")


def openings(layout: Layout, book: Book) -> list[int]:
    """Return the words at which a rule may start: those that some frame has first, before what it has next."""
    index = book.opening
    keys = layout.keys
    found = []
    for place, (key, after) in enumerate(zip_longest(keys, keys[1:], fillvalue="")):
        nexts = index.get(key)
        if nexts is not None and (after in nexts or None in nexts):
            found.append(place)
    return found


class Scanner(Takes):
    """One pass of the rules over one layout."""

    def cuts(self, places: Sequence[int]) -> Iterator[Cut]:
        """Yield the cuts that start at one of *places*, in order; none overlaps another."""
        layout, opening, inside = self.layout, self.book.opening, self.book.inside
        starts, keys = layout.starts, layout.keys
        tries: dict[int, int] = {}
        most = 200 + len(layout.text) // 500
        last = len(keys) - 1
        for place in places:
            if starts[place] < self.done:
                continue
            after = keys[place + 1] if place < last else ""
            unit = layout.unit_at(starts[place])
            fresh = self._fresh(place, unit)
            nexts = (opening if fresh else inside).get(keys[place])
            if nexts is None:
                continue
            best: Cut | None = None
            for use in uses_at(nexts, after):
                if not fresh and (use.start or use.take != "sentence") and not layout.text[starts[place]].isupper():
                    continue
                count = tries[id(use)] = tries.get(id(use), 0) + 1
                if count > most:
                    continue
                cut = self._try(use, place, unit, fresh)
                if cut is not None and (
                    best is None or cut.end > best.end or (cut.end == best.end and cut.score > best.score)
                ):
                    best = cut
            if best is not None:
                self.done = best.end
                yield best

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

    def _try(self, use: Use, place: int, unit: int, fresh: bool) -> Cut | None:
        layout = self.layout
        start = layout.starts[place]
        line = layout.lines[layout.line_at(start)]
        match = use.frame.pattern.match(layout.lower, start, line[1])
        if match is None:
            return None
        left = self._left(start, unit, line[0]) if fresh else start
        if (left < start and QUOTES & set(layout.text[left:start])) or (start and layout.text[start - 1] in QUOTES):
            return None
        end = self._named(place, match.end(), line[1]) if use.frame.open_end else match.end()
        return self.by_name[use.take](use, Found(left, end, unit, line, fresh, layout.word_at(end) - place))

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
