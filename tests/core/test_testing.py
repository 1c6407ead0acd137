"""The checks of the test kit: a good step passes them all, and each is the only one to catch one wrong step."""

import re
from pathlib import Path

import pytest

import tamis
import tamis.testing
from tamis.local import load_module
from tamis.testing.kit import CHECKS
from tamis.testing.subject import Subject

wrong = load_module(Path(__file__).with_name("wrong_steps.py"))
SHOUT = wrong.SHOUT


@tamis.testing.checks(wrong.Shout(), texts=SHOUT)
def test_a_good_step_passes_every_check(check):
    check()


WRONG = {
    "has_a_docstring": wrong.NoDocstring(),
    "settings_are_described": wrong.NoDescription(),
    "settings_do_not_clash_with_the_host": wrong.ClashesWithTheHost(),
    "settings_are_strict": wrong.TakesAnySetting(),
    "settings_are_frozen": wrong.NotFrozen(),
    "settings_survive_yaml": wrong.LosesASettingInYaml(),
    "settings_have_a_schema": wrong.HasNoSchema(),
    "pickles": wrong.ForgetsInPickle(longest=13),
    "pickles_as_settings": wrong.CarriesWhatItLoaded(),
    "never_raises": wrong.RaisesOnNothing(),
    "finds_something": wrong.FindsNothing(),
    "yields_findings": wrong.YieldsStrings(),
    "spans_are_in_range": wrong.CutsNothing(),
    "edits_are_disjoint": wrong.OverlapsItself(),
    "reasons_are_given": wrong.GivesNoReason(),
    "labels_are_declared": wrong.GivesAnUndeclaredLabel(),
    "findings_are_json": wrong.GivesNumbersAsKeys(),
    "scores_are_probabilities": wrong.ScoresInPercent(),
    "leaves_the_document_alone": wrong.ChangesTheDocument(),
    "leaves_the_process_alone": wrong.SeedsTheProcess(),
    "prints_nothing": wrong.Prints(),
    "writes_no_file": wrong.WritesAFile(),
    "opens_no_connection": wrong.AsksTheNetwork(),
    "finds_the_same_twice": wrong.KnowsWhatItSawLast(),
    "finds_the_same_whatever_the_id": wrong.RemembersById(),
    "finds_the_same_after_an_earlier_cut": wrong.ReadsRaw(),
    "find_batch_equals_find": wrong.AnswersInBatchesOtherwise(),
    "finds_the_same_in_a_fresh_process": wrong.KnowsItsProcess(),
    "finds_the_same_under_another_hash_seed": wrong.GoesThroughASet(),
    "takes_linear_time": wrong.TakesSquareTime(),
}


def _caught_by(step):
    subject = Subject(step, SHOUT)
    caught = {}
    for name, check in CHECKS.items():
        try:
            check(subject)
        except tamis.testing.CheckFailed as error:
            caught[name] = str(error)
    return caught


@pytest.mark.parametrize("check", WRONG)
def test_each_wrong_step_is_caught_by_one_check_alone(check, monkeypatch):
    monkeypatch.setattr(wrong, "CHANGED", "changed here")
    caught = _caught_by(WRONG[check])
    assert [*caught] == [check], caught
    assert type(WRONG[check]).__name__ in caught[check]


def test_a_heavy_import_is_caught_by_one_check_alone(tmp_path):
    plugin = tmp_path / "heavy_step.py"
    plugin.write_text(
        '"""Cut shouting."""\nimport numpy\nimport re\nimport tamis\n\n'
        'class Heavy(tamis.Step):\n    """Import too much."""\n\n    def find(self, doc):\n'
        '        return [doc.cut(match.span(), "shouting") for match in re.finditer("[A-Z]{4,}", doc.text)]\n'
    )
    caught = _caught_by(load_module(plugin).Heavy())
    assert [*caught] == ["imports_nothing_heavy"]
    assert "numpy" in caught["imports_nothing_heavy"]


def test_every_check_has_its_wrong_step_and_says_what_it_demands():
    assert {*WRONG, "imports_nothing_heavy"} == {*CHECKS}
    assert all((check.__doc__ or "").endswith(".") for check in CHECKS.values())


def test_check_step_says_all_that_fails_at_once():
    with pytest.raises(tamis.testing.CheckFailed, match=r"^2 of \d+ checks failed") as caught:
        tamis.testing.check_step(wrong.WrongTwice(), SHOUT)
    assert re.findall(r"^\w+(?=: WrongTwice)", str(caught.value), re.MULTILINE) == [
        "settings_are_described",
        "never_raises",
    ]


def test_a_class_in_the_place_of_a_step_gets_the_cure():
    with pytest.raises(TypeError, match=re.escape("call it, Shout()")):
        tamis.testing.check_step(wrong.Shout)


def test_a_check_left_out_needs_its_right_name():
    with pytest.raises(ValueError, match="did you mean 'takes_linear_time'"):
        tamis.testing.checks(wrong.Shout(), leave_out={"takes_linear_times": "slow"})


def test_a_document_with_labels_does_for_a_text():
    doc = tamis.Document("The news.").apply("before", [tamis.Label("truncated", True)])
    from tamis.drop import DropStep

    tamis.testing.check_step(DropStep(if_="truncated"), texts=[doc])


def test_the_kit_is_loaded_by_pytest_and_imports_nothing_heavy():
    import subprocess
    import sys

    code = "import sys, tamis.testing; print(sorted({'pydantic', 'numpy', 'yaml', 'click'} & {*sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_exponential_time_is_caught_before_it_hurts():
    with pytest.raises(tamis.testing.CheckFailed, match="times as long"):
        CHECKS["takes_linear_time"](Subject(wrong.TakesExponentialTime(), "a" * 9 + SHOUT))


def test_the_names_of_the_tests_are_the_same_in_every_process():
    marked = tamis.testing.checks(wrong.Shout(), wrong.Shout(longest=5), wrong.FindsNothing())
    names = {case.id.partition("-")[0] for case in marked.args[1]}
    assert names == {"Shout1", "Shout2", "FindsNothing"}
