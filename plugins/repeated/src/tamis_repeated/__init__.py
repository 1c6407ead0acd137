"""Cut the lines and sentences that recur across the pages of a source: learn first, then apply.

tamis repeated scraped/*.jsonl -o memory.json        # two scans of the pages write the memory
steps: [{use: repeated, with: {memory: memory.json}}]
"""

from __future__ import annotations

from collections.abc import Mapping

import tamis
from tamis_repeated.learning import Census
from tamis_repeated.learning import Tally
from tamis_repeated.learning import learn
from tamis_repeated.memory import Memory
from tamis_repeated.step import Repeated

__all__ = ["Census", "Memory", "Repeated", "Tally", "learn"]


@tamis.hookimpl
def tamis_steps() -> Mapping[str, type[tamis.Step]]:
    """Return the step of this package under its name."""
    return {"repeated": Repeated}
