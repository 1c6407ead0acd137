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

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in one document, a line a change."""

    document: str
    lines: tuple[str, ...]


def compare(before: Path, after: Path) -> Iterator[Change]:
    """Yield a `Change` for each document that differs between the record files *before* and *after*.

    Documents are paired by id; where an id comes more than once, by the order of its records.
    Raises InputError where a line is no record.
    """
    old, new = _records(before), _records(after)
    for key in [*old, *(key for key in new if key not in old)]:
        if key not in new:
            yield Change(key[0], (f"only in {before}",))
        elif key not in old:
            yield Change(key[0], (f"only in {after}",))
        else:
            lines = tuple(_changes(old[key], new[key]))
            if lines:
                yield Change(key[0], lines)


def _records(path: Path) -> dict[tuple[str, int], Record]:
    seen: Counter[str] = Counter()
    records: dict[tuple[str, int], Record] = {}
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                record = json.loads(line)
            except ValueError as error:
                raise InputError(f"{path}:{number}: should be a record, one JSON object a line: {error}") from error
            if not isinstance(record, dict):
                raise InputError(f"{path}:{number}: should be a record, found {type(record).__name__}")
            name = str(record.get("id") or record.get("source") or "")
            records[name, seen[name]] = record
            seen[name] += 1
    return records


def _changes(old: Record, new: Record) -> Iterator[str]:
    labels, were = new.get("labels") or {}, old.get("labels") or {}
    for name in sorted({*labels, *were}):
        was, now = were.get(name, {}).get("value"), labels.get(name, {}).get("value")
        if was != now:
            yield f"{name}: {_short(was)} -> {_short(now)}"
    before, after = _found(old), _found(new)
    for item, sign in [*((item, "-") for item in before - after), *((item, "+") for item in after - before)]:
        step, what, span, text = item
        yield f"{sign} {step}: {what} {span[0]}:{span[1]} {_short(text)}"
    if old.get("text") != new.get("text"):
        pairs = zip_longest(str(old.get("text")), str(new.get("text")))
        at = next(i for i, (a, b) in enumerate(pairs) if a != b)
        yield f"text differs from {at}: {len(str(old.get('text')))} -> {len(str(new.get('text')))} code points"


def _found(record: Record) -> Counter[tuple[str, str, tuple[int, int], str]]:
    return Counter(
        (
            entry.get("step", ""),
            entry.get("reason") or entry.get("name") or "",
            tuple(entry.get("span") or (0, 0)),
            entry.get("was", ""),
        )
        for entry in record.get("trail") or ()
        if "edit" in entry
    )


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "..."
