"""Steps for the tests of pipelines in YAML, and a host that knows these alone."""

from typing import Annotated
from typing import Any
from typing import ClassVar
from typing import Literal

import pytest
from pydantic import BaseModel
from pydantic import Field
from pydantic import field_validator
from pydantic import model_validator

import tamis
from tamis import config
from tamis.errors import PipelineErrors
from tamis.host import Host
from tamis.when import When


class Weights(BaseModel, extra="forbid"):
    """Settings inside a setting."""

    title: float
    text: float = 1.0


class Language(tamis.Step):
    """Say the language."""

    gives: ClassVar = ("language",)
    keep: tuple[str, ...] = ()
    """Languages to choose from."""
    spans: bool = False
    """Mark stretches in another language."""
    sample: int = Field(100, gt=0)
    """Words to look at."""


class Topics(tamis.Step):
    """Say the topics."""

    gives: ClassVar = ("topics",)
    needs: ClassVar = ("language",)
    threshold: Annotated[float, Field(le=1)] | dict[str, float] = 0.5
    """From which probability."""
    mode: Literal["strict", "loose"] = "strict"
    """How."""
    weights: Weights | None = None
    """What counts."""
    only: When | None = None
    """Where."""
    kinds: frozenset[str] = frozenset()
    """Which kinds."""

    places: dict[Literal["title", "text"], float] | None = None
    """What counts where."""
    sure: Any = None
    """Nothing but trouble."""

    @field_validator("sure")
    @classmethod
    def _trouble(cls, sure: Any) -> Any:
        if sure:
            raise TypeError("a validator that fails by itself")
        return sure

    @field_validator("kinds")
    @classmethod
    def _known(cls, kinds: frozenset[str]) -> frozenset[str]:
        if "unheard" in kinds:
            raise ValueError("there is no kind 'unheard'")
        return kinds

    @model_validator(mode="after")
    def _fit(self) -> "Topics":
        if self.mode == "loose" and self.threshold == 1.0:
            raise ValueError("loose mode cannot have the threshold 1")
        return self


class Tone(tamis.Step):
    """Say the tone."""

    gives: ClassVar = ("tone",)
    model: str
    """The model."""


class Plugin:
    """A plugin, as an object with hooks."""

    @staticmethod
    @tamis.hookimpl
    def tamis_steps():
        """Return the steps."""
        return {"language": Language, "topics": Topics, "tone": Tone}


@pytest.fixture(scope="session")
def host():
    """A host that knows core and the steps of this file."""
    return Host([Plugin], installed=False)


@pytest.fixture(scope="session")
def load(host):
    """Return the configuration in a text."""

    def read(text, **options):
        return config.loads(text, host, name="x.yaml", **{"env": {}, **options})

    return read


@pytest.fixture(scope="session")
def mistakes(load):
    """Return the mistakes in a text as `line:column: message`."""

    def found(text, **options):
        try:
            load(text, **options)
        except PipelineErrors as errors:
            return [f"{mistake.line}:{mistake.column}: {mistake.message}" for mistake in errors.mistakes]
        return []

    return found
