"""Reads a pipeline and the files it extends into one, before anything is known of its steps; then `--set`."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from pathlib import Path
from typing import Final

from tamis.config.entries import Entry
from tamis.config.entries import EntryReader
from tamis.config.entries import StepEntry
from tamis.config.entries import flat
from tamis.config.entries import merge
from tamis.config.entries import merged
from tamis.config.nodes import MappingNode
from tamis.config.nodes import Node
from tamis.config.nodes import Place
from tamis.config.nodes import ScalarNode
from tamis.config.nodes import SequenceNode
from tamis.config.nodes import Source
from tamis.config.nodes import is_null
from tamis.config.nodes import kind_of
from tamis.config.nodes import shown
from tamis.config.places import MAX_CHARACTERS
from tamis.config.places import MAX_DEPTH
from tamis.config.places import Composer
from tamis.config.settings import unknown_key
from tamis.errors import Mistake
from tamis.errors import closest
from tamis.errors import suggest

#: Sections are mappings of core's own settings.
SECTIONS: Final = ("read", "write", "options")
TOP_KEYS: Final = ("extends", "plugins", *SECTIONS, "steps")


#: So many files may extend one another.
MOST_LAYERS: Final = 20


@dataclass(slots=True)
class Layers:
    """A pipeline as its files have it, the extended ones below."""

    #: Where the first file starts.
    start: Place
    sections: dict[str, MappingNode] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    #: The local plugins, each with the folder that it is named from.
    plugins: list[tuple[ScalarNode, Path]] = field(default_factory=list)
    #: Where `steps` is written; None where no file has it.
    steps_place: Place | None = None
    #: A part could not be read, so that what is missing may stand there.
    incomplete: bool = False


class LayerReader:
    """Reads files; `mistakes` gathers what is wrong in them, `files` what was read."""

    def __init__(self, env: Mapping[str, str], names: Collection[str]) -> None:
        self.mistakes: list[Mistake] = []
        self.files: list[Path] = []
        self._env = env
        self._names = {*TOP_KEYS, *names}

    def file(self, path: Path, named: Place | None = None, chain: Sequence[Path] = ()) -> Layers | None:
        """Return the layers of the file *path*; *named* is the `extends` that names it."""
        where = named or Place(str(path), 1, 1)
        try:
            with path.open("rb") as stream:
                data = stream.read(4 * MAX_CHARACTERS + 1)
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            self.mistakes.append(where.mistake(f"cannot read {shown(path.name or str(path))}: {why}{_near(path)}"))
            return None
        self.files.append(path)
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            place = Source(str(path), data[: error.start].decode("utf-8", "replace") + "?").place(error.start)
            self.mistakes.append(place.mistake("this is not UTF-8: save the file as UTF-8"))
            return None
        return self.text(text, str(path), path.parent, (*chain, path.resolve()))

    def text(self, text: str, name: str, folder: Path, chain: Sequence[Path] = ()) -> Layers | None:
        """Return the layers of *text*; what it names is looked for in *folder*."""
        composer = Composer(Source(name, text), self._env, self._names)
        root = composer.compose()
        self.mistakes += composer.mistakes
        start = Source(name, text).place(0)
        if not isinstance(root, MappingNode):
            if root is not None and not is_null(root):
                self.mistakes.append(root.place.mistake(f"a pipeline is a mapping with `steps`, found {kind_of(root)}"))
            elif not composer.mistakes:
                self.mistakes.append(start.mistake("the file is empty: a pipeline has `steps`"))
            return None
        layers = self._layers(root, folder, chain)
        layers.incomplete |= composer.joined
        return layers

    def _layers(self, root: MappingNode, folder: Path, chain: Sequence[Path]) -> Layers:
        keys = self._keys(root)
        layers = Layers(root.place, incomplete=len(keys) < len(root.entries))
        for name in SECTIONS:
            node = keys.get(name)
            if isinstance(node, MappingNode):
                layers.sections[name] = node
            elif not is_null(node) and node is not None:
                self._not_a_mapping(name, node)
        if "steps" in keys:
            reader = EntryReader(self.mistakes)
            layers.entries = reader.read(keys["steps"])
            layers.incomplete |= reader.skipped
            layers.steps_place = keys["steps"].place
        layers.plugins = [(item, folder) for item in self._plugins(keys.get("plugins"))]
        if "extends" in keys:
            return self._extended(keys["extends"], layers, "plugins" in keys, folder, chain)
        return layers

    def _keys(self, root: MappingNode) -> dict[str, Node]:
        """Return the values by key; a misspelt key is reported, and counts as the one that it is most like."""
        keys = {key: value for key, (_, value) in root.entries.items() if key in TOP_KEYS}
        for key, (at, value) in root.entries.items():
            if key in TOP_KEYS:
                continue
            self.mistakes.append(at.place.mistake(unknown_key(key, "a pipeline", TOP_KEYS, "key")))
            cure = None if " " in key else closest(key, TOP_KEYS)
            if cure is not None:
                keys.setdefault(cure, value)
        return keys

    def _not_a_mapping(self, name: str, node: Node) -> None:
        words = node.text.split() if isinstance(node, ScalarNode) else []
        cure = f": is a colon missing after {shown(words[0])}?" if len(words) > 1 else ""
        self.mistakes.append(node.place.mistake(f"{name}: should be a mapping, found {kind_of(node)}{cure}"))

    def _plugins(self, node: Node | None) -> list[ScalarNode]:
        if node is None or is_null(node):
            return []
        if not isinstance(node, SequenceNode):
            self.mistakes.append(node.place.mistake(f"plugins: should be a list of files, found {kind_of(node)}"))
            return []
        wrong = [item for item in node.items if not isinstance(item, ScalarNode) or is_null(item)]
        self.mistakes += [item.place.mistake(f"plugins: should be a file, found {kind_of(item)}") for item in wrong]
        return [item for item in node.items if isinstance(item, ScalarNode) and not is_null(item)]

    def _extended(self, node: Node, over: Layers, plugins: bool, folder: Path, chain: Sequence[Path]) -> Layers:
        if not isinstance(node, ScalarNode) or is_null(node):
            self.mistakes.append(node.place.mistake(f"extends: should be the name of one file, found {kind_of(node)}"))
            return replace(over, incomplete=True)
        path = folder / node.text
        try:
            resolved = path.resolve()
        except (OSError, ValueError, RuntimeError):  # a NUL, or links in a circle: reading says so
            resolved = path
        if resolved in chain:
            circle = " > ".join(each.name for each in (*chain[list(chain).index(resolved) :], resolved))
            self.mistakes.append(node.place.mistake(f"extends goes in a circle: {circle}"))
            return replace(over, incomplete=True)
        if len(chain) > MOST_LAYERS:
            self.mistakes.append(node.place.mistake(f"over {MOST_LAYERS} files extend one another"))
            return replace(over, incomplete=True)
        before = len(self.mistakes)
        base = None if node.broken else self.file(path, node.place, chain)
        if base is None:
            return replace(over, incomplete=True)
        sections = dict(base.sections)
        for name, section in over.sections.items():
            sections[name] = merged(sections[name], section) if name in sections else section
        return Layers(
            over.start,
            sections,
            merge(base.entries, over.entries),
            over.plugins if plugins else base.plugins,
            over.steps_place or base.steps_place,
            over.incomplete or base.incomplete or len(self.mistakes) > before,
        )

    def set(self, layers: Layers, number: int, given: str, fields: Mapping[str, Collection[str]]) -> None:
        """Lay `--set` *given*, the *number*-th from 1, over *layers*; *fields* are the settings by step name."""
        target, equals, text = given.partition("=")
        source = Source("--set", " " * (len(target) + 1) + text, given, first=number)
        place = Place("--set", number, 1, given)
        owner, dot, path = target.partition(".")
        keys = path.split(".")
        if not equals or not dot or not owner or not all(keys) or len(keys) > MAX_DEPTH:
            self.mistakes.append(place.mistake(f"{shown(given)} should be ID.KEY=VALUE, as in topics.threshold=0.5"))
            return
        composer = Composer(source, self._env)
        value: Node | None = composer.compose()
        self.mistakes += composer.mistakes
        if value is None:
            if composer.mistakes:
                return
            value = ScalarNode(replace(place, column=len(target) + 2), "")
        at = [ScalarNode(replace(place, column=target.index(path) + 1), key) for key in keys]
        if owner in SECTIONS:
            layers.sections[owner] = _with(layers.sections.get(owner), at, value, place)
            return
        steps = {entry.name.text: entry for entry in flat(layers.entries) if entry.name}
        if owner not in steps:
            cure = suggest(owner, [*steps, *SECTIONS])
            if cure or not layers.incomplete:
                self.mistakes.append(place.mistake(f"no step has the id {shown(owner)}{cure}"))
            return
        _set_step(steps[owner], at, value, place, fields)


def _set_step(
    entry: StepEntry, at: Sequence[ScalarNode], value: Node, place: Place, fields: Mapping[str, Collection[str]]
) -> None:
    own = fields.get(entry.use.text if entry.use else "", ())
    key = at[0].text
    if len(at) == 1 and key in ("when", "on_error") and key not in own and isinstance(value, ScalarNode):
        setattr(entry, key, value)
    else:
        entry.settings = _with(entry.settings, at, value, place)


def _with(node: Node | None, keys: Sequence[ScalarNode], value: Node, place: Place) -> MappingNode:
    """Return *node* with *value* at *keys*; nodes on the way are copied, an alias may stand elsewhere too."""
    made = MappingNode(node.place, dict(node.entries)) if isinstance(node, MappingNode) else MappingNode(place)
    [first, *rest] = keys
    made.entries[first.text] = (first, _with(made.get(first.text), rest, value, place) if rest else value)
    return made


def _near(path: Path) -> str:
    """Return the likely cure for a file that is not there: another one beside it."""
    try:
        names = [each.name for each in path.parent.iterdir() if each.suffix == path.suffix][:1000]
    except (OSError, ValueError):
        return ""
    return suggest(path.name, names) if path.name not in names else ""
