"""Every installed step, with default settings, passes the checks that authors of plugins are given."""

import pytest

import tamis.testing
from tamis import Document
from tamis import Label
from tamis.drop import DropStep
from tamis.host import Host

#: Steps that cannot be made without a setting, with one.
NEED_A_SETTING = {"drop": DropStep(if_="truncated")}
CUT_SHORT = Document("The news.").apply("boilerplate", [Label("truncated", True)])

#: A step that needs a file is held to the rules by the tests of its own plugin.
ALONE = {name: step for name, step in Host().steps.items() if not step.model_json_schema().get("required")}
STEPS = [*NEED_A_SETTING.values(), *(step() for name, step in ALONE.items() if name not in NEED_A_SETTING)]


@tamis.testing.checks(*STEPS, texts=[CUT_SHORT])
def test_an_installed_step_keeps_the_rules(check):
    check()


def test_no_installed_plugin_is_broken():
    assert [(plugin.name, plugin.broken) for plugin in Host().plugins if plugin.broken] == []


@pytest.mark.parametrize("name", ["boilerplate", "language", "translation", "topics", "sentiment"])
def test_the_built_in_steps_are_installed(name):
    assert name in Host().steps


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("boilerplate", {"title": "cut", "kinds": {"caption": "mark"}}),
        ("language", {"spans": True}),
        ("translation", {"repair": True, "min_words": 10}),
        ("topics", {"threshold": 0.1, "abstain": 0.2}),
        ("sentiment", {"targets": True}),
    ],
)
def test_a_built_in_step_keeps_the_rules_with_other_settings_too(name, settings, request):
    seeds = tamis.testing.load_seeds(request.config.rootpath / "seeds")
    texts = [seed.doc.raw for seed in seeds if seed.name[:2] in ("01", "41", "48")]
    tamis.testing.check_step(Host().steps[name](**settings), texts)
