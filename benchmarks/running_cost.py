"""What the framework costs: read, five steps that find nothing, write; CPU against datatrove's in the same run.

    python benchmarks/running_cost.py [--docs 20000] [--rounds 5] [--peer /path/to/python/with/datatrove]

Both read the same JSON lines (news-length texts of made-up words) and write JSON lines, in one worker. CPU is user plus
system time of all processes; the cost of starting up (a run over one document) is subtracted. Rounds alternate; the
medians and their ratio count, single figures depend on the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

STEP = '''
import tamis

class Noop(tamis.Step):
    """Find nothing."""

    def find(self, doc):
        return ()

@tamis.hookimpl
def tamis_steps():
    return {"noop": Noop}
'''
PIPELINE = "plugins: [./noop.py]\nsteps:\n" + "".join(f"  - {{use: noop, id: {each}}}\n" for each in "abcde")
PEER = """
import sys
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.filters import LambdaFilter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

folder, name, out, compression = sys.argv[1:]
noops = [LambdaFilter(lambda doc: True) for _ in range(5)]
steps = [JsonlReader(folder, glob_pattern=name), *noops, JsonlWriter(out, compression=compression or None)]
LocalPipelineExecutor(steps, tasks=1, logging_dir=out + "/logs").run()
"""
WORDS = ["the", "of", "a", "minister", "said", "gas", "exports", "rose", "after", "talks", "trade", "with", "summit"]


def write_documents(path: Path, count: int) -> None:
    """Write *count* documents of about 3 KB."""
    rng = random.Random(5)
    with path.open("w") as file:
        for i in range(count):
            text = "\n".join("“" + " ".join(rng.choices(WORDS, k=18)) + "”, she said." for _ in range(24))
            print(json.dumps({"id": f"d{i}", "text": text, "date": "2020-01-01"}), file=file)


def cpu_of(command: list[str], folder: Path) -> float:
    """Return the CPU seconds of *command* and all its children."""
    before = os.times()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--docs", type=int, default=20_000)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--peer", help="a Python that has datatrove; without it only tamis is measured")
    ask.add_argument("--gzip", action="store_true", help="measure datatrove with its default, packed output, too")
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "noop.py").write_text(STEP)
        (folder / "noop.yaml").write_text(PIPELINE)
        (folder / "peer.py").write_text(PEER)
        write_documents(folder / "many.jsonl", given.docs)
        write_documents(folder / "one.jsonl", 1)

        def ours(what: str, i: int) -> float:
            command = [
                sys.executable,
                "-c",
                "from tamis.cli import main; main()",
                "run",
                "noop.yaml",
                "--allow-local-plugins",
                what,
            ]
            return cpu_of([*command, "-o", f"ours{i}/{what}", "--overwrite"], folder)

        def theirs(what: str, i: int, compression: str = "") -> float:
            return cpu_of([given.peer, "peer.py", ".", what, f"theirs{i}{compression}/{what}", compression], folder)

        measures: dict[str, Callable[[str, int], float]] = {"tamis": ours}
        if given.peer:
            measures["datatrove"] = theirs
        if given.peer and given.gzip:
            measures["datatrove_with_its_default_gzip"] = lambda what, i: theirs(what, i, "gzip")
        figures: dict[str, list[float]] = {key: [] for key in measures}
        for i in range(given.rounds):
            for key, measure in measures.items():
                cost = measure("many.jsonl", i) - measure("one.jsonl", i)
                figures[key].append(cost / given.docs * 1e6)
        medians = {key: round(statistics.median(each), 1) for key, each in figures.items() if each}
        result: dict[str, object] = {"docs": given.docs, "microseconds_a_document": medians}
        if given.peer:
            result["ratios"] = {
                key: round(medians["tamis"] / each, 3) for key, each in medians.items() if key != "tamis"
            }
        print(json.dumps(result))


if __name__ == "__main__":
    main()
