"""What a process needs to make a pipeline anew: the YAML, the overrides, and whether local plugins are allowed."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import file_digest
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from tamis.errors import InputError
from tamis.errors import RunError
from tamis.formats import STDIN
from tamis.formats import Reading
from tamis.host import Host
from tamis.pipeline import Pipeline
from tamis.runner.supervisor import Limits

if TYPE_CHECKING:
    from tamis.config import Config


@dataclass(frozen=True)
class Recipe:
    """A pipeline by its file ("default": the default one), and what the command line says to it."""

    pipeline: str = "default"
    sets: tuple[str, ...] = ()
    allow_local_plugins: bool = False

    def to_json(self) -> tuple[str, tuple[str, ...], bool]:
        """Return the recipe as JSON, the arguments to make it of."""
        return self.pipeline, self.sets, self.allow_local_plugins

    def make(self) -> Made:
        """Return the pipeline with its host. Raises PipelineErrors with every mistake."""
        from tamis.api import configure

        host = Host()
        read = configure(self.pipeline, host, sets=self.sets, allow_local_plugins=self.allow_local_plugins)
        return Made(host, read, Pipeline(read.steps, verdict=host.verdict))


@dataclass(frozen=True)
class Made:
    """A host, a configuration and its pipeline, as a recipe made them."""

    host: Host
    config: Config
    pipeline: Pipeline

    def inputs(self, given: Sequence[str] = ()) -> list[str]:
        """Return what is read: *given*, else what the pipeline names; raises InputError where nothing is."""
        found = list(given) or list(self.config.read.from_)
        if not found:
            raise InputError("no input: give files, or `read: {from: ...}` in the pipeline")
        return found

    def output(self, given: str | None, inputs: Sequence[str]) -> str:
        """Return where the clean records go: *given*, else what the pipeline names, else standard output for its input.

        Raises RunError where there is none.
        """
        found = given or self.config.write.to or (STDIN if STDIN in inputs else None)
        if found is None:
            raise RunError("no output: give -o FILE, or `write: {to: FILE}` in the pipeline")
        return found

    @property
    def reading(self) -> Reading:
        """How the inputs are read."""
        read = self.config.read
        fields = {key: getattr(read, key) for key in ("format", "encoding", "text", "id", "title", "meta")}
        return Reading(**fields, max_document=self.config.options.max_document, options=dict(read.options))

    @property
    def limits(self) -> Limits:
        """What a worker may take."""
        options = self.config.options
        return Limits(options.timeout_per_document, options.memory_per_worker)

    @property
    def versions(self) -> dict[str, str]:
        """The versions of all that decides what comes out: core, models, plugins, and the files that settings name."""
        found = {"tamis": metadata.version("tamis")}
        with suppress(metadata.PackageNotFoundError):
            found["tamis-models"] = metadata.version("tamis-models")
        plugins = [self.host.provider(use.use) for use in self.pipeline.uses]
        plugins += [self.host.provider(name, "format") for name in self.host.formats]
        for plugin in plugins:
            found[plugin.distribution] = plugin.version or _sha(plugin.distribution)
        for use in self.pipeline.uses:
            found |= {name: sha for name in _strings(use.step.model_dump()) if (sha := _sha(name))}
        return found


def _strings(value: Any) -> Iterator[str]:
    """Yield the strings and paths in the settings *value*."""
    if isinstance(value, str | Path):
        yield str(value)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, Iterable):
        for each in value:
            yield from _strings(each)


def _sha(name: str) -> str:
    """Return the sha256 of the file *name*, or "" where it is none."""
    try:
        with Path(name).open("rb") as file:
            return file_digest(file, "sha256").hexdigest()[:16]
    except (OSError, ValueError):
        return ""
