"""Formats: what is a document, what is none, and where files are cut."""

import gzip
import json
import os
import re

import pytest

from tamis.errors import InputError
from tamis.formats import Reading
from tamis.formats import Slice
from tamis.formats import builtin_formats
from tamis.formats import by_suffix
from tamis.formats import format_of
from tamis.formats import read
from tamis.formats import to_document
from tamis.formats.inputs import expand
from tamis.formats.lines import plan_lines

FORMATS = builtin_formats()


def docs(path, **options):
    return list(read(path, FORMATS, **options))


def write(path, data):
    data = data.encode() if isinstance(data, str) else data
    path.write_bytes(gzip.compress(data) if path.name.endswith(".gz") else data)
    return path


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz"])
def test_a_text_file_is_a_document_with_its_line_ends(tmp_path, name):
    [doc] = docs(write(tmp_path / name, "\ufeffOne\r\nTwo\rThree\n"))
    assert doc.raw == "One\r\nTwo\rThree\n"
    assert doc.id == doc.source == str(tmp_path / name)


def test_an_option_that_no_format_has_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(InputError, match="no format has an option 'delimter' - did you mean 'delimiter'"):
        next(read(tmp_path / "a.txt", builtin_formats(), delimter=";"))


def test_text_in_another_encoding_is_read_as_said(tmp_path):
    assert docs(write(tmp_path / "a.txt", "été".encode("latin-1")), encoding="latin-1")[0].raw == "été"


def test_text_that_is_not_of_the_encoding_is_an_unreadable_document(tmp_path):
    [doc] = docs(write(tmp_path / "a.txt", b"ab\xff"))
    assert doc.error.step == "read"
    assert doc.error.error == "UnreadableError: not utf-8: byte 0xff at 2: invalid start byte"


def test_a_text_beyond_the_bound_is_unreadable(tmp_path):
    [doc] = docs(write(tmp_path / "a.txt", "x" * 11), max_document=10)
    assert "larger than max_document" in doc.error.error


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_a_line_of_json_is_a_document(tmp_path, name):
    lines = '\ufeff{"id": 7, "text": "One", "date": "2020"}\n\n{"text": "Two", "title": "T"}'
    one, two = docs(write(tmp_path / name, lines))
    assert (one.id, one.raw, one.meta) == ("7", "One", {"date": "2020"})
    assert (two.id, two.title) == (f"{tmp_path / name}:3", "T")


def test_fields_are_mapped(tmp_path):
    path = write(tmp_path / "a.jsonl", '{"url": "u", "body": "B", "headline": "H", "x": 1, "y": 2}')
    [doc] = docs(path, text="body", id="url", title="headline", meta=("x",))
    assert (doc.id, doc.raw, doc.meta) == ("u", "B", {"title": "H", "x": 1})


def test_a_field_that_gives_the_id_stays_in_meta_under_its_own_name(tmp_path):
    [doc] = docs(write(tmp_path / "a.jsonl", '{"url": 7, "text": "T", "id": "x"}'), id="url")
    assert (doc.id, doc.meta) == ("7", {"url": 7, "id": "x"})


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"text": "\xff"}', "not utf-8"),
        (b'{"text": "a\x00b"}', "not JSON"),
        (b'{"text": "abc', "not JSON"),
        (b'{"text": "x", "n": NaN}', "not JSON: expected value"),
        (b'{"text": ' + b"[" * 5000 + b"]" * 5000 + b"}", "not JSON"),
        (b'{"text": "\\ud800"}', "not JSON"),
        (b'{"text": "x", "m": "\\uDFFF"}', "not JSON"),
        (b"[1]", "should be a JSON object"),
        (b'{"txt": "x"}', "no field 'text' - did you mean 'txt'?"),
        (b'{"text": 12}', "should be a string, found int"),
        (b'{"text": "x", "id": [1]}', "should be a string or a number"),
    ],
)
def test_a_line_that_cannot_be_read_costs_only_itself(tmp_path, line, why):
    bad, good = docs(write(tmp_path / "a.jsonl", line + b'\n{"text": "fine"}\n'))
    assert why in bad.error.error
    assert good.raw == "fine"


def test_a_document_without_text_keeps_the_id_that_could_be_read(tmp_path):
    [bad] = docs(write(tmp_path / "a.jsonl", '{"id": 7, "txt": "x"}'))
    assert (bad.id, bad.error.error) == ("7", "UnreadableError: no field 'text' - did you mean 'txt'?")


def test_a_pair_of_surrogates_is_a_character(tmp_path):
    assert docs(write(tmp_path / "a.jsonl", b'{"text": "\\ud83d\\ude00"}'))[0].raw == "😀"


def test_a_line_beyond_the_bound_is_skipped_in_pieces(tmp_path):
    long = '{"text": "' + "x" * 5_000_000 + '"}'
    bad, good = docs(write(tmp_path / "a.jsonl", f'{long}\n{{"text": "fine"}}\n'), max_document=1000)
    assert "longer than max_document (1000 bytes)" in bad.error.error
    [piece, _] = FORMATS["jsonl"].pieces(Slice(str(tmp_path / "a.jsonl"), "jsonl"), Reading(max_document=1000))
    assert piece.truncated
    assert (good.raw, good.source) == ("fine", f"{tmp_path}/a.jsonl:2")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1"])
def test_lines_are_read_in_any_encoding(tmp_path, encoding):
    path = write(tmp_path / "a.jsonl", '{"text": "été"}\n{"text": "deux"}\n'.encode(encoding))
    slices, found = sliced(path, "jsonl", encoding=encoding)
    assert found == docs(path, encoding=encoding)
    assert [doc.raw for doc in found] == ["été", "deux"]
    assert sum(part.size for part in slices) == path.stat().st_size


def test_a_packed_file_that_breaks_off_is_one_more_failed_document(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    lines = b"".join(b'{"text": "%d"}\n' % i for i in range(1000))
    path.write_bytes(gzip.compress(lines)[:-200])
    *good, last = docs(path)
    assert "the rest of the file cannot be read: EOFError" in last.error.error
    assert all(doc.error is None for doc in good)


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz"])
def test_a_row_is_a_document(tmp_path, name):
    rows = '\ufeffid,text,date\r\n1,"a ""b""\nc",2020\r\n\r\n2,=SUM(A1),2021\r\n'
    one, two = docs(write(tmp_path / name, rows))
    assert (one.id, one.raw, one.meta, one.source) == ("1", 'a "b"\nc', {"date": "2020"}, f"{tmp_path / name}:2")
    assert (two.raw, two.source) == ("=SUM(A1)", f"{tmp_path / name}:5")


def test_the_delimiter_can_be_said_and_tsv_has_tabs(tmp_path):
    assert docs(write(tmp_path / "a.csv", "text;n\na,b;1\n"), delimiter=";")[0].raw == "a,b"
    assert docs(tmp_path / "a.csv", options={"delimiter": ";"})[0].raw == "a,b"
    assert docs(write(tmp_path / "a.tsv", "text\tn\na,b\t1\n"))[0].raw == "a,b"


def test_a_missing_column_is_an_input_error_with_the_columns(tmp_path):
    path = write(tmp_path / "a.csv", "id,txt\n1,a\n")
    with pytest.raises(InputError, match=r"no column 'text' - did you mean 'txt'\? \(columns: id, txt\)"):
        list(FORMATS["csv"].plan(str(path), "csv", Reading()))


def test_a_byte_order_mark_before_a_quoted_header_is_no_part_of_it(tmp_path):
    [doc] = docs(write(tmp_path / "a.csv", '\ufeff"id","text"\r\n"1","a"\r\n'))
    assert (doc.id, doc.raw) == ("1", "a")


@pytest.mark.parametrize("delimiter", ["||", "", '"', "\n", 1, None])
def test_a_delimiter_that_is_no_single_character_is_refused(tmp_path, delimiter):
    with pytest.raises(InputError, match="delimiter should be one character, found"):
        docs(write(tmp_path / "a.csv", "text\na\n"), delimiter=delimiter)


@pytest.mark.parametrize(
    ("rows", "cure"),
    [
        ("id;text\n1;a\n", 'write `read: {options: {delimiter: ";"}}`'),
        ("id\tbody\n1\ta\n", r'write `read: {options: {delimiter: "\t"}}`'),
        ("id|text\n1|a\n", 'write `read: {options: {delimiter: "|"}}`'),
        ("id,text\r1,a\r", r"its lines end with \r, let them end with \n"),
        ("\nid,text\n1,a\n", "the first one is blank, delete it"),
        ('id,"text\n1,a\n', "unexpected end of data"),
    ],
)
def test_a_header_that_is_none_is_refused_with_the_likely_cure(tmp_path, rows, cure):
    with pytest.raises(InputError, match=re.escape(cure)):
        docs(write(tmp_path / "a.csv", rows))


def test_a_torn_row_costs_only_its_first_line(tmp_path):
    rows = 'id,text\n1,"open\n2,fine\n3,a,b\n4,"good"\n5,"last\n'
    found = docs(write(tmp_path / "a.csv", rows))
    assert [doc.raw for doc in found if doc.error is None] == ["fine", "good"]
    assert [doc.source.rpartition(":")[2] for doc in found if doc.error] == ["2", "4", "6"]


def test_the_limit_of_csv_fields_is_as_it_was(tmp_path):
    import csv

    before = csv.field_size_limit()
    assert docs(write(tmp_path / "a.csv", "text\n" + "x" * 200_000))[0].error is None
    assert csv.field_size_limit() == before


def sliced(path, name, **options):
    """Read *path* slice by slice."""
    reading = Reading(**options)
    form = FORMATS[name]
    slices = list(form.plan(str(path), name, reading))
    return slices, [to_document(form, piece, reading) for part in slices for piece in form.pieces(part, reading)]


@pytest.mark.parametrize("size", [1, 50, 1000, 1 << 20, 10 << 20])
def test_slices_of_lines_together_are_the_file(tmp_path, size):
    lines = [json.dumps({"text": "x" * (i * 37 % 600)}) for i in range(300)]
    path = write(tmp_path / "a.jsonl", "\n".join(lines))
    slices = list(plan_lines(str(path), "jsonl", Reading(), size))
    assert [slices[0].start, slices[-1].end] == [0, path.stat().st_size]
    found = [piece for part in slices for piece in FORMATS["jsonl"].pieces(part, Reading())]
    assert [piece.source for piece in found] == [f"{path}:{i}" for i in range(1, 301)]
    assert [piece.data.decode().strip() for piece in found] == lines


@pytest.mark.parametrize("name", ["jsonl", "csv"])
def test_a_large_file_is_cut_and_read_as_it_is_whole(tmp_path, name):
    path = tmp_path / f"a.{name}"
    with path.open("w") as file:
        if name == "csv":
            file.write("id,text\n")
        for i in range(6000):
            text = f"Line {i}\n" + "word " * (i % 300)
            file.write(f'{i},"{text}"\n' if name == "csv" else json.dumps({"id": i, "text": text}) + "\n")
    slices, found = sliced(path, name)
    assert len(slices) > 2
    assert found == docs(path)
    assert [doc.id for doc in found] == [str(i) for i in range(6000)]


def test_an_empty_file_has_no_documents(tmp_path):
    assert docs(write(tmp_path / "a.jsonl", "")) == []
    assert docs(write(tmp_path / "a.txt", ""))[0].raw == ""


def test_a_folder_means_the_files_that_a_format_claims_sorted(tmp_path):
    for name in ["b.txt", "a/z.txt", "a.jsonl", "c.pdf", ".hidden.txt", "out.parts/00000.txt"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path / name, '{"text": "x"}')
    (tmp_path / "out.parts" / "lock").touch()
    found = expand([str(tmp_path)], FORMATS, Reading())
    assert [file.path.removeprefix(f"{tmp_path}/") for file in found.files] == ["a.jsonl", "b.txt", "a/z.txt"]
    assert found.ignored == 1


def test_what_is_not_read_below_a_folder_is_counted(tmp_path):
    write(tmp_path / "a.txt", "x")
    os.mkfifo(tmp_path / "b.txt")
    (tmp_path / "linked").symlink_to(tmp_path)
    (tmp_path / "auto.parts").mkdir()
    write(tmp_path / "auto.parts" / "engine.txt", "x")
    found = expand([str(tmp_path)], FORMATS, Reading())
    assert [file.path.removeprefix(f"{tmp_path}/") for file in found.files] == ["a.txt", "auto.parts/engine.txt"]
    assert found.ignored == 2


def test_a_named_pipe_is_answered_with_the_cure(tmp_path):
    os.mkfifo(tmp_path / "a.jsonl")
    with pytest.raises(InputError, match="is a pipe or a device, no file: give - as the input"):
        expand([str(tmp_path / "a.jsonl")], FORMATS, Reading())


def test_a_pattern_means_the_files_that_fit(tmp_path):
    for name in ["b.txt", "a.txt", "c.jsonl"]:
        write(tmp_path / name, "")
    found = expand([f"{tmp_path}/*.txt", f"{tmp_path}/a.txt"], FORMATS, Reading())
    assert [file.path.removeprefix(f"{tmp_path}/") for file in found.files] == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("none.txt", "No such file"),
        ("*.csv", "no file fits"),
        ("a.pdf", "no format claims"),
        ("empty", "nothing to read"),
    ],
)
def test_an_input_that_is_none_is_an_input_error(tmp_path, name, why):
    (tmp_path / "empty").mkdir()
    write(tmp_path / "a.pdf", "")
    with pytest.raises(InputError, match=why):
        expand([str(tmp_path / name)], FORMATS, Reading())


def test_the_longest_suffix_decides():
    assert by_suffix("A.JSONL.GZ", FORMATS) == "jsonl"
    assert by_suffix("a.json", FORMATS) is None


def test_a_suffix_that_no_format_claims_is_answered_with_a_cure_for_inputs_and_one_for_outputs():
    with pytest.raises(InputError, match=re.escape(".txt.gz); if it is text, read it with `--set read.format=txt`")):
        format_of("a.html", FORMATS, reads=True)
    with pytest.raises(InputError, match=re.escape(".ndjson.gz); write .jsonl")):
        format_of("a.html", FORMATS)


def test_slices_are_json():
    part = Slice("a", "jsonl", 1, 2, 3, 4)
    assert Slice(*json.loads(json.dumps(part))) == part
