"""Read texts written in English for the translation model: pieces of Wikinews, groups of newspaper sentences."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

#: So many words make a text, as many as the pieces of translated documents have.
WORDS = 250
#: A Wikinews article gives so many pieces at most; interviews are long.
PIECES = 4
WIKINEWS = "topics/wikinews_none.jsonl.gz"
SENTENCES = "sentiment/newsmtsc_target_train.jsonl.gz"
_END = re.compile(r"(?<=[.!?”\"])\s+")


class Native(NamedTuple):
    """A text written in English and its document."""

    text: str
    document: str


def read_native(folder: Path) -> Iterator[Native]:
    """Yield texts written in English from the data in *folder*."""
    for article in _lines(folder / WIKINEWS):
        for piece in list(_grouped(_END.split(article["text"])))[:PIECES]:
            yield Native(piece, article["id"])
    sentences = dict.fromkeys(row["text"] for row in _lines(folder / SENTENCES))
    for number, group in enumerate(_grouped(sentences)):
        yield Native(group, f"newsmtsc-{number}")


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _grouped(sentences: Iterable[str]) -> Iterator[str]:
    """Yield *sentences* joined until they have enough words; what is left over is dropped."""
    group: list[str] = []
    for sentence in sentences:
        group.append(sentence)
        if sum(len(one.split()) for one in group) >= WORDS:
            yield " ".join(group)
            group = []
