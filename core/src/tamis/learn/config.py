"""The YAML of `tamis train`: data, columns, settings, and where the model goes; each mistake at its place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from typing import Literal
from typing import Self

from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import Field
from pydantic import field_validator
from pydantic import model_validator

from tamis.config.nodes import MappingNode
from tamis.config.nodes import Source
from tamis.config.nodes import kind_of
from tamis.config.places import Composer
from tamis.config.settings import build
from tamis.config.settings import known_keys
from tamis.errors import ConfigError
from tamis.errors import PipelineErrors
from tamis.learn.choice import Choice
from tamis.learn.linear import LinearModel
from tamis.learn.words import Features

Size = Annotated[int, Field(ge=1, le=10)]
Count = Annotated[int, Field(ge=0)]


class Settings(BaseModel):
    """The settings of a model; `tamis.learn.Features`, `LinearModel` and `fit_best` say what they do."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    features: Choice = "auto"
    ngrams: Annotated[int, Field(ge=0, le=5)] = 1
    chars: tuple[Size, Size] | None = None
    min_df: Annotated[int, Field(ge=1)] = 2
    max_features: Count = 0
    lead: Count = 20
    lead_weight: Annotated[float, Field(ge=0, le=1)] = 0.2
    chunk: Count = 0
    digits: bool = False
    strength: Annotated[float, Field(gt=0)] = 1.0
    balanced: bool = False
    loss: Literal["log", "hinge"] = "hinge"
    folds: Annotated[int, Field(ge=2)] = 10

    @field_validator("chars")
    @classmethod
    def _shortest_first(cls, sizes: tuple[int, int] | None) -> tuple[int, int] | None:
        if sizes and sizes[0] > sizes[1]:
            raise ValueError(f"should be the shortest and the longest, found {list(sizes)}")
        return sizes

    @model_validator(mode="after")
    def _sees_something(self) -> Self:
        if not self.ngrams and self.chars is None and self.features != "embedding":
            raise ValueError("with `ngrams: 0` the model sees nothing: give `chars`, or `features: embedding`")
        return self

    def model(self, kind: Literal["labels", "classes"]) -> LinearModel:
        """Return an untrained model with these settings."""
        features = self.model_dump(exclude={"features", "strength", "balanced", "loss", "folds"})
        return LinearModel(
            Features(**features), kind=kind, strength=self.strength, balanced=self.balanced, loss=self.loss
        )


class TrainingConfig(BaseModel):
    """What `tamis train` reads and writes; paths count from the working folder."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())

    data: Path | list[Path]
    model: Path
    text: str = "text"
    labels: str = "labels"
    title: str | None = None
    kind: Literal["labels", "classes"] | None = None
    settings: Settings = Settings()

    @field_validator("model")
    @classmethod
    def _beside_its_card(cls, path: Path) -> Path:
        if path.suffix in (".md", ".svg"):
            raise ValueError(f"its card and its picture are written beside it as .md and .svg: not {path.name}")
        return path

    @property
    def files(self) -> list[Path]:
        """The files of the data."""
        return self.data if isinstance(self.data, list) else [self.data]

    @property
    def card(self) -> Path:
        """Where the card of the model is written."""
        return self.model.with_suffix(".md")

    @property
    def picture(self) -> Path:
        """Where the picture of its calibration is written."""
        return self.model.with_suffix(".svg")


def load(path: Path) -> TrainingConfig:
    """Return the configuration in the YAML file *path*.

    Raises PipelineErrors with every mistake at its place, ConfigError where the file cannot be read.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is no UTF-8 ({error.reason} at byte {error.start}): save it as UTF-8") from error
    source = Source(str(path), text)
    composer = Composer(source, {}, [*known_keys(TrainingConfig), *known_keys(Settings)])
    root = composer.compose()
    if composer.mistakes:
        raise PipelineErrors(composer.mistakes)
    if not isinstance(root, MappingNode):
        found = kind_of(root) if root else "nothing"
        raise PipelineErrors([source.place(0).mistake(f"should be a mapping with `data` and `model`, found {found}")])
    made = build(TrainingConfig, root, "train", "`tamis train`")
    if isinstance(made, list):
        raise PipelineErrors(made)
    return made
