"""Picture credits and the captions before them: `NAME / AGENCY`, `(Photo: X)`, an agency that opens a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import cache
from typing import Final
from typing import NamedTuple

from tamis_boilerplate.frames import plain
from tamis_boilerplate.headline import split
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.rules import Book
from tamis_boilerplate.rules import read_pack
from tamis_boilerplate.rules import uses_at

_SLASH: Final = re.compile(r"\s{0,2}[/|]\s{0,2}")
#: Agencies that write themselves small.
_SMALL: Final = frozenset(("dpa", "epd", "imago", "picture", "ddp", "iStock"))
#: Services that sell pictures and are hardly ever the subject of a sentence.
_PICTURES: Final = frozenset("getty alamy rex shutterstock istock epa splash wenn imago nurphoto swns scanpix gettyimages".split())
_OPEN: Final = "([©"
_PARTICLES: Final = frozenset("de da do dos di du del della van von der den la le el al bin ben ibn y e".split())
_CLEAN: Final = re.compile(r"^[\s:.©]+|[\s).\]]+$")
_SPEECH: Final = re.compile(r"[“«\"][^”»\"]{25}")
#: A caption says when, or who stands where.
_DATED: Final = re.compile(
    r"\b\d{4}\.?\s*$|\b\d{1,2}(?:st|nd|rd|th)?\.?\s*$|\((?:left|right|l|r|c|center|centre|links|rechts|gauche|droite|izq|der|back|front)\.?\)"
)
#: Endings of finite verbs in Spanish and Portuguese, Italian, Polish and Russian.
_FINITE: Final = ("aron", "ieron", "aram", "eram", "iram", "arono", "irono", "łam", "łem", "лись")
_CAPTION_MAX: Final = 420


class Credit(NamedTuple):
    """A credit: where it stands, whom it names, and where the caption before it starts (its own start: none)."""

    start: int
    end: int
    photographer: str | None
    agency: str | None
    caption: int
    rule: str
    score: float


@cache
def agencies() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the names of agencies as words, longest first, by their first word."""
    table: dict[str, set[tuple[str, ...]]] = {}
    for name in read_pack("common")["agencies"]["names"].splitlines():
        words = tuple(plain(word) for word in re.findall(r"[\w-]+", name))
        if words:
            table.setdefault(words[0], set()).add(words)
    return {first: tuple(sorted(names, key=lambda words: (-len(words), words))) for first, names in table.items()}


class Photos:
    """Find the credits of one layout."""

    def __init__(self, layout: Layout, book: Book, first_line: int) -> None:
        self.layout = layout
        self.book = book
        self.first_line = first_line
        self.done = 0

    def credits(self) -> Iterator[Credit]:
        """Yield the credits from left to right; none overlaps another."""
        layout = self.layout
        table, leads = agencies(), self.book.credits
        for place, key in enumerate(layout.keys):
            if (key not in table and key not in leads) or layout.starts[place] < self.done:
                continue
            credit = self._led(place) if key in leads else None
            if credit is None and key in table and (layout.text[layout.starts[place]].isupper() or key in _SMALL):
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
            if more == end or text[layout.ends[end - 1] : layout.starts[end]].strip() not in ("-", "–", "/", "|", ",", ":"):
                break
            end = more
        stop = layout.ends[end - 1]
        while stop < line[1] and text[stop] in ").:":
            stop += 1
        rest = text[stop : line[1]].strip()
        if not rest:
            return Credit(start, line[1], None, agency, start, "common.agency", 0.9) if line[0] == start else None
        if end >= len(layout.starts) or not text[layout.starts[end]].isupper() or text[layout.ends[end - 1] : layout.starts[end]].strip(" :-"):
            return None
        unit_end = min(layout.sentences[unit][1], line[1])
        picture = layout.keys[place] in _PICTURES
        if unit_end == line[1] and line[0] == start and (picture or not layout.ends_well(line)) and line[1] - line[0] < 200 and len(rest.split()) > 3:
            return Credit(start, line[1], None, agency, start, "common.agency", 0.85)
        seam = split(layout, stop, unit_end, self.book.words)
        if seam is None or seam[1] < 0.3 or layout.word_at(seam[0]) - end < 6:
            return None
        return Credit(start, seam[0], None, agency, start, "common.agency", 0.7)

    def _led(self, place: int) -> Credit | None:
        """Return the credit that a phrase such as `Photo:` opens at word *place*."""
        layout = self.layout
        text = layout.text
        start = layout.starts[place]
        line = layout.lines[layout.line_at(start)]
        after = layout.keys[place + 1] if place + 1 < len(layout.keys) else ""
        for use in uses_at(self.book.credits[layout.keys[place]], after):
            match = use.frame.pattern.match(layout.lower, start, line[1])
            if match is None:
                continue
            opened = start > line[0] and text[start - 1] in "(["
            if not opened and not text[start].isupper():
                continue
            bare = text[match.end() - 1].isalnum() and " " not in match.group().strip()
            if bare and not opened and not text[start : match.end() + 4].isupper():
                continue
            stop = self._names_end(match.end(), line[1], opened)
            if stop is None:
                continue
            named = _CLEAN.sub("", text[match.end() : stop])
            name, agency = self._who(named)
            credit = self._placed(start, stop, name, agency, line, use.id)
            if credit is not None:
                return credit
        return None

    def _names_end(self, start: int, line_end: int, opened: bool) -> int | None:
        """Return where the names that begin at *start* end."""
        layout = self.layout
        text = layout.text
        if opened:
            close = text.find(")" if ")" in text[start : start + 120] else "]", start, min(line_end, start + 120))
            return close if close >= 0 else None
        rest = text[start:line_end].strip(" :.©)")
        if not rest or (rest[0].islower() and "/" not in rest[:40]):
            return None
        if len(rest) <= 90 and not re.search(r"[.?!;](?!\w)", rest) and len(rest.split()) <= 10:
            lower = [word for word in rest.split() if word[0].islower() and word not in _PARTICLES]
            if len(lower) <= 1:
                return line_end
        place = layout.word_at(start)
        end = place
        words = 0
        while end < len(layout.starts) and layout.starts[end] < line_end and end - place < 9:
            gap = text[layout.ends[end - 1] : layout.starts[end]] if end > place else ""
            if end > place and any(mark in gap for mark in ".?!;:\n“”\"") and not re.fullmatch(r"\.\s?", gap):
                break
            agency = self.agency_at(end)
            if agency > end:
                end, words = agency, 2
                continue
            word = text[layout.starts[end] : layout.ends[end]]
            slash = "/" in gap or "|" in gap or "," in gap or "via" in gap
            if not word[0].isupper() and word.lower() not in _PARTICLES and not word[0].isdigit() and not slash:
                break
            if end > place and not slash and (words >= 2 or self._starts_sentence(end)):
                break
            words = 1 if slash else words + 1
            end += 1
        return layout.ends[end - 1] if end > place else None

    def _who(self, named: str) -> tuple[str | None, str | None]:
        """Return the photographer and the agency that *named* tells."""
        name: str | None = None
        agency: str | None = None
        for part in re.split(r"\s*[/|]\s*|\s+via\s+|,\s+|\s+[-–]\s+", named):
            part = part.strip(" .:()[]©")
            words = tuple(plain(word) for word in re.findall(r"[\w-]+", part))
            if words and words in agencies().get(words[0], ()):
                agency = agency or part
            elif name is None and 2 <= len(words) <= 4 and part[0].isupper():
                name = part
        return name, agency

    def agency_at(self, place: int) -> int:
        """Return after which word the agency that starts at word *place* ends, or *place*."""
        layout = self.layout
        for words in agencies().get(layout.keys[place] if place < len(layout.keys) else "", ()):
            large = layout.text[layout.starts[place]].isupper() or words[0] in _SMALL
            if large and tuple(layout.keys[place : place + len(words)]) == words:
                gap = layout.text[layout.starts[place] : layout.ends[place + len(words) - 1]]
                if "\n" not in gap:
                    return place + len(words)
        return place

    def _around(self, place: int) -> Credit | None:
        """Return the credit whose agency starts at word *place*."""
        layout = self.layout
        text, starts, ends = layout.text, layout.starts, layout.ends
        line = layout.lines[layout.line_at(starts[place])]
        after = self.agency_at(place)
        if after == place:
            return None
        agency = text[starts[place] : ends[after - 1]]
        left, names, joined = self._names_before(place, line[0])
        # What follows: more agencies or names behind `/` or `via`.
        end = after
        while end < len(starts) and starts[end] < line[1]:
            via = layout.keys[end] == "via" and end + 1 < len(starts)
            if not via and _SLASH.fullmatch(text[ends[end - 1] : starts[end]]) is None:
                break
            begin = end + via
            more = self.agency_at(begin)
            if more == begin:
                more = self._name_after(begin, line[1])
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

    def _names_before(self, place: int, floor: int) -> tuple[int, str | None, bool]:
        """Return the first word of the names joined before word *place*, the nearest name, and whether there is one."""
        layout = self.layout
        text, starts, ends = layout.text, layout.starts, layout.ends
        if place == 0 or starts[place - 1] < floor:
            return place, None, False
        joint = text[ends[place - 1] : starts[place]]
        bracketed = joint == ", " and ")" in text[starts[place] : starts[place] + 40]
        if not _SLASH.fullmatch(joint) and not bracketed:
            return place, None, False
        left = place - 1
        shout = text[starts[left] : ends[left]].isupper()
        while left > 0 and starts[left - 1] >= floor and place - left < 6:
            gap = text[ends[left - 1] : starts[left]]
            word = text[starts[left - 1] : ends[left - 1]]
            small = word.lower() in _PARTICLES
            initial = gap.startswith(".") and len(word) <= 2
            if not (gap.strip() == "" or initial or _SLASH.fullmatch(gap)) or not (word[0].isupper() or small):
                break
            if shout and not (word.isupper() or small):
                break
            left -= 1
        while left < place - 1 and text[starts[left]].islower():
            left += 1
        name = text[starts[left] : ends[place - 1]]
        if bracketed and not (starts[left] and text[starts[left] - 1] == "(" and text.startswith(")", ends[place])):
            return place, None, False
        return left, name, True

    def _name_after(self, place: int, stop: int) -> int:
        layout = self.layout
        text, starts, ends = layout.text, layout.starts, layout.ends
        end = place
        shout = text[starts[place] : ends[place]].isupper()
        while end < len(starts) and starts[end] < stop and end - place < 3:
            word = text[starts[end] : ends[end]]
            if not word[0].isupper() or (shout and not word.isupper()):
                break
            if end > place and (text[ends[end - 1] : starts[end]].strip() or self._starts_sentence(end)):
                break
            end += 1
        return end

    def _starts_sentence(self, place: int) -> bool:
        """Return whether capitalised word *place* looks like the first of a sentence."""
        layout = self.layout
        if layout.keys[place] in self.book.words["function"]:
            return True
        follows = layout.text[layout.starts[place + 1]] if place + 1 < len(layout.starts) else ""
        return follows.islower()

    def _placed(self, start: int, stop: int, name: str | None, agency: str | None, line: tuple[int, int], rule: str) -> Credit | None:
        """Return the credit at *start*:*stop* if what stands around it lets it be one, with its caption."""
        layout = self.layout
        text = layout.text
        while start > line[0] and text[start - 1] in _OPEN + " ":
            start -= 1
        while text[start].isspace():
            start += 1
        opened = text[start] in "(["
        while stop < line[1] and text[stop] in ")].":
            stop += 1
        rest = text[stop : line[1]].lstrip()
        if rest and not (rest[0].isupper() or rest[0].isdigit() or rest[0] in "“\"«„‘'—–"):
            return None
        before = text[line[0] : start].rstrip()
        if before and not opened and before[-1] not in ".?!…:;\"”»)|" and start - line[0] > _CAPTION_MAX:
            return None
        unit = layout.unit_at(start)
        begin = layout.sentences[unit][0]
        if begin < start and text[begin:start].strip() and not opened and rest and before[-1] not in ".?!…:\"”»)|":
            # `... of the port JOHN DOE / AFP The ...`: a caption without an end mark, or a phrase in a sentence.
            if name is None or not name.isupper():
                return None
        return Credit(start, stop, name, agency, self._caption(start, line, not rest, name), rule, 0.93)

    def _caption(self, start: int, line: tuple[int, int], last: bool, name: str | None) -> int:
        """Return where the caption before *start* begins; *start* itself where there is none."""
        layout = self.layout
        if not layout.text[line[0] : start].strip():
            return start
        first, unit = layout.unit_at(line[0]), layout.unit_at(start - 2)
        begin, end = layout.sentences[unit]
        if begin >= start:
            return start
        number = layout.line_at(line[0])
        if start - line[0] <= _CAPTION_MAX:
            if last and unit == first and len(layout.lines) > 1:
                return line[0]
            if number == self.first_line and number > 0 and unit - first <= 2:
                return line[0]
        if number == 0 and unit == first and begin == line[0]:
            seam = split(layout, begin, min(end, start), self.book.words, -3.0)
            if seam is not None and seam[1] > -1 and name is not None and end >= start - 2:
                # A title glued to its picture's caption: whatever stands before the credit is the caption.
                return seam[0]
            begin = seam[0] if seam is not None else begin
        words = layout.keys[layout.word_at(begin) : layout.word_at(start)]
        dated = _DATED.search(layout.text, begin, start) is not None
        if len(words) <= (45 if dated else 16) and (dated or self._verbless(words)) and not _SPEECH.search(layout.text, begin, start):
            return begin
        return start

    def _verbless(self, words: Sequence[str]) -> bool:
        """Return whether *words* hold no finite verb that the packs know, by word or by ending."""
        finite = self.book.words["finite"]
        return not any(
            word.rpartition("'")[2] in finite or word.endswith(_FINITE) or (len(word) > 4 and word.endswith("ed"))
            for word in words
        )
