"""A linear model predicts what scikit-learn would, the same for any batch, and explains it to the word."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from tamis import Document
from tamis.errors import ModelError
from tamis.learn import Features
from tamis.learn import LinearModel
from tamis.learn import load
from tamis.learn import save
from tamis.text import words

SETTINGS = [
    Features(ngrams=1, min_df=1),
    Features(ngrams=3, min_df=1, sublinear=False),
    Features(ngrams=2, min_df=1, lead=10, chunk=7),
    Features(ngrams=2, chars=(3, 4), min_df=1, lead=5, lead_weight=0.2),
    Features(ngrams=0, chars=(2, 3), min_df=1),
]


@pytest.fixture(scope="module")
def model(news: SimpleNamespace) -> LinearModel:
    return LinearModel(Features(min_df=1, lead=10, chunk=7)).fit(news.texts, news.labels)


def plain(text: str) -> list[str]:
    return [word.lower() for word in words(text).texts]


@pytest.mark.parametrize("ngrams", [1, 2, 3])
@pytest.mark.parametrize("sublinear", [True, False])
def test_vectors_and_probabilities_equal_those_of_scikit_learn(
    news: SimpleNamespace, ngrams: int, sublinear: bool
) -> None:
    ours = LinearModel(Features(ngrams=ngrams, min_df=2, sublinear=sublinear)).fit(news.texts, news.labels)
    theirs = TfidfVectorizer(
        tokenizer=plain, token_pattern=None, lowercase=False, ngram_range=(1, ngrams), min_df=2, sublinear_tf=sublinear
    )
    matrix = theirs.fit_transform(news.texts)
    columns = [theirs.vocabulary_[name] for name in ours.vectorizer.names()]
    assert sorted(columns) == list(range(matrix.shape[1]))
    assert abs(matrix[:, columns] - ours.matrix(news.texts)).max() < 1e-12
    table = ours.predict_proba([*news.texts, news.long])
    for column, name in enumerate(ours.classes):
        reference = LogisticRegression(solver="liblinear", random_state=0, tol=1e-5, max_iter=1000)
        reference.fit(matrix[:, columns], [name in one for one in news.labels])
        wanted = reference.predict_proba(theirs.transform([*news.texts, news.long])[:, columns])[:, 1]
        assert np.abs(table[:, column] - wanted).max() < 1e-6


@pytest.mark.parametrize("settings", SETTINGS)
def test_a_text_gets_the_same_bits_in_any_batch(news: SimpleNamespace, settings: Features) -> None:
    model = LinearModel(settings).fit(news.texts, news.labels)
    texts = [*news.texts, news.long, "", "nothing known"] * 4
    alone = np.concatenate([model.predict_proba([text]) for text in texts])
    assert np.array_equal(model.predict_proba(texts), alone)
    assert np.array_equal(model.predict_proba(texts[::-1])[::-1], alone)


@pytest.mark.parametrize("settings", SETTINGS)
def test_contributions_add_up_to_the_logit(news: SimpleNamespace, settings: Features) -> None:
    model = LinearModel(settings).fit(news.texts, news.labels)
    model.slope, model.shift = np.array([2.0, 0.5]), np.array([-1.0, 0.25])
    model.length_slope, model.length_shift = np.array([0.3, 0.1]), np.array([0.2, -0.4])
    for text in (*news.texts, news.long, ""):
        for column, label in enumerate(model.classes):
            found = model.explain(text, label)
            assert found.base + sum(found.values) + sum(found.others.values()) == pytest.approx(found.logit, abs=1e-6)
            assert found.probability == model.predict_proba([text])[0, column]


def test_spans_of_an_explanation_are_words_of_the_text(model: LinearModel) -> None:
    text = "“Crude oil”, said the ministers’ envoy."
    found = model.explain(text, "energy")
    assert [text[start:end] for start, end in found.spans][:2] == ["Crude", "oil"]
    assert "oil" in [text[start:end] for (start, end), _ in found.top(2)]


def test_words_of_a_title_outside_the_text_have_no_span(model: LinearModel) -> None:
    doc = Document("It was quiet.", meta={"title": "Crude oil falls"})
    found = model.explain(doc, "energy")
    assert found.others["oil"] > 0
    assert all(end <= len(doc.text) for _, end in found.spans)


def test_a_title_that_opens_the_text_counts_once(model: LinearModel) -> None:
    text = "Crude oil falls\nIt was quiet."
    doc = Document(text, meta={"title": "Crude oil falls"})
    assert np.array_equal(model.predict_proba([doc]), model.predict_proba([text]))


def test_casing_quotes_and_possessives_do_not_matter(model: LinearModel) -> None:
    one, two = "THE REFINERY'S OUTPUT OF PETROL", "the refinery’s output of petrol"
    assert np.array_equal(model.predict_proba([one]), model.predict_proba([two]))


def test_an_unknown_compound_counts_as_its_last_known_part(model: LinearModel) -> None:
    assert np.array_equal(model.predict_proba(["super-refinery"]), model.predict_proba(["refinery"]))


@pytest.mark.parametrize("text", ["", "\ud800", "\0" * 9, "a" * 10_000, "\u202eabc", "a\r\nb", "- - ' ' 1.", "\u0301"])
def test_any_text_gets_a_probability(model: LinearModel, text: str) -> None:
    table = model.predict_proba([text])
    assert np.isfinite(table).all()


def test_no_text_gives_an_empty_table(model: LinearModel) -> None:
    assert model.predict_proba([]).shape == (0, 2)


def test_a_model_survives_its_file_to_the_bit(model: LinearModel, news: SimpleNamespace, tmp_path: Path) -> None:
    save(tmp_path / "m.joblib", model.state({"data": "x"}, golden=["Crude oil fell."]))
    back = LinearModel.from_state(load(tmp_path / "m.joblib"))
    assert np.array_equal(back.predict_proba(news.texts), model.predict_proba(news.texts))
    assert back.about["data"] == "x"


def test_a_model_survives_pickling(model: LinearModel, news: SimpleNamespace) -> None:
    back = pickle.loads(pickle.dumps(model))
    assert np.array_equal(back.predict_proba(news.texts), model.predict_proba(news.texts))


def altered(model: LinearModel, **changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(model.state(golden=["Crude oil fell."])), **changes}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"format": 99}, "format 99"),
        ({"words_version": 99}, "words_version 99"),
        ({"weights": {"dtype": "<f4", "shape": [1, 1], "bytes": b"\0\0\0\0"}}, "do not fit together"),
        ({"slope": [1.0]}, "do not fit together"),
        ({"vectorizer": {}}, "lacks a part"),
        ({"intercept": [0.0, 9.0]}, "fails its self-test"),
    ],
)
def test_a_model_that_does_not_fit_is_refused(model: LinearModel, changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ModelError, match=message):
        LinearModel.from_state(altered(model, **changes), name="x.joblib")


def test_an_unknown_label_gets_a_suggestion(model: LinearModel) -> None:
    with pytest.raises(ModelError, match="did you mean 'energy'"):
        model.explain("text", "enrgy")


def test_a_label_that_no_text_has_is_never_given(news: SimpleNamespace) -> None:
    model = LinearModel(Features(min_df=1)).fit(news.texts, news.labels, classes=["diplomacy", "energy", "sport"])
    assert not any("sport" in labels for labels in model.predict(news.texts))


def test_the_vocabulary_is_bounded(news: SimpleNamespace) -> None:
    model = LinearModel(Features(min_df=1, max_features=40)).fit(news.texts, news.labels)
    assert model.vectorizer.size == 40
