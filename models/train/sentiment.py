"""Train the shipped tone model: python models/train/sentiment.py ../shared/data [--check] (deterministic).

NewsMTSC sentences, SEntFiN headlines and whole documents labelled for the project in balance
(`sentiment_labels.jsonl`), each of which may come in several translations. With --check, half of the documents is left
out of training and scored instead, and nothing is written.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sentiment_columns import SHAPE
from sentiment_columns import Columns
from sentiment_columns import Counted
from sentiment_data import Unit
from sentiment_data import agreeing
from sentiment_data import documents
from sentiment_data import lexicon_state
from sentiment_data import openings
from sentiment_data import part
from sentiment_data import rows
from sentiment_data import sentences
from sentiment_data import written
from sklearn.linear_model import LogisticRegression

from tamis.learn import load
from tamis.learn import pack
from tamis.learn import save
from tamis.models import publish
from tamis.text import WORDS_VERSION
from tamis.text import Segments
from tamis_sentiment.model import LABELS
from tamis_sentiment.model import Tone
from tamis_sentiment.model import ToneModel
from tamis_sentiment.reading import FORMS
from tamis_sentiment.reading import MOVEMENTS
from tamis_sentiment.reading import lexical_keys
from tamis_sentiment.reading import movements
from tamis_sentiment.reading import pair_key
from tamis_sentiment.reading import stem_keys
from tamis_sentiment.reading import turning
from tamis_sentiment.reading import word_key

HERE = Path(__file__).parent
FOLDER = HERE.parent / "src/tamis_models"
PIN = HERE.parents[1] / "plugins/sentiment/src/tamis_sentiment/_pin.py"
STRENGTH = 0.5
SHARES = {"mtsc": 1.0, "sentfin": 1.0, "documents": 1.0, "titles": 0.25, "leads": 0.15, "portal": 0.2, "written": 0.5}
FEW = 4
MOST = 60000
SAME = 1e-6
GOLDEN = (
    "Twelve people were killed when the bridge collapsed.",
    "The two ministers will meet on Tuesday to discuss the timetable.",
    "Rescuers freed all nine miners, and their families celebrated.",
    "The court did not find the company guilty of fraud.",
    "Profit rose by 12%.\nThe firm said: “We are delighted with the result.”",
    "",
)


def blank(lexicon: dict[str, Any]) -> ToneModel:
    """Return a model that weighs nothing: it reads as the trained one will."""
    weights = {"features": "", "weights": pack(np.zeros((1, 2), np.float32))}
    return ToneModel({"lexicon": lexicon, "shape": SHAPE, "intercepts": dict.fromkeys(FORMS, (0.0, 0.0)), **weights})


def features(reader: ToneModel, text: str) -> Counted:
    """Return the weighted counts of the features of *text*, its weighted length, and its form."""
    segments = Segments(text)
    reading = reader.read(segments)
    words = [reader.lexicon.word(spelling) for spelling in segments.words.texts]
    counts: dict[str, float] = defaultdict(float)
    length = 0.0
    moved = dict(movements([turning(word) for word in words], segments.words.texts, reading.sentences))
    for sentence, factor in zip(reading.sentences, reader.factors(reading), strict=True):
        before = "^"
        for at in range(sentence.first, sentence.last):
            word = words[at]
            for key in (word_key(word), *stem_keys(word.norm)):
                counts[key] += factor
            counts[pair_key(before, word.norm)] += factor
            for key, value in lexical_keys(word, reading.states[at]):
                counts[key] += factor * value
            if at in moved:
                counts[MOVEMENTS[moved[at]]] += factor
            before = word.norm
        length += factor * (sentence.last - sentence.first)
    return counts, length, reading.form


def fit(units: Sequence[Unit], counted: Sequence[Counted]) -> tuple[Columns, LogisticRegression]:
    """Return the columns and a logistic regression on *units*, every domain weighing the same (documents as one).

    It is fitted twice: the second time only the features that weighed most the first time stay.
    """
    columns = Columns(units, counted)
    model = fitted(columns, units, counted)
    weight = np.abs(model.coef_[:, : len(columns.names)] * columns.scale).max(0)
    columns.keep(sorted(np.argsort(-weight, kind="stable")[:MOST].tolist()))
    return columns, fitted(columns, units, counted)


def fitted(columns: Columns, units: Sequence[Unit], counted: Sequence[Counted]) -> LogisticRegression:
    """Return a logistic regression on the features of *columns*."""
    model = LogisticRegression(C=STRENGTH, max_iter=1000, tol=1e-4)
    return model.fit(columns.matrix(counted), [unit.label for unit in units], sample_weight=balance(units))


def balance(units: Sequence[Unit]) -> np.ndarray[Any, Any]:
    """Return the weights of *units*: sentences, headlines and documents weigh the same in sum, what we wrote less."""
    kind = [unit.domain if unit.domain in SHARES else "documents" for unit in units]
    sums: dict[str, float] = defaultdict(float)
    for name, unit in zip(kind, units, strict=True):
        sums[name] += unit.weight
    weights = np.array([SHARES[name] * unit.weight / sums[name] for name, unit in zip(kind, units, strict=True)])
    return np.asarray(weights * len(units) / weights.sum())


def state_of(lexicon: dict[str, Any], columns: Columns, model: LogisticRegression, digest: str) -> dict[str, Any]:
    """Return what is saved: weights toward negative and positive against neutral."""
    order = [list(model.classes_).index(label) for label in LABELS]
    coef, intercept = model.coef_[order], model.intercept_[order]
    against = np.stack([coef[0] - coef[1], coef[2] - coef[1]], axis=1)
    weights = against[: len(columns.names)] * columns.scale[:, None]
    intercepts = against[len(columns.names) :] + np.array([intercept[0] - intercept[1], intercept[2] - intercept[1]])
    state: dict[str, Any] = {
        "kind": "tamis sentiment",
        "words_version": WORDS_VERSION,
        "data": digest,
        "lexicon": lexicon,
        "shape": SHAPE,
        "features": "\n".join(columns.names),
        "weights": pack(weights.astype(np.float32)),
        "intercepts": {form: [*map(float, row)] for form, row in zip(FORMS, intercepts, strict=True)},
    }
    reader = blank(lexicon)
    sure = model.predict_proba(columns.matrix([features(reader, text) for text in GOLDEN]))[:, order]
    state["golden"] = [[text, *map(float, row)] for text, row in zip(GOLDEN, sure, strict=True)]
    return state


def held_out(data: Path, lexicon: dict[str, Any]) -> tuple[ToneModel, dict[str, list[Unit]]]:
    """Return a model trained without half of the documents and a fifth of the headlines, and what it has not seen."""
    reader = blank(lexicon)
    docs = documents(data)
    headlines = agreeing(rows(data / "sentiment/sentfin_target_train.jsonl.gz"), "sentfin")
    train = agreeing(rows(data / "sentiment/newsmtsc_target_train.jsonl.gz"), "mtsc")
    train += [unit for unit in headlines if part(unit.text, 5)]
    kept = [unit for unit in docs if part(unit.group, 2)]
    train += kept + openings(kept)
    train += written()
    columns, model = fit(train, [features(reader, unit.text) for unit in train])
    left = [unit for unit in docs if not part(unit.group, 2)]
    sets = {name: [unit for unit in left if unit.domain == name] for name in ("wmt21", "wikinews")}
    sets["newsmtsc dev"] = agreeing(rows(data / "sentiment/newsmtsc_target_dev.jsonl.gz"), "mtsc")
    sets["sentfin held"] = [unit for unit in headlines if not part(unit.text, 5)]
    sets["emobank"] = [
        Unit(i["text"], i["label"], 1.0, "", i["id"]) for i in rows(data / "sentiment/emobank_news_train_dev.jsonl.gz")
    ]
    return ToneModel(state_of(lexicon, columns, model, "")), sets


def check(data: Path, lexicon: dict[str, Any]) -> None:
    """Print how a model does on what was left out of its training."""
    trained, sets = held_out(data, lexicon)
    for name, units in sets.items():
        print(report(name, units, [trained.tone(Segments(unit.text)) for unit in units]))


def report(name: str, units: Sequence[Unit], tones: Sequence[Tone]) -> str:
    """Return a line with macro-F1, accuracy on undisputed items, flips and calibration error of *tones*."""
    from sklearn.metrics import f1_score

    gold, found = [unit.label for unit in units], [tone.label for tone in tones]
    weight = np.array([unit.weight for unit in units])
    sure = np.array([max(tone[:3]) for tone in tones])
    best = np.array([LABELS[int(np.argmax(tone[:3]))] for tone in tones])
    right, hit = np.array(gold) == np.array(found), np.array(gold) == best
    core = np.array([not unit.alt for unit in units])
    bins = np.minimum((sure * 10).astype(int), 9)
    ece = sum(abs(hit[bins == b].mean() - sure[bins == b].mean()) * (bins == b).mean() for b in sorted(set(bins)))
    flips = np.average([{a, b} == {"negative", "positive"} for a, b in zip(gold, found, strict=True)], weights=weight)
    f1 = f1_score(gold, found, average="macro", sample_weight=weight)
    line = f"{name:12} n {len(units):5} macro-F1 {100 * f1:.1f}"
    line += f" undisputed {100 * np.average(right[core], weights=weight[core]):.1f}"
    line += f" flips {100 * flips:.1f} ece {ece:.3f}"
    by: dict[str, set[str]] = defaultdict(set)
    for unit, label in zip(units, found, strict=True):
        by[unit.group].add(label)
    many = [group for group, count in Counter(unit.group for unit in units).items() if count > FEW]
    if many:
        line += f" one label in all versions {100 * np.mean([len(by[group]) == 1 for group in many]):.0f}"
    return line


def score_golden(path: Path) -> None:
    """Raise ValueError where the saved model says other than scikit-learn of the golden texts."""
    state = load(path)
    model = ToneModel.from_state(state, str(path))
    for text, *gold in state["golden"]:
        found = model.tone(Segments(text))[:3]
        if max(abs(a - b) for a, b in zip(found, gold, strict=True)) > SAME:
            raise ValueError(f"the saved model says {found} of {text!r}, scikit-learn {gold}")


def main(data: Path) -> None:
    """Train on everything, save and publish."""
    lexicon = lexicon_state(data)
    reader = blank(lexicon)
    docs = documents(data)
    units = sentences(data) + docs + openings(docs) + written()
    columns, model = fit(units, [features(reader, unit.text) for unit in units])
    digest = hashlib.sha256(json.dumps([[unit.text, unit.label] for unit in units]).encode()).hexdigest()
    save(FOLDER / "sentiment.joblib", state_of(lexicon, columns, model, digest))
    score_golden(FOLDER / "sentiment.joblib")
    print("features", len(columns.names), "units", len(units))
    print("sha256", publish(FOLDER, "sentiment", "sentiment.joblib", "1", "sentiment.md", PIN))


if __name__ == "__main__":
    if "--check" in sys.argv:
        check(Path(sys.argv[1]), lexicon_state(Path(sys.argv[1])))
    else:
        main(Path(sys.argv[1]))
