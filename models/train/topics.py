"""Train the shipped topic model: python models/train/topics.py DATA (deterministic, about 2 minutes).

1. Texts whose labels were read one by one (`topics_labels.jsonl`; null: undecided) and texts written for this
   (`topics_written.jsonl`) teach a first model; the weak labels, echoes of regular expressions, count a tenth of them.
2. That model labels the rest of the weak pool, and news sentences without labels; what it is not sure of is left out.
3. Words that mean alike (`topics_words.txt`) share a weight beside their own, so that what is learnt of kerosene holds
   for naphtha, which no text had.
4. The second model learns from all, and from texts of no topic with words like `energy` or `talks` put in at random:
   one word does not make a topic.
5. Slope, shift and what they gain with length come from texts the model has not seen.

The figures printed for the development items are of slopes that were fitted without the items they are measured on.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse import hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from topics_data import COPIES
from topics_data import FOLDS
from topics_data import LONG
from topics_data import Judged
from topics_data import Text
from topics_data import corpus
from topics_data import development
from topics_data import groups
from topics_data import part
from topics_data import spiked

from tamis.learn import Features
from tamis.learn import LinearModel
from tamis.learn import save
from tamis.learn.numerics import lengths
from tamis.learn.words import as_words
from tamis.models import publish
from tamis.text import Words

HERE = Path(__file__).parent
FOLDER = HERE.parent / "src/tamis_models"
PIN = HERE.parents[1] / "plugins/topics/src/tamis_topics/_pin.py"
LABELS = ["diplomacy", "energy", "trade"]
FEATURES = Features(ngrams=2, min_df=4, lead=120, lead_weight=0.3, digits=True)
STRENGTH = 10.0
#: What the weak labels of each topic count in the first step, in parts of what was read.
WEAK = (0.1, 0.3, 0.3)
#: How much of a word's weight its group may give, against its own.
SHARED = 0.5
#: As if so many more texts had all the words of the groups: enough for a place in the vocabulary.
LISTED = FEATURES.min_df
#: In the middle of what is best on development items, seeds, read articles, portal items and written texts.
THRESHOLDS = {"diplomacy": 0.45, "energy": 0.35, "trade": 0.45}
#: The share of texts with a label that the calibration assumes, of long and of short ones.
SHARES = {True: 0.2, False: 0.3}
GOLDEN = (
    "Norway and Germany agreed to build a hydrogen pipeline, their ministers said after talks in Oslo.",
    "Exports of wheat fell by a tenth after the new tariff.",
    "The striker scored twice as the home side won the cup.",
)


def learn(matrix: Any, has: Any, weight: Any) -> Any:
    """Return the logistic regression of one label."""
    used = np.flatnonzero(weight > 0)
    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0, tol=1e-4)
    return model.fit(matrix[used], has[used], sample_weight=weight[used])


class Training:
    """The texts as columns, and what is learnt from them."""

    def __init__(self, texts: list[Text]) -> None:
        words = [as_words(text.text) for text in texts]
        self.model = LinearModel(FEATURES, strength=STRENGTH)
        self.model.vectorizer.fit([*words, *lists()])
        self.shared = shared(self.model.vectorizer.names())
        long = [row for row, text in enumerate(texts) if text.sure and not text.labels and text.weight]
        long = [row for row in long if len(words[row].texts) > LONG]
        copied = [row for row in long for _ in range(COPIES)]
        copies = [
            Words(spiked(list(words[row].texts), f"{texts[row].text} {number % COPIES}"), (), ())
            for number, row in enumerate(copied)
        ]
        self.texts = texts + [texts[row] for row in copied]
        self.matrix = self.columns([*words, *copies])
        self.read = len(texts)
        self.length = lengths(words)
        self.has = np.array([[name in text.labels for name in LABELS] for text in self.texts])
        self.sure = np.array([text.sure for text in self.texts])
        self.weight = np.array([text.weight for text in self.texts], float)
        self.guessed = np.array([text.guessed for text in self.texts])
        self.fold = np.array([text.fold for text in self.texts])

    def columns(self, words: list[Words]) -> Any:
        """Return the vectors of texts, and as further columns how much they have of each group."""
        matrix = self.model.matrix(words)
        return hstack([matrix, matrix @ self.shared]).tocsr()

    def models(self, keep: Any) -> list[Any]:
        """Return the models of the labels, from the texts of *keep*."""
        models = []
        for column, weak in enumerate(WEAK):
            has = self.has[:, column]
            first = learn(self.matrix, has, np.where(self.sure, self.weight, self.weight * weak) * keep)
            guess = first.predict_proba(self.matrix)[:, 1]
            certain = np.where((guess > 0.8) | (guess < 0.1), self.guessed, 0)
            labels = np.where(self.sure, has, guess > 0.5)
            models.append(learn(self.matrix, labels, np.where(self.sure, self.weight, certain) * keep))
        return models

    def unseen(self) -> Any:
        """Return the logits of the texts by models that have not seen them."""
        raw = np.zeros((self.read, len(LABELS)))
        for number in range(FOLDS):
            rows = np.flatnonzero(self.fold[: self.read] == number)
            raw[rows] = logits(self.models(self.fold != number), self.matrix[rows])
        return raw

    def shares(self) -> Any:
        """Return the weight of each text in the calibration: SHARES of the long and the short ones have the label."""
        share = np.zeros((self.read, len(LABELS)))
        sure, has = self.sure[: self.read], self.has[: self.read]
        weight = np.array([1.0 if text.own else text.weight for text in self.texts[: self.read]])
        for column in range(len(LABELS)):
            for long, part_with in SHARES.items():
                for yes in (False, True):
                    group = sure & ((self.length > 0) == long) & (has[:, column] == yes)
                    wanted = 100 * (part_with if yes else 1 - part_with)
                    share[group, column] = weight[group] / weight[group].sum() * wanted
        return share


def lists() -> list[Words]:
    """Return the words of the groups as texts, parted by what is in no other text."""
    terms = [term for group in groups().values() for term in group]
    return [
        Words([word for row, term in enumerate(terms) for word in (*term, f"|{number} {row}")], (), ())
        for number in range(LISTED)
    ]


def shared(names: list[str]) -> Any:
    """Return which features are of which group, as a matrix with SHARED where one is."""
    row = {name: index for index, name in enumerate(names)}
    found = {
        (row[" ".join(term)], column)
        for column, group in enumerate(groups().values())
        for term in group
        if " ".join(term) in row
    }
    at = np.array(sorted(found)).T
    return csr_matrix((np.full(len(at[0]), SHARED), at), shape=(len(names), len(groups())))


def logits(models: list[Any], matrix: Any) -> Any:
    """Return the logits, one column a label."""
    return np.stack([model.decision_function(matrix) for model in models], axis=1)


def fit_lengths(raw: Any, length: Any, has: Any, weight: Any) -> Any:
    """Return slope, length slope, shift and length shift of each label, as an array (4, labels)."""
    found = []
    for column in range(raw.shape[1]):
        z = raw[:, column]
        model = LogisticRegression(C=10, tol=1e-8, max_iter=1000)
        model.fit(np.stack([z, z * length, length], axis=1), has[:, column], sample_weight=weight[:, column])
        found.append([model.coef_[0][0], model.coef_[0][1], model.intercept_[0], model.coef_[0][2]])
    return np.array(found).T


def calibrated(raw: Any, length: Any, four: Any) -> Any:
    """Return the probabilities of *raw* logits."""
    z = raw * (four[0] + four[1] * length[:, None]) + four[2] + four[3] * length[:, None]
    return 1 / (1 + np.exp(-z))


def score(name: str, table: Any, has: Any) -> None:
    """Print F1 by label and in the mean, and the Brier score."""
    limits = list(THRESHOLDS.values())
    f1 = [f1_score(has[:, k], table[:, k] >= limits[k], zero_division=0) for k in range(len(LABELS))]
    brier = ((table - has) ** 2).mean()
    print(f"{name:34s}", " ".join(f"{x:.3f}" for x in f1), f"macro {np.mean(f1):.3f} Brier {brier:.4f} n={len(has)}")


def measure(training: Training, unseen: Any) -> None:
    """Print how good the *unseen* probabilities of the texts learnt from are, each by a model without it."""
    texts, has = training.texts[: training.read], training.has[: training.read]
    article = training.sure[: training.read] & (training.length > 0)
    machine = np.array([text.machine for text in texts])
    own = np.array([text.own for text in texts])
    # Of the texts written for this, the articles, not the single sentences.
    own_article = own & (training.length > -0.75)
    score("out of fold, read articles", unseen[article & ~own], has[article & ~own])
    score("of them translated by machine", unseen[article & machine], has[article & machine])
    score("out of fold, written articles", unseen[own_article], has[own_article])
    hard = own_article & ~has.any(axis=1)
    wrong = (unseen[hard] >= list(THRESHOLDS.values())).any(axis=1).sum()
    print(f"out of fold, written articles of no topic: {wrong} of {hard.sum()} falsely labelled")


def calibrate(training: Training, models: list[Any], judged: list[Judged]) -> Any:
    """Return slope, length slope, shift and length shift of each label; print how good they are on unseen texts."""
    raw, share = training.unseen(), training.shares()
    used, has = share.sum(axis=1) > 0, training.has[: training.read]
    words = [as_words(one.text) for one in judged]
    judged_raw, judged_length = logits(models, training.columns(words)), lengths(words)
    judged_has = np.array([[name in one.labels for name in LABELS] for one in judged])

    def fitted(keep: Any) -> Any:
        kept = np.flatnonzero(keep)
        return fit_lengths(
            np.concatenate([raw[used], judged_raw[kept]]),
            np.concatenate([training.length[used], judged_length[kept]]),
            np.concatenate([has[used], judged_has[kept]]),
            np.concatenate([share[used], np.ones((len(kept), len(LABELS)))]),
        )

    folds = np.array([part(one.text, FOLDS) for one in judged])
    table = np.zeros(judged_raw.shape)
    for number in range(FOLDS):
        test = folds == number
        table[test] = calibrated(judged_raw[test], judged_length[test], fitted(~test))
    kinds, disputed = np.array([one.kind for one in judged]), np.array([one.disputed for one in judged])
    groups = {"long": kinds == "long", "short": kinds == "short", "all": kinds != "seed"}
    for name, which in {**groups, "undisputed": groups["all"] & ~disputed}.items():
        score(f"development, {name}", table[which], judged_has[which])
    score("seeds", table[kinds == "seed"], judged_has[kinds == "seed"])
    four = fitted(np.ones(len(judged), bool))
    measure(training, calibrated(raw, training.length, four))
    return four


def main(data: Path) -> None:
    """Train, calibrate, check, save and publish."""
    training = Training(corpus(data))
    models = training.models(np.ones(len(training.texts)))
    model, size = training.model, training.model.vectorizer.size
    model.classes = list(LABELS)
    folded = [one.coef_[0][:size] + training.shared @ one.coef_[0][size:] for one in models]
    model.weights = np.array(folded, np.float32)
    model.intercept = np.array([one.intercept_[0] for one in models])
    model.slope, model.length_slope, model.shift, model.length_shift = calibrate(training, models, development(data))
    model.thresholds = THRESHOLDS
    made_of = [[text.text, text.labels] for text in training.texts[: training.read]]
    digest = hashlib.sha256(json.dumps(made_of).encode()).hexdigest()
    save(FOLDER / "topics.joblib", model.state({"data": digest, "texts": training.read}, GOLDEN))
    print("sha256", publish(FOLDER, "topics", "topics.joblib", "1", "topics.md", PIN))
    print("features", size, "bytes", (FOLDER / "topics.joblib").stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
