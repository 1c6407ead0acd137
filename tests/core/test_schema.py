"""The JSON schema of pipelines, and the settings of a step as rows."""

import json
from typing import ClassVar

import pytest

import tamis
from tamis.config.schema import schema
from tamis.config.schema import settings_of
from tamis.host import Host


@pytest.fixture(scope="module")
def made(host):
    return schema(host)


def test_the_schema_is_json_and_the_same_each_time(made, host):
    assert json.loads(json.dumps(made)) == made == schema(host)


def test_a_pipeline_has_the_keys_of_the_design_and_no_others(made):
    assert list(made["properties"]) == ["extends", "plugins", "read", "write", "options", "steps"]
    assert made["additionalProperties"] is False
    assert list(made["properties"]["read"]["properties"])[:3] == ["from", "format", "text"]
    assert made["properties"]["read"]["properties"]["format"]["anyOf"][0]["enum"] == ["csv", "jsonl", "txt"]


def test_everything_that_a_user_may_write_is_described(made):
    for section in ("read", "write", "options"):
        for name, setting in made["properties"][section]["properties"].items():
            assert setting.get("description"), f"{section}.{name}"
    for name, key in made["definitions"]["step"]["properties"].items():
        assert key["description"], name


def test_the_name_of_a_step_decides_which_settings_it_has(made):
    step = made["definitions"]["step"]
    assert [each["const"] for each in step["properties"]["use"]["anyOf"]] == ["drop", "language", "tone", "topics"]
    [language] = [each for each in step["allOf"] if each["if"]["properties"]["use"]["const"] == "language"]
    settings = language["then"]["properties"]["with"]
    assert settings["additionalProperties"] is False
    assert settings["properties"]["keep"]["description"] == "Languages to choose from."
    assert made["definitions"]["short"]["properties"]["language"] == settings


def test_settings_inside_a_setting_are_definitions(made):
    [name] = [each for each in made["definitions"] if each.endswith("Weights")]
    assert f"#/definitions/{name}" in json.dumps(made["definitions"]["short"])


def test_a_setting_with_no_words_in_json_schema_spoils_only_its_own_step(host):
    class Odd(tamis.Step):
        """An odd step."""

        model_config: ClassVar = {"arbitrary_types_allowed": True}
        thing: type(host) = None

    class Plugin:
        @staticmethod
        @tamis.hookimpl
        def tamis_steps():
            return {"odd": Odd}

    made = schema(Host([Plugin], installed=False))
    assert made["definitions"]["short"]["properties"]["odd"]["description"].startswith("An odd step. (no schema:")


def test_the_settings_of_a_step_are_rows_in_words(host):
    rows = {row["name"]: row for row in settings_of(host.steps["topics"])}
    assert rows["threshold"] == {
        "name": "threshold",
        "type": "number or mapping to number",
        "default": 0.5,
        "description": "From which probability.",
    }
    assert rows["mode"]["type"] == "'strict' or 'loose'"
    assert rows["kinds"]["type"] == "list of text"
    assert rows["weights"]["type"] == "mapping or null"
    assert rows["only"]["type"] == "text or null"


def test_a_setting_that_must_be_given_says_so(host):
    assert {row["name"]: row["default"] for row in settings_of(host.steps["drop"])} == {"if": "required", "reason": ""}
