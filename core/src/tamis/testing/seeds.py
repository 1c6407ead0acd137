"""Golden documents: a folder of texts with gold answers beside them, and what of them a pipeline got right."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any
from typing import Final

from tamis.document import Document
from tamis.errors import InputError
from tamis.errors import suggest
from tamis.findings import Edit
from tamis.findings import Mark
from tamis.text import Span

#: The keys of a gold file that are labels of a document.
LABELS: Final = (
    "title",
    "language",
    "machine_translated",
    "source_language",
    "topics",
    "sentiment",
    "truncated",
    "percent_left",
    "agency",
    "photographer",
)
_KEYS: Final = (*LABELS, "cuts", "artefacts", "keep", "held_out")


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of the raw text that the gold names: its span in code points, its kind, its text."""

    span: Span
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Seed:
    """A document with its gold answers: `NAME.txt` and `NAME.yaml` of one folder."""

    name: str
    doc: Document
    gold: Mapping[str, Any]

    @property
    def held_out(self) -> bool:
        """Whether it is kept for the last check and never tuned on."""
        return bool(self.gold.get("held_out"))

    @property
    def cuts(self) -> tuple[Found, ...]:
        """What is not the article, in order. Raises InputError where the raw text has it not."""
        return self._stretches("cuts")

    @property
    def artefacts(self) -> tuple[Found, ...]:
        """The traces of translation, in order. Raises InputError where the raw text has them not."""
        return self._stretches("artefacts")

    def _stretches(self, key: str) -> tuple[Found, ...]:
        found: list[Found] = []
        end = 0
        for entry in self.gold.get(key, ()):
            start = self.doc.raw.find(entry["text"], end)
            if start < 0:
                raise InputError(f"{self.name}: {key}: {entry['text']!r} is not in the text after {end}")
            end = start + len(entry["text"])
            found.append(Found(Span(start, end), entry["kind"], entry["text"]))
        return tuple(found)


def load_seeds(folder: str | PathLike[str], *, held_out: bool | None = None) -> list[Seed]:
    """Return the golden documents of *folder*, by name; only those that are *held_out* or not, where it is given.

    Newlines stay as they are. Raises InputError where the folder has none, a text has no gold, or a key is unknown.
    """
    import yaml

    seeds = []
    for path in sorted(Path(folder).glob("*.txt")):
        beside = path.with_suffix(".yaml")
        if not beside.is_file():
            raise InputError(f"{path}: no gold beside it, expected {beside.name}")
        gold = yaml.safe_load(beside.read_text(encoding="utf-8")) or {}
        for key in gold:
            if key not in _KEYS:
                raise InputError(f"{beside}: unknown key '{key}'{suggest(str(key), _KEYS)}")
        doc = Document(path.read_bytes().decode("utf-8"), path.stem, source=str(path))
        seeds.append(Seed(path.stem, doc, gold))
    if not seeds:
        raise InputError(f"{folder}: no golden documents (NAME.txt with NAME.yaml beside it)")
    return [seed for seed in seeds if held_out is None or seed.held_out is held_out]


def compare(doc: Document, seed: Seed, only: Iterable[str] | None = None) -> list[str]:
    """Return how *doc*, which a pipeline made of `seed.doc`, differs from the gold, one sentence each.

    *only* names the keys to compare (`cuts`, `artefacts`, `keep` or a label); without it all that the gold has.
    A gold artefact counts as found where a mark of its kind touches it; marks beside the gold are not counted.
    """
    keys = [key for key in seed.gold if key != "held_out"] if only is None else list(only)
    differences: list[str] = []
    for key in keys:
        if key not in _KEYS:
            raise ValueError(f"no gold key {key!r}{suggest(key, _KEYS)}")
        differences += _OTHERS[key](doc, seed) if key in _OTHERS else _label(doc, seed, key)
    return differences


def _label(doc: Document, seed: Seed, key: str) -> list[str]:
    label = doc.labels.get(key)
    found = doc.title if key == "title" else label.value if label is not None else None
    expected = seed.gold.get(key)
    same = (
        sorted(found) == sorted(expected)
        if isinstance(found, list) and isinstance(expected, list)
        else found == expected
    )
    return [] if same else [f"{key}: {found!r} instead of {expected!r}"]


def _cuts(doc: Document, seed: Seed) -> list[str]:
    by: dict[int, str] = {}
    for _, finding in doc.trail:
        if isinstance(finding, Edit) and not finding.text:
            for i in range(*finding.span):
                by.setdefault(i, finding.reason)
    differences = []
    gold: set[int] = set()
    for cut in seed.cuts:
        gold.update(range(*cut.span))
        left = "".join(doc.raw[i] for i in range(*cut.span) if i not in by)
        kinds = sorted({by[i] for i in range(*cut.span) if i in by and not doc.raw[i].isspace()})
        if left.strip():
            differences.append(f"cuts: {cut.kind}: left in: {left.strip()!r}")
        elif kinds != [cut.kind]:
            differences.append(f"cuts: {', '.join(kinds)} instead of {cut.kind}: {cut.text!r}")
    for start, end in _runs(sorted(i for i in by if i not in gold)):
        if doc.raw[start:end].strip():
            differences.append(f"cuts: {by[start]}: cut, but of the article: {doc.raw[start:end].strip()!r}")
    return differences


def _runs(places: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def _artefacts(doc: Document, seed: Seed) -> list[str]:
    marks = [finding for _, finding in doc.trail if isinstance(finding, Mark)]
    return [
        f"artefacts: {gold.kind}: not marked: {gold.text!r}"
        for gold in seed.artefacts
        if not any(
            mark.name == gold.kind and mark.span[0] < gold.span.end and gold.span.start < mark.span[1] for mark in marks
        )
    ]


def _keep(doc: Document, seed: Seed) -> list[str]:
    return [f"keep: not whole: {kept!r}" for kept in seed.gold.get("keep", ()) if kept not in doc.text]


_OTHERS: Final[Mapping[str, Callable[[Document, Seed], list[str]]]] = {
    "cuts": _cuts,
    "artefacts": _artefacts,
    "keep": _keep,
    "held_out": lambda doc, seed: [],  # noqa: ARG005 - says nothing of the document
}
