"""What `tamis-repeated` cuts of real furniture, and of the articles: python benchmarks/repeated.py DATA

Sixty sites are made up of real lines: the menus, prompts and notes that readers marked on 60 real sites stand at the
head, at the foot and in the middle of Wikinews articles, and a real prompt at the end of a paragraph, on 5 to 20 pages
a site.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
from collections import Counter
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tamis import Document
from tamis import Edit
from tamis_repeated import Repeated
from tamis_repeated import learn


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSONL file, packed or not."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        yield from map(json.loads, lines)


def pages(data: Path, seed: int) -> list[tuple[Document, set[str], str]]:
    """Return pages, each with the lines of its furniture and the prompt that its site puts into paragraphs."""
    furniture = defaultdict(list)
    for row in rows(data / "boilerplate" / "residue" / "segments_dev.jsonl.gz"):
        if row["label"] == "cut":
            furniture[row["site"]].append(row["text"].strip())
    prompts = [
        row["text"][span["start"] : span["end"]].strip()
        for row in rows(data / "boilerplate" / "residue" / "dev.jsonl")
        if row["form"] == "inline"
        for span in row["spans"]
    ]
    articles = [row["text"].splitlines() for row in rows(data / "topics" / "wikinews_none.jsonl.gz")]
    articles = [[line.strip() for line in article if line.strip()] for article in articles]
    articles = [article for article in articles if len(article) >= 4]
    dice = random.Random(seed)
    made = []
    for site in [site for site in sorted(furniture) if len(furniture[site]) >= 3][:60]:
        lines, prompt = furniture[site], dice.choice(prompts)
        half = len(lines) // 2
        for number in range(dice.randint(5, 20)):
            body = list(dice.choice(articles))
            if dice.random() < 0.7:
                body[1] += f" {prompt}"
            if dice.random() < 0.8:
                body.insert(2, lines[0])
            text = "\n".join(lines[:half] + body + lines[half:])
            url = f"https://{site}/{number}"
            made.append((Document(text, url, {"url": url}), set(lines), prompt))
    return made


def main() -> None:
    """Print which share of the furniture goes, and how much of the articles."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--seed", type=int, default=3)
    arguments = parser.parse_args()
    made = pages(arguments.data, arguments.seed)
    count: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        learn(lambda: (doc for doc, _, _ in made)).save(f"{folder}/memory.json")
        step = Repeated(memory=f"{folder}/memory.json")
        for doc, furniture, prompt in made:
            cut = bytearray(len(doc.text))
            for found in step.find(doc):
                if isinstance(found, Edit):
                    cut[found.span[0] : found.span[1]] = b"\1" * (found.span[1] - found.span[0])
            start = 0
            for line in doc.text.split("\n"):
                end = start + len(line)
                if line in furniture:
                    count["lines"] += 1
                    count["lines cut"] += all(cut[start:end])
                else:
                    body = end - len(prompt) - 1 if line.endswith(f" {prompt}") else end
                    count["letters"] += body - start
                    count["letters cut"] += sum(cut[start:body])
                    if body < end:
                        count["prompts"] += 1
                        count["prompts cut"] += all(cut[body + 1 : end])
                start = end + 1
    print(f"{len(made)} pages")
    for kind in ("lines", "prompts", "letters"):
        gone = count[f"{kind} cut"]
        print(f"{kind:8s} {gone:6d} of {count[kind]:8d} cut, {100 * gone / count[kind]:6.2f} %")


if __name__ == "__main__":
    main()
