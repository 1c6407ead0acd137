"""How much memory a run takes, and whether it grows: peak RSS over 20,000 and over 200,000 documents.

    python benchmarks/running_memory.py [--docs 20000] [--times 10] [--workers 1]

The pipeline is core's `drop`, so the figure is that of the framework; models come on top, once a worker. The peak is
that of the largest process of the run (parent or worker), as the kernel counts it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from running_cost import write_documents

MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--docs", type=int, default=20_000)
    ask.add_argument("--times", type=int, default=10)
    ask.add_argument("--workers", type=int, default=1)
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "p.yaml").write_text("steps: [{drop: {if: len(text) < 10}}]\n")

        def peak(docs: int) -> float:
            write_documents(folder / "in.jsonl", docs)
            tamis = [sys.executable, "-c", "from tamis.cli import main; main()", "run", "p.yaml", "in.jsonl"]
            command = [*tamis, "-o", "out.jsonl", "--overwrite", "-j", str(given.workers)]
            found = subprocess.run(
                [sys.executable, "-c", MEASURE, *command], cwd=folder, check=True, capture_output=True, text=True
            )
            return int(found.stdout) / 1024

        few, many = peak(given.docs), peak(given.docs * given.times)
        size = (folder / "in.jsonl").stat().st_size
    print(
        json.dumps(
            {
                "docs": [given.docs, given.docs * given.times],
                "megabytes_read": round(size / 1e6),
                "peak_mib": [round(few, 1), round(many, 1)],
                "growth_percent": round(100 * (many / few - 1), 2),
            }
        )
    )


if __name__ == "__main__":
    main()
