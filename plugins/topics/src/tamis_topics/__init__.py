"""Say which topics a text is about: energy, diplomacy, trade, or your own.

`TopicClassifier` is a scikit-learn classifier; `Topics` is the step `topics`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from typing import Any

import tamis
from tamis_topics.step import Topics

if TYPE_CHECKING:
    from tamis_topics.classifier import TopicClassifier

__all__ = ["TopicClassifier", "Topics"]


@tamis.hookimpl
def tamis_steps() -> Mapping[str, type[tamis.Step]]:
    """Return the step `topics`."""
    return {"topics": Topics}


def __getattr__(name: str) -> Any:
    # The classifier derives from scikit-learn's classes, which a pipeline never needs.
    if name == "TopicClassifier":
        from tamis_topics.classifier import TopicClassifier

        return TopicClassifier
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
