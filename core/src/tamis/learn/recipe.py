"""What `tamis train` reads: data, columns, settings, and where the model goes."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import ValidationError

from tamis.errors import ConfigError
from tamis.errors import suggest
from tamis.learn.choice import Choice
from tamis.learn.linear import LinearModel
from tamis.learn.words import Features


class Settings(BaseModel):
    """The settings of a model; `tamis.learn.Features`, `LinearModel` and `candidates` say what they do."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    features: Choice = "auto"
    ngrams: int = 1
    chars: tuple[int, int] | None = None
    min_df: int = 2
    max_features: int = 0
    lead: int = 20
    lead_weight: float = 0.2
    chunk: int = 0
    digits: bool = False
    strength: float = 1.0
    balanced: bool = False
    loss: Literal["log", "hinge"] = "hinge"
    folds: int = 5

    def model(self, kind: Literal["labels", "classes"]) -> LinearModel:
        """Return an untrained model with these settings."""
        features = self.model_dump(exclude={"features", "strength", "balanced", "loss", "folds"})
        return LinearModel(
            Features(**features), kind=kind, strength=self.strength, balanced=self.balanced, loss=self.loss
        )


class Recipe(BaseModel):
    """The YAML of `tamis train`; paths count from the working folder."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())

    data: Path | list[Path]
    model: Path
    text: str = "text"
    labels: str = "labels"
    title: str | None = None
    kind: Literal["labels", "classes"] | None = None
    settings: Settings = Settings()

    @property
    def files(self) -> list[Path]:
        """The files of the data."""
        return self.data if isinstance(self.data, list) else [self.data]


def load(path: Path) -> Recipe:
    """Return the recipe in the YAML file *path*.

    Raises ConfigError that names every wrong key.
    """
    try:
        given = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror or error}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is no YAML: {error}") from error
    if not isinstance(given, dict):
        raise ConfigError(f"{path}: should be a mapping with `data` and `model`, found {type(given).__name__}")
    try:
        return Recipe.model_validate(given)
    except ValidationError as error:
        raise ConfigError("\n".join(f"{path}: {_mistake(each)}" for each in error.errors())) from None


def _mistake(error: object) -> str:
    detail = dict(error)  # type: ignore[call-overload]
    where = [str(part) for part in detail["loc"]]
    if detail["type"] == "extra_forbidden":
        known = Settings.model_fields if where[0] == "settings" else Recipe.model_fields
        return f"no setting '{'.'.join(where)}'{suggest(where[-1], known)}"
    if detail["type"] == "missing":
        return f"`{'.'.join(where)}` is missing"
    return f"{'.'.join(where)}: {detail['msg']}"
