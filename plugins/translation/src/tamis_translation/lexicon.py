"""Prepare a text for the rules and find what they say of it; Chinese and Japanese punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Final

import numpy as np

from tamis_translation.bags import Bag
from tamis_translation.bags import match_bag
from tamis_translation.codes import codes_of
from tamis_translation.codes import with_marks
from tamis_translation.hits import Hit
from tamis_translation.matching import match
from tamis_translation.packs import Packs
from tamis_translation.patterns import Text
from tamis_translation.rules import STRONG
from tamis_translation.rules import Rule

#: How many words on either side a counter-word speaks for.
_WINDOW: Final = 12
_WHAT: Final = {
    "calque": "Built word for word",
    "lexis": "The wrong English word for the foreign one",
    "idiom": "A foreign idiom taken word for word",
    "grammar": "Foreign grammar in English words",
    "word-order": "Foreign word order",
    "pronoun": "A foreign pronoun taken word for word",
    "tense": "A foreign tense taken over",
    "article": "Foreign use of the article",
    "fused-token": "Two words run together",
    "untranslated": "Left untranslated",
    "number-locale": "A number written the foreign way",
    "repetition": "The same thing said twice",
    "quote-attribution": "A quotation attributed the foreign way",
    "site-furniture": "Furniture of the foreign site, translated along",
    "name-form": "A name in its foreign spelling",
    "quote-style": "Foreign quotation marks",
    "punct-spacing": "Foreign spacing",
}


def prepare(text: str, words: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> Text:
    """Return *text* as the patterns want it; curly apostrophes count as straight ones."""
    low = "\n".join(words).lower().replace("’", "'").split("\n") if words else []
    gaps = [text[end:start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True)]
    codes = codes_of(words)
    return Text(text, words, low, starts, ends, gaps, np.array(codes, np.uint64), with_marks(codes, gaps))


def find_rules(text: Text, packs: Packs) -> Iterator[Hit]:
    """Yield what the rules of *packs* find."""
    for place, rule in packs.rules.tries(text):
        pattern = rule.pattern
        marked = match_bag(pattern, text, place) if isinstance(pattern, Bag) else match(pattern, text, place)
        if marked is not None and _context_fits(rule, text, marked):
            yield _hit(rule, text, marked, packs)


def _context_fits(rule: Rule, text: Text, found: tuple[int, int]) -> bool:
    if not rule.unless and not rule.near:
        return True
    first, last = found
    around = set(text.low[max(0, first - _WINDOW) : last + _WINDOW])
    return not (rule.unless & around) and (not rule.near or bool(rule.near & around))


def _hit(rule: Rule, text: Text, found: tuple[int, int], packs: Packs) -> Hit:
    start, end = text.starts[found[0]], text.ends[found[1] - 1]
    origin = packs.languages.get(rule.languages[0], "") if len(rule.languages) == 1 else ""
    what = _WHAT[rule.kind]
    if rule.source:
        reason = f"{what}: {origin} “{rule.source}”." if origin else f"{what}, as in “{rule.source}”."
    else:
        reason = f"{what}, from {origin}." if origin else f"{what}."
    languages = () if rule.languages == ("any",) else rule.languages
    return Hit(start, end, rule.kind, languages, rule.strength, reason, rule.suggestion, None, rule.text)


def find_cjk(text: str) -> Iterator[Hit]:
    """Yield Chinese and Japanese punctuation that stayed in English text."""
    if not text.isascii():
        for found in _WIDE_MARK.finditer(text):
            languages, plain = _WIDE[found.group()]
            reason = "Full-width punctuation of Chinese and Japanese text."
            yield Hit(*found.span(), "punct-spacing", languages, STRONG, reason, plain, plain, "wide")


_BOTH: Final = ("ja", "zh")
_WIDE: Final = {
    "，": (("zh",), ", "),
    "。": (_BOTH, ". "),
    "、": (_BOTH, ", "),
    "；": (("zh",), "; "),
    "：": (_BOTH, ": "),
    "！": (_BOTH, "! "),
    "？": (_BOTH, "? "),
    "「": (("ja",), "“"),
    "」": (("ja",), "”"),
    "『": (("ja",), "“"),
    "』": (("ja",), "”"),
    "《": (("zh",), "“"),
    "》": (("zh",), "”"),
    "【": (_BOTH, "["),
    "】": (_BOTH, "]"),
}
_WIDE_MARK: Final = re.compile("[" + "".join(_WIDE) + "]")
