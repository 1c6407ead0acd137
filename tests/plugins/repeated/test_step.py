"""What recurs goes, the articles stay."""

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

import tamis
import tamis.testing
from tamis import Document
from tamis import Edit
from tamis import Mark
from tamis_repeated import Memory
from tamis_repeated import Repeated
from tamis_repeated import learn
from tamis_repeated.memory import Source

MENU = ["Home", "World", "Sport"]
LONG = "Sign up for the evening briefing in your inbox"
PROSE = "The Gazette is owned by its readers, and you can become one of them for a pound a month."
OWN = ["The council voted on Tuesday to reopen the ferry.", "It had been closed since the storms. Nobody was hurt."]


@pytest.fixture
def step(tmp_path):
    def step(recurring, documents=100, **settings):
        path = tmp_path / "memory.json"
        Memory(
            "host", 5, 0.02, {"a.example": Source(documents, {unit.casefold(): n for unit, n in recurring.items()})}
        ).save(path)
        return Repeated(memory=str(path), **settings)

    return step


def left(step, text, url="https://www.a.example/1"):
    return tamis.Pipeline([step])(Document(text, meta={"url": url})).text


def test_thirty_pages_of_three_hosts_come_out_as_their_articles(pages, tmp_path):

    learn(lambda: pages, megabytes=1).save(tmp_path / "memory.json")
    pipe = tamis.Pipeline([Repeated(memory=str(tmp_path / "memory.json"))])
    for page in pages:
        text = pipe(page).text
        assert [line for line in text.split("\n") if line and "item" not in line] == []
        assert text.count("item") == 8
        assert "Stay with us" not in text


def test_a_menu_at_the_top_and_a_prompt_at_the_bottom_go(step):
    text = "\n".join([*MENU, "", *OWN, "", LONG])
    assert left(step(dict.fromkeys([*MENU, LONG], 90)), text) == "\n".join(OWN)


def test_a_sentence_inside_a_paragraph_goes(step):
    text = f"{OWN[0]} {LONG}. {OWN[1]}"
    assert left(step({f"{LONG}.": 90}), text) == f"{OWN[0]} {OWN[1]}"


def test_a_sentence_at_the_end_of_a_paragraph_goes_with_the_space_before_it(step):
    assert left(step({f"{LONG}.": 90}), f"{OWN[0]} {LONG}.\n{OWN[1]}") == f"{OWN[0]}\n{OWN[1]}"


def test_a_short_sentence_goes_with_a_longer_one_that_recurs_and_stays_alone(step):
    short, long = "Got a story?", "Write to our newsroom at any hour of the day."
    there = step({short: 30, long: 30})
    assert left(there, f"{OWN[0]} {short} {long} {OWN[1]}") == f"{OWN[0]} {OWN[1]}"
    assert left(there, f"{OWN[0]} {short} {long}") == OWN[0]
    assert left(there, f"{OWN[0]} {short} {OWN[1]}") == f"{OWN[0]} {short} {OWN[1]}"


def test_a_short_line_between_paragraphs_may_be_an_intertitle_and_stays(step):
    text = f"{OWN[0]}\nBackground\n{OWN[1]}"
    assert left(step({"background": 30}), text) == text


@pytest.mark.parametrize("between", ["\n", " "])
def test_a_short_line_or_sentence_of_half_of_the_documents_is_no_intertitle_and_goes(step, between):
    text = f"{OWN[0]}{between}Read this too.{between}{OWN[1]}"
    assert left(step({"read this too.": 50}), text) == f"{OWN[0]}{between}{OWN[1]}"


def test_a_short_line_at_an_end_goes(step):
    assert left(step({"read more": 90}), f"{OWN[0]}\nRead more") == OWN[0]


def test_prose_of_a_few_pages_stays_and_of_many_goes(step):
    text = f"{OWN[0]}\n{PROSE}\n{OWN[1]}"
    assert left(step({PROSE: 6}), text) == text
    assert left(step({PROSE: 60}), text) == "\n".join(OWN)


def test_what_is_on_too_few_pages_stays(step):
    text = f"{OWN[0]}\n{LONG}"
    assert left(step({LONG: 4}), text) == text
    assert left(step({LONG: 8}, at_least=9), text) == text
    assert left(step({LONG: 8}, share=0.09), text) == text


def test_another_host_is_left_alone(step):
    text = f"{OWN[0]}\n{LONG}"
    assert left(step({LONG: 90}), text, url="https://b.example/") == text


def test_a_text_of_which_nothing_would_be_left_stays_whole(step):
    text = "\n".join([*MENU, LONG])
    assert left(step(dict.fromkeys([*MENU, LONG], 90)), text) == text


def test_a_cut_says_in_how_many_documents_it_recurs(step):
    doc = Document(f"{OWN[0]}\n{LONG}", meta={"url": "https://a.example/1"})
    cut, mark = step({LONG: 90}).find(doc)
    assert (cut, mark.name) == (Edit((len(OWN[0]), len(doc.text)), "", "repeated"), "rule:repeated")
    assert mark.reason == "in 90 of the 100 documents of a.example"


def test_marking_leaves_the_text(step):
    doc = Document(f"{OWN[0]}\n{LONG}", meta={"url": "https://a.example/1"})
    [mark] = step({LONG: 90}, action="mark").find(doc)
    assert isinstance(mark, Mark)
    assert mark.name == "repeated"


PIECES = [
    *MENU,
    LONG,
    f"{LONG}.",
    PROSE,
    *OWN,
    "No.",
    "",
    f"{OWN[0]} {PROSE}",
    f"{PROSE} {LONG}. Home",
    f"Home. {PROSE}",
    f"{OWN[0]} No. {PROSE}",
]


@settings(max_examples=150, deadline=None)
@given(
    pieces=st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["\n", "\r\n", " ", "\n\n"])), max_size=14),
    counts=st.lists(st.sampled_from([1, 6, 60]), min_size=12, max_size=12),
)
def test_cleaning_twice_is_cleaning_once_and_only_cuts(tmp_path_factory, pieces, counts):
    recurring = [*MENU, LONG, f"{LONG}.", PROSE, "Home.", OWN[0], "No.", "Nobody was hurt.", OWN[1], f"{LONG}. Home"]
    path = tmp_path_factory.getbasetemp() / "memory.json"
    units = {unit.casefold(): count for unit, count in zip(recurring, counts, strict=True)}
    Memory("all", 5, 0.02, {"all": Source(100, units)}).save(path)
    pipe = tamis.Pipeline([Repeated(memory=str(path))])
    text = "".join(piece + space for piece, space in pieces)
    once = pipe(text)
    assert pipe(once.text).text == once.text
    assert once.without("repeated").text == text
    rest = iter(text)
    assert all(letter in rest for letter in once.text)


def test_the_checks_for_authors_of_plugins_pass(step):
    docs = [
        Document("\n".join([*MENU, *OWN, f"{OWN[0]} {PROSE} {OWN[1]}", LONG]), meta={"url": "https://a.example/1"}),
        Document("\n".join([*MENU, LONG]), meta={"url": "https://a.example/2"}),
    ]
    tamis.testing.check_step(step(dict.fromkeys([*MENU, LONG, PROSE], 90)), docs)
    tamis.testing.check_step(step(dict.fromkeys([*MENU, LONG, PROSE], 90), action="mark"), docs)
