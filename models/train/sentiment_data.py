"""The training data of the tone models: texts with their tone, and the word lists."""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from collections import Counter
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from typing import NamedTuple

from tamis.text import Segments
from tamis_sentiment.lexicon import parse_events
from tamis_sentiment.reading import stem_keys

HERE = Path(__file__).parent
#: A word is a name where at least this share of its uses inside sentences is capitalised.
NAME_SHARE = 0.7
#: Another name gives another split: take a new one where figures have been looked at often.
SPLIT = "third"
#: Of how many translations of a document the first line and the lead are texts of their own.
VERSIONS = 2
#: How many sentences a written pattern makes.
EXPANDED = 12


class Unit(NamedTuple):
    """A text with its tone; `group` is the same for translations of one document."""

    text: str
    label: str
    weight: float
    domain: str
    group: str
    alt: tuple[str, ...] = ()


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a (gzipped) JSONL file."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def agreeing(items: Iterable[dict[str, Any]], domain: str) -> list[Unit]:
    """Return the texts all of whose targets have one label, with it."""
    labels: dict[str, set[str]] = {}
    for item in items:
        labels.setdefault(item["text"], set()).add(item["label"])
    return [Unit(text, next(iter(found)), 1.0, domain, text) for text, found in labels.items() if len(found) == 1]


def documents(data: Path) -> list[Unit]:
    """Return the labelled documents and short news items (`portal`).

    Each translation is a unit of its own, the weights of those of one document sum to 1.
    """
    texts: dict[str, list[str]] = defaultdict(list)
    for name in ("wmt21_train", "wmt21_dev"):
        for item in rows(data / f"translation/{name}.jsonl.gz"):
            texts[item["doc"]].append("\n".join(item["segments"]))
    for item in rows(data / "translation/ht_vs_mt_de_en_docs.jsonl.gz"):
        texts[item["id"].split("-", 1)[1]].append(item["text"])
    for item in rows(data / "topics/wikinews_none.jsonl.gz") + rows(data / "topics/dev.jsonl.gz"):
        texts[item["id"]].append(f"{item['title']}\n{item['text']}" if item["title"] else item["text"])
    for item in rows(data / "topics/weak_pool.jsonl.gz"):
        texts[item["id"]].append(item["text"])
    return [
        Unit(text, item["label"], 1 / len(texts[item["id"]]), item["source"], item["id"], tuple(item["alt"]))
        for item in rows(HERE / "sentiment_labels.jsonl")
        for text in texts[item["id"]]
    ]


def openings(units: Iterable[Unit]) -> list[Unit]:
    """Return the first lines and the leads of documents as texts of their own, with the tone of the document.

    Of a document in many translations two are taken. They are news of all subjects in the form of headlines and
    sentences, where the other data are of politics and of markets alone.
    """
    taken: Counter[str] = Counter()
    found = []
    for unit in units:
        if unit.domain == "portal":
            continue
        taken[unit.group] += 1
        spans = Segments(unit.text).sentences
        if taken[unit.group] > VERSIONS or not spans:
            continue
        weight = 1.0 if unit.weight == 1 else 1 / VERSIONS
        first = unit.text[spans[0].start : spans[0].end].split("\n", 1)[0]
        lead = unit.text[spans[min(1, len(spans) - 1)].start : spans[min(3, len(spans) - 1)].end]
        found += [
            Unit(text, unit.label, weight, domain, unit.group, unit.alt)
            for text, domain in ((first, "titles"), (lead, "leads"))
        ]
    return found


def lexicon_state(data: Path) -> dict[str, Any]:
    """Return the state of the lexicon: our news events and valences, the opinion lexicon, the valences of VADER."""
    state = parse_events((HERE / "sentiment_events.txt").read_text("utf-8").split("\n"))
    opinion: dict[str, int] = {}
    with zipfile.ZipFile(data / "sentiment/opinion_lexicon.zip") as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".txt"):
                sign = 1 if "positive" in name else -1
                for word in archive.read(name).decode("latin-1").split("\n"):
                    if word and not word.startswith(";"):
                        opinion[word] = opinion.get(word, 0) + sign
    valence: dict[str, float] = {}
    with zipfile.ZipFile(data / "sentiment/vader_lexicon.zip") as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".txt"):
                for line in archive.read(name).decode("utf-8").split("\n"):
                    word, *numbers = line.split("\t")
                    if numbers and word.isascii() and word.replace("-", "").isalpha():
                        valence[word] = float(numbers[0])
    state["opinion"] = {word: sign for word, sign in sorted(opinion.items()) if sign}
    state["valence"] = dict(sorted(valence.items()))
    graded = [line for line in entries("sentiment_valence.txt") if line.count("\t") == 1]
    state["graded"] = "\n".join(sorted(graded))
    return state


def entries(name: str) -> list[str]:
    """Return the lines of the word list *name* beside this script, without comments and empty lines."""
    return [line for line in (HERE / name).read_text("utf-8").split("\n") if line and not line.startswith("#")]


def proper_names(texts: Iterable[str]) -> set[str]:
    """Return the words, and beginnings of words, that are mostly capitalised inside sentences.

    A tone must not hang on who is named.
    """
    capital: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for text in texts:
        segments = Segments(text)
        first = {span.start for span in segments.sentences}
        for word, start in zip(segments.words.texts, segments.words.starts, strict=True):
            if start not in first:
                norm = word.lower().replace("’", "'").removesuffix("'s")
                for form in (norm, *(key[2:] for key in stem_keys(norm))):
                    total[form] += 1
                    capital[form] += word[0].isupper()
    return {word for word, count in total.items() if capital[word] >= NAME_SHARE * count}


def names_one(key: str, names: set[str]) -> bool:
    """Return whether the feature *key* is a word or a pair of words with one of *names* in it."""
    return key[0] in "wb" and not names.isdisjoint(key.partition(":")[2].split(" "))


def part(group: str, parts: int) -> int:
    """Return which of so many *parts* of the data *group* belongs to."""
    return int(hashlib.md5(f"{SPLIT} {group}".encode()).hexdigest(), 16) % parts


class Pattern(NamedTuple):
    """A written text with its labels; *filled* is what stands in it for each of the lists."""

    labels: list[str]
    text: str
    filled: dict[str, str]


def patterns(name: str) -> list[Pattern]:
    """Return the texts of the file *name*: each pattern with the next entries of its lists in turn."""
    lists: dict[str, list[str]] = {}
    found: dict[str, Pattern] = {}
    for line in (HERE / name).read_text("utf-8").split("\n"):
        key, equals, entries = line.partition(" = ")
        labels, colon, pattern = line.partition(": ")
        if line.startswith("#"):
            continue
        if equals:
            lists[key] = entries.split(" | ")
        elif colon:
            for turn in range(EXPANDED if "{" in pattern else 1):
                filled = {
                    one: values[turn * (2 * at + 1) % len(values)] for at, (one, values) in enumerate(lists.items())
                }
                text = pattern.format(**filled)
                found[text] = Pattern(labels.split(" "), text, filled)
    return list(found.values())


def written() -> list[Unit]:
    """Return the texts of `sentiment_written.txt` with their tone."""
    return [Unit(one.text, one.labels[0], 1.0, "written", one.text) for one in patterns("sentiment_written.txt")]


def written_targets() -> list[dict[str, Any]]:
    """Return the targets in `sentiment_written_targets.txt`, and the companies in the headlines we wrote."""
    found = [
        (one.text, one.filled[name], label)
        for one in patterns("sentiment_written_targets.txt")
        for name, label in zip(("one", "two"), one.labels, strict=False)
    ]
    found += [
        (one.text, one.filled["corp"], one.labels[0])
        for one in patterns("sentiment_written.txt")
        if one.filled.get("corp", "") in one.text and "corp" in one.filled
    ]
    return [
        {
            "id": f"written:{text}:{target}", "text": text, "target": target, "label": label,
            "tfrom": text.index(target), "tto": text.index(target) + len(target),
        }
        for text, target, label in found
    ]  # fmt: skip


def sentences(data: Path) -> list[Unit]:
    """Return the NewsMTSC sentences and SEntFiN headlines whose targets agree."""
    news = [item for part in ("train", "dev") for item in rows(data / f"sentiment/newsmtsc_target_{part}.jsonl.gz")]
    return [
        *agreeing(news, "mtsc"),
        *agreeing(rows(data / "sentiment/sentfin_target_train.jsonl.gz"), "sentfin"),
    ]
