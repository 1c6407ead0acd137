"""Says where YAML stopped being YAML, and the likely cure; the parser itself often names a later line."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

import yaml
from yaml.reader import ReaderError

from tamis.errors import Mistake
from tamis.yamlnodes import Source
from tamis.yamlnodes import shown

#: `keep [en, fr]`, `id mt`: a word and a value with no colon between them.
_NO_COLON: Final = re.compile(r"\s*(?:- +)*([A-Za-z_][\w.-]*)[ \t]+(?![:#])\S")
_HAS_COLON: Final = re.compile(r"\s*(?:- +)*[\w.-]+:(?:\s|$)")


def explain(error: yaml.YAMLError, source: Source, names: Collection[str]) -> Mistake:
    """Return the mistake behind *error*, at the line where it was made; *names* are the keys a pipeline may have."""
    if isinstance(error, ReaderError):
        place = source.place(int(error.position))
        return place.mistake(f"the character U+{ord(_char(error)):04X} is not allowed in YAML: write it as an escape")
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return source.place(0).mistake(f"this is no YAML: {error}")
    mark, context = error.problem_mark, error.context_mark or error.problem_mark
    problem, doing = error.problem or "", error.context or ""
    last = source.line_of(min(mark.index, len(source.text.rstrip())))
    first = source.line_of(context.index)
    if "could not find expected ':'" in problem:
        return _no_colon(source, first)
    if "quoted scalar" in doing and "end of stream" in problem:
        return source.place(context.index).mistake("this quote is never closed")
    if "cannot start any token" in problem:
        return source.place(mark.index).mistake(_wrong_start(source, mark.index))
    if "flow" in doing:
        return _in_brackets(source, context.index, mark.index, first, last, names)
    culprit = _line_without_colon(source, max(0, last - 20), last, names)
    if culprit is not None:
        return _no_colon(source, culprit)
    place = source.place(mark.index)
    if "mapping values are not allowed" in problem:
        return place.mistake(_second_colon(source, mark.index))
    if "<block end>" in problem and source.line(last)[: place.column - 1].rstrip().endswith(('"', "'")):
        return place.mistake("the value ended at its closing quote: put the whole of it in the other kind of quotes")
    if "<block end>" in problem:
        return place.mistake(
            "this does not belong to what stands above: is the indentation wrong, or does a value end before its line?"
        )
    return place.mistake(f"this is no YAML: {problem or doing}")


def _char(error: ReaderError) -> str:
    return chr(error.character) if isinstance(error.character, int) else str(error.character)


def _no_colon(source: Source, number: int) -> Mistake:
    place = source.start_of(number)
    found = _NO_COLON.match(source.line(number))
    word = found.group(1) if found else place.source.split()[0] if place.source.split() else ""
    return place.mistake(f"no colon here: is one missing after {shown(word)}?")


def _line_without_colon(source: Source, first: int, last: int, names: Collection[str]) -> int | None:
    """Return the line from *last* up to *first* that starts with a word and no colon; one of *names* goes first.

    A value that goes on over several lines ends at the line with its key, so the search does too.
    """
    weak = None
    for number in range(last, first - 1, -1):
        line = source.line(number)
        if number < last and _HAS_COLON.match(line):
            break
        found = _NO_COLON.match(line)
        if not found:
            continue
        if found.group(1) in names:
            return number
        if weak is None and not line.lstrip().startswith("- "):
            weak = number
    return weak


def _wrong_start(source: Source, index: int) -> str:
    char = source.text[index : index + 1]
    if char == "\t":
        return "a tab cannot indent YAML: use spaces"
    return f"no value starts with {char!r}: quote it"


def _second_colon(source: Source, index: int) -> str:
    line = source.line(source.line_of(index))
    if _HAS_COLON.match(line) and line.count(": ") + line.rstrip().endswith(":") > 1:
        return "a second ': ' in one value: quote the value"
    return "a key cannot stand here: is it indented deeper than its neighbours?"


def _in_brackets(source: Source, start: int, stop: int, first: int, last: int, names: Collection[str]) -> Mistake:
    """Explain a mistake inside the [ ] or { } that opens at *start*; the parser stopped at *stop*."""
    opened = source.text[start : start + 1]
    closing = {"[": "]", "{": "}"}.get(opened, "]")
    before = source.text[start:stop]
    if "${" in before or source.text[stop - 1 : stop + 1] == "${":
        return source.place(start).mistake('quote "${...}" where it stands inside { } or [ ]')
    rest = source.line(first).rstrip()
    if last > first and not rest.endswith((",", "[", "{")):
        return source.place(start).mistake(
            f"this '{opened}' is never closed: is '{closing}' missing at the end of its line?"
        )
    if stop >= len(source.text.rstrip()):
        return source.place(start).mistake(f"this '{opened}' is never closed")
    culprit = _line_without_colon(source, last, last, names)
    if culprit is not None and last > first:
        return _no_colon(source, culprit)
    return source.place(stop).mistake(f"',' or '{closing}' should stand before this")
