"""Each rule of the packs cuts its `yes` examples and leaves its `no` examples alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import tamis
from tamis_boilerplate import Boilerplate
from tamis_boilerplate.frames import Frame
from tamis_boilerplate.rules import packs
from tamis_boilerplate.rules import read_pack

BEFORE = "The council of the harbour town met on Monday and found that the old quay had sunk by four centimetres."
AFTER = "Work on the new one will begin in the spring, when the ice has left the river and the barges are back."


def examples(key: str) -> Iterator[tuple[str, str]]:
    for pack in packs():
        for rule in read_pack(pack).get("rule", ()):
            for text in rule.get(key, ()):
                yield rule["id"], text


def cleaned(text: str) -> str:
    doc = tamis.Document(text)
    return doc.apply("boilerplate", Boilerplate().find(doc)).text


@pytest.mark.parametrize(("rule", "text"), list(examples("yes")))
def test_a_line_that_the_rule_means_is_cut(rule: str, text: str) -> None:
    assert cleaned(f"{BEFORE}\n{text}\n{AFTER}") == f"{BEFORE}\n{AFTER}"


@pytest.mark.parametrize(("rule", "text"), list(examples("no")))
def test_a_sentence_that_only_looks_like_it_stays(rule: str, text: str) -> None:
    whole = f"{BEFORE}\n{text}\n{AFTER}"
    assert cleaned(whole) == whole


@pytest.mark.parametrize(("rule", "text"), list(examples("no")))
def test_it_stays_inside_a_paragraph_too(rule: str, text: str) -> None:
    whole = f"{BEFORE} {text} {AFTER}"
    assert cleaned(whole) == whole


def test_every_rule_has_examples_of_both_kinds() -> None:
    lacking = [
        rule["id"]
        for pack in packs()
        for rule in read_pack(pack).get("rule", ())
        if rule["take"] != "credit" and not (rule.get("yes") and rule.get("no"))
    ]
    assert lacking == []


def test_every_frame_of_the_packs_can_be_read() -> None:
    for pack in packs():
        for rule in read_pack(pack).get("rule", ()):
            for frame in rule["frames"]:
                assert Frame(frame).pattern


def test_rule_names_are_given_once() -> None:
    names = [rule["id"] for pack in packs() for rule in read_pack(pack).get("rule", ())]
    assert len(names) == len(set(names))
