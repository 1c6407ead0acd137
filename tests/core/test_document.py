"""Documents: findings applied, mapped, undone."""

import pickle

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tamis import Document
from tamis import Drop
from tamis import Edit
from tamis import Label
from tamis import Mark
from tamis.document import Failure
from tamis.errors import FindingError


def test_a_document_is_made_from_str_only():
    with pytest.raises(TypeError, match="decode it first"):
        Document(b"bytes")


def test_raw_never_changes_and_text_is_what_is_left():
    doc = Document("one two")
    new = doc.apply("a", [doc.cut((0, 4), "demo")])
    assert (new.raw, new.text, doc.text) == ("one two", "two", "one two")


def test_a_later_step_gives_spans_of_what_it_sees_and_the_trail_keeps_them_in_raw():
    doc = Document("cut keep mark").apply("a", [Edit((0, 4), "", "demo")])
    doc = doc.apply("b", [Mark((5, 9), "here")])
    assert doc.trail[-1].finding.span == (9, 13)
    assert doc.from_raw((9, 13)) == (5, 9)


@pytest.mark.parametrize(
    ("finding", "message"),
    [
        (Edit((0, 99), "", "x"), "out of range"),
        (Edit((3, 2), "", "x"), "out of range"),
        (Edit((-1, 2), "", "x"), "out of range"),
        (Edit((0.0, 2), "", "x"), "two integers"),
        (Edit(None, "", "x"), "should be"),
        (Edit((1, 1), "", "x"), "nothing by nothing"),
        (Edit((0, 1), None, "x"), "should be a str"),
        (Mark((0, 1), "x", data=object()), "should be JSON"),
        (Mark((0, 1), "x", score=float("nan")), "finite number"),
        (Label("x", {1, 2}), "should be JSON"),
        (Label("x", 1, scores={"a": float("inf")}), "finite number"),
        ("cut this", "yields Edit, Mark, Label or Drop"),
    ],
)
def test_an_impossible_finding_is_refused_with_what_was_found(finding, message):
    with pytest.raises(FindingError, match=message):
        Document("text").apply("a", [finding])


def test_overlapping_edits_of_one_step_are_refused_and_nothing_is_applied():
    doc = Document("abcdef")
    with pytest.raises(FindingError, match=r"0:3 \(x\) and 2:4 \(y\) overlap"):
        doc.apply("a", [Edit((0, 3), "", "x"), Edit((2, 4), "", "y")])
    assert doc.text == "abcdef"


def test_touching_edits_of_one_step_are_no_overlap():
    assert Document("abcdef").apply("a", [Edit((0, 3), "", "x"), Edit((3, 4), "", "y")]).text == "ef"


def test_marks_may_overlap():
    assert len(Document("abc").apply("a", [Mark((0, 2), "x"), Mark((1, 3), "y")]).trail) == 2


def test_the_later_label_of_a_name_counts():
    doc = Document("x").apply("a", [Label("n", 1)]).apply("b", [Label("n", 2)])
    assert doc.labels["n"].value == 2
    assert doc.without("b").labels["n"].value == 1


def test_title_is_the_label_before_the_meta():
    doc = Document("x", meta={"title": "from the feed"})
    assert doc.title == "from the feed"
    assert doc.apply("a", [Label("title", "on the page")]).title == "on the page"


def test_dropped_is_the_reason_of_the_drop():
    assert Document("x").apply("a", [Drop("too short")]).dropped == "too short"


def test_without_a_step_its_cuts_are_back_and_the_others_stay():
    doc = Document("ab cd ef")
    doc = doc.apply("first", [Edit((0, 3), "", "x")]).apply("second", [Edit((2, 5), "", "y")])
    assert doc.text == "cd"
    assert doc.without("first").text == "ab cd"
    assert doc.without("second").text == "cd ef"
    assert doc.without("first", "second").text == doc.raw


def test_a_character_belongs_to_the_step_that_cut_it_first():
    doc = Document("abCDef").apply("first", [Edit((2, 4), "", "x")])
    doc = doc.apply("second", [Edit((1, 3), "", "y")])
    assert doc.text == "af"
    assert doc.without("first").text == "aCDf"
    assert doc.without("second").text == "abef"


def test_a_replacement_superseded_by_a_later_step_is_back_without_that_step():
    doc = Document("colour").apply("first", [Edit((0, 6), "color", "x")])
    doc = doc.apply("second", [Edit((0, 5), "hue", "y")])
    assert doc.text == "hue"
    assert doc.without("second").text == "color"
    assert doc.without("first").text == "hue"


def test_words_are_made_once_for_a_state_of_the_text():
    doc = Document("one two")
    assert doc.apply("a", [Label("n", 1)]).words is doc.words
    assert doc.apply("a", [doc.cut((0, 4), "x")]).words.texts == ["two"]


def test_spans_outside_the_text_are_an_index_error():
    doc = Document("abc")
    with pytest.raises(IndexError, match="out of range"):
        doc.to_raw((0, 9))
    with pytest.raises(IndexError, match="out of range"):
        doc.from_raw((0, 9))


def test_meta_and_labels_are_read_only():
    doc = Document("x", meta={"a": 1})
    with pytest.raises(TypeError):
        doc.meta["a"] = 2
    with pytest.raises(TypeError):
        doc.labels["a"] = 2


def test_a_failed_document_keeps_what_was_found():
    doc = Document("abc").apply("a", [Label("n", 1)]).failed(Failure("b", "boom"))
    assert (doc.error.step, doc.labels["n"].value) == ("b", 1)


def test_a_document_with_a_document_of_another_kind_is_unequal():
    assert Document("a") != "a"
    assert len({Document("a"), Document("a")}) == 1


texts = st.text("ab \r\n\U0001f600\u0301", max_size=12)


@st.composite
def documents(draw):
    doc = Document(draw(texts))
    for step in draw(st.lists(st.sampled_from("abc"), max_size=4)):
        ends = sorted(draw(st.lists(st.integers(0, len(doc.text)), max_size=4)))
        spans = list(zip(ends[::2], ends[1::2], strict=False))
        found = [Edit(span, draw(st.sampled_from(["", "", "X"])), "r") for span in spans]
        found = [edit for edit in found if edit.text or edit.span[0] < edit.span[1]]
        doc = doc.apply(step, [*found, *(Mark(span, "m") for span in spans)])
    return doc


@given(documents())
@settings(max_examples=300, deadline=None)
def test_a_pickled_document_is_the_same(doc):
    again = pickle.loads(pickle.dumps(doc))
    assert again == doc
    assert again.text == doc.text
    assert again.labels == doc.labels


@given(documents())
@settings(max_examples=300, deadline=None)
def test_without_all_steps_the_text_is_raw(doc):
    assert doc.without("a", "b", "c").text == doc.raw


@given(documents(), st.sampled_from("abc"))
@settings(max_examples=300, deadline=None)
def test_leaving_out_the_last_step_gives_the_text_before_it(doc, step):
    applied = doc.apply("last", [doc.cut((0, len(doc.text) // 2), "r")] if len(doc.text) > 1 else [])
    assert applied.without("last").text == doc.text


@given(documents())
@settings(max_examples=300, deadline=None)
def test_findings_in_the_trail_stand_inside_raw(doc):
    for _, finding in doc.trail:
        start, end = finding.span
        assert 0 <= start <= end <= len(doc.raw)
