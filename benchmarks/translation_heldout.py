"""Measure the translation classifier on what it has not seen: python benchmarks/translation_heldout.py DATA

For each split a model is trained on the rest and judged with the rules, as the step judges: the development documents
of WMT21, two of its languages left out, the years 2016-18 of the German-English set left out.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import time
from collections.abc import Callable
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from tamis import Document
from tamis_translation.evidence import collect
from tamis_translation.lexicon import prepare
from tamis_translation.model import Model
from tamis_translation.model import judge
from tamis_translation.packs import load as load_packs

TRAIN = Path(__file__).resolve().parents[1] / "models" / "train" / "translation.py"


def trainer() -> Any:
    """Return the training script as a module."""
    spec = importlib.util.spec_from_file_location("train_translation", TRAIN)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{TRAIN} is missing")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    sys.path.insert(0, str(TRAIN.parent))
    spec.loader.exec_module(module)
    return module


def paired(rows: Sequence[Any], scores: Sequence[float]) -> float:
    """Return how often the machine translation of a document scores above its human translation."""
    documents: dict[str, tuple[list[float], list[float]]] = {}
    for row, score in zip(rows, scores, strict=True):
        if row.label != "orig":
            documents.setdefault(row.document, ([], []))[row.label == "mt"].append(score)
    wins = [
        np.mean([(one > two) + 0.5 * (one == two) for one in machine for two in human])
        for human, machine in documents.values()
        if human and machine
    ]
    return float(np.mean(wins)) if wins else float("nan")


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the area under the curve."""
    if not positive or not negative:
        return float("nan")
    return float(roc_auc_score([1] * len(positive) + [0] * len(negative), [*positive, *negative]))


def calibration_error(labels: Sequence[bool], scores: Sequence[float]) -> float:
    """Return the expected calibration error in ten bins, both classes weighing the same."""
    sizes = {label: sum(label is other for other in labels) for label in (True, False)}
    bins: dict[int, float] = {}
    for label, score in zip(labels, scores, strict=True):
        bins[min(9, int(score * 10))] = bins.get(min(9, int(score * 10)), 0.0) + (score - label) * 0.5 / sizes[label]
    return sum(map(abs, bins.values()))


def report(name: str, rows: Sequence[Any], model: Model) -> None:
    """Print the figures of *model* on *rows*."""
    packs = load_packs()
    answers, marked = [], []
    for row in rows:
        words = Document(row.text).words
        text = prepare(row.text, words.texts, words.starts, words.ends)
        evidence = collect(text, packs)
        answers.append(judge(text, evidence, packs, model))
        marked.append(answers[-1].probability >= 0.5 and bool(evidence.shown(answers[-1].style)))
    scores = [answer.probability for answer in answers]
    by: dict[str, list[float]] = {"mt": [], "ht": [], "orig": []}
    for row, score in zip(rows, scores, strict=True):
        by[row.label].append(score)
    print(f"{name}: {len(by['mt'])} machine, {len(by['ht'])} human, {len(by['orig'])} written in English")
    print(f"  machine vs human: AUC {auc(by['mt'], by['ht']):.3f}, paired {paired(rows, scores):.3f}")
    if by["orig"]:
        limit = sorted(by["orig"])[int(0.95 * len(by["orig"])) - 1]
        rate = np.mean([score > limit for score in by["mt"]])
        print(f"  machine vs written in English: AUC {auc(by['mt'], by['orig']):.3f}, TPR at 5 % FPR {rate:.3f}")
    for system in ("deepl", "google"):
        found = [score for row, score in zip(rows, scores, strict=True) if row.system == system]
        if found:
            accuracy = (np.mean([score >= 0.5 for score in found]) + np.mean([score < 0.5 for score in by["ht"]])) / 2
            print(f"  {system}: balanced accuracy {accuracy:.3f}")
    shown = {label: sum(mark for row, mark in zip(rows, marked, strict=True) if row.label == label) for label in by}
    print("  with a mark:", ", ".join(f"{shown[label]} of {len(by[label])} {label}" for label in by))
    print(f"  calibration error {calibration_error([row.label == 'mt' for row in rows], scores):.3f}")
    languages: dict[str, list[bool]] = {}
    for row, answer in zip(rows, answers, strict=True):
        if row.label == "mt":
            languages.setdefault(row.language, []).append(answer.source() == row.language)
    each = {language: float(np.mean(right)) for language, right in sorted(languages.items())}
    print(
        f"  source language: {np.mean(list(each.values())):.3f}", {key: round(value, 2) for key, value in each.items()}
    )


def main(folder: str) -> None:
    """Train and report for each split."""
    train = trainer()
    data = importlib.import_module("translation_data")
    rows = [row for row in data.read(Path(folder)) if row.language != "de-en"]
    development = data.documents(Path(folder), "wmt21_dev.jsonl.gz")
    splits: dict[str, Callable[[Any], bool]] = {
        "WMT21, unseen documents": lambda row: row.document in development,
        "WMT21, Czech and Russian unseen": lambda row: row.language in ("cs", "ru"),
        "WMT21, Chinese and Japanese unseen": lambda row: row.language in ("zh", "ja"),
        "German-English, 2016-18 unseen": lambda row: row.fold.startswith("year") and row.year >= 2016,
    }
    for name, out in splits.items():
        start = time.process_time()
        model = Model(train.build([row for row in rows if not out(row)], {}))
        report(name, [row for row in rows if out(row)], model)
        print(f"  ({time.process_time() - start:.0f} s)", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:2])
