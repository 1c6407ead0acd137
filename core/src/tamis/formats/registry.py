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


def format_of(path: str, formats: Mapping[str, Format], name: str | None = None, *, reads: bool = False) -> str:
    """Return the format of *path*: *name* where given, else by its suffix; "-" is jsonl.

    Raises InputError where there is none, with the cure for an output, or for an input where it *reads*.
    """
    if name is not None:
        if name not in formats:
            raise InputError(f"no format '{name}' is installed{suggest(name, formats)}")
        return name
    if path == STDIN:
        return "jsonl"
    found = by_suffix(path, formats)
    if found is None:
        fit = [form for form in formats.values() if reads or form.writes]
        known = ", ".join(sorted(suffix for form in fit for suffix in form.suffixes))
        cure = "if it is text, read it with `--set read.format=txt`" if reads else "write .jsonl"
        raise InputError(f"{path}: no format claims this suffix (known: {known}); {cure}")
    return found
