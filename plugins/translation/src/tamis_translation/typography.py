"""Find spacing, numbers, dates and times that are written the way of another language."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from typing import Final

from tamis_translation.codes import DIGITS
from tamis_translation.codes import places
from tamis_translation.hits import Hit
from tamis_translation.patterns import Text
from tamis_translation.rules import MEDIUM
from tamis_translation.rules import STRONG
from tamis_translation.rules import WEAK

#: The mark first and then the space before it: marks are rarer than spaces.
_SPACED: Final = re.compile(r"[!?;:](?<=[ \u00a0\u202f].)(?=[\s\u00a0\"“”«»]|$)")
_LOOSE: Final = re.compile(r"[ \u00a0\u202f]”(?<=[.!?…,\w]..)(?=\s|$)")
_NO_WORD: Final = frozenset(" \t\r\n\u00a0\u202f.!?:;,|/(*-–—>")
_THIN: Final = "\u00a0\u202f"
_UNIT: Final = (
    r"percent|per cent|percentage|euros?|cents?|dollars?|francs?|yuan|rubles?|roubles?|yen|pounds|crowns|million"
    r"|billion|trillion|thousand|days|weeks|months|minutes|tickets|square|cubic"
    r"|met(?:er|re)s?|kilomet(?:er|re)s?|km|kg|kilograms?|degrees?|inhabitants|people|souls|tons|tonnes|hectares|liters"
    r"|litres|[mg]igawatts?|gigawatt-hours?|points|times|years|hours|seconds|TWh|GWh?|MW|kWh"
)
#: What a number with three decimals may count in English.
_MEASURE: Final = (
    r"per|percent|percentage|[cmk]m|kg|kilomet(?:er|re)s?|met(?:er|re)s?|seconds?|inch(?:es)?|points?|miles?|pounds?"
    r"|ounces?|grams?|times|degrees?|mil(?:l?ion|liard)s?|billions?|trillions?|bn|tn|lit(?:er|re)s?|innings|mln|bln|dlrs|cts"
    r"|pesos|moles"
)
_MONTH: Final = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_NUMBER: Final = re.compile(
    r"(?:"
    r"(?P<both>\d{1,3}(?:\.\d{3})+,\d{1,2})(?!\d)"
    r"|(?P<quoted>\d{1,3}(?:['’]\d{3})+(?:\.-)?)(?![\d\w])"
    r"|(?P<flat>\d+\.[-–])(?= )"
    r"|(?P<dots>\d{1,3}(?:\.\d{3}){2,})(?![\d.])"
    rf"|(?P<comma>\d{{1,3}},\d{{1,2}}[ \u00a0\u202f]?(?:%|(?:{_UNIT})\b|[€£](?!\d)))"
    r"|(?P<sum>[1-9]\d{0,2}\.\d{3}) (?:euros?|rubles|people|inhabitants|residents|employees|jobs|visitors|spectators"
    r"|fans|hectares|homes|households|victims|tickets|students|workers|participants|voters|soldiers)\b"
    rf"|(?P<group>[1-9]\d{{0,2}}\.\d{{3}}) (?!(?:{_MEASURE})\b)"
    r"(?:[a-z]{3,12} )?(?:[a-z]+s|people|men|women|children|yuan|yen)\b"
    r"|(?P<thousand>\d{1,3}(?:[.,]\d+)? thousand) (?:euros|rubles|tenge|tons|hectares)\b"
    r"|(?P<single>\d+[.,]\d\d? euro)\b(?![- ](?:zone|area|coin|note|[a-z]+-))"
    r"|(?P<dotted>\d+(?:[.,]\d+)? (?:thousand|[mb]illion|trillion)\. (?=[a-z]))"
    rf"|(?P<zeros>[1-9]\d{{0,2}}\.(?:000(?![\d.%])(?! ?(?:{_MEASURE})\b)|\d00(?= millions? )))"
    r"|(?P<of>\d+(?:[.,]\d+)* (?:million|billion) of (?!its|his|this|us\b|whose|as\b)[a-z]+s)\b"
    r"|(?P<short>\d+(?:[.,]\d+)? ?(?:trln|mlrd|mrd|mila|M[€$£]|[bm]ln\.(?= [a-z])))(?!\w)"
    r"|(?P<loose>\d{1,3},\d{1,2})(?=[.;:)](?!\d)| (?!and |or |to |of |in |the |for |at |on |with )[a-z]{3})"
    r"|(?P<date>(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d{2})(?![.\d])"
    r"|(?P<thin>\d{1,3}(?:[\u00a0\u202f]\d{3})+)(?!\d)"
    rf"|(?P<plain>\d{{1,3}} \d{{3}}(?: \d{{3}})*) (?:(?:{_UNIT}|[a-z]{{4,}}s)\b)"
    r"|(?P<percent>\d+(?:\.\d+)?[ \u00a0\u202f]%)"
    r"|(?P<money>\d+(?:[.,]\d+)*[ \u00a0\u202f]?[€£](?![\d\w]))"
    rf"|(?P<ordinal>(?:[1-9]|[12]\d|3[01])\. {_MONTH})(?![A-Za-z])"
    r"|(?P<clock>\d{1,2} ?h ?\d{2})(?!\w)"
    r"|(?P<asian>\d{1,3} (?:million \d{1,3} thousand|billion \d{1,3} million|thousand \d{1,3}\b(?!,))"
    r"|\d+(?:\.\d+)? (?:(?:ten|hundred)[ -](?:thousand|million)|thousand (?:billion|million)|oku|wan)\b)"
    r")"
)
_DIGITS: Final = re.compile(r"\d+")
_ROMANCE: Final = ("de", "es", "fr", "it", "ru")
#: A day that such a word precedes is no end of a sentence.
_BEFORE_DAY: Final = frozenset(["the", "on", "from", "until", "till", "to", "of", "since", "by", "before", "after"])


def _swapped(number: str) -> str:
    """Return *number* with points for its commas and commas for its points."""
    return number.translate({ord("."): ",", ord(","): "."})


def _tight(number: str) -> str:
    return re.sub(r"[ \u00a0\u202f]%", "%", _swapped(number))


def _grouped(number: str) -> str:
    return re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d)", ",", number)


def _plain(number: str) -> str:
    return re.sub("['’]", ",", number.removesuffix(".-"))


def _without_of(number: str) -> str:
    return number.replace(" of ", " ")


def _plural(number: str) -> str:
    return number + "s"


def _undotted(number: str) -> str:
    return number.replace(". ", "")


def _unknown(_number: str) -> str:
    """Return nothing: what English writes depends on what was meant."""
    return ""


#: What each group of `_NUMBER` shows: languages, strength, reason, its English form, whether that is certain.
_SHOWS: Final[dict[str, tuple[tuple[str, ...], int, str, Callable[[str], str], bool]]] = {
    "both": (_ROMANCE, STRONG, "Points between the thousands and a decimal comma.", _swapped, True),
    "quoted": (("de", "it"), STRONG, "An apostrophe between the thousands, as the Swiss set it.", _plain, True),
    "flat": (("de",), WEAK, "A price written the Swiss or German way.", _unknown, False),
    "dots": (("de", "es", "it"), STRONG, "Points between the thousands.", _swapped, True),
    "comma": (_ROMANCE, STRONG, "A decimal comma.", _tight, True),
    "sum": (("de", "es", "it"), STRONG, "A point between the thousands.", _swapped, True),
    "thousand": (("it", "ru"), WEAK, "A number whose thousands are a word.", _unknown, False),
    "group": (("de", "es", "it"), MEDIUM, "A point between the thousands.", _swapped, False),
    "zeros": (("de", "es", "it"), MEDIUM, "A point between the thousands.", _swapped, False),
    "of": (("es", "fr", "it"), MEDIUM, "English puts no “of” after a number of millions.", _without_of, False),
    "single": (("de", "fr", "it"), MEDIUM, "English says “euros” after a fraction.", _plural, False),
    "dotted": (("ru",), STRONG, "A point after the short form of a number word, as Russian sets it.", _undotted, False),
    "short": (_ROMANCE, MEDIUM, "A foreign short form of a number.", _unknown, False),
    "loose": (_ROMANCE, WEAK, "A decimal comma.", _swapped, False),
    "date": (("de", "ru"), WEAK, "A date with points.", _unknown, False),
    "thin": (("fr", "ru"), MEDIUM, "A space between the thousands.", _grouped, False),
    "plain": (("fr", "ru"), WEAK, "A space between the thousands.", _grouped, False),
    "percent": (("de", "fr"), WEAK, "A space before the percent sign.", lambda number: number[:-2] + "%", True),
    "money": (("de", "es", "fr", "it"), WEAK, "The currency after the number.", _unknown, False),
    "ordinal": (("de",), WEAK, "A point after the day.", lambda day: day.replace(".", ""), False),
    "clock": (("fr",), MEDIUM, "The time written the French way.", lambda time: time.replace(" ", ""), False),
    "asian": (("ja", "zh", "ru"), STRONG, "A large number counted the foreign way.", _unknown, False),
}


def find_spacing(text: str) -> Iterator[Hit]:
    """Yield spaces before ! ? ; : as French sets them, and between the end of a sentence and a closing mark."""
    for found in _LOOSE.finditer(text) if "”" in text else ():
        reason = "A space before the closing quotation mark."
        yield Hit(found.start(), found.end(), "punct-spacing", (), WEAK, reason, "”", None, "loose")
    places = [match.start() for match in _SPACED.finditer(text)]
    places = [place for place in places if place > 1 and text[place - 2] not in _NO_WORD]
    for place in places:
        mark, start = text[place], place - 1
        while start > 0 and not text[start - 1].isspace() and place - start < 42:
            start -= 1
        strength = STRONG if text[place - 1] in _THIN else MEDIUM if len(places) > 1 and mark in "!?;" else WEAK
        reason = f"A space before “{mark}”, as French sets it."
        fixed = text[start : place - 1] + mark
        yield Hit(start, place + 1, "punct-spacing", ("fr",), strength, reason, fixed, fixed, "space")


def find_numbers(prepared: Text) -> Iterator[Hit]:
    """Yield numbers with a decimal comma, points or spaces between the thousands, or counted the Asian way."""
    text = prepared.text
    past = 0
    for start in _digits(prepared):
        if start < past or (start and (text[start - 1] in ".,$£€¥_" or text[start - 1].isalnum())):
            continue
        found = _NUMBER.match(text, start)
        if found is None or found.lastgroup is None:
            continue
        kind = found.lastgroup
        number = found.group(kind)
        past = found.end(kind)
        if kind == "dots" and not (number.endswith(".000") or len(set(number.split(".")[1:])) == 1):
            continue
        languages, strength, reason, fix, certain = _SHOWS[kind]
        if (
            kind == "ordinal"
            and text[max(0, start - 12) : start].split()[-1:]
            and (text[max(0, start - 12) : start].split()[-1].lower() in _BEFORE_DAY)
        ):
            strength = STRONG
        fixed = fix(number)
        yield Hit(start, past, "number-locale", languages, strength, reason, fixed, fixed if certain else None, kind)


def _digits(prepared: Text) -> Iterator[int]:
    """Yield where digits begin; few words have any."""
    for place in places(prepared.codes, DIGITS):
        for digits in _DIGITS.finditer(prepared.text, prepared.starts[place], prepared.ends[place]):
            yield digits.start()
