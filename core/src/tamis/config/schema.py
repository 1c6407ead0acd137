"""The JSON schema of pipelines, with the settings of the installed steps; editors complete and check by it."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import getdoc
from typing import Any
from typing import Final
from typing import get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from tamis.config.sections import Options
from tamis.config.sections import Read
from tamis.config.sections import Write
from tamis.hookspecs import OnError
from tamis.host import Host
from tamis.step import Step

_WHEN: Final = (
    "Run only where this is true: labels, `meta.x`, `title`, comparisons, `in`, and/or/not, `len(text)`;"
    ' such as `language == "en" and percent_left > 50`.'
)


def schema(host: Host) -> dict[str, Any]:
    """Return the JSON schema (draft 7) of pipelines for the steps and formats that *host* knows."""
    made = _Schemas()
    sections = {"read": made.of(Read), "write": made.of(Write), "options": made.of(Options)}
    sections["read"]["properties"]["format"] = {
        "anyOf": [{"enum": list(host.formats)}, {"type": "null"}],
        "description": sections["read"]["properties"]["format"].get("description", ""),
    }
    steps = host.steps
    settings = {name: made.of(kind) for name, kind in steps.items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A pipeline of tamis",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "extends": {"type": "string", "description": "A pipeline that this one changes; beside this file."},
            "plugins": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Python files with steps, beside this file; they run only with --allow-local-plugins.",
            },
            **{name: _described(section) for name, section in sections.items()},
            "steps": {
                "type": "array",
                "items": {"$ref": "#/definitions/entry"},
                "description": "The steps in their order; with `extends`, merged by id.",
            },
        },
        "definitions": {
            **made.definitions,
            "entry": {"anyOf": [{"$ref": f"#/definitions/{form}"} for form in ("name", "step", "group", "short")]},
            "name": {"enum": list(steps), "description": "A step with its default settings."},
            "step": _step(steps, settings),
            "group": _group(),
            "short": _short(steps, settings),
        },
    }


def settings_of(step: type[Step]) -> list[dict[str, Any]]:
    """Return the settings of *step* as rows: name, type, default (as JSON) and description."""
    made = _Schemas()
    whole = made.of(step)
    required = whole.get("required", ())
    return [
        {
            "name": name,
            "type": _type(part, made.definitions),
            "default": "required" if name in required else part.get("default"),
            "description": part.get("description", ""),
        }
        for name, part in whole.get("properties", {}).items()
    ]


class _Schemas:
    """Makes schemas of models and gathers the definitions they share."""

    def __init__(self) -> None:
        self.definitions: dict[str, Any] = {}

    def of(self, model: type[BaseModel]) -> dict[str, Any]:
        """Return the schema of *model*; one that cannot be made allows everything."""
        prefix = f"{model.__module__}.{model.__qualname__}"
        try:
            made = model.model_json_schema(
                ref_template=f"#/definitions/{prefix}.{{model}}", schema_generator=_Generator
            )
        except Exception as error:  # noqa: BLE001 - a setting of a plugin that JSON schema has no words for
            return {"type": "object", "description": f"{_summary(model)} (no schema: {error})"[:300]}
        for name, definition in made.pop("$defs", {}).items():
            self.definitions[f"{prefix}.{name}"] = definition
        made["description"] = _summary(model)
        made.pop("title", None)
        return made


class _Generator(GenerateJsonSchema):
    """Without the titles that pydantic makes of names; editors would show them in place of the description."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False


def _summary(model: type[BaseModel]) -> str:
    """Return the docstring of *model*, without its examples."""
    text = getdoc(model) or ""
    if model.__doc__ is None:
        return ""
    return text.partition("\n\n>>>")[0].strip()


def _described(section: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in section.items() if key != "required"}


def _step(steps: Mapping[str, type[Step]], settings: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the long form; `use` decides which settings `with` has."""
    return {
        "type": "object",
        "additionalProperties": False,
        "anyOf": [{"required": ["use"]}, {"required": ["id"]}],
        "properties": {
            "use": {
                "anyOf": [{"const": name, "description": _summary(kind)} for name, kind in steps.items()],
                "description": "The step to use.",
            },
            "with": {"type": ["object", "null"], "description": "The settings of the step."},
            "when": {"type": ["string", "boolean", "number"], "description": _WHEN},
            "id": {
                "type": "string",
                "pattern": "^[A-Za-z0-9_][A-Za-z0-9_-]*$",
                "description": "The name in records, --set and `extends`; the name of the step if left out.",
            },
            "on_error": {
                "enum": list(get_args(OnError)),
                "default": "quarantine",
                "description": "What becomes of a document on which the step fails:"
                " quarantine it, keep it without the step, or fail the run.",
            },
        },
        "allOf": [
            {
                "if": {"properties": {"use": {"const": name}}, "required": ["use"]},
                "then": {"properties": {"with": _loose(each)}},
            }
            for name, each in settings.items()
        ],
    }


def _loose(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return *settings* without what they require: a pipeline that is extended may give it."""
    return {
        **{key: value for key, value in settings.items() if key not in ("required", "type")},
        "type": ["object", "null"],
    }


def _group() -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["steps"],
        "properties": {
            "when": {"type": ["string", "boolean", "number"], "description": _WHEN + " Decided once, on entry."},
            "steps": {"type": "array", "items": {"$ref": "#/definitions/entry"}},
        },
    }


def _short(steps: Mapping[str, type[Step]], settings: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
        "properties": {name: _loose(settings[name]) for name in steps},
        "description": "A step with its settings: `name: {setting: value}`.",
    }


def _type(part: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    """Return the type of a setting in words: `list of text`, `"cut" or "keep"`."""
    if "$ref" in part:
        return _type(definitions.get(part["$ref"].rpartition("/")[2], {}), definitions)
    for key in ("anyOf", "oneOf", "allOf"):
        if key in part:
            return " or ".join(dict.fromkeys(_type(each, definitions) for each in part[key]))
    if "const" in part:
        return repr(part["const"])
    if "enum" in part:
        return " or ".join(repr(each) for each in part["enum"])
    kind = part.get("type")
    if kind == "array":
        return f"list of {_type(part['items'], definitions)}" if "items" in part else "list"
    if kind == "object":
        inner = part.get("additionalProperties")
        return f"mapping to {_type(inner, definitions)}" if isinstance(inner, dict) else "mapping"
    words = {"string": "text", "integer": "whole number", "boolean": "true or false", "null": "null"}
    return words.get(str(kind), str(kind or "anything"))
