"""Makes the steps of a pipeline of its entries: classes, settings, conditions, ids, labels given and read."""

from __future__ import annotations

import re
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Final
from typing import cast
from typing import get_args

from tamis.config.entries import STEP_KEYS
from tamis.config.entries import Entry
from tamis.config.entries import GroupEntry
from tamis.config.entries import StepEntry
from tamis.config.entries import flat
from tamis.config.layers import SECTIONS
from tamis.config.nodes import MappingNode
from tamis.config.nodes import Place
from tamis.config.nodes import ScalarNode
from tamis.config.nodes import shown
from tamis.config.settings import build
from tamis.config.settings import known_keys
from tamis.config.settings import unknown_key
from tamis.errors import Mistake
from tamis.errors import WhenError
from tamis.errors import closest
from tamis.errors import suggest
from tamis.expression import ALWAYS
from tamis.expression import CONSTANTS
from tamis.hookspecs import OnError
from tamis.host import Host
from tamis.pipeline import Group
from tamis.pipeline import Use
from tamis.step import Step
from tamis.when import When

_ID: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_ON_ERROR: Final[tuple[str, ...]] = get_args(OnError)


class ChainBuilder:
    """Builds one chain; `mistakes` gathers what is wrong with it."""

    def __init__(self, host: Host, mistakes: list[Mistake], incomplete: bool) -> None:
        self._host = host
        self._steps: Mapping[str, type[Step]] = host.steps
        self._mistakes = mistakes
        #: A step before may give any label, for it cannot be read or is not known.
        self._open = incomplete
        self._incomplete = incomplete
        self._given: dict[str, str] = {}
        self._later: dict[str, str] = {}
        self._ids: dict[str, Place] = {}
        self._names: list[str] = []

    def build(self, entries: Sequence[Entry]) -> tuple[Use | Group, ...]:
        """Return the chain of *entries*, as far as there is no mistake in it."""
        for entry in flat(entries):
            if entry.use is not None and entry.name is not None:
                self._names.append(entry.name.text)
            for label in self._gives(entry):
                self._later.setdefault(label, entry.name.text if entry.name else "?")
        return self._all(entries)

    def _add(self, place: Place, message: str) -> None:
        self._mistakes.append(place.mistake(message))

    def _class(self, entry: StepEntry) -> type[Step] | None:
        """Return the class of *entry*; where its name is misspelt, the one that was probably meant."""
        if entry.use is None:
            return None
        name = entry.use.text
        return self._steps.get(name) or self._steps.get(closest(name, self._steps) or "")

    def _gives(self, entry: StepEntry) -> Sequence[str]:
        kind = self._class(entry)
        return () if kind is None else tuple(kind.gives)

    def _all(self, entries: Iterable[Entry]) -> tuple[Use | Group, ...]:
        made = [self._group(entry) if isinstance(entry, GroupEntry) else self._step(entry) for entry in entries]
        return tuple(each for each in made if each is not None)

    def _group(self, entry: GroupEntry) -> Group:
        when = self._when(entry.when)
        return Group(self._all(entry.steps), when)

    def _step(self, entry: StepEntry) -> Use | None:
        kind = self._class(entry)
        self._use(entry, kind)
        when = self._when(entry.when)
        name = self._id(entry)
        on_error = self._on_error(entry.on_error)
        step = None if kind is None else self._settings(entry, kind, name)
        self._given.update(dict.fromkeys(self._gives(entry), name))
        if step is None or entry.use is None:
            return None
        return Use(step, name, when, on_error, entry.use.text)

    def _use(self, entry: StepEntry, kind: type[Step] | None) -> None:
        use = entry.use
        if use is None:
            self._open = True
            if not entry.broken:
                self._no_name(entry)
            elif entry.extra:
                self._no_use(entry)
            return
        if use.text not in self._steps:
            if kind is None:
                self._open = True
            if not use.broken and (kind is not None or not self._incomplete):
                self._add(use.place, self._host.missing(use.text))
        elif kind is not None:
            self._needs(use, kind)
        for at in entry.extra:
            if kind is not None and at.text in known_keys(kind):
                self._add(at.place, f"{shown(at.text)} is a setting of step '{use.text}': put it under `with:`")
            else:
                self._add(at.place, unknown_key(at.text, "a step", STEP_KEYS, "key"))

    def _no_name(self, entry: StepEntry) -> None:
        if entry.id is None:
            self._add(entry.place, "`use` is missing: it names the step")
        else:
            cure = suggest(entry.id.text, self._names) or ", and `use` is missing: it names the step"
            self._add(entry.id.place, f"no step has the id {shown(entry.id.text)}{cure}")

    def _no_use(self, entry: StepEntry) -> None:
        """Report what a step without `use` has in its place."""
        named = [at for at in entry.extra if at.text in self._steps]
        own = {key for at in named for key in known_keys(self._steps[at.text])}
        for at in entry.extra:
            if at in named:
                if not own & {each.text for each in entry.extra}:
                    self._add(
                        at.place, f"write `use: {at.text}`, with its settings under `with:`, as it has other keys"
                    )
            elif at.text in own:
                self._add(
                    at.place, f"{shown(at.text)} is a setting of step '{named[0].text}': indent it deeper than that"
                )
            else:
                self._add(at.place, unknown_key(at.text, "a step", STEP_KEYS, "key"))

    def _needs(self, use: ScalarNode, kind: type[Step]) -> None:
        for label in kind.needs:
            if label in self._given or label in ALWAYS or self._open:
                continue
            givers = [name for name, each in self._steps.items() if label in each.gives]
            cure = f": put '{givers[0]}' before it" if givers else ""
            self._add(use.place, f"step '{use.text}' needs the label '{label}', which no step before it gives{cure}")

    def _id(self, entry: StepEntry) -> str:
        at = entry.name
        if at is None or at.broken:
            return ""
        if entry.id is not None and not _ID.fullmatch(at.text):
            self._add(at.place, f"id: should be letters, digits, '_' and '-', found {shown(at.text)}")
        elif at.text in SECTIONS:
            self._add(at.place, f"{shown(at.text)} is a section of every pipeline: give the step another `id`")
        elif at.text in self._ids:
            first = self._ids[at.text]
            if first.file == at.place.file:
                cure = f"line {first.line}: give each its own with `id:`"
            else:  # only inside a group: elsewhere the two would be merged
                cure = f"{first.file}: to change that step, name it outside of a group"
            self._add(at.place, f"the id {shown(at.text)} is used twice, first in {cure}")
        self._ids.setdefault(at.text, at.place)
        return at.text

    def _on_error(self, node: ScalarNode | None) -> OnError:
        if node is None or node.text in _ON_ERROR:
            return "quarantine" if node is None else cast("OnError", node.text)
        if not node.broken:
            cure = suggest(node.text, _ON_ERROR)
            wanted = cure or f": it is {', '.join(_ON_ERROR)}"
            self._add(node.place, f"on_error has no value {shown(node.text)}{wanted}")
        return "quarantine"

    def _settings(self, entry: StepEntry, kind: type[Step], name: str) -> Step | None:
        place = entry.use.place if entry.use else entry.place
        node = entry.settings or MappingNode(place)
        made = build(kind, node, name, f"step '{entry.use.text if entry.use else name}'", place)
        if isinstance(made, list):
            self._mistakes += [each for each in made if not (entry.broken and each.missing)]
            return None
        for key, field in type(made).model_fields.items():
            value = getattr(made, key)
            at = node.get(field.alias or key)
            if isinstance(value, When) and isinstance(at, ScalarNode):
                self._labels(value, at)
        return made

    def _when(self, node: ScalarNode | None) -> When | None:
        if node is None or node.broken:
            return None
        try:
            when = When(node.text)
        except WhenError as error:
            self._add(node.place_of(error.column), f"when: {error}")
            return None
        self._labels(when, node)
        return when

    def _labels(self, when: When, node: ScalarNode) -> None:
        """Report the names in *when* that no step before gives."""
        for name, column in when.places.items():
            if name not in self._given and not self._open:
                self._add(node.place_of(column), self._unknown_label(name))

    def _unknown_label(self, name: str) -> str:
        if name in self._later:
            return f"the label '{name}' is given only later, by step '{self._later[name]}': put that step before this"
        message = f"no step before this gives the label {shown(name)}"
        if cure := suggest(name, [*self._given, *ALWAYS, *CONSTANTS]):
            return message + cure
        if later := closest(name, self._later):
            return f"{message}; '{later}' is given only later, by step '{self._later[later]}'"
        givers = [step for step, kind in self._steps.items() if name in kind.gives]
        if givers:
            return f"{message}: put '{givers[0]}' before it"
        return f'{message}; a text is written in quotes: "{name[:40]}"{_so_far(self._given)}'


def _so_far(labels: Collection[str]) -> str:
    text = ", ".join(labels)
    return f"; labels so far: {text}" if labels and len(text) < 80 else ""
