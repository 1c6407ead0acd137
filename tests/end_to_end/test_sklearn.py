"""A pipeline as a scikit-learn transformer."""

import io

import joblib
import numpy as np
import pytest
from sklearn.base import clone
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline

from tamis.errors import ConfigError
from tamis.sklearn import Cleaner

TEXT = "Gas talks end in Oslo\n\nThe ministers met in Oslo on Tuesday and spoke of gas.\n\nRead also: Ferry late again"


@pytest.fixture
def path(tmp_path):
    pipeline = tmp_path / "news.yaml"
    pipeline.write_text("steps:\n  - boilerplate\n")
    return str(pipeline)


def test_texts_come_out_as_the_pipeline_leaves_them(path):
    [text] = Cleaner(path).fit_transform([TEXT])
    assert "The ministers met" in text
    assert "Ferry late" not in text


def test_a_cleaner_is_cloned_with_its_settings(path):
    cleaner = clone(Cleaner(path).set_params(boilerplate__title="cut"))
    assert cleaner.get_params()["boilerplate__title"] == "cut"
    assert not cleaner.transform([TEXT])[0].startswith("Gas talks end")


def test_an_unknown_setting_is_an_error(path):
    with pytest.raises(ConfigError, match="did you mean 'title'"):
        Cleaner(path).set_params(boilerplate__titel="cut")


def test_a_refused_setting_leaves_the_cleaner_as_it_was(path):
    cleaner = Cleaner(path)
    with pytest.raises(ConfigError):
        cleaner.set_params(boilerplate__titel="x")
    with pytest.raises(ConfigError, match="no parameter 'pipelin' - did you mean 'pipeline'"):
        cleaner.set_params(pipelin="x")
    assert cleaner.settings is None


def test_a_refused_setting_of_another_pipeline_leaves_both_as_they_were(path):
    cleaner = Cleaner(path)
    with pytest.raises(ConfigError):
        cleaner.set_params(pipeline="default", boilerplate__titel="x")
    assert cleaner.pipeline == path


def test_the_parameters_of_a_cleaner_can_be_given_back_to_it(tmp_path):
    (tmp_path / "p.yaml").write_text("steps: [boilerplate, {drop: {if: len(text) < 3}}]")
    cleaner = Cleaner(str(tmp_path / "p.yaml"))
    assert cleaner.set_params(**cleaner.get_params()).get_params()["drop__if"] == "len(text) < 3"


def test_a_number_of_numpy_is_a_setting(path):
    assert Cleaner(path).set_params(boilerplate__least=np.float32(0.75)).get_params()["boilerplate__least"] == 0.75


def test_one_text_is_no_list_of_texts(path):
    with pytest.raises(TypeError, match="found one str"):
        Cleaner(path).transform("abc")


def test_a_search_goes_over_the_settings_of_the_steps(path):
    chain = make_pipeline(Cleaner(path), CountVectorizer(), LogisticRegression())
    search = GridSearchCV(chain, {"cleaner__boilerplate__title": ["keep", "cut"]}, cv=2)
    search.fit([TEXT, "Rain all week in the north.", TEXT, "Snow in the south."], [1, 0, 1, 0])
    assert search.best_params_["cleaner__boilerplate__title"] in ("keep", "cut")


def test_a_cleaner_is_dumped_and_loaded(path):
    file = io.BytesIO()
    joblib.dump(Cleaner(path), file)
    file.seek(0)
    assert joblib.load(file).transform([TEXT]) == Cleaner(path).transform([TEXT])
