"""A memory is read only where it is one, to the last entry."""

import json

import pytest
from pydantic import ValidationError

import tamis
from tamis import Document
from tamis.errors import ModelError
from tamis.errors import PipelineErrors
from tamis_near_duplicate import Memory
from tamis_near_duplicate import NearDuplicate
from tamis_near_duplicate import learn

LONG = " ".join(f"word{i} and" for i in range(150))
MEMORY = learn([Document(LONG, "a", source="x:1"), Document(LONG, "é", source="x:2")])


def changed(**changes):
    return {**json.loads(MEMORY.to_json()), **changes}


def with_first(**changes):
    [first] = json.loads(MEMORY.to_json())["firsts"]
    return changed(firsts=[{**first, **changes}])


@pytest.fixture
def written(tmp_path):
    def written(state):
        path = tmp_path / "duplicates.json"
        path.write_text(json.dumps(state), encoding="utf-8")
        return path

    return written


def test_a_memory_comes_back_as_it_was_saved(tmp_path):
    MEMORY.save(tmp_path / "duplicates.json")
    assert Memory.load(tmp_path / "duplicates.json") == MEMORY
    assert '"é"' in (tmp_path / "duplicates.json").read_text(encoding="utf-8")


def test_an_id_with_half_a_character_is_saved_and_read(tmp_path):
    memory = learn([Document(LONG, "a\ud800"), Document(LONG, "b")])
    memory.save(tmp_path / "duplicates.json")
    assert Memory.load(tmp_path / "duplicates.json") == memory


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (changed(threshold=0), '"threshold" should be'),
        (changed(threshold=True), '"threshold" should be'),
        (changed(shortest=-1), '"shortest" should be'),
        (changed(firsts={}), '"firsts" should be'),
        (changed(firsts=[3]), "entry 0 of the firsts should be an object"),
        (with_first(id=3), 'should have "id"'),
        (with_first(source=3), 'should have "id"'),
        (with_first(copies=[3]), 'should have "copies"'),
        (with_first(signature="AAAA"), 'should have "signature"'),
        (with_first(signature="é"), 'should have "signature"'),
        (changed(probe="AAAA"), "of another version of datasketch"),
    ],
)
def test_a_wrong_entry_is_refused_with_the_cure(written, state, message):
    with pytest.raises(ModelError) as error:
        Memory.load(written(state))
    assert message in str(error.value)
    assert "tamis near-duplicate FILES..." in str(error.value)


def test_a_missing_memory_is_a_mistake_of_the_pipeline_at_its_place(tmp_path):
    with pytest.raises(PipelineErrors) as errors:
        tamis.loads(f"steps:\n  - use: near_duplicate\n    with:\n      memory: {tmp_path}/none.json\n")
    [mistake] = errors.value.mistakes
    assert (mistake.line, "learn it first" in str(mistake)) == (4, True)


def test_a_step_is_not_made_with_what_is_no_memory(written):
    with pytest.raises(ValidationError, match="no memory of near duplicates"):
        NearDuplicate(memory=str(written({})))
