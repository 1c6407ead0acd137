"""Rules: what one is, and the packs of them that come with the package, one file a language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from typing import Literal
from typing import NamedTuple

from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import field_validator

from tamis_boilerplate.frames import Frame
from tamis_boilerplate.frames import plain

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


class Use(NamedTuple):
    """A frame with the rule it belongs to, as the index keeps it."""

    frame: Frame
    id: str
    kind: str
    take: str
    alone: bool
    caps: bool
    start: bool


#: Uses by their first word, then by their second; under None those whose second word may be any.
Index = Mapping[str, Mapping[str | None, Sequence[Use]]]


class Book(NamedTuple):
    """All rules at work, and the word lists of the packs.

    `opening` holds what may begin a sentence or a line, `inside` what counts in the middle of one, `credits` what opens
    a picture's credit.
    """

    opening: Index
    inside: Index
    credits: Index
    words: Mapping[str, frozenset[str]]


def packs() -> list[str]:
    """Return the names of the packs in the package: `common` and the languages."""
    names = [entry.name for entry in files(__package__).joinpath("packs").iterdir()]
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


@cache
def read_pack(name: str) -> Mapping[str, Any]:
    """Return the pack *name* as it is written."""
    return tomllib.loads(files(__package__).joinpath("packs", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def book() -> Book:
    """Return the rules of all packs, read once per process."""
    rules: list[Mapping[str, Any]] = []
    words: dict[str, set[str]] = {}
    for name in packs():
        pack = read_pack(name)
        rules += pack.get("rule", [])
        for group, listed in pack.get("words", {}).items():
            words.setdefault(group, set()).update(listed.split())
    return Book(*_indexes(rules), {group: frozenset(map(plain, listed)) for group, listed in words.items()})


@cache
def with_rules(extra: tuple[str, ...]) -> Book:
    """Return the book with the rules *extra* (as JSON) before its own."""
    own = book()
    indexes = _indexes([Rule.model_validate_json(rule).model_dump() for rule in extra])
    opening, inside, named = (_joined(new, old) for new, old in zip(indexes, own[:3], strict=True))
    return Book(opening, inside, named, own.words)


def _joined(first: Index, second: Index) -> Index:
    joined: dict[str, dict[str | None, Sequence[Use]]] = {}
    for index in (first, second):
        for word, nexts in index.items():
            for after, uses in nexts.items():
                place = joined.setdefault(word, {})
                place[after] = (*place.get(after, ()), *uses)
    return joined


def _indexes(rules: Iterable[Mapping[str, Any]]) -> tuple[Index, Index, Index]:
    opening: dict[str, dict[str | None, list[Use]]] = {}
    inside: dict[str, dict[str | None, list[Use]]] = {}
    named: dict[str, dict[str | None, list[Use]]] = {}
    for rule in rules:
        take, alone, caps = rule["take"], rule.get("alone", False), rule.get("caps", False)
        for source in rule["frames"]:
            frame = Frame(source)
            use = Use(frame, rule["id"], rule["kind"], take, alone, caps, rule.get("start", False))
            for word, after in frame.starts:
                if take == "credit":
                    named.setdefault(word, {}).setdefault(after, []).append(use)
                    continue
                opening.setdefault(word, {}).setdefault(after, []).append(use)
                if take == "sentence" or not alone:
                    inside.setdefault(word, {}).setdefault(after, []).append(use)
    return opening, inside, named


def uses_at(nexts: Mapping[str | None, Sequence[Use]], after: str) -> Sequence[Use]:
    """Return what may start at a word whose entry in an index is *nexts*, when *after* is the word behind it."""
    known = nexts.get(after)
    free = nexts.get(None)
    if known is None:
        return free or ()
    return (*known, *free) if free else known
