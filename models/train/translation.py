"""Train the translation model: python models/train/translation.py ../shared/data

Heads: machine or human translation; translated or written in English; the source language. Calibrated on predictions for
languages and years that the heads had not seen. Needs scikit-learn; deterministic.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from collections.abc import Callable
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from typing import NamedTuple

import numpy as np
import sklearn
from scipy.sparse import csr_matrix
from scipy.sparse import diags
from sklearn.linear_model import LogisticRegression

from tamis import Document
from tamis import models
from tamis.learn import pack
from tamis.learn import save
from tamis_translation.features import BITS
from tamis_translation.features import rows
from tamis_translation.features import tokens
from tamis_translation.lexicon import prepare
from tamis_translation.model import FORMAT

HERE = Path(__file__).resolve().parent.parent / "src" / "tamis_models"
PIN = Path(__file__).resolve().parents[2] / "plugins/translation/src/tamis_translation/_pin.py"
FILES = ("wmt21_train.jsonl.gz", "wmt21_dev.jsonl.gz", "ht_vs_mt_de_en_docs.jsonl.gz")
MIN_TEXTS = 3


class Row(NamedTuple):
    """A training text: what it is, where it comes from, its features."""

    text: str
    label: str
    language: str
    document: str
    system: str
    fold: str
    held_out: bool
    found: Any
    counts: Any


def read(folder: Path) -> list[Row]:
    """Return the training texts in *folder*."""
    texts: list[Row] = []
    for name in FILES:
        with gzip.open(folder / "translation" / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                data = json.loads(line)
                text = data["text"] if "text" in data else " ".join(data["segments"])
                language = "en" if data["label"] == "orig" else data["source_lang"] or "en"
                if "doc" in data:
                    document, fold = data["doc"], language if language != "en" else f"en{len(texts) % 3}"
                else:
                    document = f"{data['german_is']}-{data['year']}-{data['id'].rsplit('-', 1)[1]}"
                    fold = f"years{data['year'] % 3}"
                words = Document(text).words
                found, counts = rows(tokens(prepare(text, list(words.texts), list(words.starts), list(words.ends))))
                if data.get("german_is") == "translation" and data["label"] == "mt":
                    language = "de-en"  # English carried to German and back: no German original
                texts.append(
                    Row(text, data["label"], language, document, data["system"] or "", fold, "dev" in name, found, counts)
                )
    return texts


def counts_of(texts: Sequence[Row]) -> Any:
    """Return the sublinear counts of *texts* as a sparse matrix."""
    pointers = np.cumsum([0] + [len(row.found) for row in texts])
    values = 1 + np.log(np.concatenate([row.counts for row in texts]))
    return csr_matrix((values, np.concatenate([row.found for row in texts]), pointers), shape=(len(texts), 1 << BITS))


def weighted(matrix: Any, idf: Any) -> Any:
    """Return *matrix* times *idf*, rows of length 1."""
    matrix = matrix.multiply(idf).tocsr()
    norm = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return diags(1 / np.maximum(norm, 1e-12)) @ matrix


def idf_of(matrix: Any) -> Any:
    """Return the inverse document frequencies; 0 for features that too few texts have."""
    frequency = np.asarray((matrix > 0).sum(axis=0)).ravel()
    return np.where(frequency >= MIN_TEXTS, np.log((1 + matrix.shape[0]) / (1 + frequency)) + 1, 0.0)


def regression(matrix: Any, labels: Any, strength: float) -> LogisticRegression:
    """Return a logistic regression that gives both classes the same weight."""
    model = LogisticRegression(C=strength, class_weight="balanced", solver="liblinear", max_iter=300, random_state=0)
    return model.fit(matrix, labels)


Head = tuple[Callable[[Row], bool], Callable[[Row], bool], float]
#: Which texts a head learns from, what is positive, the inverse of its regularisation.
HEADS: dict[str, Head] = {
    "machine": (lambda row: row.label in ("mt", "ht") and row.language != "de-en", lambda row: row.label == "mt", 10.0),
    "translated": (lambda row: row.language != "de-en", lambda row: row.label != "orig", 10.0),
}


def fit_heads(texts: Sequence[Row], matrix: Any, idf: Any) -> dict[str, tuple[Any, float]]:
    """Return the weights and the intercept of each head, of the languages also."""
    weights: dict[str, tuple[Any, float]] = {}
    full = weighted(matrix, idf)
    for name, (chosen, positive, strength) in HEADS.items():
        places = [place for place, row in enumerate(texts) if chosen(row)]
        model = regression(full[places], [positive(texts[place]) for place in places], strength)
        weights[name] = model.coef_.ravel(), float(model.intercept_[0])
    return weights


def fit_languages(texts: Sequence[Row], matrix: Any, idf: Any) -> dict[str, tuple[Any, float]]:
    """Return one head for each source language, against the others."""
    places = [place for place, row in enumerate(texts) if row.language not in ("en", "de-en")]
    full = weighted(matrix, idf)[places]
    languages = sorted({texts[place].language for place in places})
    found = {}
    for language in languages:
        model = regression(full, [texts[place].language == language for place in places], 10.0)
        found[language] = model.coef_.ravel(), float(model.intercept_[0])
    return found


def out_of_fold(texts: Sequence[Row]) -> Any:
    """Return what the heads say of each text when its language or its years were left out."""
    said = np.zeros((len(texts), len(HEADS)))
    for fold in sorted({row.fold for row in texts}):
        train = [row for row in texts if row.fold != fold]
        matrix = counts_of(train)
        idf = idf_of(matrix)
        heads = fit_heads(train, matrix, idf)
        places = [place for place, row in enumerate(texts) if row.fold == fold]
        test = weighted(counts_of([texts[place] for place in places]), idf)
        for column, name in enumerate(HEADS):
            weight, intercept = heads[name]
            said[places, column] = test @ weight + intercept
    return said


def stack_features(said: Any) -> Any:
    """Return what the final regression sees: both heads and the lesser of them."""
    machine, translated = said[:, 0], said[:, 1]
    return np.column_stack((machine, np.minimum(translated, 4.0), np.minimum(machine, translated)))


def fit_stack(texts: Sequence[Row], said: Any) -> list[float]:
    """Return the weights that turn the heads into log odds, machine translations weighing as much as all others."""
    places = [place for place, row in enumerate(texts) if row.language != "de-en"]
    labels = np.array([texts[place].label == "mt" for place in places])
    model = LogisticRegression(C=100.0, class_weight="balanced").fit(stack_features(said[places]), labels)
    return [*map(float, model.coef_.ravel()), float(model.intercept_[0])]


def build(texts: Sequence[Row], about: dict[str, Any]) -> dict[str, Any]:
    """Return the state of a model trained on *texts*."""
    matrix = counts_of(texts)
    idf = idf_of(matrix)
    heads = fit_heads(texts, matrix, idf)
    languages = fit_languages(texts, matrix, idf)
    known = np.flatnonzero(idf)
    columns = [*heads.values(), *languages.values()]
    return {
        "format": FORMAT,
        "bits": BITS,
        "rows": pack(known.astype(np.uint32)),
        "idf": pack(idf[known].astype(np.float32)),
        "weights": pack(np.column_stack([weight[known] for weight, _ in columns]).astype(np.float16)),
        "intercept": [intercept for _, intercept in columns],
        "languages": list(languages),
        "stack": fit_stack(texts, out_of_fold(texts)),
        "about": about,
    }


def main(folder: str) -> None:
    """Train on everything in *folder* and publish the model."""
    texts = read(Path(folder))
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((Path(folder) / "translation" / name).read_bytes())
    about = {"texts": len(texts), "data_sha256": digest.hexdigest(), "scikit_learn": sklearn.__version__}
    save(HERE / "translation.joblib", build(texts, about), compress=9)
    models.publish(HERE, "translation", "translation.joblib", "1", "translation.md", PIN)
    print((HERE / "translation.joblib").stat().st_size, "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:2])
