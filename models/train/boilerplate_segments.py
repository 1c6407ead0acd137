"""The second half of `boilerplate.py`: which sentences and lines a page says of itself, in words no rule foresaw.

What the rules of the packs stand for is drawn from their frames, and set against sentences of news in many languages.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from tamis.text import Segments
from tamis_boilerplate.book import book
from tamis_boilerplate.draws import sampled
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.rules import packs
from tamis_boilerplate.rules import read_pack
from tamis_boilerplate.wording import features

#: Kinds worded by the page itself; captions and headlines are worded as articles are.
KINDS = {
    *("paywall", "newsletter", "share", "ad", "cookie", "source", "copyright", "av_player", "comment", "live_nav"),
    *("app", "related_posts"),
}
TAKES = ("phrase", "sentence", "list", "end")
LANGUAGES = ("de", "en", "es", "fr", "it", "nl", "no", "pl", "pt", "ro", "sv", "tr")
#: Draws from each frame; copies of near misses and of written pieces; sentences of news.
DRAWS, MISSES, WRITTEN, NEWS = 3, 3, 2, 45_000
#: Weights smaller than this change no answer and are left out.
LEAST = 0.3
#: Pieces written for this model, a file a language, a line each: its kind (`content`: of an article), a tab, the text.
PIECES = Path(__file__).parent / "boilerplate_pieces"
#: A line end inside a piece.
BREAK = "⏎"
#: Kinds of these pieces that articles have, and kinds worded as both.
ARTICLE, BOTH = {"content", "headline", "intertitle"}, {"caption", "related", "byline", "photo_credit"}


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def written() -> Iterator[tuple[str, str]]:
    """Yield the kind and the text of each piece written for this model."""
    for path in sorted(PIECES.glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            kind, text = line.split("\t")[-2:]
            yield kind, text.replace(f" {BREAK} ", " ")


def page(data: Path) -> list[str]:
    """Return what pages say of themselves: segments that people marked so, examples of rules, draws from frames."""
    found = [
        str(row["text"])
        for row in rows(data / "boilerplate" / "residue" / "segments_dev.jsonl.gz")
        if row["label"] == "cut"
    ]
    draw = random.Random(1)
    for rule in (rule for pack in packs() for rule in read_pack(pack).get("rule", ())):
        if rule["kind"] in KINDS and rule["take"] in TAKES:
            found += rule.get("yes", ())
            for frame in rule["frames"]:
                texts = (sampled(frame, draw) for _ in range(DRAWS))
                found += [text[:1].upper() + text[1:] for text in texts]
    found += [text for kind, text in written() if kind not in ARTICLE | BOTH] * WRITTEN
    return [text for text in found if len(text.split()) > 1]


def article(data: Path, misses: Path, heads: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return what articles say: near misses of the rules with segments that people kept, sentences and *heads*."""
    near = [no for pack in packs() for rule in read_pack(pack).get("rule", ()) for no in rule.get("no", ())]
    near += [line.partition("|")[2] for line in misses.read_text("utf-8").splitlines()]
    segments = rows(data / "boilerplate" / "residue" / "segments_dev.jsonl.gz")
    near += [text for kind, text in written() if kind in ARTICLE]
    near += [str(row["text"]) for row in segments if row["label"] == "keep" and len(str(row["text"]).split()) > 1]
    news: list[str] = []
    for index, row in enumerate(rows(data / "translation" / "wmt21_train.jsonl.gz")):
        news += row["segments"] if row["label"] != "mt" else ()
        news += row["source_segments"] if row["source_segments"] and index % 6 == 0 else ()
    for name in ("newsmtsc_target_train", "newsmtsc_target_dev"):
        news += sorted({str(row["text"]) for row in rows(data / "sentiment" / f"{name}.jsonl.gz")})
    for row in rows(data / "language" / "langid_dev.jsonl.gz"):
        news += [row["text"]] * 6 if row["bucket"] in ("sentence", "paragraph") and row["lang"] in LANGUAGES else ()
    random.Random(2).shuffle(news)
    return near * MISSES, [*heads, *news[:NEWS]]


def described(texts: Iterable[str]) -> list[list[str]]:
    found = []
    for text in texts:
        layout = Layout(Segments(text), book())
        found.append(features(layout, 0, len(text)))
    return found


def matrix(described: list[list[str]], names: dict[str, int]) -> csr_matrix:
    columns = [sorted({names[name] for name in row if name in names}) for row in described]
    pointers = np.cumsum([0, *map(len, columns)])
    flat = np.array([column for row in columns for column in row])
    return csr_matrix((np.ones(len(flat)), flat, pointers), shape=(len(columns), len(names)))


def train(data: Path, misses: Path, heads: Sequence[str]) -> dict[str, float]:
    """Return the weights of features, `bias` among them; prints what they find among sentences left out."""
    own, (near, news) = page(data), article(data, misses, heads)
    texts = described([*own, *near, *news])
    gold = np.array([1] * len(own) + [0] * (len(near) + len(news)))
    counts = Counter(name for row in texts for name in set(row))
    names = {name: index for index, name in enumerate(sorted(name for name, n in counts.items() if n > 1))}
    values = matrix(texts, names)
    part = np.array([crc32(text.encode()) % 5 == 0 for text in (*own, *near, *news)])
    model = _fit(values[~part], gold[~part])
    score = model.decision_function(values[part])
    sets = {"page's": gold == 1, "near misses": gold == 0, "news": np.arange(len(gold)) >= len(gold) - len(news)}
    sets["near misses"] &= ~sets["news"]
    for name, chosen in sets.items():
        shares = (f"{np.mean(score[chosen[part]] > least):.4f} above {least}" for least in (0.0, 1.0, 2.0))
        print(f"{np.sum(chosen & part)} segments left out, {name}:", ", ".join(shares))
    model = _fit(values, gold)
    table = {name: round(float(model.coef_[0][index]), 2) for name, index in names.items()}
    table = {name: weight for name, weight in table.items() if abs(weight) >= LEAST}
    return {"bias": round(float(model.intercept_[0]), 2), **table}


def _fit(values: csr_matrix, gold: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=3, max_iter=600).fit(values, gold)
