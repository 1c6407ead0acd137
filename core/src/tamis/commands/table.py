"""The table that `tamis run --table` prints: a row for each document."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tamis.account import characters_cut
from tamis.errors import on_one_line
from tamis.formats.base import opened
from tamis.report.charts import clip
from tamis.report.labels import in_words

_COLUMNS = ("document", "language", "machine-translated", "topics", "tone", "cut")


def show(clean: Path, rejects: Path, failed: Path) -> None:
    """Print what became of each document, from the records in *clean*, *rejects* and *failed*."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=160)
    table = Table(*_COLUMNS, box=None, pad_edge=False, header_style="bold")
    for record in _records(clean):
        table.add_row(*(Text(cell) for cell in _row(record)))
    console.print(table)
    for record in _records(rejects):
        reason = next((entry["drop"] for entry in record["trail"] if "drop" in entry), "")
        console.print(Text(f"{_name(record)}: rejected: {on_one_line(reason)}"), soft_wrap=True)
    for record in _records(failed):
        line = Text(f"{_name(record)}: failed in {record['step']}: {on_one_line(record['error'])}", style="red")
        console.print(line, soft_wrap=True)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        with opened(str(path)) as lines:
            yield from map(json.loads, lines)


def _name(record: dict[str, Any]) -> str:
    name = str(record.get("id") or record.get("source") or "-")
    return on_one_line(name if "://" in name else Path(name).name)


def _row(record: dict[str, Any]) -> tuple[str, ...]:
    labels: dict[str, Any] = {name: label["value"] for name, label in record["labels"].items()}
    translated = _cell(labels.get("machine_translated"))
    if labels.get("machine_translated") and labels.get("source_language"):
        translated += f" (from {_cell(labels['source_language'])})"
    cut: Counter[str] = Counter()
    for entry in record["trail"]:
        if "edit" in entry:
            cut[on_one_line(entry.get("reason", ""))] += characters_cut(len(entry["was"]), len(entry.get("text", "")))
    return (
        _name(record),
        _cell(labels.get("language")),
        translated,
        _cell(labels.get("topics")),
        _cell(labels.get("sentiment")),
        ", ".join(f"{kind} {count}" for kind, count in cut.most_common() if count) or "-",
    )


def _cell(value: Any) -> str:
    """Return the value of a label, which may be any JSON, in a few words."""
    return "-" if value is None else on_one_line(clip(in_words(value), 60))
