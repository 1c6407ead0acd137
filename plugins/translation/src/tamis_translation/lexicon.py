"""Find the words and phrases of the packs in a text: rules, foreign spellings of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from tamis_translation.bags import Bag
from tamis_translation.bags import match_bag
from tamis_translation.codes import NAME
from tamis_translation.codes import SLAVIC
from tamis_translation.codes import codes_of
from tamis_translation.codes import places
from tamis_translation.codes import with_marks
from tamis_translation.hits import Hit
from tamis_translation.matching import match
from tamis_translation.packs import Packs
from tamis_translation.patterns import Text
from tamis_translation.rules import STRONG
from tamis_translation.rules import WEAK
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


@lru_cache(maxsize=64)
def _lasts(endings: tuple[tuple[str, str, str, int], ...]) -> frozenset[str]:
    """Return the last two letters of all *endings*: a quick look at a name."""
    return frozenset(ending[-2:] for ending, _, _, _ in endings)


#: Spanish marks the stress of foreign names; the tables of letters cannot know it.
_ACUTE: Final = str.maketrans("áéíóúÁÉÍÓÚ", "aeiouAEIOU")


def find_names(text: Text, packs: Packs) -> Iterator[Hit]:
    """Yield the names that are spelt as another language spells them."""
    names, endings = packs.names, packs.endings
    low: frozenset[str] | None = None
    lasts = _lasts(endings)
    for place in places(text.codes, NAME):
        word = text.words[place]
        stem = word[:-2] if word[-2:] in ("'s", "’s") else word
        name = names.get(stem) or (None if stem.isascii() else names.get(stem.translate(_ACUTE)))
        start = text.starts[place]
        if name is not None:
            if name.unless:
                low = frozenset(text.low) if low is None else low
                if name.unless & low:
                    continue
            origin = packs.languages.get(name.language, "")
            reason = f"{stem} is the {origin} spelling of {name.english}."
            sure = name.english if name.strength > WEAK else None
            yield Hit(
                start, start + len(stem), "name-form", (name.language,), name.strength, reason, name.english, sure, stem
            )
        elif stem[-2:] in lasts and len(stem) > 6:
            for ending, english, language, strength in endings:
                if stem.endswith(ending):
                    fixed = stem[: -len(ending)] + english
                    reason = (
                        f"“{ending}” is how {packs.languages.get(language, language)} spells a name in “{english}”."
                    )
                    yield Hit(start, start + len(stem), "name-form", (language,), strength, reason, fixed, None, stem)
                    break


_SKELETON: Final = (
    ("tsch", "ch"),
    ("tch", "ch"),
    ("schtsch", "shch"),
    ("sch", "sh"),
    ("ou", "u"),
    ("w", "v"),
    ("ï", "y"),
    ("j", "y"),
    ("i", "y"),
    ("ě", "e"),
    ("é", "e"),
    ("ë", "e"),
    ("yy", "y"),
    ("aye", "ae"),
    ("kh", "h"),
    ("ch", "h"),
)


def _skeleton(word: str) -> str:
    skeleton = word.lower()
    for foreign, plain in _SKELETON:
        skeleton = skeleton.replace(foreign, plain)
    return skeleton.rstrip("y")


def find_two_spellings(text: Text) -> Iterator[Hit]:
    """Yield the rarer spelling of a Slavic name that one text writes in two ways."""
    seen: dict[str, dict[str, list[int]]] = {}
    for place in places(text.codes, SLAVIC):
        stem = text.words[place].removesuffix("'s").removesuffix("’s")
        seen.setdefault(_skeleton(stem), {}).setdefault(stem, []).append(place)
    for spellings in seen.values():
        if len(spellings) == 2:
            # English writes the y between vowels (Tokayev), whichever spelling is more frequent.
            (one, _), (two, twos) = sorted(spellings.items(), key=lambda item: ("aye" not in item[0], -len(item[1])))
            if one + "s" == two or two + "s" == one or one.lower() == two.lower():
                continue
            for place in twos:
                start = text.starts[place]
                reason = f"The same name is spelt {one} elsewhere in this text."
                yield Hit(start, start + len(two), "name-form", (), WEAK, reason, one, None, "two spellings")


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
