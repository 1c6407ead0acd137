"""Fits the weights of one script: which n-grams are features, and what each says of each language."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from typing import NamedTuple

import numpy as np
import scipy.sparse as sparse

from tamis_language.model import checks_of
from tamis_language.ngrams import ngrams_by_word

Array = np.ndarray[Any, Any]

#: Languages known from a few thousand words alone: shown less often, so that rare n-grams are not taken for theirs.
SCARCE = frozenset(["ckb", "gl", "ha", "ky", "mt", "tg", "uz"])
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i"})


class Material(NamedTuple):
    """What is known of a language: its words with their frequencies, and strings cut out of words."""

    words: Mapping[str, float]
    strings: Sequence[str]


def own_words(materials: Mapping[str, Material], times: float = 10.0) -> dict[str, Material]:
    """Return *materials* without the words that another language has *times* as often: titles, names, quotations.

    Languages known from few words are no judge of that, and are not judged.
    """
    most: dict[str, float] = {}
    for language, material in materials.items():
        if language not in SCARCE:
            for word, p in material.words.items():
                if p > most.get(word, 0.0):
                    most[word] = p
    return {
        language: material
        if language in SCARCE
        else Material({w: p for w, p in material.words.items() if p * times >= most[w]}, material.strings)
        for language, material in materials.items()
    }


class Examples(NamedTuple):
    """Words, the example each belongs to, and the class of each example."""

    words: list[str]
    groups: Array
    labels: Array


class Features:
    """The n-grams of a model: a table of slots, each with a check of eight bits, 0 where it is empty."""

    def __init__(self, checks: Array) -> None:
        self.checks = checks
        self.rows = np.cumsum(checks > 0) - 1
        self.size = int(self.rows[-1]) + 1

    def find(self, hashes: Array) -> Array:
        """Return the row of each of *hashes*, -1 where it is no feature."""
        slots = (hashes & np.uint64(len(self.checks) - 1)).astype(np.int64)
        return np.where(self.checks[slots] == checks_of(hashes), self.rows[slots], -1)

    def matrix(self, examples: Examples) -> Any:
        """Return the counts of features, a row for each example."""
        hashes, owners = hashed(examples.words)
        rows = self.find(hashes)
        known = rows >= 0
        shape = (len(examples.labels), self.size)
        places = (examples.groups[owners[known]], rows[known])
        return sparse.csr_matrix((np.ones(int(known.sum()), np.float32), places), shape=shape)


def hashed(words: Sequence[str]) -> tuple[Array, Array]:
    """Return the n-grams of many words, piece by piece to spare memory."""
    hashes, owners = [], []
    for start in range(0, len(words), 50_000):
        part, owner = ngrams_by_word(words[start : start + 50_000])
        hashes.append(part)
        owners.append(owner + start)
    return np.concatenate(hashes), np.concatenate(owners)


def without_accents(word: str) -> str:
    """Return *word* as it is written where accents are lost."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", word) if not "\u0300" <= letter <= "\u036f")
    return plain.translate(_STROKES)


def junk(count: int, rng: np.random.Generator) -> list[str]:
    """Return *count* strings of Latin letters that are words of no language: mashed keys, hashes, repetitions."""
    rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop"]
    letters = list("abcdefghijklmnopqrstuvwxyz")
    consonants = list("bcdfghjklmnpqrstvwxz")
    found = []
    for kind, size, seed in zip(
        rng.integers(0, 7, count), rng.integers(2, 14, count), rng.integers(0, 1 << 30, count), strict=True
    ):
        if kind == 0:
            word = "".join(rng.choice(letters, size + seed % 30))
        elif kind <= 2:
            word = "".join(rng.choice(consonants, max(3, size * 2 // 3)))
        elif kind == 3:
            row = rows[seed % len(rows)]
            start = seed // 8 % len(row)
            word = (row * 3)[start : start + max(4, size)][:: -1 if seed % 3 == 0 else 1]
        elif kind == 4:
            word = letters[seed % 26] * max(3, size)
        elif kind == 5:
            word = "".join(rng.choice(consonants, 2 + seed % 2)) * (1 + size // 4)
        else:
            row = rows[seed % len(rows)]
            word = "".join(rng.choice(list(row), max(4, size)))
        found.append(word)
    return found


def examples(
    languages: Sequence[str], materials: Mapping[str, Material], each: int, latin: bool, rng: np.random.Generator
) -> Examples:
    """Return single words, cut strings, pairs and short sentences of each language, in equal parts by language."""
    words: list[str] = []
    groups, labels, total = [], [], 0
    for label, language in enumerate(languages):
        size = each // 2 if language in SCARCE else each
        if language == "und":
            size = each // 3
            sizes = np.concatenate([np.ones(size, int), rng.integers(2, 5, size // 4)])
            drawn = junk(int(sizes.sum()), rng)
        else:
            if latin and language == "sr":
                size = each // 2  # the other half of Serbian is in Cyrillic
            known = materials[language]
            names = list(known.words)
            p = np.array(list(known.words.values()))
            even = 0.5 * p**0.5 / (p**0.5).sum() + 0.35 / len(p) + 0.15 * p / p.sum()
            often = p**0.9
            cut = 0 if not known.strings else size // 3 if len(known.words) > 20_000 else size
            long = rng.integers(3, 15, size // 3)
            drawn = [names[i] for i in rng.choice(len(names), size, p=even / even.sum())]
            drawn += [known.strings[i] for i in rng.choice(len(known.strings), cut)] if cut else []
            drawn += [names[i] for i in rng.choice(len(names), size // 4 * 2, p=even / even.sum())]
            drawn += [names[i] for i in rng.choice(len(names), int(long.sum()), p=often / often.sum())]
            sizes = np.concatenate([np.ones(size + cut, int), np.full(size // 4, 2), long])
        owner = np.repeat(np.arange(len(sizes)), sizes)
        if latin:
            plain = rng.random(len(sizes)) < 0.15
            drawn = [without_accents(word) if plain[group] else word for word, group in zip(drawn, owner, strict=True)]
        words += drawn
        groups.append(owner + total)
        labels.append(np.full(len(sizes), label))
        total += len(sizes)
    return Examples(words, np.concatenate(groups), np.concatenate(labels))


def select(sample: Examples, classes: int, slots: int, filled: float) -> Features:
    """Return the n-grams that say most of the class (their share of the divergence from even odds)."""
    hashes, owners = hashed(sample.words)
    labels = sample.labels[sample.groups][owners]
    unique, place, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    often = np.flatnonzero(counts >= 6)
    row = np.full(len(unique), -1)
    row[often] = np.arange(len(often))
    rows = row[place]
    table = np.bincount(rows[rows >= 0] * classes + labels[rows >= 0], minlength=len(often) * classes)
    odds = table.reshape(-1, classes).astype(np.float32) + 0.02
    odds /= odds.sum(axis=1, keepdims=True)
    gain = counts[often] * (odds * np.log(odds * classes)).sum(axis=1)
    candidates = unique[often][np.argsort(-gain, kind="stable")]
    places = (candidates & np.uint64(slots - 1)).astype(np.int64)
    _, first = np.unique(places, return_index=True)  # of two in one slot the better
    chosen = candidates[np.sort(first)[: int(slots * filled)]]
    checks = np.zeros(slots, np.uint8)
    checks[(chosen & np.uint64(slots - 1)).astype(np.int64)] = checks_of(chosen)
    return Features(checks)


def fit(
    languages: Sequence[str],
    materials: Mapping[str, Material],
    *,
    latin: bool,
    slots: int,
    filled: float = 0.85,
    each: int = 24_000,
    epochs: int = 4,
    rate: float = 0.15,
    batch: int = 16_384,
    seed: int = 7,
) -> tuple[Features, Array]:
    """Return the features and their weights (one row a feature, one column a language), by Adagrad on softmax loss."""
    rng = np.random.default_rng(seed)
    begun = time.monotonic()
    shown = examples(languages, materials, each, latin, rng)
    features = select(shown, len(languages), slots, filled)
    weights = np.zeros((features.size, len(languages)), np.float32)
    seen = np.full_like(weights, 1e-3)
    scratch = np.empty_like(weights)
    for epoch in range(epochs):
        if epoch:
            shown = examples(languages, materials, each, latin, rng)
        order = rng.permutation(len(shown.labels))
        counts, labels = features.matrix(shown)[order], shown.labels[order]
        loss = 0.0
        for start in range(0, len(labels), batch):
            x, y = counts[start : start + batch], labels[start : start + batch]
            p = x @ weights
            p -= p.max(axis=1, keepdims=True)
            np.exp(p, out=p)
            p /= p.sum(axis=1, keepdims=True)
            loss -= float(np.log(p[np.arange(len(y)), y] + 1e-9).sum())
            p[np.arange(len(y)), y] -= 1
            slope = x.T @ p
            slope *= 64 / len(y)
            np.multiply(slope, slope, out=scratch)
            seen += scratch
            np.sqrt(seen, out=scratch)
            slope /= scratch
            slope *= rate * (1 - 0.8 * epoch / epochs)
            weights -= slope
        took = time.monotonic() - begun
        print(f"  epoch {epoch}: loss {loss / len(labels):.4f}, {features.size} features, {took:.0f} s", flush=True)
    return features, weights
