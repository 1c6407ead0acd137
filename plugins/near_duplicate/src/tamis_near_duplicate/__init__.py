"""Label each document with the id of the first one it nearly repeats: learn first, then apply.

tamis near-duplicate scraped/*.jsonl -o duplicates.json
steps: [{use: near_duplicate, with: {memory: duplicates.json}}]
"""

from __future__ import annotations

from collections.abc import Mapping

import tamis
from tamis_near_duplicate.learning import Signatures
from tamis_near_duplicate.learning import learn
from tamis_near_duplicate.memory import First
from tamis_near_duplicate.memory import Memory
from tamis_near_duplicate.step import NearDuplicate

__all__ = ["First", "Memory", "NearDuplicate", "Signatures", "learn"]


@tamis.hookimpl
def tamis_steps() -> Mapping[str, type[tamis.Step]]:
    """Return the step of this package under its name."""
    return {"near_duplicate": NearDuplicate}
