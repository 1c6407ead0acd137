"""What changed between two outputs: records are paired by id and order, and compared label by label and cut by cut."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from tamis.errors import InputError
from tamis.formats.base import opened
from tamis.report.charts import clip

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in one document, a line a change."""

    document: str
    lines: tuple[str, ...]


def compare(before: Path, after: Path) -> Iterator[Change]:
    """Yield a `Change` for each document that differs between the record files *before* and *after*.

    Documents are paired by id; where an id comes more than once, by the order of its records. Only the places of the
    records are held in memory. Raises InputError where a line is no record.
    """
    old, new = _places(before), _places(after)
    with opened(str(before)) as left, opened(str(after)) as right:
        for key in [*old, *(key for key in new if key not in old)]:
            if key not in new:
                lines: tuple[str, ...] = (f"only in {before}",)
            elif key not in old:
                lines = (f"only in {after}",)
            else:
                left.seek(old[key])
                right.seek(new[key])
                one, two = left.readline(), right.readline()
                lines = () if one == two else tuple(_changes(json.loads(one), json.loads(two)))
            if lines:
                yield Change(key[0], lines)


def _places(path: Path) -> dict[tuple[str, int], int]:
    """Return where in *path* each record begins, by its id and how many of that id came before it."""
    seen: Counter[str] = Counter()
    places: dict[tuple[str, int], int] = {}
    at = 0
    with opened(str(path)) as lines:
        for number, line in enumerate(lines, 1):
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise InputError(f"{path}:{number}: should be a record, one JSON object a line: {error}") from error
            if not isinstance(record, dict):
                raise InputError(f"{path}:{number}: should be a record, found {type(record).__name__}")
            name = str(record.get("id") or record.get("source") or "")
            places[name, seen[name]] = at
            seen[name] += 1
            at += len(line)
    return places


def _changes(old: Record, new: Record) -> Iterator[str]:
    labels, were = _labels(new), _labels(old)
    for name in sorted({*labels, *were}):
        if were.get(name) != labels.get(name):
            yield f"{name}: {_short(were.get(name))} -> {_short(labels.get(name))}"
    before, after = _found(old), _found(new)
    for item, sign in [*((item, "-") for item in before - after), *((item, "+") for item in after - before)]:
        step, what, span, text = item
        yield f"{sign} {step}: {what} {span[0]}:{span[1]} {_short(text)}"
    was, now = str(old.get("text")), str(new.get("text"))
    if was != now:
        at = next(i for i, (a, b) in enumerate(zip_longest(was, now)) if a != b)
        yield f"text differs from {at}: {len(was)} -> {len(now)} code points"


def _labels(record: Record) -> dict[str, Any]:
    labels = record.get("labels")
    if not isinstance(labels, dict):
        return {}
    return {name: label.get("value") if isinstance(label, dict) else label for name, label in labels.items()}


def _found(record: Record) -> Counter[tuple[str, str, tuple[int, int], str]]:
    trail = record.get("trail")
    return Counter(
        (
            str(entry.get("step") or ""),
            str(entry.get("reason") or "no reason"),
            tuple(entry.get("span") or (0, 0)),
            str(entry.get("was") or ""),
        )
        for entry in (trail if isinstance(trail, list) else ())
        if isinstance(entry, dict) and "edit" in entry
    )


def _short(value: object) -> str:
    return clip(json.dumps(value, ensure_ascii=False), 80)
