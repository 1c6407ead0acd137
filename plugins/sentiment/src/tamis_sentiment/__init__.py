"""Say the tone of a news text, with the evidence, and toward a named target.

`SentimentClassifier` and `TargetClassifier` are for Python; `Sentiment` is the step `sentiment`.
"""

from __future__ import annotations

from collections.abc import Mapping

import tamis
from tamis_sentiment.classifier import SentimentClassifier
from tamis_sentiment.step import Sentiment
from tamis_sentiment.targets import TargetClassifier

__all__ = ["Sentiment", "SentimentClassifier", "TargetClassifier"]


@tamis.hookimpl
def tamis_steps() -> Mapping[str, type[tamis.Step]]:
    """Return the step `sentiment`."""
    return {"sentiment": Sentiment}
