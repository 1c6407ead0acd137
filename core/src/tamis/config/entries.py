"""The entries under `steps`: their three forms made one, merged by id over those of the file that is extended."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import Final
from typing import TypeAlias

from tamis.config.nodes import MappingNode
from tamis.config.nodes import Node
from tamis.config.nodes import Place
from tamis.config.nodes import ScalarNode
from tamis.config.nodes import SequenceNode
from tamis.config.nodes import is_null
from tamis.config.nodes import kind_of
from tamis.config.nodes import shown
from tamis.config.settings import unknown_key
from tamis.errors import Mistake
from tamis.errors import closest

#: The keys of a step; whatever belongs to the plugin stands under `with`.
STEP_KEYS: Final = ("use", "with", "when", "id", "on_error")
GROUP_KEYS: Final = ("when", "steps")


@dataclass(slots=True)
class StepEntry:
    """A step as the file has it."""

    place: Place
    use: ScalarNode | None = None
    id: ScalarNode | None = None
    settings: MappingNode | None = None
    when: ScalarNode | None = None
    on_error: ScalarNode | None = None
    #: Keys that are none of a step's.
    extra: list[ScalarNode] = field(default_factory=list)
    #: A mistake was already reported in it: what is missing may only be misspelt.
    broken: bool = False

    @property
    def name(self) -> ScalarNode | None:
        """Where its id is written: `id`, else `use`."""
        return self.id or self.use


@dataclass(slots=True)
class GroupEntry:
    """Steps under one `when`."""

    place: Place
    steps: list[Entry] = field(default_factory=list)
    when: ScalarNode | None = None


Entry: TypeAlias = StepEntry | GroupEntry


def flat(entries: Sequence[Entry]) -> Iterator[StepEntry]:
    """Yield all steps, those of groups included, in order."""
    for entry in entries:
        if isinstance(entry, GroupEntry):
            yield from flat(entry.steps)
        else:
            yield entry


class EntryReader:
    """Reads what stands under `steps`; `mistakes` gathers what is wrong with it."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self._mistakes = mistakes
        #: An entry could not be read: a step may stand there.
        self.skipped = False

    def read(self, node: Node) -> list[Entry]:
        """Return the entries of *node*, as far as they can be read."""
        if not isinstance(node, SequenceNode):
            self._add(node.place, f"steps: should be a list, found {kind_of(node)}; each step starts with '- '")
            self.skipped = True
            return []
        found = [self._entry(item) for item in node.items]
        self.skipped |= None in found
        return [entry for entry in found if entry is not None]

    def _add(self, place: Place, message: str) -> None:
        self._mistakes.append(place.mistake(message))

    def _entry(self, node: Node) -> Entry | None:
        if isinstance(node, SequenceNode):
            self._add(node.place, "a step is a name or a mapping with `use`, found a list")
            return None
        if isinstance(node, ScalarNode):
            return self._bare(node)
        if not node.entries:
            self._add(node.place, "an empty step: name one with `use`")
            return None
        keys = self._known(node)
        if "steps" in keys:
            return self._group(node, keys)
        [first, *others] = node.entries.values()
        word, _, rest = first[0].text.partition(" ")
        if rest and word in STEP_KEYS and not keys:
            self._add(first[0].place, f"no colon here: is one missing after '{word}'?")
            return None
        if not others and not keys:
            settings = self._settings(first[0].text, first[1])
            return StepEntry(node.place, first[0], settings=settings, broken=settings is None and not is_null(first[1]))
        return self._step(node, keys)

    def _bare(self, node: ScalarNode) -> StepEntry | None:
        if is_null(node):
            self._add(node.place, "an empty step: name one after the '-'")
            return None
        first, _, rest = node.text.partition(" ")
        if rest and first in (*STEP_KEYS, "steps"):
            self._add(node.place, f"no colon here: is one missing after '{first}'?")
            return None
        return StepEntry(node.place, node)

    def _known(self, node: MappingNode) -> dict[str, tuple[ScalarNode, Node]]:
        """Return the entries whose keys are the host's; a misspelt one counts as the key that it is most like."""
        keys = {key: entry for key, entry in node.entries.items() if key in (*STEP_KEYS, "steps")}
        settings_only = len(node.entries) == 1 and isinstance(next(iter(node.entries.values()))[1], MappingNode)
        if settings_only:
            return keys
        for key, entry in node.entries.items():
            cure = closest(key, (*STEP_KEYS, "steps"))
            if key not in keys and cure and cure not in keys:
                keys[cure] = entry
        return keys

    def _unknown(self, node: MappingNode, keys: dict[str, tuple[ScalarNode, Node]]) -> list[ScalarNode]:
        """Report the misspelt keys; return those that are like none."""
        extra = []
        meant = {id(entry[0]): key for key, entry in keys.items()}
        for key, (at, _) in node.entries.items():
            cure = meant.get(id(at))
            if cure is None:
                extra.append(at)
            elif cure != key:
                self._add(at.place, f"a step has no key {shown(key)} - did you mean '{cure}'?")
        return extra

    def _group(self, node: MappingNode, keys: dict[str, tuple[ScalarNode, Node]]) -> GroupEntry:
        for at in self._unknown(node, keys):
            self._add(at.place, unknown_key(at.text, "a group", GROUP_KEYS, "key"))
        own = [keys[key][0] for key in STEP_KEYS if key in keys and key not in GROUP_KEYS]
        if own:
            self._mixed(node, keys, own)
        return GroupEntry(node.place, self.read(keys["steps"][1]), self._scalar(keys, "when", "an expression"))

    def _mixed(self, node: MappingNode, keys: dict[str, tuple[ScalarNode, Node]], own: Sequence[ScalarNode]) -> None:
        """Report a step and a group in one mapping: where the second of them starts, a '- ' may be missing."""
        first = next(iter(node.entries.values()))[0]
        group = [keys[key][0] for key in GROUP_KEYS if key in keys]
        at = min(group if first in own else own, key=lambda key: (key.place.line, key.place.column))
        has = ", ".join(f"`{key}`" for key in GROUP_KEYS)
        self._add(at.place, f"a group has only {has}, a step no `steps`: is a '- ' missing before '{at.text}'?")

    def _step(self, node: MappingNode, keys: dict[str, tuple[ScalarNode, Node]]) -> StepEntry:
        before = len(self._mistakes)
        entry = StepEntry(node.place, extra=self._unknown(node, keys))
        entry.use = self._scalar(keys, "use", "the name of a step")
        entry.id = self._scalar(keys, "id", "a name")
        entry.when = self._scalar(keys, "when", "an expression")
        entry.on_error = self._scalar(keys, "on_error", "quarantine, keep or fail")
        if "with" in keys:
            entry.settings = self._settings("with", keys["with"][1])
        entry.broken = bool(entry.extra) or len(self._mistakes) > before
        return entry

    def _settings(self, key: str, node: Node) -> MappingNode | None:
        if isinstance(node, MappingNode) or is_null(node):
            return node if isinstance(node, MappingNode) else None
        words = node.text.split() if isinstance(node, ScalarNode) else []
        cure = f": is a colon missing after {shown(words[0])}?" if len(words) > 1 else ""
        self._add(node.place, f"{key}: should be a mapping of settings, found {kind_of(node)}{cure}")
        return None

    def _scalar(self, keys: dict[str, tuple[ScalarNode, Node]], key: str, wanted: str) -> ScalarNode | None:
        if key not in keys:
            return None
        at, value = keys[key]
        if isinstance(value, ScalarNode) and (not is_null(value) or not value.plain):
            return value
        place = at.place if is_null(value) else value.place
        self._add(place, f"{key}: should be {wanted}, found {kind_of(value)}")
        return None


def merge(base: Sequence[Entry], over: Sequence[Entry]) -> list[Entry]:
    """Return *base* with the steps of *over* laid over those of the same id; new steps and groups go to the end."""
    changes: dict[str, StepEntry] = {}
    new: list[Entry] = []
    ids = {entry.name.text for entry in flat(base) if entry.name}
    for entry in over:
        name = entry.name.text if isinstance(entry, StepEntry) and entry.name else None
        if isinstance(entry, StepEntry) and name in ids and name not in changes:
            changes[str(name)] = entry
        else:
            new.append(entry)
    return [*_changed(base, changes), *new]


def _changed(base: Sequence[Entry], changes: dict[str, StepEntry]) -> Iterator[Entry]:
    for entry in base:
        if isinstance(entry, GroupEntry):
            yield replace(entry, steps=list(_changed(entry.steps, changes)))
        elif entry.name and entry.name.text in changes:
            yield _over(entry, changes[entry.name.text])
        else:
            yield entry


def _over(base: StepEntry, over: StepEntry) -> StepEntry:
    """Return one step of two with the same id; another `use` makes it another step, whose settings start anew."""
    settings = over.settings
    same = over.use is None or base.use is None or over.use.text == base.use.text
    if same and base.settings is not None:
        settings = base.settings if settings is None else merged(base.settings, settings)
    return StepEntry(
        over.place,
        over.use or base.use,
        over.id or base.id,
        settings,
        over.when or base.when,
        over.on_error or base.on_error,
        [*base.extra, *over.extra],
        base.broken or over.broken,
    )


def merged(base: MappingNode, over: MappingNode) -> MappingNode:
    """Return *base* with *over* laid over it: mappings merge, everything else replaces."""
    entries = dict(base.entries)
    for key, (at, value) in over.entries.items():
        below = base.get(key)
        if isinstance(below, MappingNode) and isinstance(value, MappingNode):
            value = merged(below, value)
        entries[key] = (at, value)
    return MappingNode(over.place, entries)
