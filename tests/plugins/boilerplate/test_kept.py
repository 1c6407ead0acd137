"""What an article says stays, however much it sounds like a page."""

from __future__ import annotations

from pathlib import Path

import pytest

import tamis
from tamis_boilerplate import Boilerplate

#: Before and behind the sentence in question.
AROUND = {
    "de": (
        "Der Rat tagte am Montag und hörte die Ingenieure.",
        "Die Arbeiten am Kai beginnen im Mai oder später.",
    ),
    "en": ("The council met on Monday and heard the engineers.", "Work on the quay will begin in May and last longer."),
    "es": ("El consejo se reunió el lunes y escuchó a todos.", "Las obras del muelle empezarán en mayo y durarán más."),
    "fr": (
        "Le conseil s'est réuni lundi et a entendu tout.",
        "Les travaux sur le quai commenceront en mai.",
    ),
    "it": ("Il consiglio si è riunito lunedì e ha ascoltato.", "I lavori sulla banchina inizieranno a maggio o dopo."),
    "nl": ("De raad kwam maandag bijeen en hoorde iedereen.", "Het werk aan de kade begint in mei en duurt langer."),
    "pl": ("Rada zebrała się w poniedziałek i wysłuchała ich.", "Prace przy nabrzeżu zaczną się w maju i potrwają."),
    "pt": ("O conselho reuniu-se na segunda e ouviu todos.", "As obras no cais começam em maio e duram mais tempo."),
}
SENTENCES = [
    line.split("|") for line in Path(__file__).with_name("hard_negatives.txt").read_text(encoding="utf-8").splitlines()
]


def left(text: str) -> str:
    doc = tamis.Document(text)
    return doc.apply("boilerplate", Boilerplate().find(doc)).text


@pytest.mark.parametrize("join", [" ", "\n"])
@pytest.mark.parametrize(("language", "sentence"), SENTENCES)
def test_a_sentence_of_the_article_stays(language: str, sentence: str, join: str) -> None:
    before, behind = AROUND[language]
    text = join.join((before, sentence, behind))
    assert left(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "In der 62. Minute traf die Stürmerin zum 2:1. Bild: Keystone/Jan Moor Danach zog sich ihr Verein zurück.",
        "Os bombeiros combatiam três frentes de fogo na serra. © Rui Sá/Lusa No local estavam nove meios aéreos.",
        "The ministry said four provinces had reported cases. (Photo: VNA) Farmers have begun to vaccinate.",
    ],
)
def test_a_report_before_a_credit_is_no_caption(text: str) -> None:
    assert left(text).startswith(text[: text.index(". ") + 1])


def test_lines_that_only_wrap_a_paragraph_are_not_judged_alone() -> None:
    text = (
        "The company said it would pay a dividend of four cents on each common\n"
        "share. The meeting of the owners in the old exchange, which had been due\n"
        "today, was put off until the first week of the next month, and in the\n"
        "following year the plant in the north is to be closed, as it was in\n"
        "1987. Nobody at the plant wanted to talk about it on the record."
    )
    assert left(text) == text


def test_a_table_belongs_to_the_article() -> None:
    text = "\n".join(
        [
            "Harvests of the five provinces, in thousand tonnes:",
            *(f"Province {name}  {number}.5  {number + 3}.1" for number, name in enumerate("ABCDEFGH", 12)),
            "The ministry expects that the harvest of the next year will be as large, if the rain comes in time and "
            "the roads to the port are mended before the first lorries leave. Farmers in the north doubt it, because "
            "the road through the hills has been closed since the flood, and they have asked for a ferry instead.",
        ]
    )
    assert left(text) == text


def test_a_notice_inside_a_sentence_takes_nothing_of_it() -> None:
    before, behind = "Investors have pulled three billion from the fund since June,", "according to the trade body."
    text = left(f"{before} Keep reading for free with our app {behind}")
    assert (text[: len(before)], text[-len(behind) :]) == (before, behind)


def test_a_paragraph_between_german_quotation_marks_is_no_link_behind_an_arrow() -> None:
    said = "»Sie läuten vier Tage zu früh«, sagt der Küster. »Beschwert hat sich im Dorf noch keiner.«"
    text = f"Der Rat hat am Montag zwei Stunden lang über die Glocken der alten Kirche gesprochen.\n{said}"
    assert left(text) == text


def test_a_table_is_no_row_of_links() -> None:
    table = "| Shaft | Height | Drive |\n| North | 118m | Gearless |\n| South | 64m | Hydraulic |"
    text = f"The council met on Monday evening and heard the engineers of the lifts for two hours.\n{table}"
    assert left(text) == text


def test_a_row_between_bars_that_stands_alone_is_one_of_links() -> None:
    sentence = "The council met on Monday evening and heard the engineers of the lifts for two hours."
    assert left(f"| Home | World | Sport |\n{sentence}") == sentence


@pytest.mark.parametrize("sentence", ["Not everybody is content.", "Stimmten sie nicht überein, ging nichts mehr."])
def test_a_short_sentence_inside_a_paragraph_stays_where_nothing_else_goes(sentence: str) -> None:
    first, last = AROUND["de" if sentence.startswith("S") else "en"]
    assert left(f"{first} {sentence} {last}") == f"{first} {sentence} {last}"


def test_what_somebody_quotes_of_a_page_stays() -> None:
    text = (
        "The council met on Monday evening. The notice says “All rights reserved.” and nobody knows who wrote it there."
    )
    assert left(text) == text


def test_a_headline_in_quotation_marks_goes_all_the_same() -> None:
    first, last = AROUND["en"]
    assert left(f"{first}\nRead also: “The last ferry to Horta”\n{last}") == f"{first}\n{last}"
