"""Say whether a text is machine-translated, from which language, and where it shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from typing import Any

import tamis
from tamis_translation.step import Translation

if TYPE_CHECKING:
    from tamis_translation.classifier import TranslationClassifier

__all__ = ["Translation", "TranslationClassifier"]


@tamis.hookimpl
def tamis_steps() -> Mapping[str, type[tamis.Step]]:
    """Give the step `translation`."""
    return {"translation": Translation}


def __getattr__(name: str) -> Any:
    if name == "TranslationClassifier":
        from tamis_translation.classifier import TranslationClassifier

        return TranslationClassifier
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
