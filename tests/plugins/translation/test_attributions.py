"""What is found after a quotation: verbs and tenses that English does not attribute with."""

from __future__ import annotations

import pytest

from tamis_translation.attributions import find_attributions


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find_attributions(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“Nobody sees the end of it”, slips a nurse.", ["slips"]),
        ("“Nobody sees the end of it,” defends himself a negotiator.", ["defends"]),
        ("“Where did he put the oil?” sweeps aside Anna Berg.", ["sweeps"]),
        ('"They have left us a sign," manifested Misael Ortiz.', ["manifested"]),
        ('"The figure is far too high", has lamented.', ["has lamented"]),
        ("“And that is the end of it”, he smiles.", ["he smiles"]),
    ],
)
def test_a_verb_that_attributes_nothing_in_english_is_found(text: str, said: list[str]) -> None:
    assert found(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "“Nobody sees the end of it,” says the nurse.",
        "“Nobody sees the end of it,” he has said.",
        '"Nobody sees the end of it," officials said.',
        "“Nobody sees the end of it,” he said, and opens the door.",
        "Her film, “The Bread of the Night”, divides the critics.",
        "His play, “Rain,” divides the critics.",
        "The “long way to the last harbour” divides the town.",
    ],
)
def test_verbs_of_saying_and_titles_are_left(text: str) -> None:
    assert found(text) == []
