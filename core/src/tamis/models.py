"""The installed models: found through the entry-point group `tamis.models`, read whole, and checked before use.

    model = tamis.models.find("topics")            # ModelFile; ModelError with did-you-mean where there is none
    data = model.read(expected_sha256=PIN)         # bytes; ModelError where they are not the pinned ones
    tamis.models.installed()                       # all of them, for `tamis models`
    tamis.models.publish(folder, "topics", ...)    # for training scripts: manifest and pin
    @tamis.models.cached_by_file                   # for plugins: a function that loads a model, by its path or name

Each entry point names a package that holds model files and a `manifest.json`:
`{"topics": {"file": "topics.joblib", "sha256": "...", "card": "topics.md", "version": "1"}}`.
A plugin pins the sha256 of the model it was measured with, in a module `_pin.py` that `publish` writes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from functools import wraps
from importlib.metadata import EntryPoint
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from typing import Final
from typing import ParamSpec
from typing import TypeVar

from tamis.errors import ModelError
from tamis.errors import suggest

P = ParamSpec("P")
T = TypeVar("T")

GROUP: Final = "tamis.models"
_FIELDS: Final = ("file", "sha256", "version")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """An installed model: where it is, and what its distribution says of it."""

    name: str
    path: Traversable
    #: The sha256 that the manifest states, in hexadecimal.
    sha256: str
    #: The distribution that ships it, as `tamis-models 0.1.0`.
    distribution: str
    version: str
    #: Where its card is (Markdown), or None.
    card: Traversable | None = None

    def read(self, expected_sha256: str | None = None) -> bytes:
        """Return the bytes of the model, checked against *expected_sha256* (default: the manifest's).

        Raises ModelError where the file is missing or its sha256 is another.
        """
        expected = expected_sha256 or self.sha256
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise ModelError(
                f"model '{self.name}': {self.path} of {self.distribution} cannot be read ({error.strerror or error});"
                f" likely cure: install {self.distribution.split()[0]} again"
            ) from error
        found = hashlib.sha256(data).hexdigest()
        if found != expected:
            raise ModelError(
                f"model '{self.name}': {self.path} of {self.distribution} has sha256 {found}, expected {expected};"
                f" the file was altered, or the installed plugin belongs to another version of"
                f" {self.distribution.split()[0]}; likely cure: install matching versions of both"
            )
        return data

    @property
    def verified(self) -> bool:
        """True where the file is there and has the sha256 of the manifest."""
        try:
            self.read()
        except ModelError:
            return False
        return True


def installed() -> list[ModelFile]:
    """Return all installed models, sorted by name.

    Raises ModelError where a manifest cannot be read, or two distributions ship a model of the same name.
    """
    found: dict[str, ModelFile] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.value, point.name)):
        for model in _of(point):
            other = found.setdefault(model.name, model)
            if other.path != model.path:
                raise ModelError(
                    f"model '{model.name}' is shipped by {other.distribution} ({other.path}) and by"
                    f" {model.distribution} ({model.path}); likely cure: uninstall one of them"
                )
    return [found[name] for name in sorted(found)]


def find(name: str) -> ModelFile:
    """Return the installed model *name*.

    Raises ModelError where no installed distribution ships it.
    """
    models = {model.name: model for model in installed()}
    if name in models:
        return models[name]
    if not models:
        raise ModelError(f"no model '{name}' is installed, nor any other; likely cure: pip install tamis-models")
    raise ModelError(
        f"no model '{name}' is installed{suggest(name, models)}; installed: {', '.join(models)};"
        " likely cure: install or upgrade tamis-models"
    )


def existing(model: str, shipped: str) -> str:
    """Return the setting *model* of a step: *shipped*, the name of its own one, or the path of a file that is there.

    Raises ValueError for another, as the validators of settings do.
    """
    if model == shipped or Path(model).is_file():
        return model
    raise ValueError(
        f"there is no file {model!r:.100}, and the shipped model is {shipped!r}{suggest(model, [shipped])}"
    )


def cached_by_file(load: Callable[P, T]) -> Callable[P, T]:
    """Return *load*, whose arguments are names or paths of models, with its answers kept until such a file changes."""

    @lru_cache(maxsize=8)
    def kept(stamps: object, *args: P.args, **kwargs: P.kwargs) -> T:  # noqa: ARG001 - another stamp is another file
        return load(*args, **kwargs)

    @wraps(load)
    def current(*args: P.args, **kwargs: P.kwargs) -> T:
        return kept(tuple(map(_stamp, (*args, *kwargs.values()))), *args, **kwargs)  # type: ignore[arg-type]

    return current


def _stamp(name: object) -> tuple[str, int, int] | None:
    """Return what tells the file *name* from what it was, or None where it is no file."""
    try:
        found = Path(str(name)).stat()
    except (OSError, ValueError):
        return None
    return str(Path(str(name)).absolute()), found.st_size, found.st_mtime_ns


def _of(point: EntryPoint) -> list[ModelFile]:
    """Return the models of the package that *point* names."""
    provider = f"{point.dist.name} {point.dist.version}" if point.dist is not None else point.value
    try:
        folder = files(point.value)
        manifest: Any = json.loads((folder / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        raise ModelError(
            f"{provider}: the package {point.value} has no manifest.json, so its models are unknown"
        ) from None
    except (ImportError, OSError, ValueError) as error:
        raise ModelError(f"{provider}: the manifest of {point.value} cannot be read: {error}") from error
    if not isinstance(manifest, dict):
        raise ModelError(f"{provider}: manifest.json of {point.value} should be an object, found {manifest!r:.60}")
    models = []
    for name, entry in manifest.items():
        lacking = [field for field in _FIELDS if not isinstance(entry, dict) or not isinstance(entry.get(field), str)]
        if lacking:
            raise ModelError(f"{provider}: model '{name}' in manifest.json lacks {', '.join(lacking)}")
        card = folder / entry["card"] if entry.get("card") else None
        models.append(ModelFile(name, folder / entry["file"], entry["sha256"], provider, entry["version"], card))
    return models


def publish(folder: Path, name: str, file: str, version: str, card: str | None = None, pin: Path | None = None) -> str:
    """Write model *name* (the file *file* in *folder*) into `manifest.json`, and its sha256 into the plugin's *pin*.

    *pin* is the path of a Python module that gets the one constant `SHA256`. Return the sha256.
    """
    digest = hashlib.sha256((folder / file).read_bytes()).hexdigest()
    place = folder / "manifest.json"
    manifest = json.loads(place.read_text("utf-8")) if place.exists() else {}
    manifest[name] = {"file": file, "sha256": digest, "card": card, "version": version}
    place.write_text(json.dumps(dict(sorted(manifest.items())), indent=2) + "\n", "utf-8")
    if pin is not None:
        pin.write_text(
            f'"""The sha256 of the shipped model; the training script writes this file."""\n\nSHA256 = "{digest}"\n',
            "utf-8",
        )
    return digest
