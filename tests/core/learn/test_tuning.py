"""Folds keep equal texts together; calibration and thresholds come from texts the model has not seen."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from tamis.learn import Features
from tamis.learn import LinearModel
from tamis.learn import best_threshold
from tamis.learn import fit_slopes
from tamis.learn import out_of_fold
from tamis.learn import tune
from tamis.learn.folds import assign


def test_equal_texts_lie_in_one_fold(news: SimpleNamespace) -> None:
    place = assign(news.texts * 2, news.labels * 2, 4)
    assert (place[:26] == place[26:]).all()


def test_folds_do_not_depend_on_the_order(news: SimpleNamespace) -> None:
    assert (assign(news.texts, news.labels, 3)[::-1] == assign(news.texts[::-1], news.labels[::-1], 3)).all()


def test_every_label_is_spread_over_the_folds(news: SimpleNamespace) -> None:
    place = assign(news.texts, news.labels, 4)
    counts = np.bincount(place[:8], minlength=4)
    assert counts.min() >= 1


def test_out_of_fold_answers_come_from_models_that_have_not_seen_the_text(news: SimpleNamespace) -> None:
    texts, labels = [*news.texts, "zyx zyx zyx"], [*news.labels, ["energy"]]
    model = LinearModel(Features(min_df=1), strength=100)
    seen = model.fit(texts, labels).raw_logits(["zyx zyx zyx"])[0, 1]
    unseen = out_of_fold(model, texts, labels, folds=5)[-1, 1]
    assert seen > 0 > unseen


def test_tuning_raises_no_label_above_its_evidence(news: SimpleNamespace) -> None:
    model = LinearModel(Features(min_df=1), loss="hinge").fit(news.texts, news.labels)
    tune(model, out_of_fold(model, news.texts, news.labels, folds=4), news.labels)
    assert all(0 < value < 1 for value in model.thresholds.values())
    assert (model.slope >= 0.05).all()


def test_a_threshold_that_rests_on_two_examples_hardly_leaves_the_usual_one() -> None:
    model = LinearModel(Features())
    model.classes = ["a"]
    logits = np.array([[6.0], [5.0], *[[-4.0]] * 20])
    tune(model, logits, [["a"], ["a"], *[[]] * 20])
    assert model.thresholds["a"] == pytest.approx(0.3, abs=0.05)


def test_a_threshold_that_rests_on_many_examples_follows_them() -> None:
    model = LinearModel(Features())
    model.classes = ["a"]
    logits = np.concatenate([np.full((400, 1), 2.0), np.full((400, 1), -2.0)])
    tune(model, logits, [["a"]] * 400 + [[]] * 400)
    assert model.thresholds["a"] == pytest.approx(0.5, abs=0.02)


def test_many_rare_labels_share_what_they_know() -> None:
    names = [f"label {number:02}" for number in range(40)]
    logits = np.full((400, 40), -1.0)
    labels: list[list[str]] = [[] for _ in range(400)]
    for column, name in enumerate(names):
        for row in range(5 * column, 5 * column + 5):
            labels[row].append(name)
            logits[row, column] = -0.4 if column else 3.0
    model = LinearModel(Features())
    model.classes = names
    tune(model, logits, labels)
    odds = {name: np.log(limit / (1 - limit)) for name, limit in model.thresholds.items()}
    raw = [(odds[name] - model.shift[column]) / model.slope[column] for column, name in enumerate(names)]
    assert raw[1:] == pytest.approx([-0.7] * 39)
    assert raw[0] == pytest.approx((1.0 * 5 - 0.7 * 10) / 15)


def test_calibration_finds_the_slope_of_the_odds() -> None:
    rng = np.random.default_rng(0)
    true = rng.normal(size=4000) * 2
    has = rng.random(4000) < 1 / (1 + np.exp(-true))
    slope, shift = fit_slopes(
        (true / 3 - 1)[:, None], [["a"] if value else [] for value in has.tolist()], ["a"], "labels"
    )
    assert slope[0] == pytest.approx(3, rel=0.15)
    assert shift[0] == pytest.approx(3, rel=0.2)


def test_the_threshold_lies_in_the_middle_of_the_best_gap() -> None:
    assert best_threshold(np.array([0.9, 0.8, 0.3, 0.2]), np.array([True, True, False, False])) == pytest.approx(0.55)


def test_the_threshold_without_examples_is_a_half() -> None:
    assert best_threshold(np.array([0.9, 0.1]), np.array([False, False])) == 0.5


def test_exclusive_classes_are_calibrated_together(news: SimpleNamespace) -> None:
    model = LinearModel(Features(min_df=1), kind="classes").fit(news.texts, news.classes)
    model.calibrate(news.texts, news.classes)
    assert np.allclose(model.predict_proba(news.texts).sum(axis=1), 1)
    assert model.predict(news.texts[:8]) == ["energy"] * 8
