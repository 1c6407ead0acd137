"""Picture credits and the captions before them: `NAME / AGENCY`, `(Photo: X)`, an agency that opens a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Final
from typing import NamedTuple

from tamis_boilerplate.book import Book
from tamis_boilerplate.book import agencies
from tamis_boilerplate.captions import CAPTION_MAX
from tamis_boilerplate.captions import Captions
from tamis_boilerplate.headline import split
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.names import SLASH
from tamis_boilerplate.tails import signed

#: Services that sell pictures and are hardly ever the subject of a sentence.
_PICTURES: Final = frozenset(
    [
        "getty",
        "alamy",
        "rex",
        "shutterstock",
        "istock",
        "splash",
        "wenn",
        "imago",
        "nurphoto",
        "swns",
        "scanpix",
        "gettyimages",
    ]
)
_OPEN: Final = "([©"
#: The colon behind a label such as "Foto" stands so near.
_LABEL: Final = 16
_CLEAN: Final = re.compile(r"^[\s:.©]+|[\s).\]]+$")


class Credit(NamedTuple):
    """A credit: where it stands, whom it names, and where the caption before it starts (its own start: none)."""

    start: int
    end: int
    photographer: str | None
    agency: str | None
    caption: int
    rule: str
    score: float


class Photos(Captions):
    """Find the credits of one layout."""

    def __init__(self, layout: Layout, book: Book, first_line: int) -> None:
        super().__init__(layout, book)
        self.first_line = first_line
        self.done = 0

    def credits(self, places: Sequence[int]) -> Iterator[Credit]:
        """Yield the credits at *places* from left to right; none overlaps another."""
        layout = self.layout
        table, leads = agencies(), self.book.credits.firsts
        for match in signed(layout):
            if match.start() < self.done:
                continue
            line = layout.lines[layout.line_at(match.start())]
            credit = self._placed(
                match.start(), match.end(), match.group(match.lastindex or 0), None, line, "common.credit"
            )
            if credit is not None:
                yield credit
        keys = layout.keys
        for place in places:
            if layout.starts[place] < self.done:
                continue
            key = keys[place]
            credit = self._led(place) if key in leads else None
            if credit is None and key in table and self.agency_at(place) > place:
                credit = self._around(place) or self._opening(place)
            if credit is not None:
                self.done = credit.end
                yield credit

    def _opening(self, place: int) -> Credit | None:
        """Return the credit where an agency's name alone fills its line or opens a caption without an end mark."""
        layout = self.layout
        text = layout.text
        start = layout.starts[place]
        unit = layout.unit_at(start)
        line = layout.lines[layout.line_at(start)]
        if text[layout.sentences[unit][0] : start].strip(" (©"):
            return None
        end = self.agency_at(place)
        if end == place:
            return None
        agency = text[start : layout.ends[end - 1]]
        while end < len(layout.starts) and layout.starts[end] < line[1]:
            more = self.agency_at(end)
            if more == end or text[layout.ends[end - 1] : layout.starts[end]].strip() not in (
                "-",
                "–",
                "/",
                "|",
                ",",
                ":",
            ):
                break
            end = more
        stop = layout.ends[end - 1]
        while stop < line[1] and text[stop] in ").:":
            stop += 1
        rest = text[stop : min(line[1], stop + 300)].strip()
        if not rest:
            if line[0] == start:
                return Credit(start, line[1], None, agency, start, "common.agency", 0.9)
            # "A view of the port. REUTERS": a paragraph that an agency signs has verbs, a caption has none.
            bare = text[start - 1] not in "(["
            caption = self._caption(start, line, False, None, "common.agency") if bare else start
            return Credit(start, line[1], None, agency, caption, "common.agency", 0.8)
        if (
            end >= len(layout.starts)
            or start == layout.lines[0][0]
            or not text[layout.starts[end]].isupper()
            or text[layout.ends[end - 1] : layout.starts[end]].strip(" :-")
        ):
            return None
        unit_end = min(layout.sentences[unit][1], line[1])
        picture = layout.keys[place] in _PICTURES
        if (
            unit_end == line[1]
            and line[0] == start
            and line != tuple(layout.lines[0])
            and (picture or not layout.ends_well(line))
            and line[1] - line[0] < 200
            and len(rest.split()) > 3
        ):
            return Credit(start, line[1], None, agency, start, "common.agency", 0.85)
        opens = layout.keys[end] in self.book.words["function"]
        seam = split(layout, stop, unit_end, self.book.words, -0.5 if opens else 0.3)
        if seam is None or layout.word_at(seam[0]) - end < 6:
            # "Reuters One witness said": no name goes on so.
            sure = opens or "©" in text[layout.sentences[unit][0] : start]
            return Credit(start, stop, None, agency, start, "common.agency", 0.6) if sure else None
        return Credit(start, seam[0], None, agency, start, "common.agency", 0.7)

    def _led(self, place: int) -> Credit | None:
        """Return the credit that a phrase such as `Photo:` opens at word *place*."""
        layout = self.layout
        text = layout.text
        start = layout.starts[place]
        line = layout.lines[layout.line_at(start)]
        for use in layout.uses(self.book.credits, place):
            match = use.frame.pattern.match(layout.lower, start, line[1])
            if match is None:
                continue
            opened = start > line[0] and text[start - 1] in "(["
            if not opened and not text[start].isupper() and text[match.end() - 1] not in ".:":
                continue
            bare = text[match.end() - 1].isalnum() and " " not in match.group().strip()
            if bare and not opened and not text[start : match.end() + 4].isupper() and not self._signs(place, line):
                continue
            stop = self.names_end(match.end(), line[1], opened)
            if stop is None:
                continue
            named = _CLEAN.sub("", text[match.end() : stop])
            name, agency = self.who(named)
            credit = self._placed(start, stop, name, agency, line, use.id)
            if credit is not None:
                return credit
        return None

    def _signs(self, place: int, line: tuple[int, int]) -> bool:
        """Return whether word *place* and names behind it fill the line: "Photo Jean Roux"."""
        layout = self.layout
        last = layout.word_at(line[1])
        names = layout.starts[place + 1 : last]
        return (
            layout.starts[place] == line[0] and 1 <= len(names) <= 4 and all(layout.text[at].isupper() for at in names)
        )

    def _around(self, place: int) -> Credit | None:
        """Return the credit whose agency starts at word *place*."""
        layout = self.layout
        text, starts, ends = layout.text, layout.starts, layout.ends
        line = layout.lines[layout.line_at(starts[place])]
        after = self.agency_at(place)
        if after == place:
            return None
        agency = text[starts[place] : ends[after - 1]]
        held = self._held(place, after, line)
        if held is not None:
            name = self.who(text[held[0] + 1 : held[1] - 1].partition(":")[2])[0]
            return self._placed(held[0], held[1], name, agency, line, "common.bracket")
        left, names, joined = self.names_before(place, line[0])
        # What follows: more agencies or names behind `/` or `via`.
        end = after
        while end < len(starts) and starts[end] < line[1]:
            via = layout.keys[end] == "via" and end + 1 < len(starts)
            if not via and SLASH.fullmatch(text[ends[end - 1] : starts[end]]) is None:
                break
            begin = end + via
            more = self.agency_at(begin)
            if more == begin:
                more = self.name_after(begin, line[1])
                if more == begin:
                    break
                names = names or text[starts[begin] : ends[more - 1]]
            joined, end = True, more
        if not joined:
            return None
        start, stop = starts[left], ends[end - 1]
        if names is not None and len(names) < 3:
            return None
        return self._placed(start, stop, names, agency, line, "common.credit")

    def _held(self, place: int, after: int, line: tuple[int, int]) -> tuple[int, int] | None:
        """Return the bracket that names the agency at *place*:*after* first or last: `[Handout via EPA]`."""
        layout = self.layout
        text, start, end = layout.text, layout.starts[place], layout.ends[after - 1]
        if text[start - 1 : start] in ("(", "[") and text.startswith(": ", end):
            opening = start - 1
        elif layout.keys[place - 1] == "via" and text[end : end + 1] in (")", "]"):
            opening = max(
                text.rfind("(", max(line[0], start - 90), start), text.rfind("[", max(line[0], start - 90), start)
            )
        else:
            return None
        close = min(
            (at for at in (text.find(")", end, end + 80), text.find("]", end, end + 80)) if at >= 0), default=-1
        )
        return (opening, close + 1) if opening >= 0 and 0 <= close < line[1] else None

    def _placed(
        self, start: int, stop: int, name: str | None, agency: str | None, line: tuple[int, int], rule: str
    ) -> Credit | None:
        """Return the credit at *start*:*stop* if what stands around it lets it be one, with its caption."""
        layout = self.layout
        text = layout.text
        while start > line[0] and text[start - 1] in _OPEN + "/ ":
            start -= 1
        while text[start].isspace():
            start += 1
        opened = text[start] in "(["
        while stop < line[1] and text[stop] in ")].":
            stop += 1
        closed = opened and text[stop - 1] in ")]"
        if name is not None and name.isupper() and not closed:
            stop = self.shouted_end(stop, line[1])
        rest = text[stop : min(line[1], stop + 60)].lstrip()
        if rest and not (closed or rest[0].isupper() or rest[0].isdigit() or rest[0] in "“\"«„‘'—–"):
            return None
        before = text[max(line[0], start - 60) : start].rstrip()
        if before and not opened and before[-1] not in '.?!…:;"”»«)|' and start - line[0] > CAPTION_MAX:
            return None
        unit = layout.unit_at(start)
        begin = layout.sentences[unit][0]
        inside = begin < start and text[begin:start].strip() and not opened and rest
        # `... of the port JOHN DOE / AFP The ...`: a caption without an end mark, or a phrase in a sentence.
        labelled = text[start].isupper() and ":" in text[start : start + _LABEL]
        if inside and before[-1] not in '.?!…:"”»«)|' and not labelled and (name is None or not name.isupper()):
            return None
        within = rest[:1].islower()
        if within and name is None and agency is None:
            return None
        caption = start if within else self._caption(start, line, not rest, name, rule)
        return Credit(start, stop, name, agency, caption, rule, 0.93)
