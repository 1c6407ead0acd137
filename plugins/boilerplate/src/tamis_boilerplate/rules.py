"""Rules: what one is, and the packs of them that come with the package, one file a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from typing import Literal

from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import field_validator

from tamis_boilerplate.frames import Frame

Kind = Literal[
    "caption",
    "photo_credit",
    "read_also",
    "paywall",
    "newsletter",
    "share",
    "ad",
    "cookie",
    "source",
    "related_posts",
    "copyright",
    "av_player",
    "comment",
    "live_nav",
    "app",
    "byline",
]
Take = Literal["phrase", "sentence", "headline", "list", "end", "byline", "credit"]


class Rule(BaseModel):
    """One rule: frames, the kind they show, and how much is taken where one fits."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    id: str
    """The name that reports show, `en.paywall`."""
    kind: Kind
    """The reason of the cut."""
    take: Take = "sentence"
    """How much goes: the `phrase` itself, where nothing but a new sentence or line follows it; the `sentence` that
    holds it; the phrase and the `headline` after it; a heading and the `list` of links under it; a phrase that is the
    `end` of such a headline; a `byline` or a picture's `credit`, the phrase and the names after it."""
    frames: Sequence[str]
    """What to look for, in the language of frames (see the README)."""
    alone: bool = False
    """Whether a phrase counts only where it fills its line."""
    caps: bool = False
    """Whether the phrase must start with a capital and end with a sign (`:` or `|`) to count inside a line."""
    start: bool = False
    """Whether the frame counts only at the start of a sentence or a line."""
    yes: Sequence[str] = ()
    """Lines that the rule must cut: its tests."""
    no: Sequence[str] = ()
    """Lines that must be left alone: its tests."""

    @field_validator("frames")
    @classmethod
    def _readable(cls, frames: Sequence[str]) -> Sequence[str]:
        for frame in frames:
            _ = Frame(frame).pattern
        return frames


def packs() -> list[str]:
    """Return the names of the packs in the package: `common` and the languages."""
    names = [entry.name for entry in files(__package__).joinpath("packs").iterdir()]
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


@cache
def read_pack(name: str) -> Mapping[str, Any]:
    """Return the pack *name* as it is written."""
    return tomllib.loads(files(__package__).joinpath("packs", f"{name}.toml").read_text(encoding="utf-8"))
