"""Train the shipped topic model: python models/train/topics.py ../shared/data (deterministic)."""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from tamis.learn import Features
from tamis.learn import LinearModel
from tamis.learn import out_of_fold
from tamis.learn import save
from tamis.learn import tune
from tamis.models import publish

HERE = Path(__file__).parent
FOLDER = HERE.parent / "src/tamis_models"
PIN = HERE.parents[1] / "plugins/topics/src/tamis_topics/_pin.py"
GOLDEN = (
    "Norway and Germany agreed to build a hydrogen pipeline, their ministers said after talks in Oslo.",
    "Exports of wheat fell by a tenth after the new tariff.",
    "The striker scored twice as the home side won the cup.",
)


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a (gzipped) JSONL file."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def main(data: Path) -> None:
    """Train, tune, save and publish."""
    items = rows(data / "topics/weak_pool.jsonl.gz") + rows(data / "topics/wikinews_none.jsonl.gz")
    texts = [f"{item['title']}\n{item['text']}" if item.get("title") else item["text"] for item in items]
    labels = [item["labels"] for item in items]
    digest = hashlib.sha256(json.dumps([texts, labels]).encode()).hexdigest()
    model = LinearModel(Features(ngrams=2, min_df=3), strength=3)
    model.fit(texts, labels)
    tune(model, out_of_fold(model, texts, labels), labels)
    save(FOLDER / "topics.joblib", model.state({"data": digest}, GOLDEN))
    print("sha256", publish(FOLDER, "topics", "topics.joblib", "1", "topics.md", PIN))
    print("thresholds", model.thresholds, "features", model.vectorizer.size)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
