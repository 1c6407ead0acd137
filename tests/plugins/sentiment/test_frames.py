"""What verbs say of subject and object, and the forms of verbs."""

from __future__ import annotations

import pytest

from tamis_sentiment.frames import Frame
from tamis_sentiment.frames import Verbs
from tamis_sentiment.inflection import forms

VERBS = Verbs(
    [
        "# a comment",
        "accuse\t0\t-1",
        "accuse of\t0\t-1",
        "arrest\t0\t-1",
        "attack on\t-1\t-1",
        "be accused of\t-1\t0",
        "be angry at\t0\t-1",
        "cut\t0\t-1",
        "cut the ribbon\t1\t0",
        "drop .\t-1\t0",
        "drop\t0\t-1",
        "kill\t-2\t-2",
        "win\t1\t0",
        "'s success\t1\t0",
    ]
)


def frames(text: str) -> list[tuple[str, int, int | None, int | None]]:
    words = text.split()
    found = VERBS.find(words, [""] * len(words))
    return [(" ".join(words[one.first : one.last]), one.subject, one.object, one.by) for one in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<t> killed a man", [("killed", -2, -2, None)]),
        ("<t> was killed by a man", [("killed", -2, None, -2)]),
        ("<t> has never been killed", [("killed", -2, None, -2)]),
        ("<t> arrested in <n>", [("arrested", -1, None, 0)]),
        ("<t> arrested <n>", [("arrested", 0, -1, None)]),
        ("<t> was widely accused of lying", [("was widely accused of", -1, 0, None)]),
        ("<t> accused of lying", [("accused of", -1, 0, None)]),
        ("<t> accused <n> of lying", [("accused", 0, -1, None)]),
        ("<t> is very angry at <n>", []),
        ("<t> is angry at <n>", [("is angry at", 0, -1, None)]),
        ("shares of <t> dropped", [("dropped", -1, 0, None)]),
        ("<t> dropped the case", [("dropped", 0, -1, None)]),
        ("<t> cuts the ribbon", [("cuts the ribbon", 1, 0, None)]),
        ("<t> cuts jobs", [("cuts", 0, -1, None)]),
        ("the attack on <t>", [("attack on", -1, -1, None)]),
        ("of cuts", []),
        ("the accused <n>", []),
        ("<t> 's great success", []),
        ("<t> 's success", [("'s success", 1, 0, None)]),
        ("", []),
    ],
)
def test_a_verb_says_one_thing_of_its_subject_and_another_of_its_object(
    text: str, found: list[tuple[str, int, int | None, int | None]]
) -> None:
    assert frames(text) == found


def test_what_may_not_have_happened_is_open() -> None:
    assert [one.open for one in VERBS.find(["<t>", "could", "win"], [""] * 3)] == [True]
    assert [one.open for one in VERBS.find(["<t>", "won"], [""] * 2)] == [False]


def test_a_verb_before_punctuation_has_no_object() -> None:
    found = VERBS.find(["prices", "dropped", "officials", "said"], ["", "", ",", ""])
    assert found == [Frame(1, 2, -1, 0, None, "A", False)]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("deny", "deny denies denying denied"),
        ("stop", "stop stops stoping stopping stoped stopped"),
        ("die", "die dies dying died"),
        ("catch", "catch catches catching caught"),
        ("take", "take takes taking took taken"),
        ("have", "have has having had"),
        ("burn", "burn burns burning burnt burned"),
        ("agree", "agree agrees agreeing agreed"),
    ],
)
def test_a_verb_is_known_in_its_forms(base: str, expected: str) -> None:
    assert {form for form, _ in forms(base)} == set(expected.split())
