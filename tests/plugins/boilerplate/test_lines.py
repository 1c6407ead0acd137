"""Short lines and sentences that no rule names, known by what stands around them and how they are worded."""

from __future__ import annotations

import pytest

import tamis
from tamis_boilerplate import Boilerplate

FIRST = "The council met on Monday evening and heard the engineers of the harbour for more than two hours."
SECOND = "Work on the quay will begin in May and last for longer than the ministry in the capital had hoped."


def left(*lines: str) -> list[str]:
    doc = tamis.Document("\n".join(lines))
    return doc.apply("boilerplate", Boilerplate().find(doc)).text.strip().split("\n")


def test_a_line_worded_as_a_page_s_own_goes_and_the_mark_names_its_words() -> None:
    text = f"{FIRST}\nOur website stores data in your browser.\n{SECOND}"
    marks = [found for found in Boilerplate().find(tamis.Document(text)) if isinstance(found, tamis.Mark)]
    assert [(mark.name, mark.reason.partition(": ")[2]) for mark in marks] == [("rule:page.worded", "your, browser")]


@pytest.mark.parametrize(
    "title", ["Train before you drain", "Story that goes back", "Please do not feed", "How to read"]
)
def test_an_intertitle_stays_however_it_is_worded(title: str) -> None:
    assert left(FIRST, title, SECOND) == [FIRST, title, SECOND]


def test_an_intertitle_behind_an_insert_stays() -> None:
    assert left(FIRST, "Read also: The last ferry to Horta", "A fine of selfies", SECOND) == [
        FIRST,
        "A fine of selfies",
        SECOND,
    ]


def test_short_lines_before_a_notice_go_with_it() -> None:
    assert left(FIRST, "Remind me in an hour", "Sign up for our newsletter", SECOND) == [FIRST, SECOND]


def test_a_headline_after_the_last_paragraph_goes() -> None:
    assert left(FIRST, SECOND, "A bakery in Elgin rises again") == [FIRST, SECOND]


def test_a_label_that_comes_again_and_again_goes() -> None:
    posts = [line for number in range(3) for line in ("Live desk", f"{FIRST[:-1]}, for the {number}th time.")]
    assert left(SECOND, *posts) == [SECOND, *posts[1::2]]


def test_numbered_links_behind_a_heading_in_one_line_go() -> None:
    last = "The ministry expects that the work will begin in spring and last for two years."
    doc = tamis.Document(f"{FIRST} Trending Stories 1. Gold hits a record high 2. Rain stops play in Kandy {last}")
    assert doc.apply("boilerplate", Boilerplate().find(doc)).text == f"{FIRST} {last}"


def test_a_short_paragraph_behind_a_list_of_links_is_none_of_them() -> None:
    assert left(FIRST, "More on this topic", "Why the ferry matters", "Work begins in May.") == [
        FIRST,
        "Work begins in May.",
    ]


def test_links_with_bullets_behind_a_heading_in_one_line_go() -> None:
    last = "The ministry expects that the work will begin in spring and last for two years."
    doc = tamis.Document(f"{FIRST} More stories: • Rain stops play in the north • Gold hits a record high {last}")
    assert doc.apply("boilerplate", Boilerplate().find(doc)).text == f"{FIRST} {last}"
