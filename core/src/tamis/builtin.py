"""What core itself registers, through the same hooks as every plugin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tamis.hookspecs import hookimpl
from tamis.step import Step


@hookimpl
def tamis_steps() -> Mapping[str, type[Step]]:
    from tamis.drop import DropStep

    return {"drop": DropStep}


@hookimpl
def tamis_formats() -> Mapping[str, Any]:
    from tamis.formats import builtin_formats

    return builtin_formats()


@hookimpl
def tamis_executors() -> Mapping[str, Any]:
    from tamis.runner.local import LocalExecutor

    return {"local": LocalExecutor()}
