"""`TranslationClassifier`: the classifier for Python users."""

from __future__ import annotations

import subprocess
import sys

import numpy as np

from tamis_translation import TranslationClassifier

TEXT = "The ship left the harbour at dawn with forty people on board, and the wind was from the west. " * 8


def test_probabilities_sum_to_one() -> None:
    both = TranslationClassifier.load().predict_proba([TEXT, "", "Hello."])
    assert both.shape == (3, 2)
    assert np.allclose(both.sum(axis=1), 1)


def test_the_same_text_has_the_same_answer_in_any_company() -> None:
    clf = TranslationClassifier.load()
    assert clf.predict_proba([TEXT])[0, 1] == clf.predict_proba(["x", TEXT])[1, 1]


def test_predictions_follow_the_probabilities() -> None:
    clf = TranslationClassifier.load()
    assert clf.predict([TEXT])[0] == (clf.predict_proba([TEXT])[0, 1] >= 0.5)


def test_source_languages_sum_to_one() -> None:
    assert abs(sum(TranslationClassifier.load().source_languages([TEXT])[0].values()) - 1) < 1e-9


def test_importing_the_plugin_loads_neither_numpy_nor_scikit_learn() -> None:
    code = (
        "import sys, tamis_translation; print([m for m in ('numpy', 'sklearn', 'joblib', 'scipy') if m in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_answers_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "from tamis_translation import TranslationClassifier as T; c = T.load();"
        f"print(repr(c.predict_proba([{TEXT!r}])[0, 1]), c.source_languages([{TEXT!r}]))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("0", "1")
    }
    assert len(answers) == 1
