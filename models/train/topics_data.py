"""The texts that teach the shipped topic model, and those that say how good it is."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tamis.learn.words import fold

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
FOLDS = 5
_TRIGGERS = """energy power oil gas nuclear fuel electricity plant solar wind pipeline coal trade trades traded tariff
export exports import imported customs duty deal ambassador embassy diplomatic diplomat foreign treaty talks summit
sanctions envoy relations agreement negotiations minister peace"""
#: Words that often, but not by themselves, make a topic.
TRIGGERS = _TRIGGERS.split()
#: From how many words on a text of no topic is repeated with trigger words in it, and how often.
LONG = 60
COPIES = 2
#: Documents of one year with numbers as near as this are kept in one fold: some are one article, numbered anew.
NEAR = 12


@dataclass(slots=True)
class Text:
    """A text to learn from, with what is known of it."""

    text: str
    labels: list[str]
    #: Whether the labels were read (or written with the text); otherwise they are weak, or there are none.
    sure: bool
    #: How much it counts as read; of a text that is not, how much its weak labels count before they are scaled.
    weight: float
    #: How much it counts once the first model has labelled it.
    guessed: float
    #: Its fold; versions of one article share it.
    fold: int
    #: Written for this.
    own: bool = False
    #: Translated by machine.
    machine: bool = False


@dataclass(slots=True)
class Judged:
    """A text that says how good the model is."""

    text: str
    labels: list[str]
    #: "long" or "short" of the development items, or "seed".
    kind: str
    #: Another careful reader might label it otherwise.
    disputed: bool = False


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a (gzipped) JSONL file."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def part(key: str, parts: int) -> int:
    """Return which of *parts* the item *key* belongs to."""
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % parts


def titled(item: dict[str, Any]) -> str:
    """Return title and text."""
    return f"{item['title']}\n{item['text']}" if item.get("title") else str(item["text"])


def articles(data: Path) -> Iterator[Text]:
    """Return the articles of the translation data that were read: of each its human version, and one by machine."""
    labels = {(row["source"], row["id"]): row for row in rows(HERE / "topics_labels_documents.jsonl")}
    found: dict[tuple[str, str], dict[str, str]] = {}
    for item in rows(data / "translation/ht_vs_mt_de_en_docs.jsonl.gz"):
        # The labels of a document that the data numbers wrongly name the one version they hold for.
        alone, article = ("ht_vs_mt", item["id"]), ("ht_vs_mt", item["id"].split("-", 1)[1])
        versions = found.setdefault(alone if alone in labels else article, {})
        versions.setdefault("mt" if item["label"] == "mt" else "human", item["text"])
    for name in ("train", "dev"):
        for item in rows(data / f"translation/wmt21_{name}.jsonl.gz"):
            versions = found.setdefault(("wmt21", item["doc"]), {})
            versions.setdefault("mt" if item["label"] == "mt" else "human", "\n".join(item["segments"]))
    for key, versions in found.items():
        if key in labels:
            weight = (1 if labels[key]["uncertain"] else 2) * 2 / len(versions)
            fold = part(_near(key[1]), FOLDS)
            for kind, text in versions.items():
                yield Text(text, labels[key]["labels"], True, weight, 0, fold, machine=kind == "mt")


def _near(article: str) -> str:
    """Return what an article has in common with those it may be one with."""
    numbered = re.search(r"((?:org|trans)_de-wmt\d+)-(\d+)$", article)
    return f"{numbered[1]}:{int(numbered[2]) // NEAR}" if numbered else article


def groups() -> dict[str, list[list[str]]]:
    """Return the words and pairs of `topics_words.txt`, as models know them, by group."""
    found: dict[str, list[list[str]]] = {}
    for line in (HERE / "topics_words.txt").read_text("utf-8").splitlines():
        if line.startswith("= "):
            group = found.setdefault(line[2:], [])
        elif line and not line.startswith("#"):
            terms = line.split("|") if "|" in line else line.split()
            plurals = [term[:-1] + "s" for term in terms if term.endswith("+")]
            group += [[fold(word, digits=True) for word in term.rstrip("+").split()] for term in terms + plurals]
    return found


def corpus(data: Path) -> list[Text]:
    """Return all texts to learn from."""
    read = {row["id"]: row["labels"] for row in rows(HERE / "topics_labels.jsonl")}
    found = []
    for item in rows(data / "topics/weak_pool.jsonl.gz"):
        labels, fold = read.get(item["id"]), part(item["id"], FOLDS)
        # A text that its reader left undecided (null) teaches nothing in the first step.
        weak = 0.0 if item["id"] in read else 1.0
        sure = labels is not None
        found.append(Text(titled(item), labels if sure else item["labels"], sure, 4 if sure else weak, 0.7, fold))
    for item in rows(data / "topics/wikinews_none.jsonl.gz"):
        found.append(Text(titled(item), [], True, 4, 0, part(item["id"], FOLDS)))
    found += articles(data)
    for item in rows(HERE / "topics_written.jsonl"):
        found.append(Text(item["text"], item["labels"], True, 8, 0, part(item["text"], FOLDS), own=True))
    sentences = Counter(
        item["text"]
        for name in ("newsmtsc", "sentfin")
        for item in rows(data / f"sentiment/{name}_target_train.jsonl.gz")
    )
    found += [Text(text, [], False, 0, 0.4, part(text, FOLDS)) for text in sentences]
    return found


def development(data: Path) -> list[Judged]:
    """Return the development items and the English seeds that are not held out."""
    found = [
        Judged(titled(item), item["labels"], "long" if item["source"] == "wikinews" else "short", item["uncertain"])
        for item in rows(data / "topics/dev.jsonl.gz")
    ]
    for place in sorted(SEEDS.glob("*.yaml")):
        gold = yaml.safe_load(place.read_text("utf-8"))
        if gold.get("language") == "en" and not gold.get("held_out") and "topics" in gold:
            text = place.with_suffix(".txt").read_text("utf-8")
            for cut in gold.get("cuts") or []:
                text = text.replace(cut["text"], " ")
            found.append(Judged(text, gold["topics"] or [], "seed"))
    return found


def spiked(words: list[str], key: str) -> list[str]:
    """Return *words* with one of TRIGGERS put in 2 to 8 times: still of no topic, for a word alone makes none."""
    chance = random.Random(key)
    found, trigger = list(words), chance.choice(TRIGGERS)
    for _ in range(chance.randint(2, 8)):
        found.insert(chance.randrange(len(found) + 1), trigger)
    return found
