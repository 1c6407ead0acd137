"""The models of this process: each read once, checked against its pin, and kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from tamis.models import cached_by_file
from tamis.models import find
from tamis_sentiment._pin import SHA256
from tamis_sentiment._pin_targets import SHA256 as TARGETS_SHA256

if TYPE_CHECKING:
    from tamis_sentiment.model import ToneModel
    from tamis_sentiment.news_model import NewsModel
    from tamis_sentiment.target_model import TargetModel

#: The names of the shipped models: tone, and tone toward a target.
SHIPPED: Final = "sentiment"
TARGETS: Final = "sentiment_targets"


@cached_by_file
def tone_model(model: str = SHIPPED) -> ToneModel:
    """Return the shipped tone model, or the one in the file *model*.

    Raises ModelError where it is missing, altered, or no tone model.
    """
    from tamis.learn import load
    from tamis_sentiment.model import ToneModel

    if model != SHIPPED:
        return ToneModel.from_state(load(Path(model)), model)
    return ToneModel.from_state(load(find(SHIPPED).read(SHA256)), f"model '{SHIPPED}'")


@cached_by_file
def news_model(model: str = SHIPPED) -> NewsModel:
    """Return the tone model *model* together with the shipped model of tone toward a target.

    Raises ModelError where one of them is missing, altered, or no such model.
    """
    from tamis_sentiment.news_model import NewsModel

    return NewsModel(tone_model(model), target_model())


@cached_by_file
def target_model(model: str = TARGETS) -> TargetModel:
    """Return the shipped model of tone toward a target, or the one in the file *model*.

    Raises ModelError where it is missing, altered, or no such model.
    """
    from tamis.learn import load
    from tamis_sentiment.target_model import TargetModel

    if model != TARGETS:
        return TargetModel.from_state(load(Path(model)), model)
    return TargetModel.from_state(load(find(TARGETS).read(TARGETS_SHA256)), f"model '{TARGETS}'")
