"""What holds for every text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

import tamis
from tamis_boilerplate import Boilerplate
from tamis_boilerplate.rules import packs
from tamis_boilerplate.rules import read_pack

PROSE = "The barges came back on Monday, and the keeper of the lock counted them twice before he slept."
LINES = [PROSE, "“We wait,” she said.", "Old port", "ODILE KERVADEC / AFP", "© 2031 Harbour Post", "Foto: Jean Roux"]
LINES += [text for pack in packs() for rule in read_pack(pack).get("rule", ()) for text in rule.get("yes", ())]
texts = st.lists(
    st.tuples(st.sampled_from(LINES), st.sampled_from(["\n", " ", "\r\n", "\n\n", "", " | "])), max_size=14
)


def cleaned(text: str) -> str:
    doc = tamis.Document(text)
    return doc.apply("boilerplate", Boilerplate().find(doc)).text


@settings(max_examples=60, deadline=None)
@given(texts)
def test_cleaning_twice_is_cleaning_once(parts: list[tuple[str, str]]) -> None:
    once = cleaned("".join(line + end for line, end in parts))
    assert cleaned(once) == once


@settings(max_examples=40, deadline=None)
@given(texts)
def test_cuts_never_overlap_and_only_take_away(parts: list[tuple[str, str]]) -> None:
    doc = tamis.Document("".join(line + end for line, end in parts))
    cuts = [finding for finding in Boilerplate().find(doc) if isinstance(finding, tamis.Edit)]
    assert all(cut.text == "" for cut in cuts)
    spans = [cut.span for cut in cuts]
    assert spans == sorted(spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    cleaned(text)


HOSTILE = [
    "",
    "\ud800",
    "\x00",
    "\u202e",
    "A" * 10_000,
    "İ" * 3000,
    "©" * 3000,
    "\n" * 3000,
    "| " * 3000,
    "42% " * 3000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_odd_texts_do_not_raise(text: str) -> None:
    cleaned(text)


LONG = [
    "sign up to ",
    "Read more: ",
    "You have 42% of this article left to read ",
    "Jean Roux / AFP ",
    "Photo: ",
    "Related posts ",
    "we use cookies and ",
    "© ",
    "Home News Sport ",
    "A b C d ",
    "« ",
    "The ",
    "Lire aussi : ",
    "Reuters One ",
    "By ",
]


@pytest.mark.parametrize("piece", LONG)
def test_a_hundred_kilobytes_of_one_thing_come_to_an_end(piece: str) -> None:
    cleaned(piece * (100_000 // len(piece)))


@pytest.mark.parametrize("piece", LONG)
def test_so_do_thirty_kilobytes_of_lines(piece: str) -> None:
    cleaned((piece + "\n") * (30_000 // len(piece)))


@pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n"])
def test_two_paragraphs_stay_two_where_the_end_of_the_first_is_cut(end: str) -> None:
    lines = [
        line.strip()
        for line in cleaned(f"{PROSE} You have 42.14% of this article left to read.{end}{PROSE}").splitlines()
        if line.strip()
    ]
    assert lines == [PROSE, PROSE]


def test_a_name_alone_above_an_article_of_known_title_goes_and_a_short_form_of_the_title_stays() -> None:
    def left(first: str) -> str:
        doc = tamis.Document(f"{first}\n{PROSE}\n{PROSE}", meta={"title": "Barges are back at the old lock"})
        return doc.apply("boilerplate", Boilerplate().find(doc)).text

    assert left("- Marta Oakes, Old Port") == f"{PROSE}\n{PROSE}"
    assert left("Barges are back").startswith("Barges are back\n")
