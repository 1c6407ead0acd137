"""Read what the translation model learns from: translated documents, texts written in English, pages of `seeds/`."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from typing import NamedTuple

import numpy as np
import yaml
from translation_native import SENTENCES
from translation_native import WIKINEWS
from translation_native import read_native

from tamis import Document
from tamis_translation.evidence import collect
from tamis_translation.features import features
from tamis_translation.lexicon import prepare
from tamis_translation.packs import Packs
from tamis_translation.packs import load
from tamis_translation.patterns import Text

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
FILES = ("wmt21_train.jsonl.gz", "wmt21_dev.jsonl.gz", "ht_vs_mt_de_en_docs.jsonl.gz")


@dataclass(frozen=True)
class Kind:
    """What a training text is, and where it comes from."""

    label: str
    language: str
    document: str
    system: str
    fold: str
    source: str
    #: 0 for texts written in English that come with no translation.
    year: int


@dataclass(frozen=True)
class Row(Kind):
    """A training text: what it is, where it comes from, its features."""

    text: str
    words: int
    found: Any
    counts: Any
    #: Of the evidence that the rules find.
    weight: float


def read(folder: Path) -> list[Row]:
    """Return the training texts in *folder*."""
    texts: list[Row] = []
    packs = load()
    for name in FILES:
        with gzip.open(folder / "translation" / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                data = json.loads(line)
                text = data["text"] if "text" in data else " ".join(data["segments"])
                language = "en" if data["label"] == "orig" else data["source_lang"] or "en"
                if "doc" in data:
                    document, fold = data["doc"], language if language != "en" else f"en{len(texts) % 3}"
                else:
                    document = f"{data['german_is']}-{data['year']}-{data['id'].rsplit('-', 1)[1]}"
                    fold = f"years{data['year'] % 3}"
                if data.get("german_is") == "translation" and data["label"] == "mt":
                    language = "de-en"  # English carried to German and back: no German original
                kind = Kind(data["label"], language, document, data["system"] or "", fold, name[:4], int(data["year"]))
                texts.append(row_of(text, packs, kind))
    for number, native in enumerate(read_native(folder)):
        kind = Kind("orig", "en", native.document, "", f"en{number % 3}", "native", 0)
        texts.append(row_of(native.text, packs, kind))
    return texts


def row_of(text: str, packs: Packs, kind: Kind) -> Row:
    """Return *text* with its features and the weight of the evidence in it."""
    prepared = ready(text)
    found, counts = np.unique(features(prepared), return_counts=True)
    weight = collect(prepared, packs).weight
    return Row(**vars(kind), text=text, words=len(prepared.words), found=found, counts=counts, weight=weight)


class Page(NamedTuple):
    """A page written for the project."""

    name: str
    text: str
    machine_translated: bool


def read_pages() -> list[Page]:
    """Return the English pages of `seeds/` that are long enough and not held out."""
    pages = []
    for path in sorted(SEEDS.glob("*.yaml")):
        gold = yaml.safe_load(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        if gold["language"] == "en" and not gold.get("held_out") and len(text) > 600:
            pages.append(Page(path.stem, text, gold["machine_translated"]))
    return pages


def ready(text: str) -> Text:
    """Return *text* as the rules and the features want it."""
    words = Document(text).words
    return prepare(text, list(words.texts), list(words.starts), list(words.ends))


def documents(folder: Path, name: str) -> set[str]:
    """Return the documents of the file *name*."""
    with gzip.open(folder / "translation" / name, "rt", encoding="utf-8") as lines:
        return {json.loads(line)["doc"] for line in lines}


def digest(folder: Path) -> str:
    """Return the hash of all files in *folder* that are read."""
    found = hashlib.sha256()
    for name in [*(f"translation/{name}" for name in FILES), WIKINEWS, SENTENCES]:
        found.update((folder / name).read_bytes())
    return found.hexdigest()
