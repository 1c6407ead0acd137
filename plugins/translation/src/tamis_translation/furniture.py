"""Find what the foreign page has around its text and a machine carries along: signatures, stamps, number signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tamis_translation.hits import Hit
from tamis_translation.rules import MEDIUM
from tamis_translation.rules import STRONG
from tamis_translation.rules import WEAK

_SIGNED: Final = re.compile(
    r"\((?:(?:dpa|apa|afp|sid|epd|kna|dts|dapd|reuters|red|ORF)(?:[/-][A-Za-z]{2,9}){1,3}"
    r"|(?:[A-Za-z]{2,5}/){1,3}(?:red|APA|dpa|afp|sid))\)",
    re.IGNORECASE,
)
_STAMP: Final = re.compile(r"(?:19|20)(?<!\S..)\d\d([-/.])\d\d?\1\d\d?[, ] ?\d{1,2}:\d\d(?::\d\d)?(?: Source\b)?")
_NUMERO: Final = re.compile(r"№ ?\d+|\b[nN][°º] ?\d+")


def find_furniture(text: str) -> Iterator[Hit]:
    """Yield signatures such as `(APA/red)`, stamps such as `2021-07-16 09:42 Source`, and the signs № and n°."""
    for found in _SIGNED.finditer(text) if "(" in text else ():
        reason = "Signed with the short names of agencies, as German-speaking newspapers do."
        yield Hit(*found.span(), "site-furniture", ("de",), MEDIUM, reason, "", None, "signed")
    for found in _STAMP.finditer(text):
        reason = "The stamp of the foreign page, year first."
        yield Hit(*found.span(), "site-furniture", ("ja", "zh"), WEAK, reason, "", None, "stamp")
    for found in _NUMERO.finditer(text) if any(sign in text for sign in "№°º") else ():
        russian = found.group()[0] == "№"
        reason = "The sign for a number that another language uses."
        fixed = "No. " + found.group().lstrip("№nN°º ")
        languages = ("ru",) if russian else ("es", "fr", "it")
        yield Hit(*found.span(), "number-locale", languages, STRONG if russian else MEDIUM, reason, fixed, fixed, "№")
