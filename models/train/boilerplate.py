"""Train what tamis-boilerplate learns from data: where a headline glued to a sentence ends.

    python models/train/boilerplate.py ../shared/data        (about a minute; deterministic)

Writes models/src/tamis_models/boilerplate.json. Headlines and sentences are joined as flattened pages join them
("Read also: HEADLINE SENTENCE"), and a conditional logit learns to find the seam among all places that start with a
capital, a digit or a quotation, or that there is none.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from boilerplate_captions import train as train_captions
from boilerplate_kinds import train as train_kinds
from boilerplate_segments import train
from boilerplate_segments import written

import tamis
from tamis.models import publish
from tamis_boilerplate import headline
from tamis_boilerplate.book import book
from tamis_boilerplate.frames import plain
from tamis_boilerplate.headline import features
from tamis_boilerplate.layout import Layout

PLUGIN = Path(__file__).parents[2] / "plugins" / "boilerplate" / "src" / "tamis_boilerplate"
PIN = PLUGIN / "_pin.py"
MISSES = Path(__file__).parents[2] / "tests" / "plugins" / "boilerplate" / "hard_negatives.txt"
OUT = Path(__file__).parents[1] / "src" / "tamis_models" / "boilerplate.json"
#: Words that US headlines write small.
SMALL = frozenset(
    re.findall(r"\w+", "a an and or but of in on at to for from by with as the over is are nor up die der von")
)


#: A word seen so often is written small; a caption has at most so many words; a feature is kept that so many have; so
#: many sentences without a seam come with each headline.
SEEN, CAPTION, COMMON, PLAIN = 8, 24, 12, 3


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def draw(seed: str, below: int) -> int:
    """Return a number below *below* that depends on *seed* alone."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4], "big") % below


def title_case(text: str) -> str:
    words = text.split(" ")
    return " ".join(
        word if index and word.lower() in SMALL else word[:1].upper() + word[1:] for index, word in enumerate(words)
    )


def collect(data: Path) -> tuple[list[str], list[str]]:
    heads: set[str] = set()
    bodies: set[str] = set()
    for name in ("wmt21_train.jsonl.gz",):
        for row in rows(data / "translation" / name):
            texts = [row["segments"]]
            if row["source_lang"] in ("de", "cs") and row["source_segments"]:
                texts.append(row["source_segments"])
            for segments in texts:
                for place, segment in enumerate(segments):
                    count = len(segment.split())
                    if place == 0 and 4 <= count <= 16 and not re.search(r"[.!?…:;,]['\"”’“»]*$", segment):
                        heads.add(segment)
                    elif place and count >= 8 and re.search(r"[.!?]['\"”’“»]*$", segment):
                        bodies.add(segment)
    for row in rows(data / "sentiment" / "emobank_news_train_dev.jsonl.gz"):
        if row["set"] == "emobank_SemEval":
            heads.add(str(row["text"]))
    for row in rows(data / "topics" / "wikinews_none.jsonl.gz"):
        heads.add(str(row["title"]))
    for row in rows(data / "language" / "langid_dev.jsonl.gz"):
        if row["lang"] == "fr" and re.fullmatch(r"[A-ZÀ-Ý][^.!?]{60,250}\.", row["text"]):
            bodies.add(row["text"])
    bodies.update(text for kind, text in written() if kind == "content" and re.fullmatch(r"[A-ZÀ-Ý].{60,250}\.", text))
    heads.update(text for kind, text in written() if kind == "headline")
    return sorted(heads), sorted(bodies)


def small_words(data: Path, bodies: list[str]) -> frozenset[str]:
    """Return the words that sentences of news have small, and hardly ever with a capital inside."""
    texts = list(bodies)
    for name in ("newsmtsc_target_train", "sentfin_target_train"):
        texts += sorted({str(row["text"]) for row in rows(data / "sentiment" / f"{name}.jsonl.gz")})
    texts += [row["text"] for row in rows(data / "language" / "langid_dev.jsonl.gz") if row["lang"] == "fr"]
    texts += [text for kind, text in written() if kind == "content"]
    texts += [row["text"] for row in rows(data / "topics" / "wikinews_none.jsonl.gz")]
    counts: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for text in texts:
        for word in tamis.Document(text).words.texts[1:]:
            if word.isalpha():
                (counts if word.islower() else capitals)[plain(word)] += 1
    return frozenset(word for word, count in counts.items() if count >= SEEN and capitals[word] < count / 2)


def examples(heads: list[str], bodies: list[str]) -> Iterator[tuple[str, int | None, int]]:
    """Yield texts with the offset of the seam (None: there is none) and the offset of the end of the window."""
    for index, head in enumerate(heads):
        for copy in range(4):
            key = f"{index}:{copy}:{head}"
            body = bodies[draw(key, len(bodies))]
            if copy == 1:
                head = title_case(head)
            text = f"{head} {body}"
            if draw(key + "cut", 3) == 0:  # a window may end anywhere
                words = text.split(" ")
                text = " ".join(words[: max(len(head.split(" ")) + 6, len(words) - draw(key + "at", 12))])
            yield text, len(head) + 1, len(text)
    for index in range(0, len(bodies), max(1, len(bodies) // (3 * len(heads)))):
        # A caption is a sentence that has no end mark.
        caption = re.sub(r"[.!?]['\"”’“»]*$", "", bodies[index])
        if len(caption.split(" ")) <= CAPTION:
            text = f"{caption} {bodies[draw(caption, len(bodies))]}"
            yield text, len(caption) + 1, len(text)
    for index in range(0, len(bodies), max(1, len(bodies) // (PLAIN * len(heads)))):
        text = bodies[index]
        if draw(text, 3) == 0:
            words = text.split(" ")
            text = " ".join(words[: max(8, len(words) - draw(text + "at", 12))])
        yield text, None, len(text)


def main(data: Path) -> None:
    words = book().words
    heads, bodies = collect(data)
    small = small_words(data, bodies)
    headline.small = lambda: small  # type: ignore[assignment]
    names: dict[str, int] = {}
    sets: list[tuple[list[list[int]], int]] = []
    for text, seam, stop in examples(heads, bodies):
        doc = tamis.Document(text)
        layout = Layout(doc.segments, book())
        last = layout.word_at(stop)
        found: list[list[int]] = []
        target = 0
        for index in range(2, min(last - 1, 32)):
            values = features(layout, 0, index, last, words["function"], words["finite"])
            if values is None:
                continue
            found.append([names.setdefault(value, len(names)) for value in values])
            position = layout.starts[index]
            while position and text[position - 1] in "\"'“„«‘‹([¿¡":
                position -= 1
            if position == seam:
                target = len(found)
        if (seam is None) == (target == 0):
            sets.append((found, target))
    sets_test = [item for index, item in enumerate(sets) if index % 10 == 0]
    sets_train = [item for index, item in enumerate(sets) if index % 10]
    weights = fit(sets_train, len(names))
    print(f"{len(heads)} headlines, {len(bodies)} sentences, {len(sets_train)} examples, {len(names)} features")
    print(
        f"seam found: {accuracy(sets_test, weights, True):.3f};"
        f" none seen where there is none: {accuracy(sets_test, weights, False):.3f}"
    )
    counts = Counter(place for found, _ in sets for values in found for place in values)
    kept = {name: place for name, place in sorted(names.items()) if counts[place] >= COMMON}
    table = {name: round(float(weights[place]), 2) for name, place in kept.items()}
    tables = {"headline": table, "small": " ".join(sorted(small)), "segment": train(data, MISSES, heads)}
    tables["caption"] = train_captions(bodies)
    tables["kind"] = train_kinds()
    OUT.write_text(json.dumps(tables, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    publish(OUT.parent, "boilerplate", OUT.name, "1", "boilerplate.md", PIN)


def fit(sets: list[tuple[list[list[int]], int]], count: int, epochs: int = 300) -> np.ndarray:
    width = max(len(values) for found, _ in sets for values in found)
    flat = np.full((sum(len(found) for found, _ in sets), width), count)
    group = np.empty(len(flat), int)
    gold = np.zeros(len(flat))
    row = 0
    for number, (found, target) in enumerate(sets):
        for place, values in enumerate(found, 1):
            flat[row, : len(values)] = values
            group[row] = number
            gold[row] = place == target
            row += 1
    weights = np.zeros(count + 1)
    mean, square = np.zeros(count + 1), np.zeros(count + 1)
    for step in range(1, epochs + 1):
        score = np.exp(weights[flat].sum(1))
        total = 1 + np.bincount(group, score, len(sets))
        error = score / total[group] - gold
        slope = np.bincount(flat.ravel(), np.repeat(error, width), count + 1) / len(sets) + 1e-4 * weights
        slope[count] = 0
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        weights = weights - 0.1 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights[:count]


def accuracy(sets: list[tuple[list[list[int]], int]], weights: np.ndarray, seam: bool) -> float:
    right = total = 0
    for found, target in sets:
        if (target > 0) != seam:
            continue
        scores = [0.0, *(float(weights[values].sum()) for values in found)]
        right += int(np.argmax(scores)) == target
        total += 1
    return right / max(1, total)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
