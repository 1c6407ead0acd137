"""Weigh what was found: capped likelihood ratios by kind, the source language, and which weak hits may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from math import sqrt
from typing import Final
from typing import NamedTuple

from tamis_translation.articles import find_missing_articles
from tamis_translation.attributions import find_attributions
from tamis_translation.furniture import find_furniture
from tamis_translation.hits import Hit
from tamis_translation.lexicon import find_cjk
from tamis_translation.lexicon import find_rules
from tamis_translation.names import find_names
from tamis_translation.names import find_two_spellings
from tamis_translation.packs import Packs
from tamis_translation.patterns import Text
from tamis_translation.pronouns import find_wrong_pronouns
from tamis_translation.quotes import find_dashes
from tamis_translation.quotes import find_quotes
from tamis_translation.rules import HINT
from tamis_translation.rules import MEDIUM
from tamis_translation.rules import STRONG
from tamis_translation.rules import WEAK
from tamis_translation.tokens import find_accented
from tamis_translation.tokens import find_doubled
from tamis_translation.tokens import find_fused
from tamis_translation.tokens import find_glued
from tamis_translation.typography import find_numbers
from tamis_translation.typography import find_spacing
from tamis_translation.wordlists import ABOUT_TRANSLATING

#: Natural-log likelihood ratios of one piece of evidence, by strength.
_RATIO: Final = {HINT: 0.2, WEAK: 0.4, MEDIUM: 1.1, STRONG: 2.2}
#: The most that one kind may add, whatever its hits.
_CAP: Final = {
    "name-form": 2.2,
    "number-locale": 2.0,
    "punct-spacing": 2.0,
    "site-furniture": 1.0,
    "quote-attribution": 2.2,
    "repetition": 1.0,
}
_OTHER_CAP: Final = 3.0
#: The most that all weak hits together may add.
_WEAK_CAP: Final = 0.8
#: Hits carry each other where there are two of them or more that add up to this much, less where the style is suspect.
_ENOUGH: Final = 3.0
#: Certain hits of these kinds are shown alone; anything worded oddly may stand once in native prose.
_ALONE: Final = frozenset(
    ["quote-style", "punct-spacing", "number-locale", "name-form", "site-furniture", "untranslated", "pronoun", "idiom"]
)


#: A text about translating may quote what others translate badly: these kinds prove nothing there.
_ABOUT: Final = frozenset(ABOUT_TRANSLATING.split())
_QUOTED: Final = frozenset(["idiom", "calque", "untranslated"])


#: Weak rules about wording are right three times in five: they count and are not shown.
_WORDING: Final = frozenset(["calque", "lexis", "grammar", "quote-attribution"])


class Evidence(NamedTuple):
    """What the rules say of a text."""

    #: All that was found, sorted, without doubles.
    found: Sequence[Hit]
    #: The sum of the capped log likelihood ratios for machine translation.
    weight: float
    #: The same by source language.
    languages: Mapping[str, float]

    def shown(self, style: float) -> list[Hit]:
        """Return the hits to show; the more the *style* (log odds) speaks for a machine, the less they need company."""
        needed = max(_RATIO[MEDIUM], _ENOUGH - max(0.0, style + 1.0))
        return [hit for hit in _carried(self.found, needed) if hit.strength > WEAK or hit.kind not in _WORDING]


def collect(text: Text, packs: Packs) -> Evidence:
    """Return the evidence in *text*."""
    everything = [
        *find_rules(text, packs),
        *find_names(text, packs.names),
        *find_two_spellings(text),
        *find_accented(text),
        *find_cjk(text.text),
        *find_fused(text),
        *find_glued(text.text),
        *find_doubled(text),
        *find_missing_articles(text),
        *find_wrong_pronouns(text),
        *find_quotes(text.text),
        *find_dashes(text.text),
        *find_attributions(text.text),
        *find_furniture(text.text),
        *find_spacing(text.text),
        *find_numbers(text),
    ]
    if any(hit.kind in _QUOTED for hit in everything) and not _ABOUT.isdisjoint(text.low):
        everything = [hit for hit in everything if hit.kind not in _QUOTED]
    found = _without_doubles(hit for hit in everything if hit.strength > HINT)
    languages: dict[str, float] = {}
    for hit in _distinct(sorted(everything)):
        for language in hit.languages:
            languages[language] = languages.get(language, 0.0) + _share(hit)
    return Evidence(tuple(found), weigh(_carried(found, _ENOUGH)), languages)


def _carried(hits: Sequence[Hit], needed: float) -> Sequence[Hit]:
    """Return *hits* where they carry each other, by adding up to what is *needed*; else those that stand alone."""
    distinct = _distinct(hits)
    if (len(distinct) > 1 or needed < _ENOUGH) and sum(_RATIO[hit.strength] for hit in distinct) >= needed:
        return hits
    return [hit for hit in hits if hit.strength > MEDIUM and hit.kind in _ALONE]


def _share(hit: Hit) -> float:
    """A hit that speaks for several languages speaks less for each."""
    return _RATIO[hit.strength] / sqrt(len(hit.languages))


def _distinct(hits: Iterable[Hit]) -> list[Hit]:
    return list({(hit.kind, hit.key): hit for hit in hits}.values())


def weigh(hits: Iterable[Hit]) -> float:
    """Return the sum of the log likelihood ratios of *hits*, capped by kind."""
    weak = 0.0
    firm: dict[str, float] = {}
    for hit in _distinct(hits):
        if hit.strength > WEAK:
            firm[hit.kind] = firm.get(hit.kind, 0.0) + _RATIO[hit.strength]
        else:
            weak += _RATIO[hit.strength]
    return sum(min(_CAP.get(kind, _OTHER_CAP), firm[kind]) for kind in sorted(firm)) + min(_WEAK_CAP, weak)


#: A quotation spans what is said in it: hits inside are shown beside it.
_AROUND: Final = frozenset(["quote-style", "quote-attribution"])


def _without_doubles(hits: Iterable[Hit]) -> list[Hit]:
    """Return *hits* in order; of two that overlap the surer one, then the longer one."""
    kept: list[Hit] = []
    found = set(hits)
    if not found:
        return kept
    size = max(hit.end for hit in found)
    taken = {kind: bytearray(size) for kind in ("", *_AROUND)}
    for hit in sorted(found, key=lambda hit: (-hit.strength, hit.start - hit.end, hit)):
        cover = taken[hit.kind if hit.kind in _AROUND else ""]
        if cover.find(1, hit.start, hit.end) < 0:
            kept.append(hit)
            cover[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
    return sorted(kept)
