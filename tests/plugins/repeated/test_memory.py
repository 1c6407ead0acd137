"""A memory is read only where it is one, to the last entry."""

import json

import pytest
from pydantic import ValidationError

import tamis
from tamis.errors import ModelError
from tamis.errors import PipelineErrors
from tamis_repeated import Memory
from tamis_repeated import Repeated
from tamis_repeated.memory import Source

GOOD = {
    "format": "tamis repeated",
    "version": 1,
    "key": "host",
    "at_least": 5,
    "share": 0.02,
    "sources": {"a.example": {"documents": 9, "recurring": {"read more": 7}}},
}


@pytest.fixture
def written(tmp_path):
    def written(state):
        path = tmp_path / "memory.json"
        path.write_text(json.dumps(state), encoding="utf-8")
        return path

    return written


def test_a_memory_comes_back_as_it_was_saved(tmp_path):
    memory = Memory("host", 5, 0.02, {"é.example": Source(9, {"à lire aussi": 7})})
    memory.save(tmp_path / "memory.json")
    assert Memory.load(tmp_path / "memory.json") == memory
    assert "à lire aussi" in (tmp_path / "memory.json").read_text(encoding="utf-8")


def test_a_unit_added_by_hand_is_brought_to_normal_form(written):
    source = {"documents": 9, "recurring": {"  Read   MORE (12)": 7}}
    assert Memory.load(written({**GOOD, "sources": {"a": source}})).sources["a"].recurring == {"read more (0)": 7}


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({**GOOD, "key": "meta."}, '"key" should be'),
        ({**GOOD, "at_least": True}, '"at_least" should be'),
        ({**GOOD, "share": 2}, '"share" should be'),
        ({**GOOD, "sources": []}, '"sources" should be'),
        ({**GOOD, "sources": {"a": []}}, "source 'a' should have"),
        ({**GOOD, "sources": {"a": {"documents": 0, "recurring": {}}}}, "source 'a' should have"),
        ({**GOOD, "sources": {"a": {"documents": 3, "recurring": {"x": 4}}}}, "unit 'x' should have"),
        ({**GOOD, "sources": {"a": {"documents": 3, "recurring": {"x": "4"}}}}, "unit 'x' should have"),
        ({**GOOD, "sources": {"a": {"documents": 3, "recurring": {"x" * 2000: 1}}}}, "at most 1000 letters"),
    ],
)
def test_a_wrong_entry_is_refused_with_the_cure(written, state, message):
    with pytest.raises(ModelError) as error:
        Memory.load(written(state))
    assert message in str(error.value)
    assert "tamis repeated FILES..." in str(error.value)


def test_a_missing_memory_is_a_mistake_of_the_pipeline_at_its_place(tmp_path):
    with pytest.raises(PipelineErrors) as errors:
        tamis.loads(f"steps:\n  - use: repeated\n    with:\n      memory: {tmp_path}/none.json\n")
    [mistake] = errors.value.mistakes
    assert (mistake.line, "learn it first" in str(mistake)) == (4, True)


def test_a_step_is_not_made_with_what_is_no_memory(written):
    with pytest.raises(ValidationError, match="no memory of what recurs"):
        Repeated(memory=str(written({})))
