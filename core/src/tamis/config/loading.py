"""A pipeline in YAML: reads it, reports every mistake at once with its place, and gives the chain that it states."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any
from typing import Final
from typing import TypeVar

from pydantic import BaseModel

from tamis.config.chain import ChainBuilder
from tamis.config.entries import STEP_KEYS
from tamis.config.layers import LayerReader
from tamis.config.layers import Layers
from tamis.config.nodes import MappingNode
from tamis.config.nodes import Place
from tamis.config.nodes import ScalarNode
from tamis.config.nodes import SequenceNode
from tamis.config.nodes import is_null
from tamis.config.nodes import kind_of
from tamis.config.sections import Options
from tamis.config.sections import Read
from tamis.config.sections import Section
from tamis.config.sections import Write
from tamis.config.settings import build
from tamis.config.settings import known_keys
from tamis.config.settings import unknown_key
from tamis.errors import Mistake
from tamis.errors import PipelineErrors
from tamis.errors import PluginError
from tamis.errors import suggest
from tamis.host import Host
from tamis.local import sources
from tamis.pipeline import Group
from tamis.pipeline import Use
from tamis.when import When

#: More mistakes than this help nobody.
_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Config:
    """A pipeline as it was configured, without a mistake."""

    read: Read
    write: Write
    options: Options
    steps: tuple[Use | Group, ...]
    #: Local plugins that were loaded, resolved.
    plugins: tuple[Path, ...] = ()
    #: The files it was read from, the extending one first.
    source: tuple[Path, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The sha256 of all that decides what becomes of a document; inputs, outputs and bounds of workers do not."""
        state = {
            "read": _canonical(self.read.model_dump(exclude={"from_"})),
            "options": _canonical(self.options.model_dump(include={"max_document"})),
            "steps": _canonical(self.steps),
            "plugins": [sha256(each.read_bytes()).hexdigest() for path in self.plugins for each in sources(path)],
        }
        return sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()


def load(
    path: str | os.PathLike[str],
    host: Host,
    *,
    sets: Sequence[str] = (),
    allow_local_plugins: bool = False,
    env: Mapping[str, str] | None = None,
) -> Config:
    """Return the configuration in the YAML file *path*, with the steps that *host* knows.

    *sets* are overrides such as `topics.threshold=0.7`; *env* stands for the environment variables of this process.
    With *allow_local_plugins* the files under `plugins` are loaded into *host*, which runs their code.
    Raises PipelineErrors with every mistake, each at its place.
    """
    reader = LayerReader(os.environ if env is None else env, _names(host))
    return _configure(reader, reader.file(Path(path)), host, sets, allow_local_plugins)


def loads(
    text: str,
    host: Host,
    *,
    name: str = "<string>",
    base: Path | None = None,
    sets: Sequence[str] = (),
    allow_local_plugins: bool = False,
    env: Mapping[str, str] | None = None,
) -> Config:
    """Return the configuration in the YAML *text*; what it names is looked for in *base* (the working folder).

    *name* stands for the file in mistakes; `load` says the rest.
    """
    reader = LayerReader(os.environ if env is None else env, _names(host))
    return _configure(reader, reader.text(text, name, base or Path()), host, sets, allow_local_plugins)


def _names(host: Host) -> set[str]:
    """Return the keys that may stand in a pipeline, to tell a lost colon by."""
    models: list[type[BaseModel]] = [Read, Write, Options, *host.steps.values()]
    return {*STEP_KEYS, *(key for model in models for key in known_keys(model))}


def _configure(
    reader: LayerReader, layers: Layers | None, host: Host, sets: Sequence[str], allow_local_plugins: bool
) -> Config:
    mistakes = reader.mistakes
    if layers is None:
        raise _errors(mistakes, reader.files)
    plugins = _load_plugins(layers, host, mistakes, allow_local_plugins)
    fields = {name: known_keys(step) for name, step in host.steps.items()}
    for number, given in enumerate(sets, 1):
        reader.set(layers, number, given, fields)
    read = _section("read", Read, layers, mistakes)
    write = _section("write", Write, layers, mistakes)
    options = _section("options", Options, layers, mistakes)
    mistakes += _check_reading(layers, host, read)
    mistakes += _check_writing(layers, host)
    mistakes += _check_outputs(layers)
    if layers.steps_place is None and not layers.incomplete and not mistakes:
        mistakes.append(layers.start.mistake("`steps` is missing: a pipeline lists its steps under it"))
    steps = ChainBuilder(host, mistakes, layers.incomplete).build(layers.entries)
    if mistakes:
        raise _errors(mistakes, reader.files)
    return Config(read, write, options, steps, plugins, tuple(reader.files))


def _check_reading(layers: Layers, host: Host, read: Read) -> Iterator[Mistake]:
    """Yield a mistake for each input, format and option that no format has, and each option that cannot be."""
    suffixes = sorted({suffix for form in host.formats.values() for suffix in form.suffixes})
    for _, _, node in _scalars(layers, ("read", "from")):
        suffix = _suffix(node.text)
        cure = suggest(suffix, suffixes)
        if cure and not node.text.lower().endswith(tuple(suffixes)) and read.format is None and not node.broken:
            yield node.place.mistake(f"read.from: no format reads files '{suffix[:40]}'{cure}")
    options = layers.sections["read"].get("options") if "read" in layers.sections else None
    own = [name for form in host.formats.values() for name in form.options]
    if isinstance(options, MappingNode):
        for key, (at, _) in options.entries.items():
            if key not in own:
                yield at.place.mistake(unknown_key(key, "a format", own, "option"))
        for form in host.formats.values():
            for key, wanted in form.wrong_options(read.options).items():
                found = options.entries[key][1]
                yield found.place.mistake(f"read.options.{key}: should be {wanted}, found {kind_of(found)}")
    for _, _, node in _scalars(layers, ("read", "format")):
        if node.text == read.format and read.format not in host.formats and not node.broken:
            yield node.place.mistake(f"read.format: {host.missing(node.text, 'format')}")


def _check_writing(layers: Layers, host: Host) -> Iterator[Mistake]:
    """Yield a mistake for each output that no format writes; what failed is written as JSON lines only."""
    written = {suffix: name for name, form in host.formats.items() if form.writes for suffix in form.suffixes}
    for _, key, node in _scalars(layers, ("write", "to"), ("write", "rejects"), ("write", "failed")):
        suffix = _suffix(node.text)
        fit = sorted(end for end, name in written.items() if key != "failed" or name == "jsonl")
        if suffix and not node.text.lower().endswith(tuple(fit)) and not node.broken:
            known = suggest(suffix, fit) or f": known are {', '.join(fit)}"
            writes = node.text.lower().endswith(tuple(written))
            what = "what failed is not written to" if writes else "no format writes"
            yield node.place.mistake(f"write.{key}: {what} files '{suffix[:40]}'{known}")


def _suffix(name: str) -> str:
    """Return the ending of the file *name* by which its format is known, in lower case."""
    suffixes = Path(name.lower()).suffixes
    return "".join(suffixes[-2:] if suffixes[-1:] == [".gz"] else suffixes[-1:])


def _check_outputs(layers: Layers) -> Iterator[Mistake]:
    """Yield a mistake for each output that would replace another one."""
    taken: dict[str, str] = {}
    for _, key, node in _scalars(layers, ("write", "to"), ("write", "rejects"), ("write", "failed")):
        other = taken.setdefault(os.path.normpath(node.text), key)
        if other != key and not node.broken:
            yield node.place.mistake(f"write.{key}: is the same file as write.{other}: one would replace the other")


def _scalars(layers: Layers, *keys: tuple[str, str]) -> Iterator[tuple[str, str, ScalarNode]]:
    for section, key in keys:
        found = layers.sections[section].get(key) if section in layers.sections else None
        for node in found.items if isinstance(found, SequenceNode) else [found]:
            if isinstance(node, ScalarNode) and not is_null(node):
                yield section, key, node


def _errors(mistakes: Sequence[Mistake], files: Sequence[Path]) -> PipelineErrors:
    """Return *mistakes* in the order of their places, the same one only once."""
    order = {str(path): number for number, path in enumerate(files)}
    unique = list(dict.fromkeys(mistakes))
    unique.sort(key=lambda each: (order.get(each.file, len(order)), each.file, each.line, each.column))
    return PipelineErrors(unique[:_MOST])


def _load_plugins(layers: Layers, host: Host, mistakes: list[Mistake], allowed: bool) -> tuple[Path, ...]:
    loaded = []
    for item, folder in layers.plugins:
        path = folder / item.text
        if item.broken:
            layers.incomplete = True
        elif not allowed:
            layers.incomplete = True
            message = f"loading {item.text[:80]!r} runs its code: allow that with --allow-local-plugins"
            mistakes.append(item.place.mistake(message))
        else:
            try:
                host.load_local(path)
            except PluginError as error:
                layers.incomplete = True
                mistakes.append(item.place.mistake(" ".join(str(error).split())[:250]))
            else:
                loaded.append(path.resolve())
    return tuple(loaded)


Model = TypeVar("Model", bound=Section)


def _section(name: str, model: type[Model], layers: Layers, mistakes: list[Mistake]) -> Model:
    made = build(model, layers.sections.get(name) or MappingNode(Place("", 1, 1)), name, f"`{name}`")
    if isinstance(made, list):
        mistakes += made
        return model()
    return made


def _canonical(value: Any) -> Any:
    """Return *value* as JSON that is the same in every process."""
    if isinstance(value, Use):
        settings = _canonical(value.step.model_dump())
        return [value.use, value.id, _canonical(value.when), value.on_error, settings]
    if isinstance(value, Group):
        return [_canonical(value.when), _canonical(value.steps)]
    if isinstance(value, dict):
        return {str(key): _canonical(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_canonical(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted((_canonical(each) for each in value), key=repr)
    if isinstance(value, When):
        return value.source
    if isinstance(value, Enum):
        return _canonical(value.value)
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
