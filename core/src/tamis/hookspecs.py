"""The hooks of tamis. Each is called once per run or per process, never per document."""

from __future__ import annotations

from collections.abc import Mapping

import pluggy

from tamis.step import Step

hookspec = pluggy.HookspecMarker("tamis")
hookimpl = pluggy.HookimplMarker("tamis")


@hookspec
def tamis_steps() -> Mapping[str, type[Step]]:  # type: ignore[empty-body]
    """Return the steps of the plugin by the names that YAML uses.

    @tamis.hookimpl
    def tamis_steps():
        return {"shout": Shout}
    """
