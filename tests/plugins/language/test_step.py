"""The step `language` in a pipeline: its label, what it drops, and what it marks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import ValidationError

import tamis.testing
from tamis import Document
from tamis import Drop
from tamis import Label
from tamis import Mark
from tamis_language import Language

ENGLISH = "The council voted on Tuesday to reopen the ferry line, which was closed after the storms of last winter."
FRENCH = "Le conseil a voté mardi la réouverture de la ligne, fermée après les tempêtes de l'hiver dernier."


SLOW = {
    "finds_the_same_in_a_fresh_process": "langdetect takes seconds to load",
    "finds_the_same_under_another_hash_seed": "langdetect takes seconds to load",
    "takes_linear_time": "langdetect is slow and cuts at 10,000 characters",
}


@tamis.testing.checks(Language(), Language(keep=["en"], spans=True))
def test_language_is_a_good_step(check: Callable[[], None]) -> None:
    check()


@tamis.testing.checks(Language(mode="sampled"), leave_out=SLOW)
def test_sampled_is_a_good_step(check: Callable[[], None]) -> None:
    check()


def test_the_label_has_the_language_its_probability_and_the_others() -> None:
    (label,) = Language().find(Document(FRENCH))
    assert isinstance(label, Label)
    assert (label.name, label.value) == ("language", "fr")
    assert label.score == label.scores["fr"] > 0.99


def test_a_language_that_is_not_kept_drops_the_document_and_says_so() -> None:
    found = list(Language(keep=["en", "no"]).find(Document(FRENCH)))
    assert found[1:] == [Drop("language fr is not among en, no")]


def test_a_language_that_is_kept_drops_nothing() -> None:
    assert len(list(Language(keep=["en"]).find(Document(ENGLISH)))) == 1


def test_texts_without_language_can_be_kept() -> None:
    assert len(list(Language(keep=["en", "und"]).find(Document("12/11/2024")))) == 1


def test_an_unknown_language_in_keep_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(ValidationError, match="did you mean 'no'"):
        Language(keep=["nok"])


def test_no_marks_are_made_unless_asked_for() -> None:
    assert not any(isinstance(found, Mark) for found in Language().find(Document(f"{ENGLISH}\n\n{FRENCH}")))


def test_a_stretch_in_another_language_is_marked() -> None:
    text = f"{ENGLISH} {ENGLISH}\n\n{FRENCH}\n\n{ENGLISH}"
    _, mark = Language(spans=True).find(Document(text))
    assert isinstance(mark, Mark)
    assert text[slice(*mark.span)] == FRENCH.rstrip(".")
    assert (mark.name, mark.data) == ("language", "fr")


def test_names_in_latin_letters_are_no_stretch_of_another_language() -> None:
    text = "Совет проголосовал во вторник. Компания Microsoft поддержала решение, сообщает Reuters."
    assert len(list(Language(spans=True).find(Document(text)))) == 1


def test_another_script_shows_a_language_that_latin_letters_would_hide() -> None:
    croatian = "Vlada je u srijedu usvojila proračun. Sabor će o njemu glasovati u prosincu."
    text = f"{croatian}\n\nСкупштина је усвојила буџет.\n\n{croatian}"
    marks = [found for found in Language(spans=True).find(Document(text)) if isinstance(found, Mark)]
    assert [(mark.data, text[slice(*mark.span)]) for mark in marks] == [("sr", "Скупштина је усвојила буџет")]


def test_a_text_without_words_has_no_marks() -> None:
    assert len(list(Language(spans=True).find(Document("12 34 56")))) == 1


def test_sampled_answers_as_langdetect_does_and_leaves_its_seed_alone() -> None:
    from langdetect import DetectorFactory
    from langdetect import detect

    seed = DetectorFactory.seed
    (label,) = Language(mode="sampled").find(Document(FRENCH))
    assert isinstance(label, Label)
    assert label.value == detect(FRENCH)
    assert DetectorFactory.seed is seed


def test_the_choice_can_be_narrowed_to_some_languages() -> None:
    (label,) = Language(languages=["en", "de"]).find(Document(FRENCH))
    assert isinstance(label, Label)
    assert label.value in ("en", "de")


def test_a_script_alone_can_be_kept() -> None:
    assert len(list(Language(keep=["und-Tibt"]).find(Document("བོད་ཡིག་གི་གསར་འགྱུར")))) == 1


def test_a_text_cannot_be_asked_to_be_in_no_language() -> None:
    with pytest.raises(ValidationError, match="'und' is not known"):
        Language(languages=["und"])


def test_langdetect_takes_no_choice_of_languages() -> None:
    with pytest.raises(ValidationError, match="take mode: exact"):
        Language(mode="sampled", languages=["en", "fr"])


def test_the_default_mode_is_exact() -> None:
    assert Language(mode="exact") == Language()


@pytest.mark.parametrize("setting", ["keep", "languages"])
def test_a_list_of_no_languages_is_refused(setting: str) -> None:
    with pytest.raises(ValidationError, match="should name a language"):
        Language(**{setting: []})
