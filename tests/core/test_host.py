"""The host: what plugins give, and how broken ones are kept apart."""

from types import ModuleType

import pytest

import tamis
from tamis.errors import PluginError
from tamis.formats.jsonl import JsonlFormat
from tamis.host import Host
from tamis.host import _unfit
from tamis.runner.local import LocalExecutor


class Nothing(tamis.Step):
    """Find nothing."""

    def find(self, doc):
        return ()


def plugin(name, **functions):
    """A plugin module made of hook functions."""
    module = ModuleType(name)
    for hook, function in functions.items():
        setattr(module, hook, tamis.hookimpl(function))
    return module


def good(name="good", step="nothing"):
    return plugin(name, tamis_steps=lambda: {step: Nothing})


def broken(host, name):
    return next(plugin.broken for plugin in host.plugins if plugin.name == name)


def test_the_steps_of_all_plugins_are_there_by_name():
    host = Host([good()], installed=False)
    assert host.steps["nothing"] is Nothing
    assert "drop" in host.steps


def test_a_misspelt_hook_breaks_only_its_plugin():
    host = Host([plugin("bad", tamis_setps=lambda: {"nothing": Nothing}), good()], installed=False)
    assert "tamis_setps" in broken(host, "bad")
    assert "nothing" in host.steps


def test_a_hook_with_a_wrong_argument_breaks_only_its_plugin():
    host = Host([plugin("bad", tamis_steps=lambda host: {}), good()], installed=False)
    assert "host" in broken(host, "bad")
    assert "nothing" in host.steps


def fail():
    raise RuntimeError("no such table")


def test_a_hook_that_raises_breaks_only_its_plugin():
    host = Host([plugin("bad", tamis_steps=fail), good()], installed=False)
    assert "nothing" in host.steps
    assert "no such table" in broken(host, "bad")


def test_a_hook_that_answers_with_something_else_breaks_only_its_plugin():
    host = Host([plugin("bad", tamis_steps=lambda: {"x": len}), good()], installed=False)
    assert "nothing" in host.steps
    assert "derived from tamis.Step" in broken(host, "bad")


@pytest.mark.parametrize("key", ["gives", "needs"])
def test_a_step_with_a_text_for_its_labels_breaks_only_its_plugin(key):
    wrong = type("Wrong", (Nothing,), {key: "label"})
    host = Host([plugin("bad", tamis_steps=lambda: {"x": wrong}), good()], installed=False)
    assert list(host.steps) == ["drop", "nothing"]
    assert f"write {key} = ('label',)" in broken(host, "bad")


@pytest.mark.parametrize("hook", ["tamis_formats", "tamis_executors"])
@pytest.mark.parametrize("thing", [None, JsonlFormat, LocalExecutor])
def test_a_format_or_an_executor_that_is_none_breaks_only_its_plugin(hook, thing):
    host = Host([plugin("bad", **{hook: lambda: {"x": thing}}), good()], installed=False)
    assert (list(host.executors), list(host.formats)) == (["local"], ["csv", "jsonl", "txt"])
    assert f"{hook}: 'x': should be an object" in broken(host, "bad")
    assert "nothing" in host.steps


def test_an_installed_plugin_whose_import_fails_is_named_with_package_version_and_reason(tmp_path, monkeypatch):
    info = tmp_path / "tamis_wrecked-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tamis-wrecked\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text("[tamis]\nwrecked = tamis_wrecked\n")
    (tmp_path / "tamis_wrecked.py").write_text("import no_such_module\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    host = Host()
    [wrecked] = [plugin for plugin in host.plugins if plugin.name == "wrecked"]
    assert wrecked.provider == "tamis-wrecked 1.2"
    assert "no_such_module" in wrecked.broken
    assert "tamis-wrecked 1.2 is broken" in host.missing("wrecked")


def test_a_plugin_that_exits_at_import_does_not_end_the_host(tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text("raise SystemExit(3)\n")
    host = Host(installed=False)
    with pytest.raises(PluginError, match="SystemExit: 3"):
        host.load_local(bad)


def test_a_name_given_twice_is_an_error_that_names_both_and_hurts_no_other_step():
    host = Host([good("one"), good("two"), good("three", step="other")], installed=False)
    assert "nothing" not in host.steps
    assert "other" in host.steps
    assert host.missing("nothing") == "step 'nothing' is given by one and two: uninstall one of them"


def test_an_unknown_name_is_answered_with_the_closest():
    assert Host(installed=False).missing("dorp") == "no step 'dorp' is installed - did you mean 'drop'?"


def test_the_provider_of_a_step_is_its_plugin():
    host = Host([good()], installed=False)
    assert host.provider("nothing").name == "good"
    with pytest.raises(PluginError, match="no step 'nix'"):
        host.provider("nix")


@pytest.mark.parametrize(
    ("requires", "fits"),
    [
        (["tamis>=0.1"], True),
        (["tamis>=9"], False),
        (["click>=999"], True),
        (["tamis>=9; extra == 'later'"], True),
        (["not a requirement !!"], True),
    ],
)
def test_a_distribution_that_wants_another_tamis_is_refused(requires, fits):
    assert (_unfit(requires, "0.1.0") is None) == fits


def test_a_local_file_is_a_plugin_with_the_same_hook(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(
        "import tamis\n\nclass Mine(tamis.Step):\n    'Find nothing.'\n    def find(self, doc):\n        return ()\n\n"
        "@tamis.hookimpl\ndef tamis_steps():\n    return {'mine': Mine}\n"
    )
    host = Host(installed=False)
    assert "mine" not in host.steps
    host.load_local(path)
    assert "mine" in host.steps


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("x = 1", "registers nothing"),
        ("import tamis\n@tamis.hookimpl\ndef tamis_steps():\n    return {'shout': 3}", "'shout': should be a class"),
    ],
)
def test_a_local_file_that_gives_no_step_is_an_error(tmp_path, code, why):
    (tmp_path / "mine.py").write_text(code)
    with pytest.raises(PluginError, match=why):
        Host(installed=False).load_local(tmp_path / "mine.py")


def test_a_local_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(PluginError, match="should be a Python file"):
        Host(installed=False).load_local(tmp_path / "none.py")


ASKED = """
import tamis
from pathlib import Path

class Quiet(tamis.Step):
    "Find nothing."
    def find(self, doc):
        return ()

@tamis.hookimpl
def tamis_steps():
    with Path(__file__).with_name("asked").open("a") as file:
        file.write("x")
    return {"quiet": Quiet}
"""


def test_steps_are_asked_for_once_and_never_per_document(tmp_path):
    (tmp_path / "quiet.py").write_text(ASKED)
    (tmp_path / "p.yaml").write_text("plugins: [./quiet.py]\nsteps: [quiet, {use: quiet, id: again}]\n")
    pipeline = tamis.load(tmp_path / "p.yaml", allow_local_plugins=True)
    assert len(list(pipeline.stream(["text"] * 100))) == 100
    assert (tmp_path / "asked").read_text() == "x"


@pytest.mark.parametrize("label", ["text", "meta", "null"])
def test_a_step_that_gives_a_label_which_means_something_else_is_refused(label):
    host = Host(
        [plugin("odd", tamis_steps=lambda: {"odd": type("Odd", (Nothing,), {"gives": (label,)})})], installed=False
    )
    assert "odd" not in host.steps
    assert f"{label!r} means something else in a `when`" in broken(host, "odd")
