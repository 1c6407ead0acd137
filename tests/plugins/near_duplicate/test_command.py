"""`tamis near-duplicate` writes the same memory for any order of files and any number of workers."""

import json

import pytest
from click.testing import CliRunner

from tamis.cli import cli
from tamis.errors import ConfigError
from tamis.testing import run_pipeline


@pytest.fixture
def command(tmp_path):
    def command(*arguments, **options):
        output = str(tmp_path / "duplicates.json")
        return CliRunner().invoke(cli, ["near-duplicate", *arguments, "-o", output], **options)

    return command


def test_files_in_any_order_and_by_any_number_of_workers_give_the_same_bytes(command, pages, write, tmp_path):
    files = [write(pages[:7], "a.jsonl"), write(pages[7:20], "b.jsonl"), write(pages[20:], "c.jsonl")]
    memories = []
    for arguments in (files, files[::-1], [*files, "-j", "2"]):
        result = command(*arguments)
        assert result.exit_code == 0, result.output
        memories.append((tmp_path / "duplicates.json").read_bytes())
    assert memories[0] == memories[1] == memories[2]
    assert "30 documents: 9 repeat one of 1 others" in result.output


def test_what_was_learnt_is_labelled_in_the_next_run(command, pages, write, tmp_path):
    assert command(write(pages, "pages.jsonl"), "--order", "date").exit_code == 0
    pipeline = "steps:\n  - use: near_duplicate\n    with: {memory: duplicates.json}\n"
    inputs = {"pages.jsonl": (tmp_path / "pages.jsonl").read_bytes()}
    outcome = run_pipeline(pipeline, inputs, "-j", "2", folder=tmp_path)
    assert outcome.exit_code == 0, outcome.printed
    assert outcome.labels("near_duplicate") == [None] + ["wire-0"] * 9 + [None] * 20


def test_documents_that_cannot_be_read_are_named(command, tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "One."}) + "\nnot json\n")
    result = command(str(tmp_path / "a.jsonl"), standalone_mode=False)
    assert result.return_value == 1
    assert "a.jsonl:2: UnreadableError: not JSON" in result.output


def test_an_order_by_a_field_that_no_document_has_is_refused(command, pages, write):
    result = command(write(pages, "pages.jsonl"), "--order", "datee")
    assert isinstance(result.exception, ConfigError)
    assert str(result.exception) == "no document has a number or a text in the field 'datee' - did you mean 'date'?"
