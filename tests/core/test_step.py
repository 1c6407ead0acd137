"""Steps: settings, pickling, defaults."""

import pickle

import pytest
from pydantic import Field
from pydantic import ValidationError

import tamis


class Shout(tamis.Step):
    """Cut shouting."""

    longest: int = 12
    """Letters that still count as talking."""

    def find(self, doc):
        return ()


class Word(tamis.Step):
    """A step with a setting that is a word of Python."""

    if_: str = Field(alias="if")


class Empty(tamis.Step):
    """A step without `find`."""


def test_fields_are_settings_with_their_descriptions():
    assert Shout.model_fields["longest"].description == "Letters that still count as talking."


def test_unknown_settings_are_refused():
    with pytest.raises(ValidationError):
        Shout(shortest=3)


def test_wrong_types_are_refused():
    with pytest.raises(ValidationError):
        Shout(longest="many")


def test_settings_never_change():
    with pytest.raises(ValidationError):
        Shout().longest = 3


def test_a_step_pickles_as_its_settings():
    assert pickle.loads(pickle.dumps(Shout(longest=3))) == Shout(longest=3)


def test_a_step_pickles_by_the_names_that_its_settings_have_in_yaml():
    step = Word.model_validate({"if": "x"})
    assert pickle.loads(pickle.dumps(step)) == step


def test_what_a_step_loaded_is_not_pickled():
    step = Shout(longest=3)
    step.__dict__["_model"] = b"x" * 100_000
    assert len(pickle.dumps(step)) < 1000


def test_find_batch_asks_find():
    docs = [tamis.Document("a"), tamis.Document("b")]
    assert [tuple(found) for found in Shout().find_batch(docs)] == [(), ()]


def test_a_step_without_find_says_so():
    with pytest.raises(TypeError, match="Empty has no method `find`"):
        Empty().find(tamis.Document(""))
