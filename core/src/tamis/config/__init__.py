"""Pipelines in YAML, in this order: `syntax` and `nodes` read, `places` bound and place them, `layers` put `extends` and
`--set` together, `entries` and `sections` know the forms, `settings` and `chain` build the steps, `loading` does it all.
"""

from tamis.config.loading import Config
from tamis.config.loading import load
from tamis.config.loading import loads

__all__ = ["Config", "load", "loads"]
