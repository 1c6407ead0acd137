"""A sieve for news text: steps find what is not the article and say what the rest is; the host applies it."""

from tamis.document import Document
from tamis.findings import Drop
from tamis.findings import Edit
from tamis.findings import Label
from tamis.findings import Mark
from tamis.hookspecs import hookimpl
from tamis.step import Step
from tamis.text import Span

__all__ = ["Document", "Drop", "Edit", "Label", "Mark", "Span", "Step", "hookimpl"]
