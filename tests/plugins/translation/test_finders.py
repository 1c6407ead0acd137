"""What the finders see: patterns, quotation marks, numbers, spacing, names."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tamis.text import words
from tamis_translation.articles import find_missing_articles
from tamis_translation.furniture import find_furniture
from tamis_translation.hits import Hit
from tamis_translation.lexicon import find_cjk
from tamis_translation.lexicon import find_rules
from tamis_translation.lexicon import prepare
from tamis_translation.matching import match
from tamis_translation.names import find_names
from tamis_translation.names import find_two_spellings
from tamis_translation.packs import load
from tamis_translation.patterns import Text
from tamis_translation.patterns import compile_pattern
from tamis_translation.patterns import find_anchor
from tamis_translation.quotes import find_quotes
from tamis_translation.romanise import read_table
from tamis_translation.romanise import romanise
from tamis_translation.tokens import find_doubled
from tamis_translation.tokens import find_fused
from tamis_translation.tokens import find_glued
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


@pytest.mark.parametrize("before", [0, 1, 500, 5000])
def test_a_rule_is_found_wherever_it_stands_in_a_text(before: int) -> None:
    text = "and so on " * before + "With the honors of a state visit"
    assert "With the honors of" in [text[hit.start : hit.end] for hit in find_rules(ready(text), load())]


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
        ('and "We take that with us“, he said.', [("quote-style", '"We take that with us“')]),
        ("»Yes«, he said.", [("quote-style", "»Yes«")]),
        ("He ,,was'' there.", [("quote-style", ",,was''")]),
        ("the “ Night School ” opened", [("punct-spacing", "“ Night School ”")]),
        ('the " Night School " opened', [("punct-spacing", '" Night School "')]),
        ('a 6" and a 7" pipe', []),
        ("“He said “no” and left.”", []),
        ("(“yes”) and—“no”—so", []),
    ],
)
def test_quotes(text: str, found: list[tuple[str, str]]) -> None:
    assert spans(text, list(find_quotes(text))) == found


def test_an_attribution_inside_a_quotation_is_found() -> None:
    text = "“The road is long and the winter is near, warns Anna Berg, a driver. Nobody is ready. »"
    assert ("quote-attribution", ", warns Anna Berg, a driver.") in spans(text, list(find_quotes(text)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“The road is long and the winter is very near now, he adds.”", ", he adds."),
        (
            "“The road is long and the winter is very near, mrs. Anna tells, who is late.”",
            ", mrs. Anna tells, who is late.",
        ),
    ],
)
def test_an_attribution_before_the_closing_mark_is_found(text: str, said: str) -> None:
    assert spans(text, list(find_quotes(text))) == [("quote-attribution", said)]


@pytest.mark.parametrize(
    ("text", "found", "repair"),
    [
        ("about 7,5 % of", "7,5 %", "7.5%"),
        ("about 1.234,5 tons", "1.234,5", "1,234.5"),
        ("about 186.000.000 euros", "186.000.000", "186,000,000"),
        ("about 6,2 gigawatts", "6,2 gigawatts", "6.2 gigawatts"),
        ("about 6'800 pastures", "6'800", "6,800"),
    ],
)
def test_foreign_numbers_are_mended(text: str, found: str, repair: str) -> None:
    hit = next(iter(find_numbers(ready(text))))
    assert (text[hit.start : hit.end], hit.repair) == (found, repair)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("to connect 21.400 households", "21.400"),
        ("decides on 12. December", "12. December"),
        ("order 12 ten-thousand pieces", "12 ten-thousand"),
        ("some 214 thousand 500 tons", "214 thousand 500"),
        ("closes at 14h30 today", "14h30"),
        ("a damage of 8.400 euros", "8.400"),
        ("which was 1.60 euro last year", "1.60 euro"),
        ("about 15.2 trillion. tenge will go", "15.2 trillion. "),
    ],
)
def test_numbers_dates_and_times_are_read_the_foreign_way(text: str, found: str) -> None:
    assert [text[hit.start : hit.end] for hit in find_numbers(ready(text)) if hit.strength > 0] == [found]


BARE = (
    "Caravan of three ships left on Wednesday for distant port. Crew spoke in press centre of ministry, with captain on"
    " new bridge of vessel. In letter to institute, expert of region named project."
)


def test_nouns_without_an_article_are_found_in_company() -> None:
    found = [BARE[hit.start : hit.end] for hit in find_missing_articles(ready(BARE))]
    assert {"Caravan", "distant port", "new bridge", "vessel"} <= set(found)


@pytest.mark.parametrize(
    "text",
    [
        "The caravan of three ships left for a distant port. The crew spoke in the press centre of the ministry, with"
        " the captain on its new bridge. In a letter to the institute, an expert of the region named their project.",
        "The crew left for port.",
        "He went from village to village, by ship and in person, at church and at sea.",
    ],
)
def test_nouns_with_an_article_and_lone_bare_ones_are_left(text: str) -> None:
    assert list(find_missing_articles(ready(text))) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chen said thatnext year", ["thatnext"]),
        ("in front of theElysée today", ["theElysée"]),
        ("says Mr.Burgmaier today", ["Mr.Burgmaier"]),
        ("It cost 1200euros.", ["1200euros"]),
        ("Whatever we withstand within Holland, iPhone in hand, at 20km or £3million.", []),
    ],
)
def test_words_run_together_are_found(text: str, found: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in find_fused(ready(text))] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I park downstairs.”Talking about it", ["downstairs.”Talking"]),
        ("dropped by 62%year-on-year", ["62%year"]),
        ("“Yes,” she said; 62% of it, and no more", []),
    ],
)
def test_words_that_a_mark_runs_together_are_found(text: str, found: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in find_glued(text)] == found


def test_a_function_word_said_twice_is_found() -> None:
    text = "He said that that man had had of the the sea."
    assert [text[hit.start : hit.end] for hit in find_doubled(ready(text))] == ["the the"]


@pytest.mark.parametrize(
    ("name", "table", "spelt"),
    [
        ("Путин", "п=p у=ou т=t ин$=ine", "Poutine"),
        ("Алиев", "а=a л=l и=i Vе=ïe е=e в=v", "Aliïev"),
        ("Ельцин", "^е=Je е=e л=l ь= ц=z и=i н=n", "Jelzin"),
    ],
)
def test_a_name_is_romanised_by_the_longest_entry_that_fits(name: str, table: str, spelt: str) -> None:
    assert next(romanise(name, read_table(table))) == spelt


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
        "a total of 3.125 percent",
        "some 1.250 miles",
        "v1.2.3",
    ],
)
def test_english_numbers_are_left(text: str) -> None:
    assert [hit for hit in find_numbers(ready(text)) if hit.strength > 0] == []


def test_a_no_break_space_before_a_mark_is_certain() -> None:
    text = "Who pays\u00a0?"
    assert [(text[hit.start : hit.end], hit.repair, hit.strength) for hit in find_spacing(text)] == [
        ("pays\u00a0?", "pays?", 2)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("again before the home crowd. (APA/red)", [("site-furniture", "(APA/red)")]),
        ("Kassel (dpa/lhe) – In a dispute", [("site-furniture", "(dpa/lhe)")]),
        ("2021-07-16 09:42:11 Source: Evening News", [("site-furniture", "2021-07-16 09:42:11 Source")]),
        ("In school № 12 and in house n° 3", [("number-locale", "№ 12"), ("number-locale", "n° 3")]),
        ("Berlin (dpa) - The ministry (AP/Reuters) and (and/or) 20 °C", []),
    ],
)
def test_signatures_stamps_and_signs_of_the_foreign_page_are_found(text: str, found: list[tuple[str, str]]) -> None:
    assert spans(text, list(find_furniture(text))) == found


def test_a_space_before_the_closing_mark_is_found() -> None:
    assert [hit.suggestion for hit in find_spacing("“The guys knew. ” He left.")] == ["”"]


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
    assert [hit.suggestion for hit in find_names(prepared, load().names)] == [english]


def test_one_name_in_two_spellings_is_found() -> None:
    prepared = ready("Volodymyr came. Wolodymyr left. Volodymyr slept.")
    assert [hit.suggestion for hit in find_two_spellings(prepared)] == ["Volodymyr"]


def test_full_width_punctuation_is_found() -> None:
    assert [hit.repair for hit in find_cjk("Yes，no。")] == [", ", ". "]
