"""The names in a picture's credit: agencies, and the photographers before or behind them."""

from __future__ import annotations

import re
from typing import Final

from tamis_boilerplate.book import SMALL
from tamis_boilerplate.book import Book
from tamis_boilerplate.book import agencies
from tamis_boilerplate.book import shouted
from tamis_boilerplate.frames import plain
from tamis_boilerplate.layout import Layout

#: What may follow the names: whom the picture was taken for, where it is kept.
_MORE: Final = re.compile(
    r"\s(?:for|für|pour|para|voor)\s(?:the\s)?[A-Z][\w'’-]+(?:(?:\s[A-Z][\w'’-]+){1,3}$)?"
    r"|\s\((?:Archiv|Archivbild|Archivfoto|archive|archives|file|File|Archivo|Symbolbild)\)"
    r"|\s(?:on|auf|via)\s(?:Unsplash|Pexels|Pixabay|Flickr)"
)
SLASH: Final = re.compile(r"\s{0,2}[/|]\s{0,2}")
_PARTICLES: Final = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "di",
        "du",
        "del",
        "della",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ben",
        "ibn",
        "y",
        "e",
    ]
)


class Names:
    """Read names and agencies in one layout."""

    def __init__(self, layout: Layout, book: Book) -> None:
        self.layout = layout
        self.book = book

    def agency_at(self, place: int) -> int:
        """Return after which word the agency that starts at word *place* ends, or *place*."""
        layout = self.layout
        for words in agencies().get(layout.keys[place] if place < len(layout.keys) else "", ()):
            large = layout.text[layout.starts[place]].isupper() or words[0] in SMALL
            if large and tuple(layout.keys[place : place + len(words)]) == words:
                gap = layout.text[layout.starts[place] : layout.ends[place + len(words) - 1]]
                if "\n" not in gap and (gap.isupper() or words not in shouted() or words[0] in SMALL):
                    return place + len(words)
        return place

    def names_before(self, place: int, floor: int) -> tuple[int, str | None, bool]:
        """Return the first word of the names joined before word *place*, the nearest name, and whether there is one."""
        layout = self.layout
        text, starts, ends = layout.text, layout.starts, layout.ends
        if place == 0 or starts[place - 1] < floor:
            return place, None, False
        joint = text[ends[place - 1] : starts[place]]
        if joint == " (" and text.startswith(")", ends[place]):
            return self._before_bracket(place, floor)
        bracketed = joint == ", " and ")" in text[starts[place] : starts[place] + 40]
        if not SLASH.fullmatch(joint) and not bracketed:
            return place, None, False
        left = place - 1
        shout = text[starts[left] : ends[left]].isupper()
        while left > 0 and starts[left - 1] >= floor and place - left < 6:
            gap = text[ends[left - 1] : starts[left]]
            word = text[starts[left - 1] : ends[left - 1]]
            small = word.lower() in _PARTICLES
            initial = gap.startswith(".") and len(word) <= 2
            if not (gap.strip() == "" or initial or SLASH.fullmatch(gap)) or not (word[0].isupper() or small):
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

    def _before_bracket(self, place: int, floor: int) -> tuple[int, str | None, bool]:
        """Return the name of two to four words before `(AGENCY)`, where it stands for itself."""
        layout = self.layout
        text, starts, ends = layout.text, layout.starts, layout.ends
        left = place
        while left > 0 and starts[left - 1] >= floor and place - left < 4:
            gap = text[ends[left - 1] : starts[left]] if left < place else " "
            if gap not in (" ", "\u00a0", ". ") or not text[starts[left - 1]].isupper():
                break
            if gap == ". " and ends[left - 1] - starts[left - 1] > 1:
                break
            left -= 1
        before = text[max(floor, starts[left] - 3) : starts[left]].rstrip()
        alone = starts[left] <= floor + 1 or before[-1:] in (".", "!", "?", "”", "»", "«", '"', "©", "/", "|")
        if place - left < 2 or not alone:
            return place, None, False
        return left, text[starts[left] : ends[place - 1]], True

    def name_after(self, place: int, stop: int) -> int:
        layout = self.layout
        text, starts, ends = layout.text, layout.starts, layout.ends
        end = place
        shout = text[starts[place] : ends[place]].isupper()
        while end < len(starts) and starts[end] < stop and end - place < 3:
            word = text[starts[end] : ends[end]]
            if not word[0].isupper() or (shout and not word.isupper()):
                break
            gap = text[ends[end - 1] : starts[end]]
            if end > place and gap != "." and (gap.strip() or self._starts_sentence(end)):
                break
            end += 1
        return end

    def _starts_sentence(self, place: int) -> bool:
        """Return whether capitalised word *place* looks like the first of a sentence."""
        layout = self.layout
        if layout.keys[place] in self.book.words["function"]:
            return True
        if place + 1 == len(layout.starts) or layout.text[layout.ends[place] : layout.starts[place + 1]] != " ":
            return False
        return layout.text[layout.starts[place + 1]].islower()

    def names_end(self, start: int, line_end: int, opened: bool) -> int | None:
        """Return where the names that begin at *start* end."""
        layout = self.layout
        text = layout.text
        if opened:
            close = text.find(")" if ")" in text[start : start + 120] else "]", start, min(line_end, start + 120))
            return close if close >= 0 else None
        rest = text[start : min(line_end, start + 160)].strip(" :.©)")
        place = layout.word_at(start)
        if not rest or (rest[0].islower() and "/" not in rest[:40] and not rest.startswith("www.")):
            agency = self.agency_at(place)  # some write themselves small
            return layout.ends[agency - 1] if agency > place and layout.starts[place] < line_end else None
        if len(rest) <= 90 and not re.search(r"[.?!;](?!\w)", rest) and len(rest.split()) <= 10:
            lower = [word for word in rest.split() if word[0].islower() and word not in _PARTICLES]
            if len(lower) <= 1:
                return line_end
        end = place
        words = 0
        while end < len(layout.starts) and layout.starts[end] < line_end and end - place < 9:
            gap = text[layout.ends[end - 1] : layout.starts[end]] if end > place else ""
            if end > place and any(mark in gap for mark in '.?!;:\n“”"') and not re.fullmatch(r"\.\s?", gap):
                break
            agency = self.agency_at(end)
            if agency > end:
                end, words = agency, 2
                continue
            word = text[layout.starts[end] : layout.ends[end]]
            slash = "/" in gap or "|" in gap or "," in gap or "via" in gap
            if not word[0].isupper() and word.lower() not in _PARTICLES and not word[0].isdigit() and not slash:
                break
            goes_on = _MORE.match(text, layout.ends[end], line_end) is not None
            if end > place and not slash and (words >= 2 or (self._starts_sentence(end) and not goes_on)):
                break
            words = 1 if slash else words + (len(word) > 1)
            end += 1
        if end == place:
            return None
        more = _MORE.match(text, layout.ends[end - 1], line_end)
        return more.end() if more is not None else layout.ends[end - 1]

    def shouted_end(self, stop: int, line_end: int) -> int:
        """Return where the words in capitals end that follow *stop*, the end of a name in capitals; at most three."""
        layout = self.layout
        place = layout.word_at(stop)
        for index in range(place, min(place + 3, len(layout.starts))):
            word = layout.text[layout.starts[index] : layout.ends[index]]
            gap = layout.text[stop : layout.starts[index]]
            if layout.starts[index] >= line_end or len(word) < 2 or not word.isupper() or gap not in (" ", ", "):
                break
            stop = layout.ends[index]
        return stop

    def who(self, named: str) -> tuple[str | None, str | None]:
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
