"""How much faster two workers are than one, with the default chain.

    python benchmarks/running_workers.py [--docs 20000] [--rounds 3]

Documents are the seeds, each joined with others to news length. Wall time of whole runs; rounds alternate; the ratio of
medians. It says something only on a machine with two free cores.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from running_chain import make_texts


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--docs", type=int, default=20_000)
    ask.add_argument("--rounds", type=int, default=3)
    given = ask.parse_args()
    seconds: dict[int, list[float]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "in.jsonl").open("w") as file:
            for i, text in enumerate(make_texts(given.docs)):
                print(json.dumps({"id": str(i), "text": text}), file=file)
        for _ in range(given.rounds):
            for workers, times in seconds.items():
                tamis = [sys.executable, "-c", "from tamis.cli import main; main()", "run", "default", "in.jsonl"]
                started = perf_counter()
                command = [*tamis, "-o", "out.jsonl", "--overwrite", "-j", str(workers)]
                subprocess.run(command, cwd=folder, check=False, stderr=subprocess.DEVNULL)
                times.append(perf_counter() - started)
    one, two = (statistics.median(seconds[workers]) for workers in (1, 2))
    figures = {"docs": given.docs, "seconds": [round(one, 2), round(two, 2)], "speedup": round(one / two, 2)}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
