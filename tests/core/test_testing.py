"""The checks of the test kit: a good step passes them all, and each is the only one to catch one wrong step."""

import random
import re
from typing import Annotated
from typing import Any
from typing import ClassVar

import pydantic
import pytest
import tamis
import tamis.testing
from pydantic_core import core_schema
from tamis.testing.kit import CHECKS
from tamis.testing.subject import Subject

SHOUT = "STOP ALL THE PRESSES TODAY. The news."


class Shout(tamis.Step):
    """Cut runs of capitals of at least `longest` letters."""

    longest: int = 12
    """The shortest run of capitals and spaces that counts as shouting, in letters."""

    def find(self, doc):
        for match in re.finditer(rf"\b[A-Z ]{{{self.longest},}}\b", doc.text):
            yield doc.cut(match.span(), "shouting")


@tamis.testing.checks(Shout(), texts=SHOUT)
def test_a_good_step_passes_every_check(check):
    check()


class NoDocstring(Shout):
    pass


NoDocstring.__doc__ = None


class NoDescription(Shout):
    """Has a setting that says nothing of itself."""

    bare: int = 1


class ClashesWithTheHost(Shout):
    """Has a setting named as a key of the host."""

    when: str = ""
    """Something else than the host's `when`."""


class TakesAnySetting(Shout):
    """Takes settings that it does not have."""

    model_config = pydantic.ConfigDict(extra="ignore")


class NotFrozen(Shout):
    """Can be changed after it is made."""

    model_config = pydantic.ConfigDict(frozen=False)


class LosesASettingInYaml(Shout):
    """Writes a setting shortened."""

    name: Annotated[str, pydantic.PlainSerializer(lambda value: value[:3], when_used="json")] = "shouting"
    """A name of more than three letters."""


class Size:
    """A type that pydantic can check and write, and not describe."""

    def __init__(self, value):
        self.value = int(str(value))

    def __eq__(self, other):
        return self.value == other.value

    def __hash__(self):
        return self.value

    def __repr__(self):
        return f"Size({self.value})"

    def __str__(self):
        return str(self.value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler):
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, cls) else cls(value),
            serialization=core_schema.to_string_ser_schema(when_used="json"),
        )


class HasNoSchema(Shout):
    """Has a setting of a type that no JSON schema describes."""

    size: Size = Size(1)
    """A size of its own type."""


class ForgetsInPickle(Shout):
    """Pickles without its settings."""

    def __reduce__(self):
        return ForgetsInPickle, ()


class CarriesWhatItLoaded(Shout):
    """Pickles with what it loaded."""

    def find(self, doc):
        self.__dict__["_lexicon"] = list(range(1000))
        return list(super().find(doc))

    def __reduce__(self):
        return _carry, (self.model_dump(), self.__dict__.get("_lexicon"))


def _carry(settings, _lexicon):
    return CarriesWhatItLoaded(**settings)


class RaisesOnNothing(Shout):
    """Takes for granted that a text begins with something."""

    def find(self, doc):
        if doc.text[0] == "\ufffe":
            return []
        return list(super().find(doc))


class WrongTwice(RaisesOnNothing):
    """Is wrong in two ways."""

    bare: int = 1


class FindsNothing(Shout):
    """Looks for what no text has."""

    def find(self, doc):
        return []


class YieldsStrings(Shout):
    """Yields strings besides findings."""

    def find(self, doc):
        return [*super().find(doc), "shouting"]


class CutsNothing(Shout):
    """Cuts matches of no length."""

    def find(self, doc):
        return [doc.cut(match.span(), "shouting") for match in re.finditer("(?<=P)(?=RESSES)", doc.text)]


class OverlapsItself(Shout):
    """Cuts the same characters twice."""

    def find(self, doc):
        for edit in super().find(doc):
            yield edit
            yield doc.cut((edit.span[0] + 1, edit.span[1]), "shouting")


class GivesNoReason(Shout):
    """Cuts without a reason."""

    def find(self, doc):
        return [doc.cut(edit.span, "") for edit in super().find(doc)]


class GivesAnUndeclaredLabel(Shout):
    """Gives a label that `gives` does not name."""

    def find(self, doc):
        return [tamis.Label("loud", True)]


class GivesASet(Shout):
    """Gives a value that is no JSON."""

    gives: ClassVar = ("loud",)

    def find(self, doc):
        return [tamis.Label("loud", {1: "one"})]


class ScoresInPercent(Shout):
    """Gives scores from 0 to 100."""

    gives: ClassVar = ("loud",)

    def find(self, doc):
        return [tamis.Label("loud", True, scores={"loud": 87.5})]


class ChangesTheDocument(Shout):
    """Writes into the document."""

    def find(self, doc):
        found = list(super().find(doc))
        doc.id = "seen"
        return found


class SeedsTheProcess(Shout):
    """Seeds the random numbers of everybody."""

    def find(self, doc):
        random.seed(0)
        return list(super().find(doc))


class Prints(Shout):
    """Prints what it sees."""

    def find(self, doc):
        print(doc.id)
        return list(super().find(doc))


_LAST = [""]


class KnowsWhatItSawLast(Shout):
    """Says whether it saw the same text right before."""

    def find(self, doc):
        again, _LAST[0] = doc.text == _LAST[0], doc.text
        return [tamis.Mark((0, 0), "repeated", data=again)]


_BY_ID: dict[str, Any] = {}


class RemembersById(Shout):
    """Keeps what it found under the id of the document."""

    def find(self, doc):
        return _BY_ID.setdefault(doc.id, list(super().find(doc)))


class ReadsRaw(Shout):
    """Reads the raw text instead of what earlier steps left."""

    def find(self, doc):
        return list(super().find(tamis.Document(doc.raw)))


class AnswersInBatchesOtherwise(Shout):
    """Rounds in a batch."""

    gives: ClassVar = ("loud",)

    def find(self, doc):
        return [tamis.Label("loud", True, 1 / 3)]

    def find_batch(self, docs):
        return [[tamis.Label("loud", True, 0.3333333 if len(docs) > 1 else 1 / 3)] for _ in docs]


class KnowsItsProcess(Shout):
    """Says something else in a process that did not do what this one did."""

    def find(self, doc):
        return [tamis.Mark((0, 0), "process", data=_CHANGED)]


_CHANGED = "as imported"


class GoesThroughASet(Shout):
    """Yields in the order of a set."""

    gives: ClassVar = ("letters",)

    def find(self, doc):
        return [tamis.Label("letters", [*{f"letter {letter}" for letter in "abcdefghijkl"}])]


class TakesSquareTime(Shout):
    """Looks through all that precedes each word."""

    def find(self, doc):
        yield from super().find(doc)
        for i in range(0, len(doc.text), 4):
            doc.text.count("\ufffe", 0, i)


WRONG = {
    "has_a_docstring": NoDocstring(),
    "settings_are_described": NoDescription(),
    "settings_do_not_clash_with_the_host": ClashesWithTheHost(),
    "settings_are_strict": TakesAnySetting(),
    "settings_are_frozen": NotFrozen(),
    "settings_survive_yaml": LosesASettingInYaml(),
    "settings_have_a_schema": HasNoSchema(),
    "pickles": ForgetsInPickle(longest=13),
    "pickles_as_settings": CarriesWhatItLoaded(),
    "never_raises": RaisesOnNothing(),
    "finds_something": FindsNothing(),
    "yields_findings": YieldsStrings(),
    "spans_are_in_range": CutsNothing(),
    "edits_are_disjoint": OverlapsItself(),
    "reasons_are_given": GivesNoReason(),
    "labels_are_declared": GivesAnUndeclaredLabel(),
    "findings_are_json": GivesASet(),
    "scores_are_probabilities": ScoresInPercent(),
    "leaves_the_document_alone": ChangesTheDocument(),
    "leaves_the_process_alone": SeedsTheProcess(),
    "prints_nothing": Prints(),
    "finds_the_same_twice": KnowsWhatItSawLast(),
    "finds_the_same_whatever_the_id": RemembersById(),
    "finds_the_same_after_an_earlier_cut": ReadsRaw(),
    "find_batch_equals_find": AnswersInBatchesOtherwise(),
    "finds_the_same_in_a_fresh_process": KnowsItsProcess(),
    "finds_the_same_under_another_hash_seed": GoesThroughASet(),
    "takes_linear_time": TakesSquareTime(),
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
    monkeypatch.setitem(globals(), "_CHANGED", "changed here")
    caught = _caught_by(WRONG[check])
    assert [*caught] == [check], caught
    assert type(WRONG[check]).__name__ in caught[check]


def test_a_heavy_import_is_caught_by_one_check_alone(tmp_path):
    from tamis.local import load_module

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
        tamis.testing.check_step(WrongTwice(), SHOUT)
    assert re.findall(r"^\w+(?=: WrongTwice)", str(caught.value), re.MULTILINE) == [
        "settings_are_described",
        "never_raises",
    ]


def test_a_class_in_the_place_of_a_step_gets_the_cure():
    with pytest.raises(TypeError, match=re.escape("call it, Shout()")):
        tamis.testing.check_step(Shout)


def test_a_check_left_out_needs_its_right_name():
    with pytest.raises(ValueError, match="did you mean 'takes_linear_time'"):
        tamis.testing.checks(Shout(), leave_out={"takes_linear_times": "slow"})


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


class TakesExponentialTime(Shout):
    """Looks for a pattern that tries every way to cut a word in parts."""

    def find(self, doc):
        yield from super().find(doc)
        re.search(r"(?:a+)+$", doc.text[:40] + "!")


def test_exponential_time_is_caught_before_it_hurts():
    with pytest.raises(tamis.testing.CheckFailed, match="times as long"):
        CHECKS["takes_linear_time"](Subject(TakesExponentialTime(), "a" * 9 + SHOUT))
