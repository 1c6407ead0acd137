"""What was found: a hit is a place that betrays a translation, with what it tells of the source language."""

from __future__ import annotations

from typing import NamedTuple


class Hit(NamedTuple):
    """One artefact: where, of which kind, from which languages (empty: any), how sure (0 weak, 1 medium, 2 certain)."""

    start: int
    end: int
    kind: str
    languages: tuple[str, ...]
    strength: int
    reason: str
    suggestion: str
    #: What to put in its place where that is certain; None where only a person can mend it.
    repair: str | None
    #: Hits with the same key are one piece of evidence, however often they occur.
    key: str
