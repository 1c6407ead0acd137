"""Pipelines in YAML, with the place of every mistake.

`nodes`, `syntax` and `places` read YAML within bounds; `layers` puts `extends` and `--set` together; `entries` and
`sections` know the forms; `settings` and `chain` build the steps; `loading` does it all; `schema` is for editors.
"""

from tamis.config.loading import Config
from tamis.config.loading import load
from tamis.config.loading import loads

__all__ = ["Config", "load", "loads"]
