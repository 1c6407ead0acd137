"""Static word vectors: exact explanations, the same bits in any batch, and never another version or a download."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Literal

import numpy as np
import pytest

from tamis import Document
from tamis.errors import ModelError
from tamis.learn import Features
from tamis.learn import LinearModel
from tamis.learn import candidates
from tamis.learn import fit_best
from tamis.learn import load
from tamis.learn import save
from tamis.learn.embedding import embedding

pytest.importorskip("wordllama")

SEEN = [
    Features(ngrams=0, embedding="wordllama"),
    Features(ngrams=2, min_df=1, lead=5, chunk=4, embedding="wordllama"),
]


@pytest.fixture(params=SEEN)
def model(news: SimpleNamespace, request: pytest.FixtureRequest) -> LinearModel:
    return LinearModel(request.param).fit(news.texts, news.labels)


@pytest.fixture
def without_the_package(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "wordllama", None)
    embedding.cache_clear()
    yield
    embedding.cache_clear()


@pytest.mark.parametrize("features", SEEN)
@pytest.mark.parametrize("kind", ["labels", "classes"])
def test_contributions_add_up_to_the_logit(
    news: SimpleNamespace, features: Features, kind: Literal["labels", "classes"]
) -> None:
    model = LinearModel(features, kind=kind).fit(news.texts, news.labels if kind == "labels" else news.classes)
    model.slope = model.slope * 2
    for text in (*news.texts, news.long, ""):
        table = model.predict_proba([text])
        for column, label in enumerate(model.classes):
            found = model.explain(text, label)
            assert found.base + sum(found.values) + sum(found.others.values()) == pytest.approx(found.logit, abs=1e-6)
            assert found.probability == table[0, column]


def test_a_text_gets_the_same_bits_in_any_batch(model: LinearModel, news: SimpleNamespace) -> None:
    texts = [*news.texts, news.long, "", "\ud800", "a" * 10_000] * 3
    alone = np.concatenate([model.predict_proba([text]) for text in texts])
    assert np.isfinite(alone).all()
    assert np.array_equal(model.predict_proba(texts), alone)


def test_a_word_of_the_title_counts_though_it_has_no_span(model: LinearModel) -> None:
    found = model.explain(Document("It was quiet.", meta={"title": "Crude oil falls"}), "energy")
    assert found.others["oil"] > 0


def test_casing_does_not_matter(model: LinearModel) -> None:
    assert np.array_equal(model.predict_proba(["CRUDE OIL"]), model.predict_proba(["crude oil"]))


def test_words_that_no_text_had_are_understood(news: SimpleNamespace) -> None:
    model = LinearModel(SEEN[0], strength=10).fit(news.texts, news.labels)
    table = model.predict_proba(["Kilowatts of geothermal heat.", "Kittens and puppies on a sofa."])
    energy = model.classes.index("energy")
    assert table[0, energy] > 0.5 > table[1, energy]


def test_a_model_survives_its_file_to_the_bit(model: LinearModel, news: SimpleNamespace, tmp_path: Path) -> None:
    save(tmp_path / "m.joblib", model.state())
    back = LinearModel.from_state(load(tmp_path / "m.joblib"))
    assert np.array_equal(back.predict_proba(news.texts), model.predict_proba(news.texts))


def test_a_model_of_other_vectors_is_refused(model: LinearModel) -> None:
    with pytest.raises(ModelError, match=r"x.joblib cannot be used: .* 'wordllama' has other vectors"):
        LinearModel.from_state({**model.state(), "embedding": "0" * 64}, name="x.joblib")


def test_a_model_without_its_package_is_refused(model: LinearModel, request: pytest.FixtureRequest) -> None:
    state = model.state()
    request.getfixturevalue("without_the_package")
    with pytest.raises(ModelError, match=r"x.joblib cannot be used: .* not installed; .*tamis\[embeddings\]"):
        LinearModel.from_state(state, name="x.joblib")


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    embedding.cache_clear()
    assert embedding("wordllama").size == 256


def test_there_is_no_other_embedding() -> None:
    with pytest.raises(ModelError, match="there is no embedding 'glove'"):
        LinearModel(Features(embedding="glove"))


def test_the_embedding_is_tried_on_few_texts() -> None:
    model = LinearModel(Features(ngrams=2))
    seen = [(each.vectorizer.settings.ngrams, bool(each.embedding)) for each in candidates(model, "auto", 50)]
    assert seen == [(2, False), (0, True), (2, True)]
    assert len(candidates(model, "auto", 5000)) == 1


@pytest.mark.usefixtures("without_the_package")
def test_without_the_package_words_are_all_there_is() -> None:
    assert len(candidates(LinearModel(), "auto", 50)) == 1
    with pytest.raises(ModelError, match="not installed"):
        candidates(LinearModel(), "both", 50)


def test_what_answers_best_is_chosen() -> None:
    energy = ["uranium", "petrol", "diesel", "turbine", "reactor", "megawatts", "solar", "kerosene", "coal", "biogas"]
    animals = ["kitten", "puppy", "horse", "sparrow", "goat", "hamster", "otter", "donkey", "rabbit", "sheep"]
    labels = ["energy"] * 10 + ["animals"] * 10
    model = LinearModel(Features(min_df=1), kind="classes", strength=10)
    best, logits = fit_best(candidates(model, "auto", 20), [*energy, *animals], labels, folds=4)
    assert best.vectorizer.settings.embedding
    assert np.mean((logits[:, 0] > 0) == ([True] * 10 + [False] * 10)) > 0.8
