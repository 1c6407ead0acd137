"""Holds nodes against a pydantic model: every mistake at its node, in words for the user of a pipeline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from math import isfinite
from typing import Any
from typing import Final
from typing import TypeVar
from typing import get_args

from pydantic import BaseModel
from pydantic import ValidationError

from tamis.config.nodes import MappingNode
from tamis.config.nodes import Node
from tamis.config.nodes import Place
from tamis.config.nodes import ScalarNode
from tamis.config.nodes import SequenceNode
from tamis.config.nodes import data_of
from tamis.config.nodes import is_null
from tamis.config.nodes import kind_of
from tamis.config.nodes import shown
from tamis.config.nodes import value_of
from tamis.errors import Mistake
from tamis.errors import closest

Model = TypeVar("Model", bound=BaseModel)

#: What pydantic's kinds of error mean; others keep pydantic's own words.
_WANTED: Final = {
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "string_type": "a text",
    "list_type": "a list",
    "tuple_type": "a list",
    "set_type": "a list",
    "frozen_set_type": "a list",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "none_required": "nothing",
}
_QUOTED: Final = re.compile(r"'([^']*)'")


def build(
    model: type[Model], node: MappingNode, name: str, owner: str, place: Place | None = None
) -> Model | list[Mistake]:
    """Return *node* as a *model*, or what is wrong with it.

    *name* leads the path of a setting (`language.keep`), *owner* is who has settings (`step 'language'`), and *place*
    is where a missing setting is reported (the start of *node* by default).
    """
    if endless := list(_endless(node)):
        return [each.place.mistake(f"{name}: should be a finite number, found {shown(each.text)}") for each in endless]
    known = known_keys(model)
    inner = [key for key in node.entries if key in model.model_fields and key not in known]
    if inner:  # the name of a field in Python, where YAML has another
        return [node.key_place(key).mistake(unknown_key(key, owner, known)) for key in inner]
    try:
        return model.model_validate_json(json.dumps(data_of(node)))
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
    except Exception as error:  # noqa: BLE001 - a plugin's own validator failed in another way
        where = (place or node.place).mistake(f"{name}: {type(error).__name__}: {error}"[:200])
        return [where]
    reports = _Reports(model, node, name, owner, place or node.place)
    # Unknown settings first: one that is misspelt is not missing as well.
    for each in sorted(_most_exact(node, found), key=lambda each: each["type"] != "extra_forbidden"):
        reports.add(each)
    return reports.mistakes


def _endless(node: Node) -> Iterator[ScalarNode]:
    """Yield the scalars that stand for infinity or for no number."""
    if isinstance(node, ScalarNode):
        value = value_of(node.text) if node.plain else None
        if isinstance(value, float) and not isfinite(value):
            yield node
        return
    children = node.items if isinstance(node, SequenceNode) else [value for _, value in node.entries.values()]
    for child in children:
        yield from _endless(child)


def known_keys(model: type[BaseModel]) -> list[str]:
    """Return the keys that *model* has in YAML."""
    return [field.alias or name for name, field in model.model_fields.items()]


def unknown_key(key: str, owner: str, known: Iterable[str], what: str = "setting") -> str:
    """Return the message on a *key* that *owner* does not have, with the likely cure."""
    known = sorted(known)
    first, _, rest = key.partition(" ")
    if rest and first in known:
        return f"no colon here: is one missing after '{first}'?"
    cure = closest(key, known)
    message = f"{owner} has no {what} {shown(key)}"
    if cure:
        return f"{message} - did you mean '{cure}'?"
    return f"{message}{_listed(known)}"


def _listed(known: Sequence[str]) -> str:
    if not known:
        return ": it has none"
    text = ", ".join(known)
    return f": it has {text}" if len(text) <= 150 else ""


def _most_exact(root: Node, found: Iterable[Any]) -> list[Any]:
    """Leave out errors at a node around the node of another: those are the other branches of a union."""
    located = [(each, _path(root, each["loc"])) for each in found]
    kept = []
    for each, path in located:
        deeper = any(len(other) > len(path) and other[: len(path)] == path for _, other in located)
        if each["type"] in ("extra_forbidden", "missing") or not path or not deeper:
            kept.append(each)
    return kept


def _path(node: Node, loc: Sequence[str | int]) -> tuple[str | int, ...]:
    """Return the part of *loc* that leads through nodes; pydantic puts names of types between."""
    path: list[str | int] = []
    for part in loc:
        if isinstance(node, MappingNode) and part in node.entries:
            node = node.entries[str(part)][1]
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
        else:
            continue
        path.append(part)
    return tuple(path)


def _models_at(model: type[BaseModel], path: Sequence[str | int]) -> list[type[BaseModel]]:
    """Return the models whose keys may stand at *path* inside *model*."""
    models = [model]
    for part in path:
        fields = [field for each in models for name, field in each.model_fields.items() if part in (name, field.alias)]
        if fields:
            models = [inner for field in fields for inner in _models_in(field.annotation)]
    return models


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


class _Reports:
    """Makes mistakes of pydantic's errors; those at one node become one."""

    def __init__(self, model: type[BaseModel], node: MappingNode, name: str, owner: str, place: Place) -> None:
        self._model, self._root, self._name, self._owner, self._start = model, node, name, owner, place
        self._wanted: dict[tuple[str | int, ...], list[str]] = {}
        self._others: list[Mistake] = []
        self._guessed: set[tuple[tuple[str | int, ...], str]] = set()
        #: Where one branch of a union took the value and only found it wrong in itself.
        self._taken: set[tuple[str | int, ...]] = set()

    @property
    def mistakes(self) -> list[Mistake]:
        merged = []
        for path, wanted in self._wanted.items():
            node = self._node(path)
            if not getattr(node, "broken", False) and path not in self._taken:
                unique = list(dict.fromkeys(wanted))
                found = "" if isinstance(node, SequenceNode | MappingNode) else f", found {kind_of(node)}"
                merged.append(
                    node.place.mistake(
                        f"{self._named(path)}: should be {' or '.join(unique)}{found}{_hint(node, unique)}"
                    )
                )
        return self._others + merged

    def _node(self, path: Sequence[str | int]) -> Node:
        node: Node = self._root
        for part in path:
            node = node.entries[str(part)][1] if isinstance(node, MappingNode) else node.items[int(part)]  # type: ignore[union-attr]
        return node

    def _named(self, path: Sequence[str | int]) -> str:
        return ".".join([self._name, *(str(part) for part in path)])[:100]

    def add(self, error: Any) -> None:
        loc, kind = error["loc"], error["type"]
        path = _path(self._root, loc)
        if kind == "extra_forbidden":
            self._unknown(path)
        elif kind == "missing":
            if (path, str(loc[-1])) not in self._guessed:
                place = self._node(path).place if path else self._start
                message = f"{self._named(path)}: the setting '{loc[-1]}' is missing"
                self._others.append(place.mistake(message, missing=True))
        elif loc and loc[-1] == "[key]" and path:
            self._key(path, error)
        elif kind in _WANTED:
            self._wanted.setdefault(path, []).append(_WANTED[kind])
        elif kind in ("literal_error", "enum"):
            self._choice(path, error)
        else:
            self._own_words(path, error)

    def _unknown(self, path: tuple[str | int, ...]) -> None:
        *above, key = path
        around = self._node(above)
        if not isinstance(around, MappingNode):
            return
        known = [name for model in _models_at(self._model, above) for name in known_keys(model)]
        owner = self._owner if not above else self._named(above)
        entry = around.entries[str(key)]
        self._guessed.add((tuple(above), closest(str(key), known) or ""))
        self._others.append(entry[0].place.mistake(unknown_key(str(key), owner, known)))

    def _key(self, path: tuple[str | int, ...], error: Any) -> None:
        """Report a key of a mapping that is none of those the setting allows."""
        *above, key = path
        around = self._node(above)
        if isinstance(around, MappingNode):
            message = unknown_key(str(key), f"`{self._named(above)}`", _choices(error), "key")
            self._others.append(around.key_place(str(key)).mistake(message))

    def _choice(self, path: tuple[str | int, ...], error: Any) -> None:
        node = self._node(path)
        choices = _choices(error)
        if isinstance(node, ScalarNode) and (cure := closest(node.text, choices)):
            if not node.broken:
                message = f"{self._named(path)}: {shown(node.text)} is none of its values - did you mean '{cure}'?"
                self._others.append(node.place.mistake(message))
            return
        listed = ", ".join(choices)
        self._wanted.setdefault(path, []).append(
            f"one of {listed}" if len(listed) <= 150 else f"one of {listed[:150]}..."
        )

    def _own_words(self, path: tuple[str | int, ...], error: Any) -> None:
        node = self._node(path)
        if getattr(node, "broken", False):
            return
        self._taken.add(path)
        message = error["msg"].removeprefix("Value error, ").removeprefix("Input ").removeprefix("Assertion failed, ")
        place = node.place if path else self._start
        column = error.get("ctx", {}).get("column")
        if isinstance(column, int) and isinstance(node, ScalarNode):
            place = node.place_of(column)
        self._others.append(place.mistake(f"{self._named(path)}: {' '.join(message.split())[:180]}"))


def _choices(error: Any) -> list[str]:
    """Return the values that pydantic's *error* says are allowed; it has them as one text."""
    return _QUOTED.findall(error.get("ctx", {}).get("expected", ""))


def _hint(node: Node, wanted: Sequence[str]) -> str:
    """Return the cure that YAML 1.2 needs most: quotes around a number, brackets around one item."""
    if not isinstance(node, ScalarNode):
        return ""
    if "a text" in wanted and node.plain and not is_null(node):
        return ": put it in quotes"
    if "a list" in wanted and not is_null(node):
        return f": write [{node.text[:20]}]" if len(node.text) <= 20 else ""
    if len(node.text.split()) > 1 and "a mapping" in wanted:
        return f": is a colon missing after {shown(node.text.split()[0])}?"
    return ""
