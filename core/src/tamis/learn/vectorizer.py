"""Word and character n-grams as TF-IDF vectors, for many documents at once and to the bit the same for any batch.

A document is cut into segments (its lead, and chunks of about `chunk` words); each gets a TF-IDF vector of length 1,
and the document is their weighted mean. All that is linear, so a logit is a sum over words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import asdict
from itertools import chain
from typing import Any
from typing import Final
from typing import NamedTuple
from typing import TypeVar

import numpy as np

from tamis.learn.store import pack
from tamis.learn.store import unpack
from tamis.learn.words import CharRows
from tamis.learn.words import Features
from tamis.learn.words import Floats
from tamis.learn.words import Ints
from tamis.learn.words import WordRows
from tamis.learn.words import char_ngrams
from tamis.learn.words import fold
from tamis.text import Words

_BATCH: Final = 64
T = TypeVar("T")


class Hits(NamedTuple):
    """The features found in a batch: of each its segment and its row, and the first of the *width* words it is on."""

    segment: Ints
    row: Ints
    first: Ints
    width: Ints


class Segments(NamedTuple):
    """The segments of a batch: of each its document, and its share in it."""

    document: Ints
    share: Floats


class Entries(NamedTuple):
    """The vectors of a batch: each entry adds *value* at *row* of *document*."""

    document: Ints
    row: Ints
    value: Floats
    #: Of each entry its place among all segments and rows, which sorts them, and how often it stands in its segment.
    key: Ints
    times: Ints
    #: What the entries were made of; the document of each segment, the first word of each document.
    hits: Hits
    owner: Ints
    begins: Ints


class Parts(NamedTuple):
    """The features of one document at its words: as `Hits`, and the *value* of each; they add up to its vector."""

    row: Ints
    first: Ints
    width: Ints
    value: Floats


class Vectorizer:
    """Turns documents into vectors; `fit` learns the vocabulary and how frequent each feature is."""

    def __init__(self, settings: Features) -> None:
        self.settings = settings
        self.words: dict[str, int] = {}
        #: For n = 2, 3, ...: the sorted keys (row of the first n - 1 words * number of words + row of the last word).
        self.keys: list[Ints] = []
        self.chars: dict[str, int] = {}
        self.frequency: Ints = np.zeros(0, np.int64)
        self.documents = 0
        self._start()

    def _start(self) -> None:
        digits = self.settings.digits
        self._word_rows = WordRows(self.words, digits)
        self._char_rows = CharRows(self.chars, self.settings.chars or (1, 0), digits)
        self._starts = [0, len(self.words)]
        for keys in self.keys:
            self._starts.append(self._starts[-1] + len(keys))
        self.size = self._starts[-1] + len(self.chars)
        self.idf: Floats = np.log((1 + self.documents) / (1 + self.frequency)) + 1

    def names(self) -> list[str]:
        """Return the name of each row, as people read it."""
        words = list(self.words)
        names = list(words)
        for keys in self.keys:
            names += [f"{names[int(key) // len(words)]} {words[int(key) % len(words)]}" for key in keys]
        return names + list(self.chars)

    def fit(self, docs: Sequence[Words]) -> None:
        """Learn the vocabulary from *docs*, and in how many of them each feature is."""
        settings = self.settings
        texts = [{fold(word, settings.digits) for word in doc.texts} for doc in docs]
        self.words = _common(Counter(chain.from_iterable(texts if settings.ngrams else ())), settings)
        self.keys, self.chars = [], {}
        if settings.chars:
            sizes = settings.chars
            grams = ({gram for word in text for gram in char_ngrams(word, sizes)} for text in texts)
            self.chars = _common(Counter(chain.from_iterable(grams)), settings)
        self._start()
        for _ in range(2, settings.ngrams + 1):
            self.keys.append(self._longer(docs))
            self._start()
        self.documents = len(docs)
        self.frequency = np.zeros(self.size, np.int64)
        for batch in batches(docs):
            hits, segments = self._find(batch)
            pairs = np.unique(segments.document[hits.segment] * self.size + hits.row)
            self.frequency += np.bincount(pairs % self.size, minlength=self.size)
        self._start()

    def _longer(self, docs: Sequence[Words]) -> Ints:
        """Return the keys of the frequent n-grams that are one word longer than the longest known."""
        found = []
        for batch in batches(docs):
            ids, document = self._ids(batch)
            keys = self._joined(self._levels(ids, document)[-1], ids, document)
            pairs = np.stack([document[: len(keys)], keys])[:, keys >= 0]
            found.append(np.unique(pairs, axis=1)[1])
        keys, counts = np.unique(np.concatenate(found), return_counts=True)
        keep = np.flatnonzero(counts >= self.settings.min_df)
        if self.settings.max_features:
            room = max(self.settings.max_features - self._starts[-1], 0)
            keep = np.sort(keep[np.argsort(-counts[keep], kind="stable")[:room]])
        chosen: Ints = keys[keep]
        return chosen

    def _ids(self, docs: Sequence[Words]) -> tuple[Ints, Ints]:
        """Return the row of every word (-1: unknown) and the document it is in."""
        sizes = [len(doc.texts) for doc in docs]
        every = chain.from_iterable([doc.texts for doc in docs])
        ids = np.fromiter(map(self._word_rows.__getitem__, every), np.int64, sum(sizes))
        return ids, np.repeat(np.arange(len(docs)), sizes)

    def _joined(self, rows: Ints, ids: Ints, document: Ints) -> Ints:
        """Return the key of the n-gram that begins at each word, from *rows* of those one word shorter; -1: none."""
        n = len(ids) - len(rows) + 1
        if len(ids) <= n:
            return np.zeros(0, np.int64)
        known = (rows[:-1] >= 0) & (ids[n:] >= 0) & (document[:-n] == document[n:])
        return np.where(known, rows[:-1] * len(self.words) + ids[n:], -1)

    def _levels(self, ids: Ints, document: Ints) -> list[Ints]:
        """Return for n = 1, 2, ... the row of the n-gram that begins at each word, -1 where it is unknown."""
        levels = [ids]
        for n, keys in enumerate(self.keys, 1):
            wanted = self._joined(levels[-1], ids, document)
            rows = np.full(len(wanted), -1)
            if keys.size:
                asked = np.flatnonzero(wanted >= 0)
                place = np.minimum(np.searchsorted(keys, wanted[asked]), keys.size - 1)
                known = keys[place] == wanted[asked]
                rows[asked[known]] = place[known] + self._starts[n]
            levels.append(rows)
        return levels

    def _find(self, docs: Sequence[Words]) -> tuple[Hits, Segments]:
        """Return the features of *docs*, segment by segment."""
        settings = self.settings
        ids, document = self._ids(docs)
        sizes = np.array([len(doc.texts) for doc in docs], np.int64)
        chunks = (
            np.maximum(1, (sizes + settings.chunk // 2) // settings.chunk) if settings.chunk else np.ones_like(sizes)
        )
        own = chunks + (settings.lead > 0)
        ends = np.cumsum(own)
        starts = ends - own
        place = np.arange(len(ids)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        segment = starts[document] + place * chunks[document] // np.maximum(sizes[document], 1)
        share = np.repeat((1 - settings.lead_weight * (settings.lead > 0)) / chunks, own)
        if settings.lead:
            share[ends - 1] = settings.lead_weight
        segments = Segments(np.repeat(np.arange(len(docs)), own), share)
        found = [(np.flatnonzero(rows >= 0), rows, n) for n, rows in enumerate(self._levels(ids, document), 1)]
        hits: list[tuple[Ints, Ints, Ints, int]] = []
        for first, rows, n in found:
            last = first + n - 1
            whole = segment[first] == segment[last]
            hits.append((segment[first[whole]], rows[first[whole]], first[whole], n))
            if settings.lead:
                lead = first[place[last] < settings.lead]
                hits.append((ends[document[lead]] - 1, rows[lead], lead, n))
        if self.chars:
            # Characters have segments of their own: they and the words are each brought to length 1.
            every = list(map(self._char_rows.__getitem__, chain.from_iterable([doc.texts for doc in docs])))
            on = np.repeat(np.arange(len(every)), [len(rows) for rows in every])
            rows = np.concatenate([*every, np.zeros(0, np.int64)]) + self._starts[-1]
            hits.append((segment[on] + len(share), rows, on, 1))
            if settings.lead:
                lead = np.flatnonzero(place[on] < settings.lead)
                hits.append((ends[document[on[lead]]] - 1 + len(share), rows[lead], on[lead], 1))
            segments = Segments(np.tile(segments.document, 2), np.tile(share, 2))
        segment_of, row_of, first_of = (np.concatenate([hit[column] for hit in hits]) for column in (0, 1, 2))
        width_of = np.repeat([hit[3] for hit in hits], [len(hit[0]) for hit in hits])
        return Hits(segment_of, row_of, first_of, width_of), segments

    def entries(self, docs: Sequence[Words]) -> Entries:
        """Return the vectors of *docs*; a row may come once for each segment."""
        hits, segments = self._find(docs)
        keys, counts = np.unique(hits.segment * self.size + hits.row, return_counts=True)
        segment, row = np.divmod(keys, self.size) if self.size else (keys, keys)
        value = self._weigh(segment, row, counts, segments)
        begins = np.cumsum([0, *(len(doc.texts) for doc in docs)])
        return Entries(segments.document[segment], row, value, keys, counts, hits, segments.document, begins)

    def parts(self, entries: Entries, number: int) -> Parts:
        """Return what the *entries* of document *number* were made of."""
        hits = entries.hits
        own = np.flatnonzero(entries.owner[hits.segment] == number)
        row = hits.row[own]
        place = np.searchsorted(entries.key, hits.segment[own] * self.size + row)
        value = entries.value[place] / entries.times[place]
        return Parts(row, hits.first[own] - entries.begins[number], hits.width[own], value)

    def _weigh(self, segment: Ints, row: Ints, counts: Ints, segments: Segments) -> Floats:
        value = (_one_plus_log(counts) if self.settings.sublinear else counts) * self.idf[row]
        # bincount adds one after the other, so what a document gets does not depend on its neighbours.
        length = np.sqrt(np.bincount(segment, value * value, len(segments.share)))
        scale = segments.share / np.where(length > 0, length, 1)
        weighed: Floats = value * scale[segment]
        return weighed

    def state(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        settings = asdict(self.settings)
        settings["chars"] = list(self.settings.chars) if self.settings.chars else None
        return {
            "settings": settings,
            "words": "\n".join(self.words),
            "keys": [pack(keys) for keys in self.keys],
            "chars": "\n".join(self.chars),
            "frequency": pack(self.frequency.astype("<u4")),
            "documents": self.documents,
        }

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Vectorizer:
        """Return the vectorizer that `state` made plain."""
        settings = dict(state["settings"])
        settings["chars"] = tuple(settings["chars"]) if settings["chars"] else None
        new = cls(Features(**settings))
        new.words = {word: row for row, word in enumerate(state["words"].split("\n") if state["words"] else ())}
        new.keys = [unpack(keys).astype(np.int64) for keys in state["keys"]]
        new.chars = {gram: row for row, gram in enumerate(state["chars"].split("\n") if state["chars"] else ())}
        new.frequency = unpack(state["frequency"]).astype(np.int64)
        new.documents = state["documents"]
        new._start()
        return new


def batches(docs: Sequence[T], size: int = _BATCH) -> Iterator[Sequence[T]]:
    """Return *docs* by so many at once as fit the processor's cache."""
    for start in range(0, len(docs), size):
        yield docs[start : start + size]


def _common(frequency: Counter[str], settings: Features) -> dict[str, int]:
    """Return the row of each feature that is frequent enough, the most frequent first."""
    kept = sorted((-count, name) for name, count in frequency.items() if count >= settings.min_df)
    return {name: row for row, (_, name) in enumerate(kept[: settings.max_features or None])}


_logs: list[float] = [0.0]


def _one_plus_log(counts: Ints) -> Floats:
    """Return 1 + log of *counts*, from a table: a vectorised log may differ in its last bit by position."""
    top = int(counts.max(initial=1))
    while len(_logs) <= top:
        _logs.append(1.0 + math.log(len(_logs)))
    return np.array(_logs[: top + 1])[counts]
