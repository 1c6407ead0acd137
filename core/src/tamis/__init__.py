"""A sieve for news text: steps find what is not the article and say what the rest is; the host applies it.

>>> import tamis
>>> doc = tamis.Document("Read also: More news. The news.")
>>> doc.apply("demo", [doc.cut((0, 22), "read_also")]).text
'The news.'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from tamis.api import clean
    from tamis.api import default
    from tamis.api import load
    from tamis.api import loads
    from tamis.api import read
    from tamis.document import Document
    from tamis.document import Failure
    from tamis.findings import Applied
    from tamis.findings import Drop
    from tamis.findings import Edit
    from tamis.findings import Label
    from tamis.findings import Mark
    from tamis.hookspecs import hookimpl
    from tamis.pipeline import Group
    from tamis.pipeline import Pipeline
    from tamis.pipeline import Use
    from tamis.step import Step
    from tamis.text import Span
    from tamis.text import Words
    from tamis.when import When

__version__ = "0.1.0"

__all__ = [
    "Applied",
    "Document",
    "Drop",
    "Edit",
    "Failure",
    "Group",
    "Label",
    "Mark",
    "Pipeline",
    "Span",
    "Step",
    "Use",
    "When",
    "Words",
    "clean",
    "default",
    "hookimpl",
    "load",
    "loads",
    "read",
]

# Imported on first use, so that `tamis --help` pays for none of them.
_HOME = {
    "Applied": "findings",
    "Document": "document",
    "Drop": "findings",
    "Edit": "findings",
    "Failure": "document",
    "Group": "pipeline",
    "Label": "findings",
    "Mark": "findings",
    "Pipeline": "pipeline",
    "Span": "text",
    "Step": "step",
    "Use": "pipeline",
    "When": "when",
    "Words": "text",
    "clean": "api",
    "default": "api",
    "hookimpl": "hookspecs",
    "load": "api",
    "loads": "api",
    "read": "api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'tamis' has no attribute {name!r}")
    value = getattr(import_module(f"tamis.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
