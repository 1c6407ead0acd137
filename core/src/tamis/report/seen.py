"""What the clean documents of a run hold, counted in bounded memory, and an even sample of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from pathlib import PurePath
from typing import Any
from typing import Generic
from typing import NamedTuple
from typing import TypeVar
from urllib.parse import urlsplit

from tamis.account import characters_cut
from tamis.report.charts import Bar
from tamis.report.charts import bars
from tamis.report.charts import clip
from tamis.report.charts import count
from tamis.report.charts import share
from tamis.report.labels import KNOWN

#: Documents that a page shows, of each sort, and the longest text it shows of one.
SAMPLE = 20
LONGEST = 12_000

#: A label of another plugin is plotted where it has no more values than this; a page has no more plots than that.
VALUES = 40
PLOTS = 24

T = TypeVar("T")


class Sample(Generic[T]):
    """An even sample of a stream, the same each time: every one, then every second, every fourth, ..."""

    def __init__(self, most: int = SAMPLE) -> None:
        """Keep between *most* and twice as many, and give *most*."""
        self._most, self._every, self._seen = most, 1, 0
        self._kept: list[T] = []

    def add(self, one: T) -> None:
        """Keep *one*, if it is its turn."""
        if self._seen % self._every == 0:
            if len(self._kept) == 2 * self._most:
                self._kept = self._kept[::2]
                self._every *= 2
            if self._seen % self._every == 0:
                self._kept.append(one)
        self._seen += 1

    def __iter__(self) -> Iterator[T]:
        step = len(self._kept) / self._most
        return iter(self._kept if step <= 1 else [self._kept[int(i * step)] for i in range(self._most)])

    def __len__(self) -> int:
        return min(len(self._kept), self._most)


class Source(NamedTuple):
    """One site or folder: its documents, the characters read, and how much of them was cut."""

    name: str
    documents: str
    read: str
    cut: str
    width: float


@dataclass
class Seen:
    """What the clean documents hold, counted, and a sample of them."""

    documents: int = 0
    unreadable: int = 0
    values: dict[str, Counter[str]] = field(default_factory=dict)
    labelled: Counter[str] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)
    of_source: Counter[str] = field(default_factory=Counter)
    read_by_source: Counter[str] = field(default_factory=Counter)
    cut_by_source: Counter[str] = field(default_factory=Counter)
    sample: Sample[Mapping[str, Any]] = field(default_factory=Sample)

    def count(self, record: Mapping[str, Any]) -> None:
        """Count one clean record."""
        self.documents += 1
        labels = record.get("labels")
        for name, label in labels.items() if isinstance(labels, dict) else ():
            if name in self.values or len(self.values) < 10 * PLOTS:
                counter = self.values.setdefault(name, Counter())
                self.labelled[name] += 1
                for each in _categories(label.get("value") if isinstance(label, dict) else label):
                    count(counter, each)
        text = record.get("text")
        length = len(text) if isinstance(text, str) else 0
        taken = cut = 0
        for entry in _entries(record):
            if "edit" in entry:
                was, put = (len(str(entry.get(key) or "")) for key in ("was", "text"))
                taken += was - put
                if gone := characters_cut(was, put):
                    cut += gone
                    count(self.cut, str(entry.get("reason") or "no reason"), gone)
        source = _source(record)
        count(self.of_source, source)
        count(self.read_by_source, source, length + taken)
        count(self.cut_by_source, source, cut)
        if length + taken <= LONGEST:
            self.sample.add(record)

    @property
    def plots(self) -> list[tuple[str, int, list[Bar]]]:
        """The labels, each with the number of documents that have it and its values as bars.

        Those of the built-in steps come first, then others that have few values which come again.
        """
        others = sorted(
            name
            for name, values in self.values.items()
            if name not in KNOWN and 1 < len(values) <= VALUES and max(values.values()) > 1
        )
        names = [name for name in (*KNOWN, *others) if self.values.get(name)][:PLOTS]
        return [
            (
                clip(name.replace("_", " "), 60),
                self.labelled[name],
                bars(self.values[name].items(), total=self.labelled[name]),
            )
            for name in names
        ]

    @property
    def kinds(self) -> list[Bar]:
        """The characters cut, by kind."""
        return bars(self.cut.items(), total=self.cut.total())

    @property
    def sources(self) -> list[Source]:
        """The sources of most documents."""
        return [
            Source(
                name,
                f"{number:,}",
                f"{self.read_by_source[name]:,}",
                share(self.cut_by_source[name], self.read_by_source[name]),
                round(100 * self.cut_by_source[name] / max(1, self.read_by_source[name]), 2),
            )
            for name, number in sorted(self.of_source.items(), key=lambda pair: (-pair[1], pair[0]))[:SAMPLE]
        ]


def _entries(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    trail = record.get("trail")
    return (entry for entry in trail if isinstance(entry, dict)) if isinstance(trail, list) else iter(())


def drop_reason(record: Mapping[str, Any]) -> str:
    """Return why the document of *record* was dropped."""
    return next((str(entry["drop"]) for entry in _entries(record) if "drop" in entry), "no reason given")


def _categories(value: Any) -> list[str]:
    if isinstance(value, list):
        return [each[:60] for each in value if isinstance(each, str)] or ["none"]
    if value is None:
        return ["no answer"]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [value[:60]] if isinstance(value, str) else []


def _source(record: Mapping[str, Any]) -> str:
    meta = record.get("meta")
    url = str((meta.get("url") if isinstance(meta, dict) else None) or record.get("id") or "")
    try:
        host = urlsplit(url).netloc
    except ValueError:
        host = ""
    folder = PurePath(url).parent.as_posix()
    return clip(host or ("no source known" if folder == "." else folder), 60)
