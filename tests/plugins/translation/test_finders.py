"""What the finders see: patterns, quotation marks, numbers, spacing, names."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tamis.text import words
from tamis_translation.hits import Hit
from tamis_translation.lexicon import capitals
from tamis_translation.lexicon import find_cjk
from tamis_translation.lexicon import find_names
from tamis_translation.lexicon import find_two_spellings
from tamis_translation.lexicon import prepare
from tamis_translation.packs import load
from tamis_translation.patterns import Text
from tamis_translation.patterns import compile_pattern
from tamis_translation.patterns import find_anchor
from tamis_translation.patterns import match
from tamis_translation.quotes import find_quotes
from tamis_translation.typography import find_numbers
from tamis_translation.typography import find_spacing


def ready(text: str) -> Text:
    return prepare(text, *words(text))


def matched(pattern: str, text: str) -> list[str]:
    number, anchors = find_anchor(pattern, {"say": ("say", "says")}, {})
    compiled = compile_pattern(pattern, {"say": ("say", "says")}, number)
    prepared = ready(text)
    places = [match(compiled, prepared, place) for place, word in enumerate(prepared.low) if word in anchors]
    return [text[prepared.starts[place[0]] : prepared.ends[place[1] - 1]] for place in places if place]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("{sell} the skin", "He sold the skin.", ["sold the skin"]),
        ("honors/honours of", "With the honours of war", ["honours of"]),
        ("the most? skin", "the skin and the most skin", ["the skin", "the most skin"]),
        ("promised that *3 [ will be ]", "He promised that the plant will be built", ["will be"]),
        ("promised that *1 [ will be ]", "He promised that the old plant will be built", []),
        ("*ly horrid ^", "a truly horrid Tom", ["truly horrid Tom"]),
        ("# horses", "12 horses, many horses", ["12 horses"]),
        ('" we @say at', "“Yes”, we say at home", ["we say at"]),
        ('" we @say at', "and we say at home", []),
        ("<s> Is a", "He left. Is a town", ["Is a"]),
        ("<s> Is a", "He Is a town", []),
        ("wise and obedient", "wise, and obedient", []),
        ("Read later", "read later and Read later", ["Read later"]),
    ],
)
def test_patterns(pattern: str, text: str, found: list[str]) -> None:
    assert matched(pattern, text) == found


def spans(text: str, hits: Sequence[Hit]) -> list[tuple[str, str]]:
    return [(hit.kind, text[hit.start : hit.end]) for hit in hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He said “yes! » and left.", [("quote-style", "“yes! »")]),
        ("He said „yes“ and left.", [("quote-style", "„yes“")]),
        ("He said “yes” and left.", []),
        ('He said "yes" and left.', []),
        ("It’s the ’60s, “he said.", []),
        ("¿Why?", [("punct-spacing", "¿")]),
    ],
)
def test_quotes(text: str, found: list[tuple[str, str]]) -> None:
    assert spans(text, list(find_quotes(text))) == found


def test_an_attribution_inside_a_quotation_is_found() -> None:
    text = "“The road is long and the winter is near, warns Anna Berg, a driver. Nobody is ready. »"
    assert ("quote-attribution", ", warns Anna Berg, a driver.") in spans(text, list(find_quotes(text)))


@pytest.mark.parametrize(
    ("text", "found", "repair"),
    [
        ("about 7,5 % of", "7,5 %", "7.5%"),
        ("about 1.234,5 tons", "1.234,5", "1,234.5"),
        ("about 186.000.000 euros", "186.000.000", "186,000,000"),
        ("about 6,2 gigawatts", "6,2 gigawatts", "6.2 gigawatts"),
    ],
)
def test_foreign_numbers_are_mended(text: str, found: str, repair: str) -> None:
    hit = next(iter(find_numbers(text)))
    assert (text[hit.start : hit.end], hit.repair) == (found, repair)


@pytest.mark.parametrize(
    "text",
    [
        "about 7.5% of",
        "1,234.5 tons",
        "1,000 people",
        "10.11.2020",
        "192.168.0.1",
        "1,20,000 rupees",
        "won 3,000 euros",
        "v1.2.3",
    ],
)
def test_english_numbers_are_left(text: str) -> None:
    assert [hit for hit in find_numbers(text) if hit.strength > 0] == []


def test_a_no_break_space_before_a_mark_is_certain() -> None:
    text = "Who pays\u00a0?"
    assert [(text[hit.start : hit.end], hit.repair, hit.strength) for hit in find_spacing(text)] == [
        ("pays\u00a0?", "pays?", 2)
    ]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Then Poutine spoke.", "Putin"),
        ("Then Selenskyj’s wife spoke.", "Zelensky"),
        ("Then Tokaïev spoke.", "Tokayev"),
        ("Then Nurmagambaïev spoke.", "Nurmagambayev"),
        ("Then Bogdanowitsch spoke.", "Bogdanovich"),
    ],
)
def test_foreign_spellings_of_names_have_an_english_one(text: str, english: str) -> None:
    prepared = ready(text)
    assert [hit.suggestion for hit in find_names(prepared, load(), capitals(prepared))] == [english]


def test_one_name_in_two_spellings_is_found() -> None:
    prepared = ready("Volodymyr came. Wolodymyr left. Volodymyr slept.")
    assert [hit.suggestion for hit in find_two_spellings(prepared, capitals(prepared))] == ["Volodymyr"]


def test_full_width_punctuation_is_found() -> None:
    assert [hit.repair for hit in find_cjk("Yes，no。")] == [", ", ". "]
