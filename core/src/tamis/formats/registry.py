"""Which format a file has: by the name that a pipeline gives, or by the suffix that a format claims."""

from __future__ import annotations

from collections.abc import Mapping

from tamis.errors import InputError
from tamis.errors import suggest
from tamis.formats.base import STDIN
from tamis.formats.base import Format
from tamis.formats.csv import CsvFormat
from tamis.formats.jsonl import JsonlFormat
from tamis.formats.text import TextFormat


def builtin_formats() -> Mapping[str, Format]:
    """Return the formats of core by name."""
    return {"csv": CsvFormat(), "jsonl": JsonlFormat(), "txt": TextFormat()}


def by_suffix(path: str, formats: Mapping[str, Format]) -> str | None:
    """Return the name of the format that claims the suffix of *path*, the longest one, or None."""
    lower = path.lower()
    fits = [(len(end), name) for name, form in formats.items() for end in form.suffixes if lower.endswith(end)]
    return max(fits)[1] if fits else None


def format_of(path: str, formats: Mapping[str, Format], name: str | None = None) -> str:
    """Return the format of *path*: *name* where given, else by its suffix; "-" is jsonl.

    Raises InputError where there is none.
    """
    if name is not None:
        if name not in formats:
            raise InputError(f"no format '{name}' is installed{suggest(name, formats)}")
        return name
    if path == STDIN:
        return "jsonl"
    found = by_suffix(path, formats)
    if found is None:
        known = ", ".join(sorted(suffix for form in formats.values() for suffix in form.suffixes))
        raise InputError(f"{path}: no format claims this suffix (known: {known}); name one with `format:`")
    return found
