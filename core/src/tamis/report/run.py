"""The page of a run: where the documents went, what was cut, what they are, and a sample of them to open."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tamis.document import Document
from tamis.records import from_record
from tamis.report.charts import Bar
from tamis.report.charts import bars
from tamis.report.document import view
from tamis.report.pages import render

#: Documents that the page shows, of each sort, and the longest text it shows of one.
SAMPLE = 20
LONGEST = 12_000


def run_page(clean: Path, rejects: Path | None, failed: Path | None, log: Mapping[str, Any] | None = None) -> str:
    """Return a self-contained HTML page of the run that wrote the records in *clean*, *rejects* and *failed*.

    Its size does not grow with the run: plots count all documents, lists and texts are samples. *log* is the account
    in the run's side log, for the time per step. Missing files count as empty; a line that is no record is counted.
    """
    seen = Seen()
    for record in _records(clean, seen):
        seen.count(record)
    rejected = Rejected.of(_records(rejects, seen), lambda record: _drop(record))
    lost = Rejected.of(_records(failed, seen), lambda record: f"{record.get('step')}: {record.get('error')}")
    total = seen.documents + rejected.number + lost.number
    return render(
        "run.html",
        title=f"{total:,} documents",
        account=f"read {total:,} = clean {seen.documents:,} + rejects {rejected.number:,} + failed {lost.number:,}",
        unreadable=seen.unreadable,
        charts=seen.charts(),
        steps=_step_rows(log or {}),
        rejected=rejected,
        failed=lost,
        sample=[{"title": doc.title or doc.id or "document", **view(doc)} for doc in seen.sample],
    )


def _records(path: Path | None, seen: Seen) -> Iterator[dict[str, Any]]:
    if path is None or not path.is_file():
        return
    with path.open("rb") as lines:
        for line in lines:
            try:
                record = json.loads(line)
            except ValueError:
                record = None
            if isinstance(record, dict):
                yield record
            else:
                seen.unreadable += 1


@dataclass
class Seen:
    """What the clean documents hold, counted, and a sample of them."""

    documents: int = 0
    unreadable: int = 0
    values: dict[str, Counter[str]] = field(default_factory=dict)
    cut: Counter[str] = field(default_factory=Counter)
    cut_by_source: Counter[str] = field(default_factory=Counter)
    sample: list[Document] = field(default_factory=list)

    def count(self, record: Mapping[str, Any]) -> None:
        """Count one clean record."""
        self.documents += 1
        labels = record.get("labels")
        for name, label in labels.items() if isinstance(labels, dict) else ():
            value = label.get("value") if isinstance(label, dict) else label
            for each in _categories(value):
                self.values.setdefault(name, Counter())[each] += 1
        source = _source(record)
        for entry in record.get("trail") or ():
            if isinstance(entry, dict) and "edit" in entry:
                taken = len(entry.get("was") or "")
                self.cut[str(entry.get("reason") or "no reason")] += taken
                self.cut_by_source[source] += taken
        if len(self.sample) < SAMPLE and len(record.get("text") or "") <= LONGEST:
            try:
                self.sample.append(from_record(record))
            except Exception:  # noqa: BLE001 - a record of unknown make is counted, not shown
                self.unreadable += 1

    def charts(self) -> list[tuple[str, list[Bar]]]:
        """Return what there is to plot: labels with few values, and what was cut."""
        first = ["language", "machine_translated", "source_language", "topics", "sentiment", "truncated", "agency"]
        names = [name for name in first if name in self.values]
        names += sorted(name for name, values in self.values.items() if name not in first and 1 < len(values) <= 40)
        charts = [(name, bars(list(self.values[name].items()))) for name in names]
        charts.append(("code points cut, by kind", bars(list(self.cut.items()))))
        charts.append(("code points cut, by source", bars(list(self.cut_by_source.items()))))
        return charts


@dataclass
class Rejected:
    """Documents that are not clean: their number, the reasons counted, and a sample."""

    number: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    sample: list[tuple[str, str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, records: Iterable[Mapping[str, Any]], reason: Any) -> Rejected:
        """Count *records* by what *reason* says of each."""
        found = cls()
        for record in records:
            why = str(reason(record))[:300]
            found.number += 1
            if why in found.reasons or len(found.reasons) < 1000:
                found.reasons[why] += 1
            if len(found.sample) < SAMPLE * 2:
                name = str(record.get("id") or record.get("source") or "")[:200]
                found.sample.append((name, why, str(record.get("raw") or record.get("text") or "")[:200]))
        return found

    @property
    def bars(self) -> list[Bar]:
        """The reasons as bars."""
        return bars(list(self.reasons.items()))


def _categories(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(each) for each in value if isinstance(each, str)] or ["none"]
    if value is None:
        return ["no answer"]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [value[:60]] if isinstance(value, str) else []


def _source(record: Mapping[str, Any]) -> str:
    meta = record.get("meta")
    url = (meta.get("url") if isinstance(meta, dict) else None) or record.get("id") or ""
    try:
        host = urlsplit(str(url)).netloc
    except ValueError:
        host = ""
    return host or str(Path(str(url)).parent)[:60]


def _drop(record: Mapping[str, Any]) -> str:
    reasons = [entry["drop"] for entry in record.get("trail") or () if isinstance(entry, dict) and "drop" in entry]
    return str(reasons[0]) if reasons else "no reason given"


def _step_rows(log: Mapping[str, Any]) -> list[dict[str, Any]]:
    steps = log.get("steps")
    return [{"name": name, **row} for name, row in steps.items()] if isinstance(steps, dict) else []
