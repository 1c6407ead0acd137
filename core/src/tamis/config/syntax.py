"""Says where YAML stopped being YAML, and the likely cure; the parser itself often names a later line."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

import yaml
from yaml.reader import ReaderError

from tamis.config.nodes import Source
from tamis.config.nodes import shown
from tamis.errors import Mistake

#: `keep [en, fr]`, `id mt`: a word and a value with no colon between them.
_NO_COLON: Final = re.compile(r"\s*(?:- +)*([A-Za-z_][\w.-]*)[ \t]+(?![:#])\S")
#: `use:language`, `-use: language`: YAML wants a space there.
_GLUED_COLON: Final = re.compile(r"\s*(?:- +)*([A-Za-z_][\w.-]*):[^\s:/]")
_GLUED_DASH: Final = re.compile(r"\s*(?:- +)*-[A-Za-z_]")
_BARE: Final = re.compile(r"\s*[A-Za-z_][\w.-]*\s*(?:#.*)?")
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
    culprit = _culprit(source, max(0, last - 20), last, names)
    if culprit is not None:
        return culprit
    place = source.place(mark.index)
    if "mapping values are not allowed" in problem:
        return place.mistake(_second_colon(source, mark.index))
    if "<block end>" in problem and source.line(last)[: place.column - 1].rstrip().endswith(('"', "'")):
        return place.mistake("the value ended at its closing quote: put the whole of it in the other kind of quotes")
    if "<block end>" in problem or "<document start>" in problem:
        return place.mistake(f"this does not belong to what stands above{_indentation(source, last)}")
    return place.mistake(f"this is no YAML: {problem or doing}")


def _char(error: ReaderError) -> str:
    return chr(error.character) if isinstance(error.character, int) else str(error.character)


def _no_colon(source: Source, number: int) -> Mistake:
    place = source.start_of(number)
    found = _NO_COLON.match(source.line(number))
    word = found.group(1) if found else place.source.split()[0] if place.source.split() else ""
    return place.mistake(f"no colon here: is one missing after {shown(word)}?")


def _culprit(source: Source, first: int, last: int, names: Collection[str]) -> Mistake | None:
    """Return what is wrong with the line from *last* up to *first* that has no colon, or no space where one belongs.

    A line that starts with one of *names* goes first. A value that goes on over several lines ends at the line with
    its key, so the search does too.
    """
    weak: Mistake | None = None
    for number in range(last, first - 1, -1):
        line = source.line(number)
        place = source.start_of(number)
        if _GLUED_DASH.match(line):
            return place.mistake("a space is missing after '-'")
        if number < last and _HAS_COLON.match(line):
            break
        if glued := _GLUED_COLON.match(line):
            mistake = place.mistake(f"a space is missing after '{glued.group(1)}:'")
            if glued.group(1) in names:
                return mistake
            weak = weak or mistake
        if found := _NO_COLON.match(line):
            if found.group(1) in names:
                return _no_colon(source, number)
            if not line.lstrip().startswith("- "):
                weak = weak or _no_colon(source, number)
        elif number < last and _BARE.fullmatch(line):
            weak = weak or place.mistake("neither '- ' nor ':' here: is one missing?")
    return weak


def _indentation(source: Source, number: int) -> str:
    """Return the likely cure where line *number* stands further left or right than its neighbours."""
    for before in range(number - 1, -1, -1):
        line = source.line(before)
        if line.strip() and not line.lstrip().startswith("#"):
            here = source.line(number)
            spaces = [len(each) - len(each.lstrip()) for each in (here, line)]
            if spaces[0] != spaces[1]:
                return f": it is indented by {spaces[0]}, line {before + 1} by {spaces[1]}"
            break
    return ": is a '- ' missing or too much, or does a value end before its line?"


def _wrong_start(source: Source, index: int) -> str:
    char = source.text[index : index + 1]
    if char == "\t":
        return "a tab cannot indent YAML: use spaces"
    return f"no value starts with {char!r}: quote it"


def _second_colon(source: Source, index: int) -> str:
    number = source.line_of(index)
    before = source.line(number)[: source.place(index).column - 1]
    if _HAS_COLON.match(before):
        return "a second ': ' in one value: quote the value"
    return f"a key cannot stand here{_indentation(source, number)}"


def _in_brackets(source: Source, start: int, stop: int, first: int, last: int, names: Collection[str]) -> Mistake:
    """Explain a mistake inside the [ ] or { } that opens at *start*; the parser stopped at *stop*."""
    while source.text[start : start + 1] not in ("[", "{") and start:
        start -= 1  # the parser says where the bracket ends, where nothing follows it
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
    culprit = _culprit(source, first + 1, last, names)
    if culprit is not None:
        return culprit
    return source.place(stop).mistake(f"',' or '{closing}' should stand before this")
