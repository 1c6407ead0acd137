"""What the settings do."""

from __future__ import annotations

import pickle

import pytest
from pydantic import ValidationError

import tamis
from tamis_boilerplate import Boilerplate
from tamis_boilerplate import Rule

TEXT = (
    "The lock of the old port has been shut since the winter, and nobody knows who holds the key.\n"
    "Read also: The keys of the town\n"
    "The mayor will ask the prefect for a new one, she said on Tuesday after the council had met."
)
INSERT = (93, 125)


def test_a_cut_carries_its_kind_and_a_mark_names_its_rule() -> None:
    edit, mark = Boilerplate().find(tamis.Document(TEXT))
    assert isinstance(edit, tamis.Edit)
    assert (edit.span, edit.text, edit.reason) == (INSERT, "", "read_also")
    assert isinstance(mark, tamis.Mark)
    assert (mark.span, mark.name) == (INSERT, "rule:en.read_also")
    assert mark.reason == "opens a line with a headline"


def test_without_explain_there_are_no_marks_of_rules() -> None:
    found = list(Boilerplate(explain=False).find(tamis.Document(TEXT)))
    assert [type(finding) for finding in found] == [tamis.Edit]


def test_a_kind_that_is_kept_is_not_found() -> None:
    assert list(Boilerplate(kinds={"read_also": "keep"}).find(tamis.Document(TEXT))) == []


def test_a_kind_that_is_marked_stays_in_the_text() -> None:
    (mark,) = Boilerplate(kinds={"read_also": "mark"}).find(tamis.Document(TEXT))
    assert isinstance(mark, tamis.Mark)
    assert (mark.name, mark.span[0]) == ("read_also", INSERT[0])


def test_nothing_is_cut_below_the_least_score() -> None:
    assert list(Boilerplate(least=0.99).find(tamis.Document(TEXT))) == []


def test_rules_of_your_own_are_used() -> None:
    text = TEXT.replace("Read also: The keys of the town", "Klik verder bij de Havenbode")
    step = Boilerplate(rules=[Rule(id="my.link", kind="read_also", take="phrase", frames=["klik verder bij <site>"])])
    doc = tamis.Document(text)
    assert "Havenbode" not in doc.apply("b", step.find(doc)).text


def test_a_frame_that_cannot_be_read_is_refused_when_the_step_is_made() -> None:
    with pytest.raises(ValidationError, match="bracket is not closed"):
        Boilerplate(rules=[{"id": "x", "kind": "ad", "frames": ["buy (now"]}])  # type: ignore[list-item]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValidationError):
        Boilerplate(kinds={"adverts": "cut"})  # type: ignore[dict-item]


def test_the_step_pickles_as_its_settings() -> None:
    step = Boilerplate(title="cut", rules=[Rule(id="my.link", kind="read_also", frames=["klik verder"])])
    assert pickle.loads(pickle.dumps(step)) == step
