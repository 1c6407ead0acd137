"""The page of a run: where the documents went, what was cut, what they are, and a sample of them to open."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import Any

from tamis.formats.base import opened
from tamis.records import from_record
from tamis.report.charts import Bar
from tamis.report.charts import bars
from tamis.report.charts import clip
from tamis.report.charts import count
from tamis.report.document import view
from tamis.report.labels import Shown
from tamis.report.pages import environment
from tamis.report.pages import render
from tamis.report.seen import Sample
from tamis.report.seen import Seen
from tamis.report.seen import drop_reason

#: Bytes of the page that the documents to open may take; those that would take it further are left out.
BUDGET = 2_000_000


def run_page(clean: Path, rejects: Path | None, failed: Path | None, log: Mapping[str, Any] | None = None) -> str:
    """Return a self-contained HTML page of the run that wrote the records in *clean*, *rejects* and *failed*.

    Its size does not grow with the run: plots count all documents, lists and texts are samples. *log* is the account
    in the run's side log, for the time per step. Missing files count as empty; a line that is no record is counted.
    """
    seen = Seen()
    for record in _records(clean, seen):
        seen.count(record)
    rejected = Ended.of(_records(rejects, seen), drop_reason)
    lost = Ended.of(_records(failed, seen), lambda record: f"{record.get('step')}: {record.get('error')}")
    total = seen.documents + rejected.number + lost.number
    log = log or {}
    documents, switches = _documents(seen)
    return render(
        "run.html",
        switches=switches,
        title=f"{total:,} documents",
        total=total,
        output=str(clean),
        seconds=log.get("seconds"),
        seen=seen,
        steps=_step_rows(log),
        ends=[("rejected", rejected), ("failed", lost)],
        documents=documents,
    )


def _records(path: Path | None, seen: Seen) -> Iterator[dict[str, Any]]:
    if path is None or not path.is_file():
        return
    with opened(str(path)) as lines:
        for line in lines:
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                record = None
            if isinstance(record, dict):
                yield record
            else:
                seen.unreadable += 1


def _documents(seen: Seen) -> tuple[list[str], int]:
    """Return the sample of documents as HTML, as far as the budget goes, and the most steps that one of them has."""
    template = environment().get_template("sample.html")
    documents: list[str] = []
    switches = 0
    for record in seen.sample:
        try:
            one = view(from_record(record))
        except Exception:  # noqa: BLE001 - a record of unknown make is counted, not shown
            seen.unreadable += 1
            continue
        written = template.render(one=one, summary=_summary(one["weighed"]))
        if len(written) + sum(map(len, documents)) <= BUDGET:
            documents.append(written)
            switches = max(switches, len(one["steps"]))
    return documents, switches


def _summary(labels: Iterable[Shown]) -> str:
    words = [label.name if label.value == "yes" else label.value for label in labels]
    return " · ".join(word for word in words if word not in ("no", "none", "no answer"))


@dataclass
class Ended:
    """Documents that are not clean: their number, the reasons counted, and a sample."""

    number: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    sample: Sample[tuple[str, str, str]] = field(default_factory=Sample)

    @classmethod
    def of(cls, records: Iterable[Mapping[str, Any]], reason: Callable[[Mapping[str, Any]], str]) -> Ended:
        """Count *records* by what *reason* says of each."""
        found = cls()
        for record in records:
            why = clip(reason(record), 300)
            found.number += 1
            count(found.reasons, why)
            name = clip(record.get("id") or record.get("source") or "", 200)
            found.sample.add((name, why, clip(record.get("raw") or record.get("text") or "", 200)))
        return found

    @property
    def bars(self) -> list[Bar]:
        """The reasons as bars."""
        return bars(self.reasons.items(), total=self.number)


def _step_rows(log: Mapping[str, Any]) -> list[dict[str, Any]]:
    steps = log.get("steps")
    if not isinstance(steps, dict):
        return []
    times = [(name, row["seconds"]) for name, row in steps.items()]
    longest = max((seconds for _, seconds in times), default=0) or 1
    return [{"name": name, "width": round(100 * row["seconds"] / longest, 2), **row} for name, row in steps.items()]
