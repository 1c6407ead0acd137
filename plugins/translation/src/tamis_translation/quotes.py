"""Pair the quotation marks of a text and say which pairs no English writer makes.

A mark opens or closes by what stands beside it, not by its shape alone: “ closes a German quotation and opens an
English one. Marks that are open lie on a stack, so that a quotation in another style may stand inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from typing import NamedTuple

from tamis_translation.hits import Hit
from tamis_translation.rules import HINT
from tamis_translation.rules import MEDIUM
from tamis_translation.rules import STRONG
from tamis_translation.rules import WEAK

_MARKS: Final = re.compile('[“”„«»"‟¿¡]')
#: Two commas and two apostrophes for „ and “, as keyboards without them have it.
_TYPED_MARKS: Final = re.compile(r"[“”„«»\"‟¿¡]|(?<![\w,]),,(?=\w)|''(?!\w)")
#: A quotation longer than this is two that lost a mark each.
_LONGEST: Final = 1500
_SPACES: Final = " \u00a0\u202f\u2009"
_OPENS_AFTER: Final = frozenset(" \u00a0\u202f\u2009\n\t\r([{-–—/“„«‘'")
_CLOSES_BEFORE: Final = frozenset(" \u00a0\u202f\u2009\n\t\r.,;:!?)]}-–—/”»’'…")
#: The pairs that need no remark, and those of one foreign style: opener and closer, language, strength, reason.
_ENGLISH: Final = frozenset(["“”", '""'])
_STYLES: Final = {
    "„“": (("de",), STRONG, "German quotation marks, low at the opening and high at the closing."),
    "„”": ((), MEDIUM, "Opened low („), as German, Polish and other languages do and English does not."),
    '„"': ((), MEDIUM, 'Opened low („) and closed ".'),
    "”“": (("de",), MEDIUM, "Opened with a closing mark and closed with an opening one."),
    '"“': (("de",), MEDIUM, 'Opened " and closed with the opening mark “, as German closes.'),
    "““": (("de",), WEAK, "Closed with the opening mark “, as German closes."),
    "””": (("sv",), WEAK, "Opened and closed with the same mark ”."),
    "“»": (("fr",), STRONG, "Opened “ and closed », as a machine leaves French quotations."),
    '"»': (("fr",), STRONG, 'Opened " and closed », as a machine leaves French quotations.'),
    "«”": ((), STRONG, "Opened « and closed ”."),
    '«"': ((), MEDIUM, 'Opened « and closed ".'),
    "«“": ((), MEDIUM, "Opened « and closed “."),
    "„»": ((), MEDIUM, "Opened „ and closed »."),
    "„«": ((), MEDIUM, "Opened „ and closed «."),
    "»«": (("de",), MEDIUM, "Guillemets that point inwards, as German sets them."),
    "»»": ((), MEDIUM, "Guillemets that point the same way."),
    "«»": ((), WEAK, "Guillemets instead of English quotation marks."),
}
#: The same for English pairs with spaces inside.
_SPACED: Final[dict[str, tuple[tuple[str, ...], int, str]]] = {
    "“”": (("fr",), MEDIUM, "Spaces inside the quotation marks, as French sets them."),
    '""': ((), STRONG, "Spaces inside the quotation marks, as a machine leaves them that works on single words."),
}
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
_NAME_SAYS: Final = re.compile(
    r",[ \n](?:[mM]rs?\. |[mM]s\. )?(?:[A-Z][\w’'-]+ ){1,2}"
    rf"(?:says|adds|explains|tells|recalls|notes|said|added|explained)(?=[.,]){_REST}"
)
_PRETENDS: Final = re.compile(
    r"\? (?:pretends to wonder|wonders|asks|asks himself|asks herself|worries|feigns|jokes|quips) [A-Z]" + _REST
)


_DASHED: Final = re.compile('[”»"], ?[—–-] ?(?=[a-z])')


class _Open(NamedTuple):
    mark: str
    place: int


def find_quotes(text: str) -> Iterator[Hit]:
    """Yield pairs of mixed or foreign marks, Spanish openers (¿ ¡), and quotations that are not closed in time."""
    stack: list[_Open] = []
    plain: list[Hit] = []
    for found in (_TYPED_MARKS if ",," in text else _MARKS).finditer(text):
        mark, place = found.group(), found.start()
        if mark in "¿¡":
            reason = "English has no opening question and exclamation marks; Spanish has."
            yield Hit(place, place + 1, "punct-spacing", ("es",), STRONG, reason, "", "", "¿")
            continue
        if mark == "''" and not any(other.mark == ",," for other in stack):
            continue
        while stack and place - stack[0].place > _LONGEST:
            del stack[0]
        if _opens(text, mark, place, found.end(), stack):
            if stack and stack[-1].mark == mark:
                yield from _unclosed(text, stack.pop().place, place)
            stack.append(_Open(mark, place))
            del stack[:-3]
            continue
        opened = _partner(stack, mark)
        if opened is None:
            if mark == "»":
                start = max(text.rfind(". ", max(0, place - 300), place - 2) + 2, place - 300, 0)
                yield _hit(text, start, place + 1, (), WEAK, "Closed » and never opened.", "unopened")
            continue
        pair = ("„" if opened.mark == ",," else opened.mark) + ("“" if mark == "''" else mark)
        if pair in _ENGLISH and text[opened.place + 1] in _SPACES and text[place - 1] in _SPACES:
            languages, strength, reason = _SPACED[pair]
            inner = f"“{text[opened.place + 1 : place].strip(_SPACES)}”"
            yield Hit(opened.place, place + 1, "punct-spacing", languages, strength, reason, inner, None, "“ ”")
        if pair not in _ENGLISH:
            languages, strength, reason = _STYLES.get(pair, ((), HINT, "Mixed quotation marks."))
            hit = _hit(text, opened.place, found.end(), languages, strength, reason, pair)
            if pair == "«»":
                plain.append(hit)
            elif strength > HINT:
                yield hit
        yield from _unclosed(text, opened.place, place)
    yield from (hit._replace(strength=MEDIUM) if len(plain) > 2 else hit for hit in plain)


def find_dashes(text: str) -> Iterator[Hit]:
    """Yield dashes between a quotation and who said it, as Russian sets them."""
    for found in _DASHED.finditer(text):
        reason = "A dash between the quotation and who said it, as Russian sets it."
        yield Hit(*found.span(), "quote-attribution", ("ru",), STRONG, reason, found.group()[0] + ", ", None, "dash")


def _opens(text: str, mark: str, start: int, end: int, stack: list[_Open]) -> bool:
    """Say whether the mark at *start* opens a quotation; its shape decides where its place does not."""
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    may_open = before in _OPENS_AFTER and after not in _CLOSES_BEFORE - {"'"}
    may_close = before not in _SPACES and before not in "\n\t\r" and (after in _CLOSES_BEFORE or after in '”»"')
    if mark in ("„", "‟", ",,"):
        return True
    if mark == "''":
        return False
    if mark == '"':
        inside = any(other.mark in '"„«' for other in stack)
        return may_open if may_open != may_close else not inside
    if mark in "“«":
        return not (may_close and not may_open and (bool(stack) and (mark == "“" or stack[-1].mark in "»„")))
    return may_open and not may_close and not stack and before not in "([“„«‘'"


def _partner(stack: list[_Open], mark: str) -> _Open | None:
    """Take the open mark that *mark* closes from the stack: one of its own style, else the last."""
    style = {"”": "“", "»": "«", '"': '"', "''": ",,", "“": "„", "«": "»"}[mark]
    for place in range(len(stack) - 1, -1, -1):
        if stack[place].mark == style:
            opened = stack[place]
            del stack[place:]
            return opened
    return stack.pop() if stack else None


def _hit(text: str, start: int, end: int, languages: tuple[str, ...], strength: int, reason: str, key: str) -> Hit:
    inner = text[start + 1 : end - 1].strip(_SPACES)
    suggestion = f"“{inner}”" if len(inner) < 400 else "“…”"
    return Hit(start, end, "quote-style", languages, strength, reason, suggestion, None, key)


def _unclosed(text: str, opened: int, closed: int) -> Iterator[Hit]:
    """Yield an attribution that stands inside a quotation: the mark before it is missing."""
    if closed - opened < 40:
        return
    for pattern in (_ATTRIBUTION, _NAME_SAYS, _PRETENDS):
        for found in pattern.finditer(text, opened + 1, closed):
            reason = "The quotation is not closed before the words that attribute it."
            start, end, advice = found.start(), found.end(), "close the quotation before it"
            yield Hit(start, end, "quote-attribution", (), MEDIUM, reason, advice, None, "inside")
