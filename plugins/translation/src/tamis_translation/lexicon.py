"""Find the words and phrases of the packs in a text: rules, foreign spellings of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from tamis_translation.bags import Bag
from tamis_translation.bags import match_bag
from tamis_translation.hits import Hit
from tamis_translation.patterns import Text
from tamis_translation.patterns import match
from tamis_translation.rules import STRONG
from tamis_translation.rules import WEAK
from tamis_translation.rules import Packs
from tamis_translation.rules import Ready
from tamis_translation.rules import Rule
from tamis_translation.rules import file_rules
from tamis_translation.wordlists import LOAN_WORDS

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
    low = [word.lower() for word in words]
    if "’" in text:
        low = [word.replace("’", "'") if "’" in word else word for word in low]
    return Text(text, words, low, starts, ends)


def find_rules(text: Text, packs: Packs) -> Iterator[Hit]:
    """Yield what the rules of *packs* find."""
    low = text.low
    words = set(low)
    lacks = words.isdisjoint
    # What else a rule needs is looked up once a text, not wherever its anchor stands.
    alone: dict[str, list[Ready]] = {}
    for anchor in packs.rules.keys() & words:
        found = packs.alone.get(anchor)
        rules = file_rules(packs, anchor) if found is None else found
        if rules and (at_hand := [ready for ready in rules if not any(map(lacks, ready[1].needs))]):
            alone[anchor] = at_hand
    pairs = packs.pairs
    tries = [(place, ready) for place, word in enumerate(low) if word in alone for ready in alone[word]]
    tries += [
        (place + step, ready)
        for place, pair in enumerate(pairwise(low))
        if pair in pairs
        for step, ready in pairs[pair]
        if not any(map(lacks, ready[1].needs))
    ]
    last = len(low) - 1
    for place, (checks, pattern, rule) in tries:
        for step, needed in checks:
            other = place + step
            if other < 0 or other > last or low[other] not in needed:
                break
        else:
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


def capitals(text: Text) -> list[int]:
    """Return the places of the words that may be names."""
    return [place for place, word in enumerate(text.words) if word[0].isupper() and len(word) > 3]


@lru_cache(maxsize=64)
def _lasts(endings: tuple[tuple[str, str, str, int], ...]) -> frozenset[str]:
    """Return the last two letters of all *endings*: a quick look at a name."""
    return frozenset(ending[-2:] for ending, _, _, _ in endings)


#: Spanish marks the stress of foreign names; the tables of letters cannot know it.
_ACUTE: Final = str.maketrans("áéíóúÁÉÍÓÚ", "aeiouAEIOU")


def find_names(text: Text, packs: Packs, places: Sequence[int]) -> Iterator[Hit]:
    """Yield the names, among the words at *places*, that are spelt as another language spells them."""
    names, endings = packs.names, packs.endings
    low: frozenset[str] | None = None
    lasts = _lasts(endings)
    for place in places:
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
    ("kh", "h"),
    ("ch", "h"),
)
_SLAVIC: Final = re.compile("[eo][vw]|sk|[wv]lad|[wv]olod|enko|tsch|tch|[ki]j|yy|ï")


def _skeleton(word: str) -> str:
    skeleton = word.lower()
    for foreign, plain in _SKELETON:
        skeleton = skeleton.replace(foreign, plain)
    return skeleton.rstrip("y")


def find_two_spellings(text: Text, places: Sequence[int]) -> Iterator[Hit]:
    """Yield the rarer spelling of a Slavic name that one text writes in two ways."""
    seen: dict[str, dict[str, list[int]]] = {}
    for place in places:
        word = text.words[place]
        if len(word) > 5:
            low = text.low[place]
            stem = word[:-2] if low.endswith("'s") else word
            if _SLAVIC.search(low) and not stem.isupper():
                seen.setdefault(_skeleton(stem), {}).setdefault(stem, []).append(place)
    for spellings in seen.values():
        if len(spellings) == 2:
            (one, ones), (two, twos) = sorted(spellings.items(), key=lambda item: (-len(item[1]), item[1]))
            if one + "s" == two or two + "s" == one or one.lower() == two.lower():
                continue
            for place in twos:
                start = text.starts[place]
                reason = f"The same name is spelt {one} elsewhere in this text."
                yield Hit(start, start + len(two), "name-form", (), WEAK, reason, one, None, "two spellings")
            del ones


def find_cjk(text: str) -> Iterator[Hit]:
    """Yield Chinese and Japanese punctuation that stayed in English text."""
    if not text.isascii():
        for found in _WIDE_MARK.finditer(text):
            languages, plain = _WIDE[found.group()]
            reason = "Full-width punctuation of Chinese and Japanese text."
            yield Hit(*found.span(), "punct-spacing", languages, STRONG, reason, plain, plain, "wide")


_ACCENTED: Final = re.compile(r"[^\W\d_A-ZÀ-Ý]*[à-öø-ÿœßčřšžěů][^\W\d_]*")
_LETTERS: Final = (
    ("ß", ("de",)),
    ("äöü", ("de",)),
    ("ñ", ("es",)),
    ("çêèàœâîôûëï", ("fr",)),
    ("óíáú", ("es",)),
    ("òìù", ("it",)),
)


def find_accented(text: Text) -> Iterator[Hit]:
    """Yield words in small letters with an accent that no English word has: left untranslated, in company."""
    if text.text.isascii():
        return
    for place, word in enumerate(text.words):
        if not word.isascii() and _ACCENTED.fullmatch(word) and text.low[place] not in _LOANS:
            languages = next((of for letters, of in _LETTERS if any(letter in word for letter in letters)), ())
            reason = "A foreign word left as it is."
            yield Hit(
                text.starts[place], text.ends[place], "untranslated", languages, WEAK, reason, "", None, "accented"
            )


_LOANS: Final = frozenset(LOAN_WORDS.split())
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
