"""Train the shipped tone model: python models/train/sentiment.py DATA (deterministic).

NewsMTSC sentences, SEntFiN headlines and whole documents labelled for the project in balance
(`sentiment_labels.jsonl`), each of which may come in several translations. `sentiment_check.py` scores it.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sentiment_columns import SHAPE
from sentiment_columns import Columns
from sentiment_columns import Counted
from sentiment_data import Unit
from sentiment_data import documents
from sentiment_data import lexicon_state
from sentiment_data import openings
from sentiment_data import sentences
from sentiment_data import written
from sklearn.linear_model import LogisticRegression

from tamis.learn import load
from tamis.learn import pack
from tamis.learn import save
from tamis.models import publish
from tamis.text import WORDS_VERSION
from tamis.text import Segments
from tamis_sentiment.model import ToneModel
from tamis_sentiment.reading import FORMS
from tamis_sentiment.reading import MOVEMENTS
from tamis_sentiment.reading import grade_keys
from tamis_sentiment.reading import lexical_keys
from tamis_sentiment.reading import movements
from tamis_sentiment.reading import pair_key
from tamis_sentiment.reading import stem_keys
from tamis_sentiment.reading import turning
from tamis_sentiment.reading import word_key
from tamis_sentiment.tone import LABELS

HERE = Path(__file__).parent
FOLDER = HERE.parent / "src/tamis_models"
PIN = HERE.parents[1] / "plugins/sentiment/src/tamis_sentiment/_pin.py"
STRENGTH = 0.5
TOLERANCE = 5e-4
SHARES = {"mtsc": 1.0, "sentfin": 1.0, "documents": 1.0, "titles": 0.25, "leads": 0.15, "portal": 0.2, "written": 0.5}
MOST = 60000
SAME = 1e-6
GOLDEN = (
    "Twelve people were killed when the bridge collapsed.",
    "The two ministers will meet on Tuesday to discuss the timetable.",
    "Rescuers freed all nine miners, and their families celebrated.",
    "The court did not find the company guilty of fraud.",
    "The justice department denied a drop in crime after the attack.",
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
        graded = dict(reader.lexicon.grades(segments.words.texts, sentence.first, sentence.last))
        before = "^"
        for at in range(sentence.first, sentence.last):
            word = words[at]
            for key in (word_key(word), *stem_keys(word.norm)):
                counts[key] += factor
            counts[pair_key(before, word.norm)] += factor
            for key, value in lexical_keys(word, reading.states[at]):
                counts[key] += factor * value
            for key in grade_keys(graded.get(at, 0), reading.states[at]):
                counts[key] += factor
            if at in moved:
                counts[MOVEMENTS[moved[at]]] += factor
            before = word.norm
        length += factor * (sentence.last - sentence.first)
    return {sys.intern(key): count for key, count in counts.items()}, length, reading.form


def fit(units: Sequence[Unit], counted: Sequence[Counted]) -> tuple[Columns, LogisticRegression]:
    """Return the columns and a logistic regression on *units*; only the features that weigh most are kept."""
    columns = Columns(units, counted)
    model = LogisticRegression(C=STRENGTH, max_iter=1000, tol=TOLERANCE)
    model.fit(columns.matrix(counted), [unit.label for unit in units], sample_weight=balance(units))
    forms = range(len(columns.names), model.coef_.shape[1])
    kept = np.sort(np.argsort(-np.abs(model.coef_[:, : len(columns.names)]).max(0), kind="stable")[:MOST])
    model.coef_ = model.coef_[:, [*kept, *forms]]
    model.n_features_in_ = model.coef_.shape[1]
    columns.keep(kept.tolist())
    return columns, model


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
    main(Path(sys.argv[1]))
