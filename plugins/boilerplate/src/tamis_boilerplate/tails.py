"""Credits known by how they are written: a name beside that of a paper or a service, a name that ends a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tamis_boilerplate.layout import Layout

#: "MARIE DUPONT FOR “THE POST”", as papers credit their own photographers.
_OWN: Final = re.compile(
    r"(?<![^\W_])([^\W\d_a-z][^\W\d_a-z.'’-]{1,30}(?:\s[^\W\d_a-z][^\W\d_a-z.'’-]{0,30}){1,3})\s(?:FOR|POUR|PER|FÜR|PARA|for|pour|per|für|para)\s"
    r"[“«„\"'‘]\s?[^”»“\"'’\n]{2,30}\s?[”»“\"'’]"
)
_FOR: Final = (" FOR ", " POUR ", " PER ", " FÜR ", " PARA ", " for “", ' for "', " pour «", " para ‘", " für „")
_NAME: Final = r"[A-ZÀ-Þ][\w.'’-]{0,30}(?:\s(?:(?:de|von|van|del|da|di|la|le|el)\s)?[A-ZÀ-Þ][\w.'’-]{0,30}){1,3}"
#: "Marie Dupont / Harbour News Agency".
_SERVICE: Final = re.compile(
    rf"(?<![\w.])({_NAME})\s?/\s?(?:[A-ZÀ-Þ][\w&'’-]{{1,20}}\s){{1,3}}"
    r"(?:Agency|Agence|Agentur|Agencia|Agenzia|Press|Presse|Images|Pictures|Photos?|Wire|Media)(?![\w-])"
)
#: "The boats on the quay. / Marie Dupont", "… © Marie Dupont", "… Credit Marie Dupont for The Post", ending a line.
_TAILED: Final = re.compile(
    rf"(?<=[\s.!?”\"»])(?:/|©|(?<=[.!?”\"»]\s)(?:\||Credit:?))\s?({_NAME})"
    r"(?:\s(?:for|via)\s(?:[A-Z][\w.'’-]{0,20}\s?){1,4})?\.?$"
)
#: "The boats on the quay. | KYODO".
_WIRED: Final = re.compile(r"(?<=[.!?”\"»]\s)\|\s([A-ZÀ-Þ]{2,20})$")
_TAIL: Final = 60
_SIGNATURE: Final = 80
#: What fills its line: "Marie Dupont for The Harbour Post", "Marie Dupont, AP", "Marie Dupont/Staff",
#: "Marie Dupont / The Harbour Post"; or its bracket.
_ALONE: Final = re.compile(
    rf"(?:Credit\s?:?\s?)?({_NAME})(?:\s(?:for|für|pour|para|voor)\s(?:the\s|The\s)?[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){{0,3}}"
    r"|(?:,\s|\svia\s|\s?/\s?)(?:AP|AFP|EPA|PA|EFE|ANSA|TT|NTB|CP|Reuters|Getty(?:\sImages)?|Staff(?:\sPhotographer)?|File"
    r"|Handout|Archive|Archiv)|\s[/|]\s[A-ZÀ-Þ][\w.&'’-]{0,20}(?:\s[A-ZÀ-Þ][\w.&'’-]{0,20}){0,3})"
)
#: "The boats on the quay. / MARIE DUPONT The next ...", "The boats. (Marie Dupont/EPR)".
_BEHIND: Final = re.compile(
    r"(?<=[.!?”\"»])\s/\s?([A-ZÀ-Þ]{2,20}(?:\s[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{1,20}){1,3})(?=\s[A-ZÀ-Þ][a-zß-öø-ÿ]|\s?$)"
    rf"|(?<=[.!?”\"»]\s)\(({_NAME})\s?/\s?[A-ZÀ-Þ][\w\s&.-]{{1,30}}\)"
)


def signed(layout: Layout) -> Iterator[re.Match[str]]:
    """Yield where a picture is signed so; the first group is the name."""
    text = layout.text
    if any(word in text for word in _FOR):
        yield from _OWN.finditer(text)
    yield from _beside(text, "/", _SERVICE)
    yield from _beside(text, "/", _BEHIND)
    for start, end in layout.lines if len(layout.lines) > 1 else ():
        match = _ALONE.fullmatch(text, start, end) if end - start < _SIGNATURE and start else None
        if match is not None:
            yield match
    if any(sign in text for sign in ("/", "©", "|", "Credit")):
        for start, end in layout.lines:
            place = max(start + 20, end - _TAIL)
            match = _TAILED.search(text, place, end) or _WIRED.search(text, place, end)
            if match is not None:
                yield match


def _beside(text: str, sign: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield where *pattern* fits around *sign*."""
    place = text.find(sign)
    while place >= 0:
        match = pattern.search(text, max(0, place - 80), place + 70)
        if match is not None and match.start() <= place < match.end():
            yield match
        place = text.find(sign, place + len(sign))
