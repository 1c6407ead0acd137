"""Score the tone models on what they were not trained on: python models/train/sentiment_check.py DATA.

Five times both models are trained without a fifth of the documents and of SEntFiN, which they then score. The
development part of NewsMTSC and EmoBank are never trained on here; the first of the five scores them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from typing import NamedTuple

import numpy as np
from sentiment import blank
from sentiment import features
from sentiment import fit
from sentiment import state_of
from sentiment_data import Unit
from sentiment_data import agreeing
from sentiment_data import documents
from sentiment_data import lexicon_state
from sentiment_data import openings
from sentiment_data import part
from sentiment_data import rows
from sentiment_data import written
from sentiment_targets import train
from sklearn.metrics import f1_score

from tamis.text import Segments
from tamis_sentiment.model import ToneModel
from tamis_sentiment.news_model import NewsModel
from tamis_sentiment.target_model import TargetModel
from tamis_sentiment.targets import toward
from tamis_sentiment.tone import LABELS
from tamis_sentiment.tone import Tone

FOLDS = 5
#: Stories in more versions than this are asked whether they keep one label.
FEW = 4
Array = np.ndarray[Any, Any]


class Scored(NamedTuple):
    """A text, or a mention of a target in it, with its tone as a model says that has not seen it."""

    text: str
    label: str
    weight: float
    group: str
    alt: tuple[str, ...]
    tone: Tone


def fold_of(text: str) -> int:
    """Return in which of the folds the headline *text* is left out, however it is written."""
    return part(re.sub(r"\W+", "", text.lower()), FOLDS)


def held_out(data: Path) -> dict[str, list[Scored]]:
    """Return every set with the tones that models say which were trained without it."""
    lexicon = lexicon_state(data)
    reader = blank(lexicon)
    news = rows(data / "sentiment/newsmtsc_target_train.jsonl.gz")
    dev = rows(data / "sentiment/newsmtsc_target_dev.jsonl.gz")
    finance = rows(data / "sentiment/sentfin_target_train.jsonl.gz")
    emobank = rows(data / "sentiment/emobank_news_train_dev.jsonl.gz")
    docs, made = documents(data), written()
    every = [*agreeing(news, "mtsc"), *agreeing(finance, "sentfin"), *docs, *openings(docs), *made]
    counted = [features(reader, unit.text) for unit in every]
    found: dict[str, list[Scored]] = defaultdict(list)
    for fold in range(FOLDS):
        kept = [at for at, unit in enumerate(every) if left_out_in(unit) != fold]
        units = [every[at] for at in kept]
        words = ToneModel(state_of(lexicon, *fit(units, [counted[at] for at in kept]), ""))
        targets = TargetModel(train(reader, news, [item for item in finance if fold_of(item["text"]) != fold]))
        model = NewsModel(words, targets)
        for unit in every:
            if unit.domain not in ("titles", "leads", "written") and left_out_in(unit) == fold:
                found[NAMES.get(unit.domain, unit.domain)].append(scored(model, unit))
        held = [item for item in finance if fold_of(item["text"]) == fold]
        found["toward, SEntFiN"] += mentions(targets, words, held)
        if fold == 0:
            found["NewsMTSC dev"] = [scored(model, unit) for unit in agreeing(dev, "mtsc")]
            sure = [item for item in dev if item["split"] == "devtest_rw"]
            found["NewsMTSC dev, real-world"] = [scored(model, unit) for unit in agreeing(sure, "mtsc")]
            found["EmoBank"] = [scored(model, Unit(i["text"], i["label"], 1.0, "", i["id"])) for i in emobank]
            for split in ("rw", "mt"):
                items = [item for item in dev if item["split"] == f"devtest_{split}"]
                found[f"toward, NewsMTSC {split}"] = mentions(targets, words, items)
    return found


#: What the sets are called by the domain of their texts.
NAMES = {"wmt21": "WMT21", "ht_vs_mt": "WMT08-18", "wikinews": "Wikinews", "portal": "portal", "sentfin": "SEntFiN"}


def left_out_in(unit: Unit) -> int | None:
    """Return in which fold *unit* is left out of training, None where it never is."""
    if unit.domain in ("mtsc", "written"):
        return None
    return fold_of(unit.text) if unit.domain == "sentfin" else part(unit.group, FOLDS)


def scored(model: NewsModel, unit: Unit) -> Scored:
    """Return *unit* with the tone that *model* says."""
    return Scored(unit.text, unit.label, unit.weight, unit.group, unit.alt, model.tone(Segments(unit.text)))


def mentions(model: TargetModel, reader: ToneModel, items: Sequence[dict[str, Any]]) -> list[Scored]:
    """Return *items* with the tone toward the target of each."""
    found = []
    for item in items:
        segments = Segments(item["text"])
        span = (max(item["tfrom"], 0), max(item["tto"], 0))
        tone = toward(model, reader, segments, reader.read(segments), span)
        found.append(Scored(item["text"], item["label"], 1.0, item["text"], (), tone))
    return found


def macro_f1(units: Sequence[Scored], labels: Sequence[str]) -> float:
    """Return the macro-F1 of *labels*, in percent; a document weighs one in however many versions it comes."""
    weight = [unit.weight for unit in units]
    return float(100 * f1_score([unit.label for unit in units], labels, average="macro", sample_weight=weight))


def report(name: str, units: Sequence[Scored]) -> str:
    """Return a line with macro-F1, accuracy on undisputed items, flips and calibration error."""
    gold, found = [unit.label for unit in units], [unit.tone.label for unit in units]
    weight = np.array([unit.weight for unit in units])
    core = np.array([not unit.alt for unit in units])
    right = np.array(gold) == np.array(found)
    flips = np.average([{a, b} == {"negative", "positive"} for a, b in zip(gold, found, strict=True)], weights=weight)
    line = f"{name:24} n {len(units):5} macro-F1 {macro_f1(units, found):.1f}"
    line += f" undisputed {100 * np.average(right[core], weights=weight[core]):.1f}"
    line += f" flips {100 * flips:.1f} ece {calibration_error(units):.3f}"
    by: dict[str, set[str]] = defaultdict(set)
    for unit, label in zip(units, found, strict=True):
        by[unit.group].add(label)
    many = [group for group, count in Counter(unit.group for unit in units).items() if count > FEW]
    if many and any(unit.alt for unit in units):
        line += f" one label in all versions {100 * np.mean([len(by[group]) == 1 for group in many]):.0f}"
    return line


def calibration_error(units: Sequence[Scored]) -> float:
    """Return the mean distance of the probability of the most likely tone from how often it is right, in ten bins."""
    sure = np.array([max(unit.tone[:3]) for unit in units])
    hit = np.array([LABELS[int(np.argmax(unit.tone[:3]))] == unit.label for unit in units])
    bins = np.minimum((sure * 10).astype(int), 9)
    return float(
        sum(abs(hit[bins == b].mean() - sure[bins == b].mean()) * (bins == b).mean() for b in sorted(set(bins)))
    )


def main(data: Path) -> Iterator[str]:
    """Yield a line for each set."""
    for name, units in held_out(data).items():
        yield report(name, units)


if __name__ == "__main__":
    print(*main(Path(sys.argv[1])), sep="\n")
