"""`TopicClassifier` is a scikit-learn classifier of texts: our own list of what that means."""

from __future__ import annotations

import pickle
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.base import is_classifier
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from tamis.errors import ModelError
from tamis.learn.config import Settings
from tamis_topics import TopicClassifier

GAS = ["Crude oil fell below eighty dollars.", "The refinery cut its oil output.", "Wind power beat coal power."]
TALK = ["The foreign ministers met in Vienna.", "The ambassador was recalled.", "The summit ended with a treaty."]
GAME = ["The striker scored twice.", "The team lost at home.", "The coach praised the goalkeeper."]


@pytest.fixture(scope="module")
def news() -> SimpleNamespace:
    texts = [f"{text} {extra}" for extra in ("Today.", "Again.", "On Monday.") for text in GAS + TALK + GAME]
    names: list[list[str]] = ([["energy"]] * 3 + [["diplomacy"]] * 3 + [[]] * 3) * 3
    table = np.array([["diplomacy" in one, "energy" in one] for one in names], int)
    single = [one[0] if one else "sport" for one in names]
    return SimpleNamespace(texts=texts, names=names, table=table, single=single)


@pytest.fixture(scope="module")
def fitted(news: SimpleNamespace) -> TopicClassifier:
    return TopicClassifier(min_df=1).fit(news.texts, news.names)


def test_it_is_a_classifier() -> None:
    assert is_classifier(TopicClassifier())


def test_parameters_come_back() -> None:
    assert TopicClassifier(ngrams=3).set_params(strength=7.0).get_params()["strength"] == 7.0
    assert TopicClassifier(ngrams=3).get_params()["ngrams"] == 3


def test_a_clone_has_the_parameters_and_no_model(fitted: TopicClassifier) -> None:
    copy = clone(fitted)
    assert copy.get_params() == fitted.get_params()
    assert not hasattr(copy, "model_")


def test_fit_returns_the_classifier_and_alters_no_argument(news: SimpleNamespace) -> None:
    texts, names = list(news.texts), [list(one) for one in news.names]
    model = TopicClassifier(min_df=1)
    assert model.fit(texts, names) is model
    assert (texts, names) == (news.texts, news.names)


def test_predicting_before_fitting_is_refused() -> None:
    with pytest.raises(NotFittedError):
        TopicClassifier().predict(["text"])


def test_names_give_a_table_in_the_order_of_classes(fitted: TopicClassifier, news: SimpleNamespace) -> None:
    assert fitted.classes_.tolist() == ["diplomacy", "energy"]
    assert np.array_equal(fitted.predict(news.texts), news.table)
    assert fitted.topics(news.texts) == news.names


def test_a_table_gives_a_table(news: SimpleNamespace) -> None:
    for table in (news.table, csr_matrix(news.table), news.table.astype(bool), news.table.tolist()):
        model = TopicClassifier(min_df=1).fit(news.texts, table)
        assert np.array_equal(model.predict(news.texts), news.table)
        assert model.classes_.tolist() == [0, 1]


def test_one_name_a_text_gives_one_name_a_text(news: SimpleNamespace) -> None:
    model = TopicClassifier(min_df=1, loss="log").fit(news.texts, news.single)
    assert model.predict(news.texts).tolist() == news.single
    assert model.predict_proba(news.texts).sum(axis=1) == pytest.approx(1)


def test_two_classes_and_numbers_work(news: SimpleNamespace) -> None:
    y = np.array([10 if one == "energy" else 2 for one in news.single])
    model = TopicClassifier(min_df=1, loss="log").fit(news.texts, y)
    assert model.classes_.tolist() == [2, 10]
    assert np.array_equal(model.predict(news.texts), y)
    assert model.predict_proba(news.texts).shape == (27, 2)
    assert model.decision_function(news.texts).shape == (27,)


def test_lists_tuples_and_arrays_of_texts_are_alike(fitted: TopicClassifier, news: SimpleNamespace) -> None:
    wanted = fitted.predict_proba(news.texts)
    for texts in (tuple(news.texts), np.array(news.texts), np.array(news.texts, dtype=object)):
        assert np.array_equal(fitted.predict_proba(texts), wanted)


def test_probabilities_lie_between_0_and_1_and_agree_with_the_logits(fitted: TopicClassifier) -> None:
    table = fitted.predict_proba(["Oil and talks.", ""])
    assert ((table >= 0) & (table <= 1)).all()
    assert 1 / (1 + np.exp(-fitted.decision_function(["Oil and talks.", ""]))) == pytest.approx(table)


def test_the_same_data_gives_the_same_model(news: SimpleNamespace) -> None:
    one, two = (TopicClassifier(min_df=1).fit(news.texts, news.names).predict_proba(news.texts) for _ in range(2))
    assert np.array_equal(one, two)


def test_a_text_is_judged_alike_alone_and_among_others(fitted: TopicClassifier, news: SimpleNamespace) -> None:
    alone = np.concatenate([fitted.predict_proba([text]) for text in news.texts])
    assert np.array_equal(fitted.predict_proba(news.texts), alone)


def test_cross_validation_works_with_tables_and_with_names(news: SimpleNamespace) -> None:
    assert cross_val_score(TopicClassifier(min_df=1, folds=2), news.texts, news.table, cv=3).mean() > 0.5
    assert cross_val_score(TopicClassifier(min_df=1, folds=2), news.texts, news.single, cv=3).mean() > 0.5
    found = cross_val_score(TopicClassifier(min_df=1, folds=2), news.texts, news.table, cv=3, scoring="f1_macro")
    assert found.shape == (3,)


def test_grid_search_works(news: SimpleNamespace) -> None:
    search = GridSearchCV(TopicClassifier(min_df=1, folds=0), {"ngrams": [1, 2], "chars": [None, (3, 3)]}, cv=2)
    assert search.fit(news.texts, news.table).best_params_["ngrams"] in (1, 2)


def test_it_ends_a_pipeline(news: SimpleNamespace) -> None:
    upper = FunctionTransformer(lambda texts: [text.upper() for text in texts])
    pipe = make_pipeline(upper, TopicClassifier(min_df=1)).fit(news.texts, news.names)
    assert np.array_equal(pipe.predict(news.texts), news.table)


def test_sample_weights_count(news: SimpleNamespace) -> None:
    texts, y = ["a b", "a b", "c d", "c d"], ["x", "y", "x", "y"]
    model = TopicClassifier(min_df=1, loss="log", folds=0).fit(texts, y, sample_weight=[9, 1, 1, 9])
    assert model.predict(["a b", "c d"]).tolist() == ["x", "y"]


def test_it_pickles(fitted: TopicClassifier, news: SimpleNamespace) -> None:
    back = pickle.loads(pickle.dumps(fitted))
    assert np.array_equal(back.predict_proba(news.texts), fitted.predict_proba(news.texts))


def test_it_survives_its_file(fitted: TopicClassifier, news: SimpleNamespace, tmp_path: Path) -> None:
    fitted.save(tmp_path / "mine.joblib")
    back = TopicClassifier.load(tmp_path / "mine.joblib")
    assert np.array_equal(back.predict_proba(news.texts), fitted.predict_proba(news.texts))
    assert back.get_params() == fitted.get_params()
    assert back.topics(news.texts) == news.names


def test_the_score_is_the_share_of_texts_that_are_exactly_right(fitted: TopicClassifier, news: SimpleNamespace) -> None:
    assert fitted.score(news.texts, news.names) == 1.0
    assert fitted.score(news.texts, [["energy"]] * 27) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("texts", "y", "message"),
    [
        ("one text", ["a"], "one str"),
        (["a", 3], ["x", "y"], r"X\[1\] is int"),
        (["a", None], ["x", "y"], r"X\[1\] is NoneType"),
        (["a", "b"], ["x"], "2 texts, y 1 rows"),
        (["a", "b"], ["x", "x"], "one class only"),
        (["a"], [["x"]], "at least 2"),
        ([], [], "one class only"),
    ],
)
def test_data_that_cannot_be_learnt_from_is_refused(texts: Any, y: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        TopicClassifier().fit(texts, y)


def test_features_that_there_are_not_are_refused(news: SimpleNamespace) -> None:
    with pytest.raises(ValueError, match="did you mean 'embedding'"):
        TopicClassifier(features="embeddings").fit(news.texts, news.names)


@pytest.mark.parametrize("features", ["words", "embedding", "both"])
def test_what_a_classifier_sees_is_kept_in_its_file(features: Any, news: SimpleNamespace, tmp_path: Path) -> None:
    if features != "words":
        pytest.importorskip("wordllama")
    model = TopicClassifier(features=features, min_df=1, folds=2).fit(news.texts, news.names)
    model.save(tmp_path / "mine.joblib")
    back = TopicClassifier.load(tmp_path / "mine.joblib")
    assert back.features == features
    assert np.array_equal(back.predict_proba(news.texts), model.predict_proba(news.texts))


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.joblib").write_bytes(b"no model")
    with pytest.raises(ModelError):
        TopicClassifier.load(tmp_path / "x.joblib")


def test_what_it_learns_with_is_what_tamis_train_learns_with_by_default() -> None:
    assert TopicClassifier().get_params() == Settings().model_dump()
