"""Cut what is not the article: captions, credits, read-also inserts, counters, link lists."""

from __future__ import annotations

from collections.abc import Mapping

import tamis
from tamis_boilerplate.rules import Rule
from tamis_boilerplate.step import Boilerplate

__all__ = ["Boilerplate", "Rule"]


@tamis.hookimpl
def tamis_steps() -> Mapping[str, type[tamis.Step]]:
    """Return the step of this package under its name."""
    return {"boilerplate": Boilerplate}
