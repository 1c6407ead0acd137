"""Pronouns of the wrong gender, and those that may mean somebody else."""

from __future__ import annotations

import pytest

from tamis.text import words
from tamis_translation.lexicon import prepare
from tamis_translation.pronouns import find_wrong_pronouns


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find_wrong_pronouns(prepare(text, *words(text)))]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Mr. Berg, a driver, had waited for hours. “It is late,” she said.", ["she"]),
        ("Anna Berg is against it. He announced a plan in ten points.", ["He"]),
        ("Marta Soriano shares a flat. There were eleven people ahead of him.", ["him"]),
    ],
)
def test_a_pronoun_of_the_other_gender_than_the_one_person_named_is_found(text: str, wrong: list[str]) -> None:
    assert found(text) == wrong


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Berg, a driver, had waited for hours. “It is late,” he said.",
        "Anna Berg married Paul Berg. He announced a plan.",
        "Anna Berg spoke of her brother. He announced a plan.",
        "Anna Berg met the minister. He announced a plan.",
        "Anna Berg met Zhao. He announced a plan.",
        "Anna Berg left.\nHe announced a plan.",
        "Anna Berg said: “Nobody knows what he wants.”",
        "She was late. Paul Berg waited, and her coat was wet.",
        "Will he come? They will mark her work.",
    ],
)
def test_a_pronoun_that_may_mean_somebody_else_is_left(text: str) -> None:
    assert found(text) == []
