"""Records: a document as a line of JSON, and back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tamis.document import Document
from tamis.document import Failure
from tamis.errors import InputError
from tamis.findings import Drop
from tamis.findings import Edit
from tamis.findings import Label
from tamis.findings import Mark
from tamis.records import failed_record
from tamis.records import from_record
from tamis.records import to_line
from tamis.records import to_record
from tamis.records import unreadable_record


def test_a_record_holds_text_labels_trail_and_meta():
    doc = Document("Read on. Gas rose.", id="a", meta={"date": "2020"})
    doc = doc.apply("tidy", [doc.cut((0, 9), "read_also", 0.5), Label("short", True, 0.9, {"yes": 0.9})])
    assert to_record(doc) == {
        "id": "a",
        "text": "Gas rose.",
        "labels": {"short": {"value": True, "score": 0.9, "scores": {"yes": 0.9}}},
        "trail": [
            {"step": "tidy", "edit": "cut", "span": [0, 9], "was": "Read on. ", "reason": "read_also", "score": 0.5}
        ],
        "meta": {"date": "2020"},
    }


def test_an_edit_says_whether_it_cuts_replaces_or_inserts():
    doc = Document("abc").apply("s", [Edit((0, 1), "", "x"), Edit((1, 2), "B", "y"), Edit((3, 3), "d", "z")])
    trail = to_record(doc)["trail"]
    assert [entry["edit"] for entry in trail] == ["cut", "replace", "insert"]
    assert [entry.get("text") for entry in trail] == [None, "B", "d"]


def test_a_mark_is_its_name_and_a_drop_its_reason():
    doc = Document("abc").apply("s", [Mark((0, 2), "idiom", "why", 0.5, {"suggestion": "x"}), Drop("not kept")])
    assert to_record(doc)["trail"] == [
        {"step": "s", "mark": "idiom", "span": [0, 2], "reason": "why", "score": 0.5, "data": {"suggestion": "x"}},
        {"step": "s", "drop": "not kept"},
    ]


def test_raw_is_there_on_request_only():
    assert "raw" not in to_record(Document("a"))
    assert to_record(Document("a"), with_raw=True)["raw"] == "a"


def test_floats_of_steps_are_rounded_to_six_digits_and_those_of_meta_are_not():
    doc = Document("a", meta={"x": 1 / 3}).apply(
        "s", [Label("p", [1 / 3], 1 / 3, {"q": 2 / 3}), Mark((0, 1), "m", data=-1e-9)]
    )
    record = to_record(doc)
    assert record["labels"]["p"] == {"value": [0.333333], "score": 0.333333, "scores": {"q": 0.666667}}
    assert str(record["trail"][0]["data"]) == "0.0"
    assert record["meta"]["x"] == 1 / 3


def test_a_line_is_utf_8_and_one_line():
    assert to_line({"text": "é\n\u2028"}) == '{"text":"é\\n\u2028"}\n'.encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800"])
def test_what_is_no_json_is_refused(value):
    with pytest.raises(ValueError):  # noqa: PT011 - json's own
        to_line({"meta": {"x": value}})


edits = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 6), st.sampled_from(["", "x", "yz"]), st.sampled_from("ab")),
    max_size=8,
)


@given(st.text("abcdé \n", max_size=25), edits)
def test_raw_is_rebuilt_from_text_and_trail(raw, changes):
    doc = Document(raw, "i")
    for start, length, text, step in changes:
        start = min(start, len(doc.text))
        end = min(start + length, len(doc.text))
        if text or end > start:
            doc = doc.apply(step, [Edit((start, end), text, "r")])
    record = json.loads(to_line(to_record(doc)))
    again = from_record(record)
    assert (again.raw, again.text, again.trail) == (doc.raw, doc.text, doc.trail)
    assert to_record(again) == record


def test_an_id_that_utf_8_cannot_hold_is_escaped_and_the_rest_is_as_it_was():
    record = json.loads(to_line(to_record(Document("A good text.", "bad\udcff.txt"))))
    assert (record["id"], record["text"]) == ("bad\\udcff.txt", "A good text.")
    assert to_record(from_record(record)) == record


def test_labels_come_back():
    doc = Document("a").apply("s", [Label("language", "en", 0.5, {"en": 0.5})])
    assert Document.from_record(doc.to_record()).labels["language"] == doc.labels["language"]


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"id": "a", "text": "x", "labels": {}, "meta": {}, "trail": [{"edit": "cut"}]},
        {"id": "a", "text": "x", "labels": {}, "meta": {}, "trail": [], "raw": "y"},
        {"id": "a", "text": "x", "labels": {"l": {"value": 1, "score": 1, "scores": 1}}, "meta": {}, "trail": []},
        *(
            {"id": "a", "text": "x", "labels": {}, "meta": {}, "trail": [{"step": "s", **entry}]}
            for entry in [
                {"mark": "m", "span": [-2, 0]},
                {"mark": "m", "span": [1, 0]},
                {"mark": "m", "span": [0, 9]},
                {"edit": "cut", "span": [-1, 0], "was": "y"},
                {"edit": "cut", "span": [0, 1], "was": "yy"},
                {"edit": "cut", "span": [5, 6], "was": "y"},
            ]
        ),
    ],
)
def test_what_is_no_record_is_an_input_error(record):
    with pytest.raises(InputError, match="not a record of tamis"):
        from_record(record)


def test_a_failed_record_has_the_whole_raw_text():
    doc = Document("x" * 20_000, source="in.jsonl:3").failed(Failure("mt", "RuntimeError: boom", "Traceback"))
    assert failed_record(doc) == {
        "id": None,
        "source": "in.jsonl:3",
        "step": "mt",
        "error": "RuntimeError: boom",
        "raw": "x" * 20_000,
        "truncated": False,
    }


def test_bytes_that_are_no_text_are_kept_in_base64():
    assert unreadable_record(None, "f", "read", "e", b"\xff")["raw_base64"] == "/w=="


def test_an_unreadable_document_keeps_its_first_kilobytes_and_no_half_character():
    record = unreadable_record(None, "f", "read", "e", ("a" + "é" * 9000).encode())
    assert record["truncated"]
    assert record["raw"] == "a" + "é" * 4095


def test_half_a_character_in_raw_is_kept_in_base64():
    doc = Document("\ud800").failed(Failure("s", "e"))
    assert failed_record(doc)["raw_base64"] == "7aCA"
