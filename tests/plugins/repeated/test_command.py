"""`tamis repeated` writes the same memory for any order of files and any number of workers."""

import json

import pytest
from click.testing import CliRunner

from tamis.cli import cli
from tamis.testing import run_pipeline


@pytest.fixture
def command(tmp_path):
    def command(*arguments, **options):
        return CliRunner().invoke(
            cli, ["repeated", *arguments, "--megabytes", "1", "-o", str(tmp_path / "memory.json")], **options
        )

    return command


def test_files_in_any_order_and_by_any_number_of_workers_give_the_same_bytes(command, pages, write, tmp_path):
    files = [write(pages[:7], "a.jsonl"), write(pages[7:20], "b.jsonl"), write(pages[20:], "c.jsonl")]
    memories = []
    for arguments in (files, files[::-1], [*files, "-j", "2"]):
        result = command(*arguments)
        assert result.exit_code == 0, result.output
        memories.append((tmp_path / "memory.json").read_bytes())
    assert memories[0] == memories[1] == memories[2]
    assert "30 documents of 3 sources" in result.output


def test_what_was_learnt_is_cut_in_the_next_run(command, pages, write, tmp_path):
    assert command(write(pages, "pages.jsonl")).exit_code == 0
    pipeline = "steps:\n  - use: repeated\n    with: {memory: memory.json}\n"
    inputs = {"pages.jsonl": (tmp_path / "pages.jsonl").read_bytes()}
    outcome = run_pipeline(pipeline, inputs, "-j", "2", folder=tmp_path)
    assert outcome.exit_code == 0, outcome.printed
    assert len(outcome.texts) == 30
    assert not any("HOME" in text or "Impressum" in text for text in outcome.texts)


def test_documents_that_cannot_be_read_are_named(command, tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "One."}) + "\nnot json\n")
    result = command(str(tmp_path / "a.jsonl"), standalone_mode=False)
    assert result.return_value == 1
    assert "a.jsonl:2: UnreadableError: not JSON" in result.output


def test_a_wrong_key_is_refused(command, pages, write):
    result = command(write(pages, "a.jsonl"), "--key", "meta.")
    assert result.exit_code == 2
    assert "should be host, all or meta.FIELD" in result.output


def test_documents_of_no_source_are_counted(command, pages, write):
    assert "30 documents are of no source" in command(write(pages, "a.jsonl"), "--key", "meta.sitee").output
