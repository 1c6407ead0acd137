"""The host: finds the installed plugins, keeps the broken ones apart, and knows every step, format and executor."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property
from importlib import import_module
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any
from typing import Final

import pluggy
from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement

from tamis import hookspecs
from tamis.errors import PluginError
from tamis.errors import suggest
from tamis.expression import ALWAYS
from tamis.expression import CONSTANTS
from tamis.step import Step

#: The entry-point group in which a distribution names its plugins.
GROUP: Final = "tamis"


@dataclass(frozen=True, slots=True)
class Plugin:
    """An installed plugin: its name, the distribution and version it came with, and why it is broken (or None)."""

    name: str
    distribution: str
    version: str
    module: object | None = None
    broken: str | None = None

    @property
    def provider(self) -> str:
        """The distribution with its version, as errors name it."""
        return f"{self.distribution} {self.version}".strip()


@dataclass(frozen=True, slots=True)
class Provided:
    """A name that a hook gave: the thing, and the plugin that gave it."""

    thing: Any
    plugin: Plugin


@dataclass
class Registry:
    """The names that one hook gave, and those that two plugins gave at once."""

    kind: str
    found: dict[str, Provided] = field(default_factory=dict)
    clashes: dict[str, list[Plugin]] = field(default_factory=dict)

    def add(self, name: str, thing: Any, plugin: Plugin) -> None:
        first = self.found.pop(name, None)
        if first is None and name not in self.clashes:
            self.found[name] = Provided(thing, plugin)
            return
        both = self.clashes.setdefault(name, [first.plugin] if first else [])
        both.append(plugin)


class Host:
    """The plugins of this process. A broken one is left out, and `plugins` says why; the others work on."""

    def __init__(self, plugins: Iterable[object] = (), *, installed: bool = True) -> None:
        """Load core, then the *installed* plugins, then *plugins* (modules or objects with hook functions)."""
        self._manager = pluggy.PluginManager("tamis")
        self._manager.add_hookspecs(hookspecs)
        self._plugins: list[Plugin] = []
        self._given = tuple(plugins)
        self._with_installed = installed
        self._local: list[Path] = []
        core = metadata.version("tamis")
        self._add(Plugin("core", "tamis", core), lambda: import_module("tamis.builtin"))
        for entry in sorted(metadata.entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value)):
            if installed:
                self._add_installed(entry, core)
        for given in self._given:
            name = getattr(given, "__name__", type(given).__name__)
            self._add(Plugin(name, name, ""), lambda given=given: given)  # type: ignore[misc]

    def _add_installed(self, entry: metadata.EntryPoint, core: str) -> None:
        distribution = entry.dist
        name = distribution.name if distribution else "?"
        plugin = Plugin(entry.name, name, distribution.version if distribution else "?")
        refused = _unfit(distribution.requires or () if distribution else (), core)
        if refused:
            self._plugins.append(_broken(plugin, refused))
        else:
            self._add(plugin, entry.load)

    def _add(self, plugin: Plugin, load: Callable[[], object]) -> None:
        """Register what *load* returns; whatever goes wrong becomes the reason why *plugin* is broken."""
        module: object | None = None
        try:
            module = load()
            self._manager.register(module, name=f"{plugin.name} ({plugin.provider})")
            self._manager.check_pending()
        except BaseException as error:  # a plugin may fail in any way; the host goes on
            if isinstance(error, KeyboardInterrupt):
                raise
            if module is not None and self._manager.is_registered(module):
                self._manager.unregister(module)
            self._plugins.append(_broken(plugin, _why(error)))
        else:
            self._plugins.append(Plugin(plugin.name, plugin.distribution, plugin.version, module))

    def load_local(self, path: Path) -> None:
        """Register the file *path* as a plugin, once; this runs its code. Raises PluginError where it is broken."""
        from tamis.local import load_module

        if path.resolve() in self._local:
            return
        self._forget()
        self._add(Plugin(path.stem, str(path), ""), lambda: load_module(path))
        module = self._plugins[-1].module
        if module is not None and not self._manager.get_hookcallers(module):
            raise PluginError(f"local plugin {path}: registers nothing; likely cure: @tamis.hookimpl on tamis_steps")
        _ = self._steps, self._formats, self._executors  # a plugin whose answers are wrong is broken
        if self._plugins[-1].broken:
            raise PluginError(f"local plugin {path}: {self._plugins[-1].broken}")
        self._local.append(path.resolve())

    def _forget(self) -> None:
        for name in ("_steps", "_formats", "_executors"):
            self.__dict__.pop(name, None)

    @property
    def plugins(self) -> tuple[Plugin, ...]:
        """The plugins found, the broken ones included."""
        return tuple(self._plugins)

    def _collect(self, kind: str, hook: str, accept: Callable[[object], str | None]) -> Registry:
        """Call *hook* of each plugin once; one whose answer is wrong is broken from now on."""
        registry = Registry(kind)
        modules = [plugin.module for plugin in self._plugins if plugin.module is not None]
        for i, plugin in enumerate(self._plugins):
            if plugin.module is None:
                continue
            others = [module for module in modules if module is not plugin.module]
            try:
                answers = self._manager.subset_hook_caller(hook, others)()
                given = {name: thing for answer in answers for name, thing in dict(answer).items()}
            except Exception as error:  # noqa: BLE001 - the plugin's own code
                self._plugins[i] = _broken(plugin, f"{hook}: {_why(error)}")
                continue
            wrong = [f"{hook}: {name!r}: {why}" for name, thing in given.items() if (why := accept(thing))]
            if wrong:
                self._plugins[i] = _broken(plugin, "; ".join(wrong))
                continue
            for name, thing in given.items():
                registry.add(name, thing, plugin)
        return registry

    @cached_property
    def _steps(self) -> Registry:
        return self._collect("step", "tamis_steps", _not_a_step)

    @cached_property
    def _formats(self) -> Registry:
        return self._collect("format", "tamis_formats", _not_a_format)

    @cached_property
    def _executors(self) -> Registry:
        return self._collect("executor", "tamis_executors", _not_an_executor)

    @property
    def steps(self) -> Mapping[str, type[Step]]:
        """The step classes by name, of all plugins that work."""
        return {name: provided.thing for name, provided in sorted(self._steps.found.items())}

    @property
    def formats(self) -> Mapping[str, Any]:
        """The formats by name."""
        return {name: provided.thing for name, provided in sorted(self._formats.found.items())}

    @property
    def executors(self) -> Mapping[str, Any]:
        """The executors by name."""
        return {name: provided.thing for name, provided in sorted(self._executors.found.items())}

    def _registry(self, kind: str) -> Registry:
        return {"step": self._steps, "format": self._formats, "executor": self._executors}[kind]

    def provider(self, name: str, kind: str = "step") -> Plugin:
        """Return the plugin that gave the *kind* (step, format, executor) *name*; PluginError where none did."""
        found = self._registry(kind).found
        if name not in found:
            raise PluginError(self.missing(name, kind))
        return found[name].plugin

    def missing(self, name: str, kind: str = "step") -> str:
        """Return a sentence on why there is no *kind* (step, format, executor) of this *name*, with the likely cure."""
        registry = self._registry(kind)
        if name in registry.clashes:
            givers = " and ".join(plugin.provider for plugin in registry.clashes[name])
            return f"{kind} '{name}' is given by {givers}: uninstall one of them"
        for plugin in self._plugins:
            if plugin.broken and name in (plugin.name, plugin.distribution.removeprefix("tamis-")):
                return f"{kind} '{name}' is not available: plugin {plugin.provider} is broken: {plugin.broken}"
        known = suggest(name, registry.found)
        if kind == "executor" and not known:
            known = f" (there are: {', '.join(registry.found)}; the plugins tamis-dask and tamis-ray give dask and ray)"
        return f"no {kind} '{name}' is installed{known}"

    @property
    def verdict(self) -> Callable[[Any, str, BaseException], hookspecs.OnError | None] | None:
        """`failed`, or None where no plugin has the hook `tamis_failed`."""
        return self.failed if self._manager.hook.tamis_failed.get_hookimpls() else None

    def failed(self, doc: Any, step: str, error: BaseException) -> hookspecs.OnError | None:
        """Ask the plugins what becomes of *doc*; None where none has an opinion."""
        answer: hookspecs.OnError | None = self._manager.hook.tamis_failed(doc=doc, step=step, error=error)
        return answer

    def run_started(self, run: Any) -> None:
        """Tell the observers that *run* starts."""
        self._manager.hook.tamis_run_started(run=run)

    def run_ended(self, run: Any, account: Any) -> None:
        """Tell the observers that *run* ended."""
        self._manager.hook.tamis_run_ended(run=run, account=account)

    def __reduce__(self) -> tuple[Any, ...]:
        given = [each.__name__ if isinstance(each, ModuleType) else each for each in self._given]
        return _again, (given, self._with_installed, self._local)


def _again(given: Iterable[object], installed: bool, local: Iterable[Path]) -> Host:
    """Return the host that was pickled: modules by their names, local plugins by their files."""
    host = Host([import_module(each) if isinstance(each, str) else each for each in given], installed=installed)
    for path in local:
        host.load_local(path)
    return host


def _broken(plugin: Plugin, why: str) -> Plugin:
    return Plugin(plugin.name, plugin.distribution, plugin.version, None, why)


def _why(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _unfit(requires: Iterable[str], core: str) -> str | None:
    """Return why a distribution with these requirements does not fit the installed core, or None."""
    for line in requires:
        try:
            requirement = Requirement(line)
        except InvalidRequirement:
            continue
        applies = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if requirement.name == "tamis" and applies and not requirement.specifier.contains(core, prereleases=True):
            return f"wants tamis{requirement.specifier}, installed is tamis {core}"
    return None


def _not_a_step(thing: object) -> str | None:
    if not isinstance(thing, type) or not issubclass(thing, Step):
        return f"should be a class derived from tamis.Step, found {thing!r:.80}"
    for key in ("gives", "needs"):
        if isinstance(label := getattr(thing, key), str):
            return f"`{key}` should be a tuple of labels: write {key} = ({label!r:.80},)"
    taken = [label for label in thing.gives if label in (*ALWAYS, *CONSTANTS) and label != "title"]
    if taken:  # a step may say the title; the rest would be read in a `when` as what they are
        return f"`gives`: {taken[0]!r} means something else in a `when`: choose another name for the label"
    return None


def _not_a_format(thing: object) -> str | None:
    from tamis.formats import Format

    if isinstance(thing, Format):
        return None
    return f"should be an object of a class derived from tamis.formats.Format, found {thing!r:.80}"


def _not_an_executor(thing: object) -> str | None:
    if not isinstance(thing, type) and callable(getattr(thing, "run", None)):
        return None
    return f"should be an object with `run(plan, todo, workers, address)`, found {thing!r:.80}"
