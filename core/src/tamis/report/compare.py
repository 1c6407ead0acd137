"""What changed between two outputs: records are paired by id and order, labels and findings compared one by one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any
from typing import Final

from tamis.errors import InputError
from tamis.formats.base import opened
from tamis.report.charts import clip

Record = Mapping[str, Any]

#: Two findings that are the same in these are the same; a mark may give another reason.
_TELLING: Final = ("step", "span", "was", "text", "reason", "mark", "drop")

#: What differs in a part of a record where all that is compared one by one is the same.
_OTHERS: Final = {"labels": "scores of labels", "trail": "scores, reasons or data of findings"}


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
    failure, failed = _failure(new), _failure(old)
    if failed != failure:
        yield f"failure {_short(failed)} -> {_short(failure)}"
    labels, were = _labels(new), _labels(old)
    for name in sorted({*labels, *were}):
        if were.get(name) != labels.get(name):
            yield f"{name}: {_short(were.get(name))} -> {_short(labels.get(name))}"
    before, after = _found(old), _found(new)
    gone, come = before - after, after - before
    yield from (f"- {_told(found)}" for found in gone)
    yield from (f"+ {_told(found)}" for found in come)
    was, now = str(old.get("text")), str(new.get("text"))
    if was != now:
        at = next(i for i, (a, b) in enumerate(zip_longest(was, now)) if a != b)
        yield f"text differs from {at}: {len(was)} -> {len(now)} code points"
    named = {
        "id",
        "step",
        "error",
        "text",
        *(["labels"] if labels != were else ()),
        *(["trail"] if gone or come else ()),
    }
    others = [key for key in sorted({*old, *new} - named) if old.get(key) != new.get(key)]
    if others:
        yield f"differs in {', '.join(_OTHERS.get(key, key) for key in others)}"


def _failure(record: Record) -> str | None:
    return f"{record.get('step')}: {record['error']}" if "error" in record else None


def _labels(record: Record) -> dict[str, Any]:
    labels = record.get("labels")
    if not isinstance(labels, dict):
        return {}
    return {name: label.get("value") if isinstance(label, dict) else label for name, label in labels.items()}


def _found(record: Record) -> Counter[str]:
    """Return the edits, marks and drops of *record*: of each, as JSON, what makes it another one."""
    trail = record.get("trail")
    return Counter(
        json.dumps({key: entry[key] for key in _TELLING if key in entry and not (key == "reason" and "mark" in entry)})
        for entry in (trail if isinstance(trail, list) else ())
        if isinstance(entry, dict)
    )


def _told(found: str) -> str:
    """Return the finding *found* as a line says it."""
    entry = json.loads(found)
    span = entry.get("span")
    step, place = entry.get("step") or "", ":".join(map(str, span)) if isinstance(span, list) else span
    if "drop" in entry:
        return f"{step}: dropped {_short(entry['drop'])}"
    if "mark" in entry:
        return f"{step}: marked {clip(entry['mark'], 80)} {place}"
    put = f" -> {_short(entry['text'])}" if entry.get("text") else ""
    return f"{step}: {clip(entry.get('reason') or 'no reason', 80)} {place} {_short(entry.get('was') or '')}{put}"


def _short(value: object) -> str:
    return clip(json.dumps(value, ensure_ascii=False), 80)
