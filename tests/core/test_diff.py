"""What changed between two outputs."""

import gzip
import json

import pytest

from tamis import Document
from tamis import Drop
from tamis import Edit
from tamis import Label
from tamis import Mark
from tamis.document import Failure
from tamis.errors import InputError
from tamis.records import failed_record
from tamis.records import to_record
from tamis.report.compare import compare


def written(path, *docs):
    path.write_text("".join(json.dumps(to_record(doc)) + "\n" for doc in docs))
    return path


@pytest.fixture
def before(tmp_path):
    doc = Document("Read also. News.", id="1")
    return written(tmp_path / "before.jsonl", doc.apply("b", [doc.cut((0, 11), "read_also"), Label("n", 1)]))


def test_equal_outputs_do_not_differ(before):
    assert list(compare(before, before)) == []


def test_a_changed_label_a_lost_cut_and_the_text_are_named(before, tmp_path):
    after = written(tmp_path / "after.jsonl", Document("Read also. News.", id="1").apply("b", [Label("n", 2)]))
    [change] = compare(before, after)
    assert change.document == "1"
    assert change.lines == (
        "n: 1 -> 2",
        '- b: read_also 0:11 "Read also. "',
        "text differs from 0: 5 -> 16 code points",
    )


def test_a_drop_a_mark_and_what_was_put_in_are_compared(tmp_path):
    doc = Document("The colour of news.", id="1")
    one = doc.apply("b", [Edit((4, 10), "color", "spelling"), Mark((0, 3), "odd", "why"), Drop("too short")])
    two = doc.apply("b", [Edit((4, 10), "hue", "spelling"), Mark((0, 3), "even", "why"), Drop("too long")])
    [change] = compare(written(tmp_path / "one.jsonl", one), written(tmp_path / "two.jsonl", two))
    assert change.lines == (
        '- b: spelling 4:10 "colour" -> "color"',
        "- b: marked odd 0:3",
        '- b: dropped "too short"',
        '+ b: spelling 4:10 "colour" -> "hue"',
        "+ b: marked even 0:3",
        '+ b: dropped "too long"',
        "text differs from 4: 18 -> 16 code points",
    )


def test_documents_that_failed_otherwise_differ(tmp_path):
    for name, error in (("one", "boom"), ("two", "bang")):
        record = failed_record(Document("x", id="1").failed(Failure("b", error)))
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(record))
    [change] = compare(tmp_path / "one.jsonl", tmp_path / "two.jsonl")
    assert change.lines == ('failure "b: boom" -> "b: bang"',)


@pytest.mark.parametrize(
    ("label", "mark", "meta", "line"),
    [
        (Label("n", 1, 0.4), Mark((0, 3), "odd"), {}, "differs in scores of labels"),
        (Label("n", 1), Mark((0, 3), "odd", score=0.4), {}, "differs in scores, reasons or data of findings"),
        (Label("n", 1), Mark((0, 3), "odd"), {"url": "a"}, "differs in meta"),
    ],
)
def test_documents_that_differ_in_scores_or_meta_alone_say_so(tmp_path, label, mark, meta, line):
    one = written(tmp_path / "one.jsonl", Document("News", id="1").apply("b", [Label("n", 1), Mark((0, 3), "odd")]))
    two = written(tmp_path / "two.jsonl", Document("News", id="1", meta=meta).apply("b", [label, mark]))
    assert [change.lines for change in compare(one, two)] == [(line,)]


def test_records_with_other_keys_first_do_not_differ(before, tmp_path):
    after = tmp_path / "after.jsonl"
    after.write_text(json.dumps(dict(reversed(json.loads(before.read_text()).items()))))
    assert list(compare(before, after)) == []


def test_documents_in_one_output_only_are_named(before, tmp_path):
    after = written(tmp_path / "after.jsonl", Document("x", id="2"))
    assert [(change.document, change.lines[0].split("/")[0]) for change in compare(before, after)] == [
        ("1", "only in "),
        ("2", "only in "),
    ]


def test_documents_with_the_same_id_are_paired_in_order(tmp_path):
    one = written(tmp_path / "one.jsonl", Document("a", id="1"), Document("b", id="1"))
    two = written(tmp_path / "two.jsonl", Document("a", id="1"), Document("c", id="1"))
    assert len(list(compare(one, two))) == 1


@pytest.mark.parametrize("line", ["nonsense", "[1]"])
def test_a_line_that_is_no_record_is_an_error_with_its_place(before, tmp_path, line):
    bad = tmp_path / "bad.jsonl"
    bad.write_text(line + "\n")
    with pytest.raises(InputError, match=r"bad\.jsonl:1: should be a record"):
        list(compare(before, bad))


def test_packed_outputs_are_compared(before, tmp_path):
    packed = tmp_path / "after.jsonl.gz"
    packed.write_bytes(gzip.compress(written(tmp_path / "after.jsonl", Document("x", id="1")).read_bytes()))
    assert [change.document for change in compare(before, packed)] == ["1"]


def test_odd_records_are_compared_as_far_as_they_go(tmp_path):
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    one.write_text('{"id": 7, "labels": {"a": 1}, "trail": [3], "text": "x"}')
    two.write_text('{"id": 7, "labels": [], "trail": [{"span": 3, "mark": []}], "text": "x"}')
    assert [change.lines for change in compare(one, two)] == [("a: 1 -> null", "+ : marked [] 3")]
