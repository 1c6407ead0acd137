"""Observers hear of each run once, however it is done: at its start, and when it is committed."""

from pathlib import Path

import pytest

from tamis.errors import PipelineErrors
from tamis.errors import RunError
from tamis.runner import Recipe
from tamis.runner import merge
from tamis.runner import run

PLUGIN = '''
import tamis
from tamis.formats import Format

class Names:
    """Writes the ids of the records."""

    def __init__(self, file):
        self.file = file

    def write(self, record):
        self.file.write(record["id"].encode() + b"\\n")

    def close(self):
        """Nothing is held back."""

class Foo(Format):
    """Ids, one a line."""

    suffixes = (".foo",)

    def sink(self, file):
        return Names(file)

@tamis.hookimpl
def tamis_formats():
    return {"foo": Foo()}

def heard(what):
    with open("heard.txt", "a") as file:
        print(what, file=file)

@tamis.hookimpl
def tamis_run_started(run):
    heard(f"started: {len(run.inputs)} files, {len(run.shards)} shards")

@tamis.hookimpl
def tamis_run_ended(run, account):
    heard(f"ended: read {account.read}")
'''
RECIPE = Recipe("p.yaml", (), True)
ONCE = ["started: 2 files, 2 shards", "ended: read 2"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tamis.runner.plan.SHARD", 1)
    (tmp_path / "observer.py").write_text(PLUGIN)
    (tmp_path / "p.yaml").write_text("plugins: [./observer.py]\nsteps: []\n")
    (tmp_path / "a.txt").write_text("News of a.")
    (tmp_path / "b.txt").write_text("News of b.")
    return tmp_path


def heard():
    return Path("heard.txt").read_text().splitlines()


def test_a_run_into_a_file_is_heard_of_once(folder):
    run(RECIPE, ["a.txt", "b.txt"], "out.jsonl", resume=True)
    assert heard() == ONCE
    run(RECIPE, ["a.txt", "b.txt"], "out.jsonl", resume=True)
    assert heard() == ONCE


def test_a_run_to_standard_output_is_heard_of_once(folder, capfdbinary):
    run(RECIPE, ["a.txt", "b.txt"], "-")
    assert heard() == ["started: 2 files, 1 shards", "ended: read 2"]


def test_a_run_that_is_interrupted_and_goes_on_is_heard_of_once(folder):
    def stop(progress):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(RECIPE, ["a.txt", "b.txt"], "out.jsonl", on_progress=stop)
    run(RECIPE, ["a.txt", "b.txt"], "out.jsonl", resume=True)
    assert heard() == ONCE


def test_a_run_by_shards_is_heard_of_once(folder):
    for i in (2, 1):
        run(RECIPE, ["a.txt", "b.txt"], "out.jsonl", shard=(i, 2))
    merge("out.jsonl", allow_local_plugins=True)
    assert heard() == ONCE


def test_shards_in_a_format_that_the_pipeline_brings_are_merged_where_that_is_allowed(folder):
    for i in (1, 2):
        run(RECIPE, ["a.txt", "b.txt"], "out.foo", shard=(i, 2))
    with pytest.raises(RunError, match=r"no format 'foo' is installed.*add --allow-local-plugins"):
        merge("out.foo")
    merge("out.foo", allow_local_plugins=True)
    assert Path("out.foo").read_text() == "a.txt\nb.txt\n"


def test_merging_with_plugins_of_a_pipeline_that_is_gone_says_so(folder):
    run(RECIPE, ["a.txt"], "out.jsonl", shard=(1, 1))
    (folder / "p.yaml").unlink()
    with pytest.raises(PipelineErrors, match=r"cannot read 'p\.yaml'"):
        merge("out.jsonl", allow_local_plugins=True)
