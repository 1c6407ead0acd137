"""Checks of a step as settings: described, strict, frozen, fit for YAML, pickle and an editor."""

from __future__ import annotations

import pickle
from typing import Final

from pydantic import ValidationError

from tamis.step import Step
from tamis.testing.subject import Subject

#: The keys of a step in a pipeline; a setting of the same name would be read as another thing.
HOST_KEYS: Final = ("use", "with", "when", "id", "on_error", "steps")


def has_a_docstring(subject: Subject) -> None:
    """The class has a docstring of its own: it is the step's documentation."""
    if not (type(subject.step).__doc__ or "").strip():
        subject.fail(
            f"class {type(subject.step).__name__} has no docstring",
            "say in one sentence what it finds: `tamis plugins` shows it",
        )


def settings_are_described(subject: Subject) -> None:
    """Every setting has a description: editors and `tamis plugins` show it."""
    bare = [name for name, field in type(subject.step).model_fields.items() if not (field.description or "").strip()]
    if bare:
        subject.fail(
            f"no description: {', '.join(bare)}", "write a docstring under the field, or Field(description=...)"
        )


def settings_do_not_clash_with_the_host(subject: Subject) -> None:
    """No setting has the name of a key that a pipeline gives to the host."""
    fields = type(subject.step).model_fields
    clash = sorted({name for key, field in fields.items() for name in (key, field.alias) if name in HOST_KEYS})
    if clash:
        subject.fail(
            f"settings named as keys of the host: {', '.join(clash)}", f"not to be used: {', '.join(HOST_KEYS)}"
        )


def settings_are_strict(subject: Subject) -> None:
    """A setting that does not exist is refused, so that a slip in a pipeline shows."""
    try:
        type(subject.step).model_validate({**subject.step.model_dump(by_alias=True), "no_such_setting": 1})
    except ValidationError:
        return
    subject.fail("takes a setting that it does not have", 'keep extra="forbid" of tamis.Step')


def settings_are_frozen(subject: Subject) -> None:
    """Settings cannot be changed once the step is made, and `find` does not change them."""
    if not type(subject.step).model_config.get("frozen"):
        subject.fail("its settings can be changed after it is made", "keep frozen=True of tamis.Step")
    before = repr(subject.step)
    for doc in subject.good[:3]:
        subject.plain(doc)
    if repr(subject.step) != before:
        subject.fail(f"`find` changes its settings: {before} became {subject.step!r}")


def settings_survive_yaml(subject: Subject) -> None:
    """The settings written to YAML and read again make an equal step."""
    import yaml

    step = subject.step
    try:
        written = yaml.safe_dump(step.model_dump(mode="json", by_alias=True), allow_unicode=True, sort_keys=False)
        back = type(step).model_validate(yaml.safe_load(written))
    except Exception as error:  # noqa: BLE001 - validators and serialisers are the author's
        subject.fail(f"its settings do not survive YAML: {type(error).__name__}: {error}")
    if not _equal(step, back):
        subject.fail(f"comes back from YAML as {back!r}", f"written was: {written!r}")


def settings_have_a_schema(subject: Subject) -> None:
    """The settings have a JSON schema, from which editors complete and check pipelines."""
    try:
        type(subject.step).model_json_schema()
    except Exception as error:  # noqa: BLE001 - types of the author's
        subject.fail(f"no JSON schema can be made of its settings: {error}", "use types that pydantic describes")


def pickles(subject: Subject) -> None:
    """A pickled step is equal to itself after: that is how it comes to a worker."""
    try:
        back = pickle.loads(pickle.dumps(subject.step))  # noqa: S301 - made on this line
    except Exception as error:  # noqa: BLE001 - the author's class
        subject.fail(
            f"does not pickle: {type(error).__name__}: {error}",
            "define the class at the top of a module, with settings of plain types",
        )
    if not _equal(subject.step, back):
        subject.fail(f"comes back from pickle as {back!r}", "keep __reduce__ of tamis.Step")


def pickles_as_settings(subject: Subject) -> None:
    """A step that has worked pickles to the same size as a new one: what it loaded stays at home."""
    try:
        new = len(pickle.dumps(type(subject.step)(**subject.step.model_dump())))
        for doc in subject.good[:3]:
            subject.plain(doc)
        worked = len(pickle.dumps(subject.step))
    except Exception:  # noqa: BLE001 - `pickles` reports it
        return
    if worked > new:
        subject.fail(
            f"pickles to {new} bytes when new and to {worked} after work",
            "load heavy things in a module-level functools.cache; keep __reduce__ of tamis.Step",
        )


def _equal(step: Step, other: object) -> bool:
    return type(step) is type(other) and step == other
