"""The models of this process: each read once, checked, and kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tamis.models import cached_by_file
from tamis.models import find
from tamis_topics._pin import SHA256

if TYPE_CHECKING:
    from tamis.learn import LinearModel

#: The name of the shipped model.
SHIPPED = "topics"


@cached_by_file
def load(model: str = SHIPPED) -> LinearModel:
    """Return the shipped model, or the one in the file *model*.

    Raises ModelError where it is missing, altered, or does not fit the installed version.
    """
    from tamis.learn import LinearModel
    from tamis.learn import load as read

    if model != SHIPPED:
        return LinearModel.from_state(read(Path(model)), name=model)
    return LinearModel.from_state(read(find(SHIPPED).read(SHA256)), name=f"model '{SHIPPED}'")
