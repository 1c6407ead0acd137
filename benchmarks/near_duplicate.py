"""Which copies of real articles `tamis-near-duplicate` finds: python benchmarks/near_duplicate.py DATA

Each Wikinews article comes back in five ways, among 3,000 short news items of the same kind of subjects, some of them
of the same event; those are no copies.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from collections import defaultdict
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tamis import Document
from tamis_near_duplicate import learn

Lines = list[str]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a packed JSONL file."""
    with gzip.open(path, "rt") as lines:
        yield from map(json.loads, lines)


def copies(furniture: list[Lines], dice: random.Random) -> dict[str, Callable[[Lines], Lines]]:
    """Return the ways in which an article comes back."""

    def framed(lines: Lines) -> Lines:
        frame = dice.choice(furniture)
        return [*frame[:2], *lines, *frame[2:]]

    def edited(lines: Lines) -> Lines:
        words = " ".join(lines).split(" ")
        for _ in range(len(words) // 25):
            words[dice.randrange(len(words))] = "changed"
        return [" ".join(words)]

    def shortened(lines: Lines) -> Lines:
        return lines[: max(1, len(lines) * 7 // 10)]

    def without_one(lines: Lines) -> Lines:
        gone = dice.randrange(1, len(lines)) if len(lines) > 2 else len(lines)
        return lines[:gone] + lines[gone + 1 :]

    return {
        "other furniture": framed,
        "the last third cut": shortened,
        "both": lambda lines: framed(shortened(lines)),
        "one paragraph less": without_one,
        "one word of 25 changed": edited,
    }


def main() -> None:
    """Print how many copies of each kind are found, and how many others are taken for copies."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    data = parser.parse_args().data
    by_site = defaultdict(list)
    for row in rows(data / "boilerplate" / "residue" / "segments_dev.jsonl.gz"):
        if row["label"] == "cut":
            by_site[row["site"]].append(row["text"].strip())
    ways = copies([by_site[site] for site in sorted(by_site) if len(by_site[site]) >= 3], random.Random(1))
    documents, wanted = [], {}
    for number, row in enumerate(rows(data / "topics" / "wikinews_none.jsonl.gz")):
        lines = [line for line in row["text"].splitlines() if line.strip()]
        first = f"{number:03d}"
        documents.append(Document("\n".join(lines), first))
        for way, change in ways.items():
            documents.append(Document("\n".join(change(lines)), f"{first} {way}"))
            wanted[f"{first} {way}"] = (first, way)
    others = [row["text"] for row in rows(data / "topics" / "weak_pool.jsonl.gz")][:3000]
    documents += [Document(text, f"other {number}") for number, text in enumerate(others)]
    found = {copy: first.id for first in learn(documents).firsts for copy in first.copies}
    count = Counter(way for _, way in wanted.values())
    right = Counter(way for copy, (first, way) in wanted.items() if found.get(copy) == first)
    for way in ways:
        print(f"{way:24s} {right[way]:4d} of {count[way]}")
    print(f"{'others':24s} {sum(copy not in wanted for copy in found):4d} of {len(others)}")


if __name__ == "__main__":
    main()
