"""Streams: in order, bounded, and nothing that a document does costs another one."""

import os
import subprocess
import sys
import time

import pytest

import tamis
from tamis.errors import ConfigError
from tamis.errors import ModelError
from tamis.errors import RunError
from tamis.errors import StepError
from tamis.pipeline import Pipeline
from tamis.pipeline import Use
from tamis.runner import Limits
from tamis.runner.stream import stream


class Poison(tamis.Step):
    """Do what the text says."""

    def find(self, doc):
        if "raise" in doc.text:
            raise RuntimeError("boom")
        if "exit" in doc.text:
            os._exit(9)
        if "crash" in doc.text:
            import ctypes

            ctypes.string_at(0)
        if "sleep" in doc.text:
            time.sleep(600)
        if "eat" in doc.text:
            bytearray(1 << 40)
        if "drop" in doc.text:
            yield tamis.Drop("asked to")
        yield tamis.Mark((0, 0), "seen")


PIPELINE = Pipeline([Poison()])


def texts(count, **bad):
    named = {int(at[1:]): what for at, what in bad.items()}
    return [named.get(i, f"Text {i}") for i in range(count)]


@pytest.mark.parametrize("batch", [1, 16])
def test_a_stream_with_workers_gives_what_the_pipeline_gives(batch):
    docs = [tamis.Document(text, id=str(i)) for i, text in enumerate(texts(100, n7="drop"))]
    assert list(PIPELINE.stream(docs, workers=2, batch=batch)) == PIPELINE.process(docs)


def test_a_document_that_kills_costs_only_itself():
    found = list(PIPELINE.stream(texts(60, n3="raise", n20="exit", n21="crash", n40="eat"), workers=2))
    errors = {i: doc.error.error.partition(":")[0] for i, doc in enumerate(found) if doc.error}
    assert errors == {3: "RuntimeError", 20: "WorkerDied", 21: "WorkerDied", 40: "MemoryError"}
    assert {doc.error.step for doc in found if doc.error} == {"poison"}
    assert [doc.raw for doc in found[:3]] == ["Text 0", "Text 1", "Text 2"]


def test_a_document_that_takes_too_long_is_ended_and_says_where_it_was():
    [one, two] = stream(PIPELINE, map(tamis.Document, ["sleep", "fine"]), 1, limits=Limits(timeout_per_document=0.5))
    assert (one.error.step, one.error.error) == ("poison", "TimeoutError: took longer than 0.5 s")
    assert "in find" in one.error.traceback
    assert two.error is None


class Hang(tamis.Step):
    """Never come to an end."""

    def find(self, doc):
        time.sleep(600)
        return ()


def test_a_step_that_hangs_on_everything_fails_each_document_and_no_more(monkeypatch):
    monkeypatch.setattr("tamis.runner.supervisor.WARM_UP", 1.0)
    docs = map(tamis.Document, ["one", "two"])
    found = list(stream(Pipeline([Hang()]), docs, 1, limits=Limits(timeout_per_document=0.5)))
    assert [doc.error.error for doc in found] == ["TimeoutError: took longer than 0.5 s"] * 2


def test_a_consumer_that_stops_has_taken_few_documents():
    taken = []

    def source():
        for i in range(100_000):
            taken.append(i)
            yield f"Text {i}"

    results = PIPELINE.stream(source(), workers=2)
    for _ in range(20):
        next(results)
    results.close()
    assert len(taken) < 40


def test_an_error_of_the_source_comes_through():
    def source():
        yield "one"
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        list(PIPELINE.stream(source(), workers=1))


def test_a_script_that_streams_as_it_is_loaded_is_answered_with_the_cure(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import tamis\n\n"
        "class Nothing(tamis.Step):\n    def find(self, doc):\n        return ()\n\n"
        "list(tamis.Pipeline([Nothing()]).stream(['a'], workers=1))\n"
    )
    ended = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr.rstrip().endswith('put that under `if __name__ == "__main__":`')


def test_a_step_that_kills_every_worker_at_birth_is_a_run_error():
    class Local(tamis.Step):
        """Not importable: a child process cannot find it."""

    with pytest.raises((RunError, AttributeError, Exception), match="Local"):
        list(Pipeline([Local()]).stream(["a"], workers=1))


class Unfit(ConfigError):
    """A pipeline's mistake that a plugin tells by a class of its own."""


class Refuse(tamis.Step):
    """Raise what the text says."""

    def find(self, doc):
        raise {"own": Unfit("none fits"), "model": ModelError("no model")}.get(doc.text, RuntimeError("boom"))


@pytest.mark.parametrize("workers", [0, 1])
@pytest.mark.parametrize(
    ("text", "kind", "why"),
    [
        ("model", ModelError, "^no model$"),
        ("own", ConfigError, "^none fits$"),
        ("other", StepError, "^step 'refuse' failed on document 'd': RuntimeError: boom$"),
    ],
)
def test_what_ends_a_stream_is_the_same_error_in_every_process(workers, text, kind, why):
    pipeline = Pipeline([Use(Refuse(), "refuse", on_error="fail")])
    with pytest.raises(kind, match=why):
        list(pipeline.stream([tamis.Document(text, "d")], workers=workers))


LENIENT = """
import tamis

class Boom(tamis.Step):
    def find(self, doc):
        raise RuntimeError("boom")

@tamis.hookimpl
def tamis_steps():
    return {"boom": Boom}

@tamis.hookimpl
def tamis_failed(doc, step, error):
    return "keep" if "spare" in doc.text else None
"""


@pytest.mark.parametrize("workers", [0, 1])
def test_what_the_plugins_say_of_a_failure_counts_in_every_process(tmp_path, workers):
    (tmp_path / "lenient.py").write_text(LENIENT)
    (tmp_path / "p.yaml").write_text("plugins: [./lenient.py]\nsteps: [boom]\n")
    pipeline = tamis.load(tmp_path / "p.yaml", allow_local_plugins=True)
    found = pipeline.stream(["spare me", "not me"], workers=workers)
    assert [doc.error and doc.error.error for doc in found] == [None, "RuntimeError: boom"]
