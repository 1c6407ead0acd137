"""Find quotations attributed as no English writer would: `”, slips a nurse`, `”, has lamented`, `”, he smiles`.

French, Italian and Spanish newspapers attribute with any verb (*glisse*, *balaie*, *sentencia*); English ones with a
few dozen verbs of saying, which are listed here. Whatever else follows a quotation with its subject behind it is a verb
that was translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tamis_translation.hits import Hit
from tamis_translation.rules import MEDIUM

#: Verbs that English attributes with before their subject, and words that only look like a verb in the present.
_ENGLISH_VERBS: Final = """
says adds explains notes writes asks replies argues warns insists recalls admits claims continues concludes
declares observes remarks states reports reads jokes quips laughs sighs shouts cries exclaims mutters whispers
answers agrees complains suggests comes goes thinks sings chimes begins repeats announces tweets posts
responds retorts muses interjects pleads boasts laments recounts offers counters cautions confesses confides
reckons believes hopes fears predicts promises intones declaims runs enthuses protests groans growls snaps
urges advises reveals confirms his hers its theirs ours yours this thus as is was has does always sometimes
perhaps besides plus versus unless whereas others news politics times press yes minutes hours days weeks
months years officials sources critics analysts experts police supporters opponents residents protesters
starts stars airs opens plays wins follows stresses emphasizes emphasises features includes marks means refers
tells shows leads makes takes gives gets sees finds
"""
_ENGLISH: Final = frozenset(_ENGLISH_VERBS.split())
#: Verbs in the past that attribute nothing in English.
_PAST: Final = (
    r"manifested|sentenced|assured|affirmed|detailed|valued|ironi[sz]ed|underlined|preci[sz]ed|abounded|slipped|tempered"
    r"|relativi[sz]ed|lanced|judged|estimated|deplored|recognized|recognised|reproached|riveted|apostrophi[sz]ed|launched"
)
_SUBJECT: Final = r"(?:the|a|an|his|her|their|its|this|one of|another|[A-ZÀ-Ý][\w’'-]+)"
_SELF: Final = r"(?: (?:himself|herself|itself|themselves|aside|away|out|up|back|loose))?"
_SMILES: Final = (
    r"smiles|breathes|tempers|slips|launches|assures|enthuses|rejoices|deplores|sentences|precises|specifies|estimates|judges"
    r"|ironi[sz]es|summari[sz]es|analy[sz]es|annoys|storms|marvels|relativi[sz]es|worries|rages|sweeps|blows|squeaks|details"
    r"|testifies|recogni[sz]es"
)
_AFTER: Final = re.compile(
    rf"[”»\"](?P<comma>,?)[ \n](?:[—–-] )?(?:"
    rf"(?P<verb>[a-z]{{3,}}s|{_PAST}){_SELF} {_SUBJECT}\b"
    r"|(?P<perfect>(?:he |she |they )?(?:has|have) (?:[a-z]+ed)(?=[.,;\n]| (?:the|a|an|his|her)\b|$))"
    rf"|(?P<face>(?:he|she) (?:{_SMILES})(?=[.,;\n]|$))"
    r")"
)
#: Where no comma follows a quotation, one of these ends it.
_ENDS: Final = (",", ".", "!", "?", "…")
#: A quotation shorter than so many words is a title, which may be the subject of what follows.
_SHORTEST: Final = 4
_LONGEST: Final = 600
_SAID: Final = frozenset(["said", "added", "claimed", "denied", "argued", "insisted", "warned", "suggested", "been"])
_LANGUAGES: Final = ("es", "fr", "it")


def find_attributions(text: str) -> Iterator[Hit]:
    """Yield verbs after a quotation, with their subject behind them, that English does not attribute with."""
    for found in _AFTER.finditer(text):
        kind = found.lastgroup or "verb"
        before = text[max(0, found.start() - 2) : found.start()].rstrip()[-1:]
        if not found["comma"] and before not in _ENDS:
            continue
        word = found.group(kind)
        if kind == "verb" and (word in _ENGLISH or word.endswith("ss")):
            continue
        if kind == "perfect" and word.rsplit(" ", 1)[-1] in _SAID:
            continue
        if _is_title(text, found.start()):
            continue
        start, end = found.start(kind), found.end(kind)
        reason = "A quotation attributed with a verb, or a tense, that English does not use for it."
        yield Hit(start, end, "quote-attribution", _LANGUAGES, MEDIUM, reason, "said", None, "attributed")


def _is_title(text: str, end: int) -> bool:
    """Say whether the quotation that ends at *end* is a title, short or in capitals, or none at all."""
    opened = max(text.rfind(mark, max(0, end - _LONGEST), end) for mark in '“«„"')
    words = text[opened + 1 : end].split()
    return opened < 0 or len(words) < _SHORTEST or sum(word[0].isupper() for word in words) * 2 > len(words)
