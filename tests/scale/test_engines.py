"""Dask, Ray and Parquet: the same bytes as a local run, and nothing lost when an engine's worker dies."""

import hashlib
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tamis.runner import Recipe
from tamis.runner import merge
from tamis.runner import run

STEP = '''
import os
import time
import tamis

class Poison(tamis.Step):
    """Do what the text says."""

    def find(self, doc):
        time.sleep(0.001)
        if "raise" in doc.text:
            raise RuntimeError("boom")
        if "exit" in doc.text:
            os._exit(9)
        if "drop" in doc.text:
            yield tamis.Drop("asked to")
        yield doc.cut((0, 1), "first")

@tamis.hookimpl
def tamis_steps():
    return {"poison": Poison}
'''
RECIPE = Recipe("p.yaml", (), True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scale")
    (folder / "poison.py").write_text(STEP)
    (folder / "p.yaml").write_text("plugins: [./poison.py]\nsteps: [poison]\n")
    with (folder / "in.jsonl").open("w") as file:
        for i in range(6000):
            what = {7: "raise", 2500: "exit", 2600: "drop"}.get(i, "fine")
            print(json.dumps({"id": str(i), "text": f"{what} {i} " + "words " * 700}), file=file)
    here = Path.cwd()
    os.chdir(folder)
    yield folder
    os.chdir(here)


def digest(stem):
    ends = ("", ".rejects", ".failed")
    return hashlib.sha256(b"".join(Path(f"{stem}{end}.jsonl").read_bytes() for end in ends)).hexdigest()


@pytest.fixture(scope="module")
def local(folder):
    """The sha256 of a local run."""
    assert str(run(RECIPE, ["in.jsonl"], "local.jsonl")) == "read 6000 = clean 5997 + rejects 1 + failed 2"
    return digest("local")


@pytest.mark.parametrize("engine", ["dask", "ray"])
def test_an_engine_gives_the_same_bytes(local, engine):
    run(RECIPE, ["in.jsonl"], f"{engine}.jsonl", workers=2, executor=f"{engine}://local")
    assert digest(engine) == local


def test_shards_merged_give_the_same_bytes(local):
    for i in range(1, 5):
        run(RECIPE, ["in.jsonl"], "shards.jsonl", shard=(i, 4))
    merge("shards.jsonl")
    assert digest("shards") == local


def engines_workers():
    """Return the processes, none of them this one, that have a worker of tamis as their child."""
    found = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
    rows = [line.split(None, 2) for line in found.stdout.splitlines()]
    parents = {int(pid): int(parent) for pid, parent, _ in rows}

    def is_below(pid):
        while pid in parents:
            pid = parents[pid]
            if pid == os.getpid():
                return True
        return False

    owners = {int(parent) for _, parent, args in rows if "tamis.runner.worker" in args}
    return [pid for pid in owners if pid != os.getpid() and is_below(pid)]


@pytest.mark.parametrize("engine", ["dask", "ray"])
def test_an_engine_whose_worker_is_killed_loses_and_doubles_nothing(local, engine):
    killed = []

    def kill(progress):
        deadline = time.monotonic() + 10
        while not killed and time.monotonic() < deadline:
            for pid in engines_workers()[:1]:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
        killed.append(None)

    out = f"{engine}-killed"
    run(RECIPE, ["in.jsonl"], f"{out}.jsonl", workers=2, executor=f"{engine}://local", on_progress=kill)
    assert killed[0], "no worker was found to kill"
    assert digest(out) == local
    assert not Path(f"{out}.parts").exists()
