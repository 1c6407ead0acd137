"""Another backend gives the same label, so that one line of YAML swaps them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import tamis.testing
from tamis import Document
from tamis import Drop
from tamis import Label
from tamis import Step
from tamis.errors import ConfigError
from tamis_language import Language

py3langid = pytest.importorskip("tamis_py3langid", reason="tamis-py3langid is not installed")
TEXTS = {
    "en": "The council voted on Tuesday to reopen the ferry line, which was closed after the storms of last winter.",
    "fr": "Le conseil a voté mardi la réouverture de la ligne, fermée après les tempêtes de l'hiver dernier.",
    "no": "Rådet vedtok tirsdag å åpne fergelinjen igjen, som ble stengt etter stormene i fjor vinter.",
    "und": "12/11/2024",
}


SLOW = {
    "finds_the_same_in_a_fresh_process": "py3langid takes seconds to load",
    "finds_the_same_under_another_hash_seed": "py3langid takes seconds to load",
}


@tamis.testing.checks(py3langid.Py3langid(), leave_out=SLOW)
def test_py3langid_is_a_good_step(check: Callable[[], None]) -> None:
    check()


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("step", [Language(), py3langid.Py3langid()], ids=["language", "py3langid"])
def test_both_backends_give_the_same_label(step: Step, language: str) -> None:
    (label,) = step.find(Document(TEXTS[language]))
    assert isinstance(label, Label)
    assert (label.name, label.value) == ("language", language)
    assert abs(sum(label.scores.values()) - 1) < 1e-6


def test_both_backends_drop_with_the_same_reason() -> None:
    drops = [list(step(keep=["en"]).find(Document(TEXTS["fr"])))[-1] for step in (Language, py3langid.Py3langid)]
    assert drops == [Drop("language fr is not among en")] * 2


@pytest.mark.parametrize("setting", ["keep", "languages"])
def test_a_language_that_py3langid_does_not_know_ends_the_run(setting: str) -> None:
    with pytest.raises(ConfigError, match="'fra' is not known to py3langid - did you mean"):
        list(py3langid.Py3langid(**{setting: ["fra"]}).find(Document(TEXTS["fr"])))
