"""The functions that Python users call: `clean`, `default`, `load`, `loads`, `read`."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from os import PathLike
from os import fspath
from pathlib import Path
from typing import Any

from tamis import config
from tamis.config import Config
from tamis.document import Document
from tamis.host import Host
from tamis.pipeline import Pipeline


def load(path: str | PathLike[str], *, sets: Sequence[str] = (), allow_local_plugins: bool = False) -> Pipeline:
    """Return the pipeline of the YAML file *path*; "default" is the default one where no such file is there.

    *sets* are overrides such as `"topics.threshold=0.7"`. With *allow_local_plugins* the files that the pipeline
    names under `plugins:` are loaded, which runs their code. Raises PipelineErrors with every mistake and its place.
    """
    host = Host()
    made = configure(path, host, sets=sets, allow_local_plugins=allow_local_plugins)
    return Pipeline(made.steps, verdict=host.verdict)


def loads(text: str, *, sets: Sequence[str] = (), allow_local_plugins: bool = False) -> Pipeline:
    """Return the pipeline of the YAML *text*; `load` says the rest."""
    host = Host()
    made = config.loads(text, host, sets=sets, allow_local_plugins=allow_local_plugins)
    return Pipeline(made.steps, verdict=host.verdict)


def default_yaml() -> str:
    """Return the YAML of the default pipeline."""
    return files("tamis").joinpath("default.yaml").read_text(encoding="utf-8")


def is_default(pipeline: str | PathLike[str]) -> bool:
    """Return whether *pipeline* means the default one: it is "default", and no such file is there."""
    return fspath(pipeline) == "default" and not Path(pipeline).exists()


def configure(
    pipeline: str | PathLike[str], host: Host, *, sets: Sequence[str] = (), allow_local_plugins: bool = False
) -> Config:
    """Return the configuration of the YAML file *pipeline*, or the default one; `load` says the rest."""
    if is_default(pipeline):
        return config.loads(default_yaml(), host, name="default", sets=sets)
    return config.load(Path(pipeline), host, sets=sets, allow_local_plugins=allow_local_plugins)


@cache
def default() -> Pipeline:
    """Return the default pipeline: boilerplate, language, and for English translation, topics and sentiment.

    Raises PipelineErrors where one of these plugins is not installed.
    """
    return loads(default_yaml())


def clean(text: str) -> str:
    """Return what the default pipeline leaves of *text*. Raises StepError where a step fails."""
    return default()(text).text


def read(path: str | PathLike[str], format: str | None = None, **options: Any) -> Iterator[Document]:
    """Yield the documents of *path* (a file or a folder); the format goes by the suffix unless *format* names it.

    *options* are those of `read:` in a pipeline (`text`, `id`, `title`, `meta`, `encoding`, `options`), settings of the
    format (`delimiter`), and `max_document` in bytes. A document that cannot be read
    has `error`. Nothing is opened before the first document is asked for; then InputError is raised where the input
    itself cannot be read.
    """
    from tamis.formats import read as read_documents

    yield from read_documents(Path(path), Host().formats, format=format, **options)
