"""Who is named in a text, and what that has to do with its tone."""

from __future__ import annotations

import pytest

from tamis.text import Segments
from tamis_sentiment import SentimentClassifier
from tamis_sentiment import shipped
from tamis_sentiment.names import named
from tamis_sentiment.names import speaks_of_a_person


def names(text: str, common: tuple[str, ...] = ("the", "on", "monday")) -> list[tuple[str, bool]]:
    segments = Segments(text)
    reading = shipped.tone_model().read(segments)
    found = named(segments, reading.sentences, shipped.tone_model().lexicon, common)
    return [(text[span.start : span.end], pronoun) for span, pronoun in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ann Reed met Joe on Monday.", [("Ann Reed", False), ("Joe", False)]),
        ("The Acme, Globex row", [("Acme", False), ("Globex", False)]),
        ("Then she said his plan.", [("Then", False), ("she", True), ("his", True)]),
        ("One. Two", [("One", False), ("Two", False)]),
        ("none here", []),
        ("", []),
    ],
)
def test_capitalised_words_in_a_row_are_a_name(text: str, found: list[tuple[str, bool]]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(("text", "holds"), [("What she said.", True), ("What they said.", False)])
def test_some_pronouns_stand_for_a_person(text: str, holds: bool) -> None:
    segments = Segments(text)
    model = shipped.tone_model()
    assert speaks_of_a_person(segments, model.read(segments).sentences[0], model.lexicon) is holds


@pytest.mark.parametrize(
    "text",
    [
        "Ann Reed was praised for her honest work, but Joe Poe lied to the voters.",
        "Police arrested the mayor. He denies that he took bribes from Acme. Reed's success is hers alone.",
        "Acme profit falls as Globex wins order",
        "No name here, and nothing happened.",
        "Ann",
        "",
    ],
)
def test_with_names_too_the_parts_add_up_to_the_log_odds(text: str) -> None:
    why = SentimentClassifier.load().explain(text)
    assert why.base + sum(part.logit for part in why.parts) == pytest.approx(why.tone.logit, abs=1e-6)
    assert [why.tone] == SentimentClassifier.load().tones([text])


def test_what_is_said_of_the_person_counts_in_the_tone_of_a_sentence() -> None:
    tones = SentimentClassifier.load()
    good, bad = tones.tones(["The court cleared her of fraud.", "The court convicted her of fraud."])
    assert good.score > bad.score


def test_a_phrase_takes_back_what_its_words_say() -> None:
    lexicon = shipped.tone_model().lexicon
    words = ["the", "justice", "department", "and", "a", "drop", "in", "crime"]
    assert lexicon.word("crime").grade < 0
    assert all(grade > 0 for _, grade in lexicon.grades(words, 0, len(words)))
