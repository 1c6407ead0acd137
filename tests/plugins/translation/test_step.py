"""The step `translation`: its labels, marks and repairs."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from tamis import Document
from tamis import Edit
from tamis import Label
from tamis import Mark
from tamis_translation import Translation
from tamis_translation.evidence import collect
from tamis_translation.lexicon import prepare
from tamis_translation.model import Answer
from tamis_translation.packs import load

NATIVE = (
    "The council voted on Tuesday to close the old swimming pool and spend the money on a new library."
    " Residents had asked"
    " for a year's delay, but the mayor said the repairs would cost more than the building was worth. “We looked at"
    " every option,” she said. About forty people stood outside the town hall with placards, and two of"
    " them were allowed to"
    " speak. A local builder offered to mend the roof for nothing. The council thanked him and moved on to parking. The"
    " pool opened in 1968 and taught three generations to swim. It will shut in March, and the diggers arrive a month"
    " later. Nobody at the meeting could say where the swimming club will train in the meantime, though a school on the"
    " edge of town has offered its small pool on Saturday mornings until the summer."
)
FRENCH = (
    "The mayor had swallowed the pill, but the prefect not. “This bridge is a danger! », we promise at the prefecture,"
    " where the file is closed since the spring. According to the report, 4,7 % of the bridges of the"
    " department are in bad"
    " condition. “Who will pay ?” wonders a shopkeeper of the quay. Vladimir Poutine, himself, is not concerned. The"
    " association, which did not sell the skin of the bear, wants a guarantee fund. The works, announced in 2016 and"
    " postponed three times, would be taken in charge by the region. “We are tired of waiting”, assures"
    " a neighbor. Since"
    " the storm of last winter, the trucks take the road of the hills, and the merchants of the center"
    " lose customers every"
    " week. The company of the bridge answers that the steel is expensive and that the engineers are few."
)


def found(text: str, **settings: Any) -> list[Any]:
    return list(Translation(**settings).find(Document(text)))


def label(text: str, name: str, **settings: Any) -> Label:
    return next(one for one in found(text, **settings) if isinstance(one, Label) and one.name == name)


def kinds(text: str) -> set[str]:
    return {one.name for one in found(text) if isinstance(one, Mark)}


def mended(text: str) -> str:
    edits = [one for one in found(text, repair=True, marks=False) if isinstance(one, Edit)]
    return Document(text).apply("translation", edits).text


def test_a_page_full_of_artefacts_is_machine_translated_from_french() -> None:
    assert label(FRENCH, "machine_translated").value is True
    assert label(FRENCH, "source_language").value == "fr"


def test_the_score_is_the_probability_of_machine_translation() -> None:
    score = label(FRENCH, "machine_translated").score
    assert score is not None
    assert score > 0.9


def test_a_native_text_is_not_machine_translated_and_has_no_mark() -> None:
    assert label(NATIVE, "machine_translated").value is False
    assert kinds(NATIVE) == set()


def test_a_native_text_has_no_source_language() -> None:
    found = label(NATIVE, "source_language")
    assert found.value is None
    assert found.score == max(found.scores.values()), "said all the same"


def test_a_short_text_gets_no_answer_and_still_a_score() -> None:
    answer = label("The mayor swallowed the pill and the council went home.", "machine_translated")
    assert answer.value is None
    assert answer.score is not None


def test_a_text_that_an_earlier_step_called_french_gets_no_answer() -> None:
    doc = Document(FRENCH).apply("language", [Label("language", "fr")])
    labels = [one for one in Translation().find(doc) if isinstance(one, Label)]
    assert [one.value for one in labels] == [None, None]


def test_a_text_that_is_not_english_gets_no_answer() -> None:
    assert label("Der Rat hat am Dienstag beschlossen, das Bad zu schließen. " * 20, "machine_translated").value is None


@pytest.mark.parametrize(
    "kind", ["quote-style", "pronoun", "number-locale", "idiom", "name-form", "calque", "punct-spacing"]
)
def test_artefacts_are_marked_by_kind(kind: str) -> None:
    assert kind in kinds(FRENCH)


def test_a_mark_says_why_in_a_sentence_and_what_to_write() -> None:
    mark = next(one for one in found(FRENCH) if isinstance(one, Mark) and one.name == "name-form")
    assert mark.reason == "Poutine is the French spelling of Putin."
    assert mark.data == {"suggestion": "Putin"}


def test_marks_can_be_left_out() -> None:
    assert not any(isinstance(one, Mark) for one in found(FRENCH, marks=False))


def test_repair_mends_quotes_numbers_spacing_and_names() -> None:
    text = mended(FRENCH)
    assert "“This bridge is a danger!”" in text
    assert "4.7%" in text
    assert "“Who will pay?”" in text
    assert "Vladimir Putin" in text


def test_repair_is_off_unless_asked_for() -> None:
    assert not any(isinstance(one, Edit) for one in found(FRENCH))


def test_repair_leaves_native_text_alone() -> None:
    assert mended(NATIVE) == NATIVE


def test_poutine_the_dish_is_no_president() -> None:
    assert "name-form" not in kinds("Poutine, fries with cheese and gravy, comes from Quebec. " * 12)


def test_an_idiom_in_a_text_about_interpreters_is_a_quotation() -> None:
    text = NATIVE + " The interpreters laughed: he sells the skin of the bear, said the French booth."
    assert "idiom" not in kinds(text)


def test_one_odd_phrase_is_not_shown() -> None:
    assert kinds(NATIVE + " The plan was, with the honors of a state visit, put aside.") == set()


def test_a_suspect_style_needs_less_evidence_to_show_what_was_found() -> None:
    text = Document(NATIVE + "\nAnna Berg spoke. He left. „Yes” was what they wanted.")
    evidence = collect(prepare(text.text, *text.words), load())
    assert evidence.shown(-3.0) == []
    assert {hit.kind for hit in evidence.shown(1.5)} == {"pronoun", "quote-style"}


def test_lone_guillemets_and_accents_prove_nothing() -> None:
    text = NATIVE.replace("“We looked at every option,”", "«We looked at every option,»").replace(
        "mayor", "mayor Loïc Béré"
    )
    assert kinds(text) == set()


def test_a_batch_answers_as_one_by_one() -> None:
    step = Translation()
    docs = [Document(text) for text in (FRENCH, NATIVE, "", "one")]
    assert [list(answers) for answers in step.find_batch(docs)] == [list(step.find(doc)) for doc in docs]


def test_the_step_pickles_as_its_settings() -> None:
    step = Translation(threshold=0.7, sources=("fr",))
    assert pickle.loads(pickle.dumps(step)) == step


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "\ud800",
        "“" * 5000,
        "« " * 5000,
        "a" * 10_000,
        "1.234," * 5000,
        "\u202e, \r\n" * 500,
        "the mayor ? " * 3000,
    ],
)
def test_nothing_makes_it_raise(text: str) -> None:
    for one in found(text, repair=True):
        if isinstance(one, Edit | Mark):
            assert 0 <= one.span[0] <= one.span[1] <= len(text)


def test_edits_of_one_text_never_overlap() -> None:
    text = "“a « b » c » 1.234,5 % ¿que? „x“ ? ! » « 7,5 % ” Poutine « ? »" * 40
    Document(text).apply("translation", [one for one in found(text, repair=True) if isinstance(one, Edit)])


def test_a_text_that_is_not_called_machine_translated_has_no_marks() -> None:
    assert any(isinstance(one, Mark) for one in found(FRENCH))
    assert not any(isinstance(one, Mark) for one in found(FRENCH, threshold=1.0))


def test_a_text_too_short_for_an_answer_is_marked_all_the_same() -> None:
    assert "quote-style" in kinds("He said „yes“ and left.")


def test_the_source_of_a_text_called_translated_is_a_foreign_language() -> None:
    assert Answer(0.9, {"en": 0.55, "zh": 0.3, "de": 0.15}, 0.0).source() == "zh"


def test_a_text_that_seems_written_in_english_has_no_source() -> None:
    assert Answer(0.3, {"en": 0.55, "zh": 0.3, "de": 0.15}, 0.0).source() is None
