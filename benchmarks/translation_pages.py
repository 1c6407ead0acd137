"""Measure the step `translation` on pages with marked artefacts: python benchmarks/translation_pages.py [FILE.jsonl]

FILE has a page a line: `text`, `machine_translated`, `source_lang`, `spans` of {start, end, kind}. Without FILE the
pages in `seeds/` are judged, those for tuning and those held out apart. A span is found where a mark touches it; a mark
is right where it touches a span (on seeds also the furniture that the gold answers cut).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from sklearn.metrics import roc_auc_score

from tamis import Document
from tamis import Label
from tamis import Mark
from tamis_translation import Translation

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
Place = tuple[int, int, str]


class Page(NamedTuple):
    """A page with its gold answers."""

    text: str
    machine: bool
    source: str | None
    spans: Sequence[Place]
    #: Places where a mark is no mistake.
    allowed: Sequence[Place]
    held_out: bool


def from_file(path: Path) -> list[Page]:
    """Return the pages of a JSON Lines file."""
    pages = []
    for line in path.read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        spans = [(span["start"], span["end"], span["kind"]) for span in page["spans"]]
        pages.append(Page(page["text"], page["machine_translated"], page.get("source_lang"), spans, spans, False))
    return pages


def from_seeds() -> list[Page]:
    """Return the English pages of `seeds/`."""
    pages = []
    for path in sorted(SEEDS.glob("*.yaml")):
        gold = yaml.safe_load(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        if gold["language"] == "en" and len(text) > 600:
            spans = _places(text, gold.get("artefacts", []))
            allowed = [*spans, *_places(text, gold.get("cuts", []))]
            held_out = bool(gold.get("held_out"))
            pages.append(Page(text, gold["machine_translated"], gold.get("source_language"), spans, allowed, held_out))
    return pages


def _places(text: str, items: Sequence[dict[str, str]]) -> list[Place]:
    places, at = [], 0
    for item in items:
        start = text.index(item["text"], at)
        at = start + len(item["text"])
        places.append((start, at, item["kind"]))
    return places


def touches(start: int, end: int, places: Sequence[Place]) -> bool:
    """Say whether one of *places* has a character between *start* and *end*."""
    return any(start < last and first < end for first, last, _ in places)


def report(name: str, pages: Sequence[Page]) -> None:
    """Print the figures on *pages*."""
    step = Translation(min_words=0)
    scores, found, all_of = [], Counter[str](), Counter[str]()
    right = marks = clean = 0
    sources: dict[str, list[bool]] = defaultdict(list)
    for page in pages:
        findings = list(step.find(Document(page.text)))
        labels = {one.name: one for one in findings if isinstance(one, Label)}
        places = [(*one.span, one.name) for one in findings if isinstance(one, Mark)]
        scores.append(labels["machine_translated"].score or 0.0)
        if page.machine:
            sources[page.source or ""].append(labels["source_language"].value == page.source)
            for start, end, kind in page.spans:
                all_of[kind] += 1
                found[kind] += touches(start, end, places)
            marks += len(places)
            right += sum(touches(start, end, page.allowed) for start, end, _ in places)
        else:
            clean += not places
    gold = np.array([page.machine for page in pages])
    said = np.array(scores)
    print(f"{name}: {gold.sum()} machine-translated pages, {(~gold).sum()} others")
    print(f"  AUC {roc_auc_score(gold, said):.3f}, accuracy at .5 {np.mean((said >= 0.5) == gold):.3f}", end=", ")
    print(f"Brier {np.mean((said - gold) ** 2):.3f}")
    each = {source: float(np.mean(answers)) for source, answers in sorted(sources.items())}
    print(f"  source language, balanced: {np.mean(list(each.values())):.3f}")
    print(f"  artefacts found: {found.total() / all_of.total():.3f} of {all_of.total()}", end="; ")
    print(
        f"marks that touch one: {right / max(1, marks):.3f} of {marks}; others without a mark: {clean}/{(~gold).sum()}"
    )
    print(" ", {kind: f"{found[kind]}/{count}" for kind, count in all_of.most_common()})


def main(*paths: str) -> None:
    """Report on the files *paths*, or on the seeds."""
    for path in paths:
        report(path, from_file(Path(path)))
    if not paths:
        pages = from_seeds()
        report("seeds for tuning", [page for page in pages if not page.held_out])
        report("seeds held out", [page for page in pages if page.held_out])


if __name__ == "__main__":
    main(*sys.argv[1:])
