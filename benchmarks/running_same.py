"""Whether a run gives the same bytes however it is done: one sha256 over all ways.

    python benchmarks/running_same.py [--docs 2000] [--pipeline default]

1, 2 and 4 workers; 1, 16 and 256 documents at a time; four shards merged; ten runs interrupted after another
number of shards each, and resumed; Dask and Ray with two workers, where their plugins are installed. Documents are the
seeds, each joined with others to news length; clean, rejects and failed are hashed together.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from running_chain import make_texts

from tamis.errors import RunError
from tamis.host import Host
from tamis.runner import Limits
from tamis.runner import Recipe
from tamis.runner import merge
from tamis.runner import plan
from tamis.runner import run


def digest(stem: str) -> str:
    """Return the sha256 of the outputs of a run."""
    ends = ("", ".rejects", ".failed")
    return hashlib.sha256(b"".join(Path(f"{stem}{end}.jsonl").read_bytes() for end in ends)).hexdigest()


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--docs", type=int, default=2000)
    ask.add_argument("--pipeline", default="default")
    given = ask.parse_args()
    pipeline = given.pipeline if given.pipeline == "default" else str(Path(given.pipeline).resolve())
    recipe = Recipe(pipeline)
    plan.SHARD = 200 * given.docs  # type: ignore[misc]  # some twenty shards
    executors = [name for name in ("dask", "ray") if name in Host().executors]
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        (Path("in")).mkdir()
        texts = make_texts(given.docs)
        for start in range(0, len(texts), given.docs // 40):
            with Path(f"in/{start:06d}.jsonl").open("w") as file:
                for i, text in enumerate(texts[start : start + given.docs // 40], start):
                    print(json.dumps({"id": str(i), "text": text}), file=file)
                print("not JSON", file=file)

        def resumed(after: int) -> None:
            done = []

            def stop(_: object) -> None:
                done.append(1)
                if len(done) == after:
                    raise KeyboardInterrupt

            try:
                run(recipe, ["in"], "out.jsonl", workers=2, on_progress=stop)
                raise SystemExit(f"the run was over before {after} shards")
            except KeyboardInterrupt:
                pass
            try:
                run(recipe, ["in"], "out.jsonl")
            except RunError:
                run(recipe, ["in"], "out.jsonl", workers=2, resume=True)

        def sharded() -> None:
            for i in (3, 1, 4, 2):
                run(recipe, ["in"], "out.jsonl", shard=(i, 4))
            merge("out.jsonl")

        ways: dict[str, Callable[[], object]] = {
            f"{workers} workers": lambda workers=workers: run(recipe, ["in"], "out.jsonl", workers=workers)
            for workers in (1, 2, 4)
        }
        for batch in (1, 16, 256):
            ways[f"batch {batch}"] = lambda batch=batch: run(recipe, ["in"], "out.jsonl", limits=Limits(batch=batch))
        ways["4 shards merged"] = sharded
        for after in range(1, 11):
            ways[f"resumed after {after}"] = lambda after=after: resumed(after)
        for engine in executors:
            address = f"{engine}://local"
            ways[engine] = lambda address=address: run(recipe, ["in"], "out.jsonl", workers=2, executor=address)
        found: dict[str, list[str]] = {}
        for way, do in ways.items():
            do()
            found.setdefault(digest("out"), []).append(way)
            for file in Path().glob("out*"):
                file.unlink()
    print(json.dumps({"docs": len(texts), "ways": len(ways), "engines": executors, "sha256": len(found)}))
    if len(found) > 1:
        raise SystemExit(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
