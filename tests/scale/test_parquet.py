"""Parquet: rows are documents, in and out."""

import datetime as dt
import json
from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

from tamis.errors import InputError  # noqa: E402
from tamis.formats import Reading  # noqa: E402
from tamis.formats import Slice  # noqa: E402
from tamis.formats import to_document  # noqa: E402
from tamis.runner import Recipe  # noqa: E402
from tamis.runner import run  # noqa: E402
from tamis_parquet import ParquetFormat  # noqa: E402

FORM = ParquetFormat()


def docs(path, **options):
    reading = Reading(**options)
    slices = list(FORM.plan(str(path), "parquet", reading))
    return [to_document(FORM, piece, reading) for part in slices for piece in FORM.pieces(part, reading)]


@pytest.fixture
def table(tmp_path):
    rows = [{"url": f"u{i}", "body": f"Text {i} " + "x" * 5000, "day": dt.date(2020, 1, 1)} for i in range(1000)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "in.parquet", row_group_size=100)
    return tmp_path / "in.parquet"


def test_a_row_is_a_document(table):
    found = docs(table, text="body", id="url")
    assert [doc.id for doc in found] == [f"u{i}" for i in range(1000)]
    assert found[5].meta == {"url": "u5", "day": "2020-01-01"}
    assert found[999].source == f"{table}:1000"


def test_a_large_file_is_cut_between_row_groups(table):
    assert len(list(FORM.plan(str(table), "parquet", Reading(text="body")))) > 1


def test_a_missing_column_is_an_input_error(table):
    with pytest.raises(InputError, match=r"no column 'text' \(columns: url, body, day\)"):
        docs(table)


def test_what_is_no_parquet_file_is_an_input_error(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"no")
    with pytest.raises(InputError, match="not a Parquet file"):
        docs(tmp_path / "a.parquet")


def test_a_row_beyond_the_bound_and_one_without_text_are_unreadable(tmp_path):
    pq.write_table(pa.Table.from_pylist([{"text": "x" * 100}, {"text": None}, {"text": "ok"}]), tmp_path / "a.parquet")
    large, none, good = docs(tmp_path / "a.parquet", max_document=50)
    assert "larger than max_document" in large.error.error
    assert "should be a string, found NoneType" in none.error.error
    assert good.raw == "ok"


def test_a_run_reads_and_writes_parquet(table, monkeypatch):
    monkeypatch.chdir(table.parent)
    Path("p.yaml").write_text("read: {text: body, id: url}\nsteps: [{use: drop, with: {if: len(text) < 5008}}]\n")
    recipe = Recipe("p.yaml")
    run(recipe, ["in.parquet"], "out.jsonl", with_raw=True)
    run(recipe, ["in.parquet"], "table.parquet", with_raw=True, workers=2)
    records = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
    rows = pq.read_table("table.parquet").to_pylist()
    assert [{**row, **{key: json.loads(row[key]) for key in ("labels", "trail", "meta")}} for row in rows] == records
    assert pq.read_table("table.rejects.parquet").num_rows == 10
    again = Slice("table.parquet", "parquet")
    assert next(FORM.pieces(again, Reading())).data["id"] == "u10"


def test_a_run_without_rejects_writes_their_columns(table, monkeypatch):
    monkeypatch.chdir(table.parent)
    Path("p.yaml").write_text("read: {text: body, id: url}\nsteps: []\n")
    run(Recipe("p.yaml"), ["in.parquet"], "out.parquet", limit=10)
    assert pq.read_table("out.rejects.parquet").column_names == ["id", "text", "labels", "trail", "meta"]
