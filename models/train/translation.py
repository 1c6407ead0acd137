"""Train the translation model: python models/train/translation.py DATA

Heads: machine or human translation; translated or written in English; the source language. Calibrated on what they say
of languages and years that they had not seen. Needs scikit-learn; deterministic.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from typing import NamedTuple

import numpy as np
import sklearn
from scipy.sparse import csr_matrix
from scipy.sparse import diags
from scipy.sparse import hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import GroupKFold
from translation_data import Page
from translation_data import Row
from translation_data import digest
from translation_data import read
from translation_data import read_pages
from translation_data import ready

from tamis import models
from tamis.learn import pack
from tamis.learn import save
from tamis_translation.evidence import collect
from tamis_translation.features import BITS
from tamis_translation.features import GROUPS
from tamis_translation.model import FORMAT
from tamis_translation.model import machine_features
from tamis_translation.packs import load as load_packs

HERE = Path(__file__).resolve().parent.parent / "src" / "tamis_models"
PIN = Path(__file__).resolve().parents[2] / "plugins/translation/src/tamis_translation/_pin.py"
MIN_TEXTS = 3
#: So many features of the greatest weight are kept for each head, and for each source language.
KEPT = {"machine": 32_000, "translated": 8_000}
KEPT_LANGUAGE = 500


def counts_of(texts: Sequence[Row]) -> Any:
    """Return the sublinear counts of *texts* as a sparse matrix."""
    pointers = np.cumsum([0] + [len(row.found) for row in texts])
    values = 1 + np.log(np.concatenate([row.counts for row in texts]))
    found = np.concatenate([row.found for row in texts])
    return csr_matrix((values, found, pointers), shape=(len(texts), GROUPS << BITS))


class Frame(NamedTuple):
    """The features in use, with their inverse document frequencies, and where the groups end."""

    known: Any
    idf: Any
    ends: Any


def frame_of(matrix: Any, kept: Any = None) -> Frame:
    """Return the features of *matrix* that enough texts have, or those *kept*."""
    frequency = np.bincount(matrix.indices, minlength=matrix.shape[1])
    known = np.flatnonzero(frequency >= MIN_TEXTS) if kept is None else kept
    idf = np.log((1 + matrix.shape[0]) / (1 + frequency[known])) + 1
    return Frame(known, idf, np.searchsorted(known, [group << BITS for group in range(GROUPS + 1)]))


def choose(texts: Sequence[Row], matrix: Any, *, languages: bool) -> Frame:
    """Return the features that weigh most in heads fitted on all, those for *languages* too: a few say as much."""
    frame = frame_of(matrix)
    full = weighted(matrix, frame)
    spread = np.sqrt(np.asarray(full.multiply(full).mean(axis=0)).ravel())
    kept: set[int] = set()
    heads = list(zip(KEPT.values(), fit_heads(texts, matrix, frame), strict=True))
    if languages:
        heads += [(KEPT_LANGUAGE, head) for head in fit_languages(texts, matrix, frame).values()]
    for most, (weight, _) in heads:
        order = np.argsort(-np.abs(weight) * spread[: len(weight)], kind="stable")
        kept.update(order[:most].tolist())
    return frame_of(matrix, frame.known[sorted(kept)])


def weighted(matrix: Any, frame: Frame, groups: int = GROUPS) -> Any:
    """Return *matrix* weighted by the frequencies of *frame*, each of the first *groups* groups of length 1."""
    parts = []
    matrix = matrix.tocsc()
    for group in range(groups):
        start, end = frame.ends[group : group + 2]
        part = matrix[:, frame.known[start:end]].multiply(frame.idf[start:end]).tocsr()
        norm = np.sqrt(np.asarray(part.multiply(part).sum(axis=1)).ravel())
        parts.append(diags(1 / np.maximum(norm, 1e-12)) @ part)
    return hstack(parts, format="csr")


def even(keys: Sequence[Any]) -> Any:
    """Return weights by which each of *keys* has the same total."""
    sizes = Counter(keys)
    return np.array([len(keys) / len(sizes) / sizes[key] for key in keys])


def regression(matrix: Any, labels: Sequence[bool], weights: Any, strength: float) -> LogisticRegression:
    """Return a logistic regression; its dual form is four times as fast here and comes to the same weights."""
    model = LogisticRegression(C=strength, solver="liblinear", dual=True, tol=0.01, max_iter=300, random_state=0)
    return model.fit(matrix, np.array(labels), sample_weight=weights)


Head = tuple[Callable[[Row], bool], Callable[[Row], bool]]
#: Which texts a head learns from, and what is positive.
HEADS: dict[str, Head] = {
    "machine": (lambda row: row.label in ("mt", "ht") and row.language != "de-en", lambda row: row.label == "mt"),
    "translated": (lambda row: row.language != "de-en", lambda row: row.label != "orig"),
}
STRENGTH = 20.0
#: Texts written in English that come with no translation are of other subjects and weigh less.
NATIVE = 0.1


def fit_heads(texts: Sequence[Row], matrix: Any, frame: Frame) -> list[tuple[Any, float]]:
    """Return the weights and the intercept of each head; both sources of translations count the same."""
    found = []
    full = weighted(matrix, frame)
    for chosen, positive in HEADS.values():
        places = [place for place, row in enumerate(texts) if chosen(row)]
        labels = [positive(texts[place]) for place in places]
        keys = [(label, texts[place].source) for place, label in zip(places, labels, strict=True)]
        weights = even(keys)
        weights[[not texts[place].year for place in places]] *= NATIVE
        model = regression(full[places], labels, weights, STRENGTH)
        found.append((model.coef_.ravel(), float(model.intercept_[0])))
    return found


def fit_languages(texts: Sequence[Row], matrix: Any, frame: Frame) -> dict[str, tuple[Any, float]]:
    """Return a head for each source language (and for English) against the others, from single words."""
    places = [place for place, row in enumerate(texts) if row.language != "de-en" and row.year]
    full = weighted(matrix, frame, 1)[places]
    languages = [texts[place].language for place in places]
    found = {}
    for language in sorted(set(languages)):
        weights = even(languages)
        own = np.array([other == language for other in languages])
        weights[own] *= len(set(languages)) / 2
        model = regression(full, list(own), weights, STRENGTH)
        found[language] = model.coef_.ravel(), float(model.intercept_[0])
    return found


def out_of_fold(texts: Sequence[Row]) -> Any:
    """Return what the heads say of each text when its language or its years were left out."""
    said = np.zeros((len(texts), len(HEADS)))
    for fold in sorted({row.fold for row in texts}):
        train = [row for row in texts if row.fold != fold]
        matrix = counts_of(train)
        frame = choose(train, matrix, languages=False)
        places = [place for place, row in enumerate(texts) if row.fold == fold]
        test = weighted(counts_of([texts[place] for place in places]), frame)
        for column, (weight, intercept) in enumerate(fit_heads(train, matrix, frame)):
            said[places, column] = test @ weight + intercept
    return said


def fit_stack(texts: Sequence[Row], said: Any) -> dict[str, list[float]]:
    """Return the calibration of both heads, on what they said of documents of languages or years they had not seen."""
    stack = {}
    for column, (name, (chosen, positive)) in enumerate(HEADS.items()):
        places = [place for place, row in enumerate(texts) if chosen(row) and row.year]
        labels = [positive(texts[place]) for place in places]
        keys = [(label, texts[place].source) for place, label in zip(places, labels, strict=True)]
        values = [float(said[place, column]) for place in places]
        if name == "machine":
            found = [
                machine_features(value, float(texts[place].words)) for place, value in zip(places, values, strict=True)
            ]
        else:
            found = [[value] for value in values]
        model = LogisticRegression(C=10.0).fit(np.array(found), labels, sample_weight=even(keys))
        stack[name] = [*map(float, model.coef_.ravel()), float(model.intercept_[0])]
    return stack


KNEES = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0)


def fit_evidence(texts: Sequence[Row], pages: Sequence[Page]) -> list[float]:
    """Return from which weight on evidence counts, and its slope there.

    Learnt on human translations and texts written in English against system output and the *pages* written for the
    project, the three of them weighing the same; the knee is the one with the least loss in cross-validation.
    """
    packs = load_packs()
    judged = [(row.weight, row.label == "mt", row.document) for row in texts if row.language != "de-en" and row.year]
    judged += [(collect(ready(page.text), packs).weight, page.machine_translated, page.name) for page in pages]
    weights = np.array([weight for weight, _, _ in judged])
    labels = np.array([machine for _, machine, _ in judged])
    kinds = ["page" if place >= len(judged) - len(pages) else "text" for place in range(len(judged))]
    sample = even([(kind if label else "", bool(label)) for kind, label in zip(kinds, labels, strict=True)])
    folds = GroupKFold(5)
    groups = [document for _, _, document in judged]
    losses = {}
    for knee in KNEES:
        beyond = np.maximum(0.0, weights - knee)[:, None]
        said = np.zeros(len(labels))
        for train, test in folds.split(beyond, labels, groups):
            model = LogisticRegression(C=10.0).fit(beyond[train], labels[train], sample_weight=sample[train])
            said[test] = model.predict_proba(beyond[test])[:, 1]
        losses[knee] = log_loss(labels, said, sample_weight=sample)
    knee = min(losses, key=lambda knee: losses[knee])
    model = LogisticRegression(C=10.0).fit(np.maximum(0.0, weights - knee)[:, None], labels, sample_weight=sample)
    return [knee, float(model.coef_[0, 0])]


def build(texts: Sequence[Row], about: dict[str, Any]) -> dict[str, Any]:
    """Return the state of a model trained on *texts* and on the pages of `seeds/` that are not held out."""
    matrix = counts_of(texts)
    frame = choose(texts, matrix, languages=True)
    heads = fit_heads(texts, matrix, frame)
    languages = fit_languages(texts, matrix, frame)
    return {
        "format": FORMAT,
        "bits": BITS,
        "rows": pack(frame.known.astype(np.uint32)),
        "idf": pack(frame.idf.astype(np.float16)),
        "heads": pack(np.column_stack([weight for weight, _ in heads]).astype(np.float16)),
        "intercept": [intercept for _, intercept in heads],
        "language_heads": pack(np.column_stack([weight for weight, _ in languages.values()]).astype(np.float16)),
        "language_intercept": [intercept for _, intercept in languages.values()],
        "languages": list(languages),
        "stack": {**fit_stack(texts, out_of_fold(texts)), "evidence": fit_evidence(texts, read_pages())},
        "about": about,
    }


def main(folder: str) -> None:
    """Train on everything in *folder* and publish the model."""
    texts = read(Path(folder))
    about = {"texts": len(texts), "data_sha256": digest(Path(folder)), "scikit_learn": sklearn.__version__}
    save(HERE / "translation.joblib", build(texts, about), compress=9)
    models.publish(HERE, "translation", "translation.joblib", "1", "translation.md", PIN)
    print((HERE / "translation.joblib").stat().st_size, "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:2])
