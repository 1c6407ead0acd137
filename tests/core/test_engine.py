"""Shards done for executors of other engines: warm children, made of what the run was begun with."""

import json
import os
from pathlib import Path

import pytest

from tamis.errors import RunError
from tamis.runner import Recipe
from tamis.runner import run
from tamis.runner.plan import make_plan
from tamis.runner.tasks import TaskRunner

PLUGIN = '''
from pathlib import Path

import tamis
from tamis.models import cached_by_file
from tamis.runner import run_job

@cached_by_file
def load(model):
    return Path(model).read_text()

class Say(tamis.Step):
    """Say what the model says."""
    gives = ("said",)
    model: str
    """The file with the model."""

    def find(self, doc):
        yield tamis.Label("said", load(self.model))

class Here:
    """Does the shards in this process, as the task of an engine does."""

    def run(self, plan, todo, workers=1, address=""):
        yield from (run_job(plan.job(number)) for number in todo)

@tamis.hookimpl
def tamis_steps():
    return {"say": Say}

@tamis.hookimpl
def tamis_executors():
    return {"here": Here()}
'''
RECIPE = Recipe("p.yaml", (), True)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "say.py").write_text(PLUGIN)
    (tmp_path / "p.yaml").write_text("plugins: [./say.py]\nsteps:\n  - {use: say, with: {model: model.txt}}\n")
    (tmp_path / "model.txt").write_text("one")
    (tmp_path / "a.txt").write_text("News.")
    return tmp_path


def said():
    run(RECIPE, ["a.txt"], "out.jsonl", executor="here")
    return json.loads(Path("out.jsonl").read_text())["labels"]["said"]["value"]


def test_a_model_that_was_trained_anew_is_used_by_the_next_run(folder):
    assert said() == "one"
    (folder / "model.txt").write_text("two")
    os.utime("model.txt", ns=(1, 1))
    assert said() == "two"


def test_a_worker_refuses_a_run_that_was_begun_with_another_model(folder):
    made = RECIPE.make()
    plan = make_plan(RECIPE, made, ["a.txt"], "out.jsonl", None, False, None)
    (folder / "model.txt").write_text("two")
    setup = {**plan.setup(), "batch": 1, "timeout": 60.0, "warm": False}
    with pytest.raises(RunError, match=r"^model\.txt changed while the run went on, or differs where the worker is"):
        TaskRunner(setup, None)
