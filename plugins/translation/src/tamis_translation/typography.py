"""Find spacing and numbers that are written the way of another language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tamis_translation.hits import Hit
from tamis_translation.rules import MEDIUM
from tamis_translation.rules import STRONG
from tamis_translation.rules import WEAK

_SPACED: Final = re.compile(r"([ \u00a0\u202f])([!?;:])(?=[\s\u00a0\"“”«»]|$)")
_NO_WORD: Final = frozenset(" \t\r\n\u00a0\u202f.!?:;,|/(*-–—>")
_THIN: Final = "\u00a0\u202f"
_UNIT: Final = (
    r"percent|per cent|euros?|dollars?|francs?|yuan|rubles?|roubles?|yen|pounds|crowns|million|billion|trillion|"
    r"thousand|days|weeks|months|minutes|tickets|"
    r"met(?:er|re)s?|kilomet(?:er|re)s?|km|kg|kilograms?|degrees?|inhabitants|people|souls|tons|tonnes|hectares|liters|litres|"
    r"[mg]igawatts?|gigawatt-hours?|points|times|years|hours|seconds|TWh|GWh?|MW|kWh"
)
_COUNTED: Final = (
    "inhabitants|people|souls|euros|soldiers|men|workers|employees|hectares|families|tons|tonnes|jobs|students|homes|houses"
    "|refugees|trucks|cars|voters|votes|members|companies|cases|victims|dead|visitors|tourists|apartments|farms|animals|trees"
)
_NUMBER: Final = re.compile(
    r"(?:"
    r"(?P<both>\d{1,3}(?:\.\d{3})+,\d{1,2})"
    r"|(?P<dots>\d{1,3}(?:\.\d{3}){2,})(?![\d.])"
    rf"|(?P<comma>\d{{1,3}},\d{{1,2}})(?P<space>[ \u00a0\u202f]?)(?P<unit>%|(?:{_UNIT})\b)"
    rf"|(?P<group>\d{{1,3}}\.\d{{3}}) (?P<groupunit>{_COUNTED})\b"
    r"|(?P<loose>\d{1,3},\d)(?= (?!and |or |to |of |in |the |for |at |on |with )[a-z]{3})"
    r"|(?P<thin>\d{1,3}(?:[\u00a0\u202f]\d{3})+)(?!\d)"
    rf"|(?P<plain>\d{{1,3}} \d{{3}}(?: \d{{3}})*) (?P<plainunit>(?:{_UNIT})\b)"
    r"|(?P<percent>\d+(?:\.\d+)?[ \u00a0\u202f]%)"
    r"|(?P<clock>\d{1,2} ?h ?\d{2})(?!\w)"
    r"|(?P<asian>\d{1,3} (?:million \d{1,3} thousand|thousand \d{1,3}\b(?!,)|ten thousand\b|hundred million\b))"
    r")"
)
_DIGITS: Final = re.compile(r"\d+")
_ROMANCE: Final = ("de", "es", "fr", "it", "ru")


def find_spacing(text: str) -> Iterator[Hit]:
    """Yield spaces before ! ? ; : as French sets them."""
    found = [match for match in _SPACED.finditer(text) if match.start() and text[match.start() - 1] not in _NO_WORD]
    strong = len(found) > 1
    for match in found:
        thin = match.group(1) in _THIN
        start = match.start()
        while start > 0 and not text[start - 1].isspace():
            start -= 1
            if match.start() - start > 40:
                break
        strength = STRONG if thin else MEDIUM if strong and match.group(2) in "!?;" else WEAK
        reason = f"A space before “{match.group(2)}”, as French sets it."
        word = text[start : match.start()]
        mark = match.group(2)
        yield Hit(start, match.end(2), "punct-spacing", ("fr",), strength, reason, word + mark, word + mark, "space")


def find_numbers(text: str) -> Iterator[Hit]:
    """Yield numbers with a decimal comma, points or spaces between the thousands, or counted the Asian way."""
    past = 0
    for digits in _DIGITS.finditer(text):
        start = digits.start()
        if start < past or (start and (text[start - 1] in ".,$£€¥_" or text[start - 1].isalnum())):
            continue
        found = _NUMBER.match(text, start)
        if found is None:
            continue
        past = end = found.end()
        if found.group("both"):
            number = found.group("both")
            fixed = number.replace(".", "\0").replace(",", ".").replace("\0", ",")
            reason = "Points between the thousands and a decimal comma."
            yield Hit(start, end, "number-locale", _ROMANCE, STRONG, reason, fixed, fixed, "both")
        elif found.group("dots"):
            fixed = found.group().replace(".", ",")
            if len(set(fixed.split(",")[1:])) == 1 or fixed.endswith(",000"):
                reason = "Points between the thousands."
                yield Hit(start, end, "number-locale", ("de", "es", "it"), STRONG, reason, fixed, fixed, "dots")
        elif found.group("comma"):
            fixed = found.group("comma").replace(",", ".") + (
                "" if found.group("unit") == "%" else found.group("space")
            )
            fixed += found.group("unit")
            reason = "A decimal comma."
            yield Hit(start, end, "number-locale", _ROMANCE, STRONG, reason, fixed, fixed, "comma")
        elif found.group("loose"):
            fixed = found.group("loose").replace(",", ".")
            yield Hit(start, end, "number-locale", _ROMANCE, WEAK, "A decimal comma.", fixed, None, "loose")
        elif found.group("group"):
            fixed = found.group().replace(".", ",")
            reason = "A point between the thousands."
            yield Hit(start, end, "number-locale", ("de", "es", "it"), WEAK, reason, fixed, None, "group")
        elif found.group("thin") or found.group("plain"):
            fixed = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d)", ",", found.group())
            reason = "A space between the thousands."
            thin = bool(found.group("thin"))
            yield Hit(start, end, "number-locale", ("fr", "ru"), MEDIUM if thin else WEAK, reason, fixed, None, "space")
        elif found.group("percent"):
            fixed = found.group("percent")[:-2] + "%"
            yield Hit(
                start,
                end,
                "number-locale",
                ("de", "fr"),
                WEAK,
                "A space before the percent sign.",
                fixed,
                fixed,
                "percent",
            )
        elif found.group("clock"):
            fixed = found.group("clock").replace(" ", "").replace("h", ":")
            yield Hit(
                start, end, "number-locale", ("fr",), MEDIUM, "The time written the French way.", fixed, None, "clock"
            )
        elif found.group("asian"):
            reason = "A large number counted the Chinese or Japanese way."
            yield Hit(start, end, "number-locale", ("ja", "zh"), STRONG, reason, "", None, "asian")
