"""Labelled data of the user: documents whose meta have the labels, checked before any work is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from typing import Final
from typing import Literal

from tamis.document import Document
from tamis.errors import InputError
from tamis.errors import suggest
from tamis.formats import Reading
from tamis.formats import documents
from tamis.formats import expand
from tamis.host import Host

#: Fewer texts than this cannot be cross-validated.
LEAST: Final = 8
_SHOWN: Final = 5
_COLUMNS: Final = "; cure: name yours with `text:`, `labels:` and `title:`"


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts and their labels; `rows` says where each was read (`file:line`)."""

    texts: Sequence[str]
    labels: Sequence[list[str]] | Sequence[str]
    rows: Sequence[str]
    kind: Literal["labels", "classes"]
    #: What is odd about the data and no error.
    remarks: Sequence[str] = ()


def read(
    paths: Iterable[Path],
    *,
    text: str = "text",
    labels: str = "labels",
    title: str | None = None,
    kind: Literal["labels", "classes"] | None = None,
    train: bool = True,
) -> Labelled:
    """Return the labelled texts in *paths*: files, folders or patterns, of any format that tamis reads.

    Labels are a list, or a str; in a str, `;` and `|` part several. *kind* is guessed where it is None: "classes" where
    every text has exactly one and none is a list. With *train* the data must be enough to learn from.
    Raises InputError that names rows and cure.
    """
    texts: list[str] = []
    found: list[list[str]] = []
    places: list[str] = []
    listed = False
    mistakes: list[str] = []
    for path in paths:
        for doc in _rows(path, text, labels, title):
            place, given = doc.source, doc.meta[labels]
            head = doc.meta["title"] if title else None
            listed |= isinstance(given, list)
            names = _names(given)
            if names is None:
                mistakes.append(f"{place}: labels should be a list of names or a str, found {given!r:.40}")
            elif not doc.text.strip():
                mistakes.append(f"{place}: the text is empty; cure: take the row out")
            else:
                texts.append(f"{head}\n{doc.text}" if isinstance(head, str) and head.strip() else doc.text)
                found.append(names)
                places.append(place)
    chosen: Literal["labels", "classes"] = kind or (
        "classes" if texts and not listed and all(len(names) == 1 for names in found) else "labels"
    )
    if chosen == "classes":
        mistakes += [
            f"{place}: {len(names)} labels, exactly one is wanted; cure: `kind: labels`, if a text may have several"
            for place, names in zip(places, found, strict=True)
            if len(names) != 1
        ]
    remarks, doubled = _doubles(texts, found, places)
    mistakes += doubled
    if mistakes:
        more = f"\n... and {len(mistakes) - _SHOWN} more" if len(mistakes) > _SHOWN else ""
        raise InputError("\n".join(mistakes[:_SHOWN]) + more)
    if train:
        remarks += _enough(found, places)
    final: list[list[str]] | list[str] = [names[0] for names in found] if chosen == "classes" else found
    return Labelled(texts, final, places, chosen, remarks)


def _rows(path: Path, text: str, labels: str, title: str | None) -> Iterator[Document]:
    """Yield the documents of *path*, whose meta have the labels; raises InputError for one that cannot be read."""
    formats = Host().formats
    reading = Reading(text=text, title=title or "title")
    for doc in documents(expand([str(path)], formats, reading).files, formats, reading):
        if doc.error is not None:
            raise InputError(f"{doc.source}: {doc.error.error}{_COLUMNS if 'no field' in doc.error.error else ''}")
        for name, key in ((labels, labels), (title, "title")):
            if name is not None and key not in doc.meta:
                known = (text, *doc.meta)
                listed = ", ".join(map(repr, known))
                raise InputError(
                    f"{doc.source}: no column '{name}'{suggest(name, known)}; the columns are {listed}{_COLUMNS}"
                )
        yield doc


def _names(given: Any) -> list[str] | None:
    """Return the labels in *given*, or None where it is none of the forms."""
    if given is None or given == "":
        return []
    if isinstance(given, bool | int):
        given = str(given)
    if isinstance(given, str):
        given = given.replace("|", ";").split(";")
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        return None
    return sorted({name.strip() for name in given if name.strip()})


def _doubles(texts: list[str], found: list[list[str]], places: list[str]) -> tuple[list[str], list[str]]:
    """Return a remark on texts that come twice, and mistakes where they have other labels the second time."""
    first: dict[str, int] = {}
    count = 0
    mistakes = []
    for index, text in enumerate(texts):
        other = first.setdefault(" ".join(text.split()), index)
        if other != index:
            count += 1
            if found[other] != found[index]:
                mistakes.append(
                    f"{places[index]}: the text of {places[other]} again, with other labels ({found[index]}, there"
                    f" {found[other]}); cure: keep one of them"
                )
    remark = (
        f"{count} texts come more than once; each is kept in one fold, so that no model is tested on what it learnt"
    )
    return [remark] * bool(count), mistakes


def _enough(found: list[list[str]], places: list[str]) -> list[str]:
    """Return remarks on rare labels; raise InputError where nothing can be learnt."""
    where = places[0].rpartition(":")[0] if places else "the data"
    if len(found) < LEAST:
        raise InputError(
            f"{where}: {len(found)} rows, at least {LEAST} are needed to cross-validate; cure: label more texts"
        )
    counts = Counter(name for names in found for name in names)
    if not counts:
        raise InputError(f"{where}: no row has a label; cure: name their column with `labels:`")
    everywhere = [name for name, count in counts.items() if count == len(found)]
    if everywhere:
        raise InputError(
            f"{where}: every row has the label '{everywhere[0]}', nothing can be learnt; cure: add rows without it"
        )
    return [
        f"label '{name}' has {count} example(s) only; its figures mean little"
        for name, count in sorted(counts.items())
        if count < 5
    ]
