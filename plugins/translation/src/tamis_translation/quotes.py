"""Pair the quotation marks of a text and say which pairs no English writer makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tamis_translation.hits import Hit
from tamis_translation.rules import MEDIUM
from tamis_translation.rules import STRONG
from tamis_translation.rules import WEAK

_MARKS: Final = re.compile(r"[“”„«»\"‟]|¿|¡")
#: A quotation longer than this is two that lost a mark each.
_LONGEST: Final = 1500
_SAYS: Final = (
    r"warns?|explains?|says?|admits?|sums? up|recalls?|underlines?|assures?|regrets?|analy[sz]es?|confides?|continues?"
    r"|insists?|believes?|enthuses?|laments?|observes?|notes?|adds?|worries|sighs?|concludes?|predicts?|estimates?|judges?"
    r"|points out"
    r"|declares?|affirms?|states?|comments?|argues?|denounces?|deplores?|rejoices?|specifies|tempers?|remembers?|describes?"
    r"|summari[sz]es?|complains?|thinks?|promises?|replies|jokes?|smiles?|explained|said|added|warned|assured|recalled"
    r"|admitted|declared|stated|concluded|noted|stressed|commented|told|confessed|insisted"
)
_HE_SAYS: Final = (
    r"(?:he|she) (?:says|admits|explains|recalls|confides|assures|insists|adds|sighs|continues|regrets|laments|jokes"
    r"|smiles|warns|lets go)"
)
_WHO: Final = r"(?: (?:the|a|an) [\w’'-]+| (?:[A-Z][\w’'-]+))"
_REST: Final = r"[^.“”«»\"\n]{0,120}\."
_ATTRIBUTION: Final = re.compile(rf",[ \n](?:(?:has |had |also |then )?(?:{_SAYS}){_WHO}|{_HE_SAYS}){_REST}")
_PRETENDS: Final = re.compile(
    r"\? (?:pretends to wonder|wonders|asks|asks himself|asks herself|worries|feigns|jokes|quips) [A-Z]" + _REST
)


def find_quotes(text: str) -> Iterator[Hit]:
    """Yield mixed pairs (“ … »), German pairs („ … “), Spanish openers (¿ ¡), guillemets, unclosed attributions."""
    opened = -1
    opener = ""
    guillemets: list[tuple[int, int]] = []
    for found in _MARKS.finditer(text):
        mark, place = found.group(), found.start()
        if mark in "¿¡":
            reason = "English has no opening question and exclamation marks; Spanish has."
            yield Hit(place, place + 1, "punct-spacing", ("es",), STRONG, reason, "", "", "¿")
            continue
        far = place - opened > _LONGEST
        if mark in "“„«‟" and not (opener == "„" and mark == "“" and not far):
            opener, opened = mark, place
        elif mark == "“":
            reason = "German quotation marks, low at the opening and high at the closing."
            yield Hit(
                opened, place + 1, "quote-style", ("de",), STRONG, reason, _english(text, opened, place), None, "„“"
            )
            yield from _unclosed(text, opened, place)
            opener = ""
        elif mark == '"':
            if opener == '"' and not far:
                opener = ""
            elif opener in ("„", "«") and not far:
                reason = f'Opened {opener} and closed ".'
                yield Hit(
                    opened, place + 1, "quote-style", (), MEDIUM, reason, _english(text, opened, place), None, "mixed"
                )
                opener = ""
            else:
                opener, opened = mark, place
        elif opener and not far:
            yield from _closed(text, opener, opened, mark, place, guillemets)
            yield from _unclosed(text, opened, place)
            opener = ""
        else:
            if mark == "»":
                start = max(text.rfind(". ", max(0, place - 300), place - 2) + 2, place - 300, 0)
                reason = "Closed » and never opened."
                yield Hit(
                    start, place + 1, "quote-style", (), WEAK, reason, _english(text, start, place), None, "unopened"
                )
            opener = ""
    for start, end in guillemets:
        reason = "Guillemets instead of English quotation marks."
        strength = MEDIUM if len(guillemets) > 2 else WEAK
        yield Hit(start, end, "quote-style", (), strength, reason, _english(text, start, end - 1), None, "«»")


def _closed(
    text: str, opener: str, opened: int, mark: str, place: int, guillemets: list[tuple[int, int]]
) -> Iterator[Hit]:
    if opener in '“"‟' and mark == "»":
        reason = f"Opened {opener} and closed », as a machine leaves French quotations."
        yield Hit(opened, place + 1, "quote-style", ("fr",), STRONG, reason, _english(text, opened, place), None, "“»")
    elif opener == "«" and mark == "”":
        reason = "Opened « and closed ”."
        yield Hit(opened, place + 1, "quote-style", (), STRONG, reason, _english(text, opened, place), None, "«”")
    elif opener == "„" and mark in "”»":
        reason = "Opened low („), as German and other languages do and English does not."
        yield Hit(opened, place + 1, "quote-style", ("de",), MEDIUM, reason, _english(text, opened, place), None, "„”")
    elif opener == "«" and mark == "»":
        guillemets.append((opened, place + 1))


def _unclosed(text: str, opened: int, closed: int) -> Iterator[Hit]:
    """Yield an attribution that stands inside a quotation: the mark before it is missing."""
    if closed - opened < 40:
        return
    for pattern in (_ATTRIBUTION, _PRETENDS):
        for found in pattern.finditer(text, opened + 1, closed):
            if found.end() < closed - 1:
                reason = "The quotation is not closed before the words that attribute it."
                start = found.start()
                yield Hit(
                    start,
                    found.end(),
                    "quote-attribution",
                    (),
                    MEDIUM,
                    reason,
                    "close the quotation before it",
                    None,
                    "inside",
                )


def _english(text: str, opened: int, closed: int) -> str:
    inner = text[opened + 1 : closed].strip(" \u00a0\u202f")
    return f"“{inner}”" if len(inner) < 400 else "“…”"
