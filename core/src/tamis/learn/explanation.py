"""Exact explanations: what each word of a text adds to a logit."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

import numpy as np

from tamis.errors import ModelError
from tamis.errors import suggest
from tamis.learn.numerics import lengths
from tamis.learn.vectorizer import Hits
from tamis.learn.words import Floats
from tamis.learn.words import Item
from tamis.learn.words import as_texts
from tamis.learn.words import as_words
from tamis.text import Span
from tamis.text import Words

if TYPE_CHECKING:
    from tamis.learn.linear import LinearModel


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a model gives a label its logit: `base + sum(values) + sum(others.values())` is `logit`."""

    label: str
    logit: float
    probability: float
    #: What holds for every text.
    base: float
    #: The words that count, as spans of the text (code points), and what each adds to the logit.
    spans: Sequence[Span]
    values: Sequence[float]
    #: What adds to the logit and is not in the text: words of a title that is not part of it.
    others: Mapping[str, float] = field(default_factory=dict)

    def top(self, count: int) -> list[tuple[Span, float]]:
        """Return the *count* words that speak most for the label, in the order of the text."""
        order = sorted(range(len(self.values)), key=lambda index: (-self.values[index], index))[:count]
        return [(self.spans[index], self.values[index]) for index in sorted(order) if self.values[index] > 0]


def explain(model: LinearModel, doc: Item, labels: Sequence[str]) -> list[Explanation]:
    """Return why *model* gives each of *labels* its logit for *doc*; an n-gram counts for its words alike.

    Raises ModelError where the model has no such label.
    """
    for label in labels:
        if label not in model.classes:
            raise ModelError(f"the model has no label '{label}'{suggest(label, model.classes)}; it has {model.classes}")
    words = as_words(doc)
    parts = model.vectorizer.parts(words)
    length = float(lengths([as_texts(doc)])[0])
    logits = model.logits([doc])
    probabilities = model.probabilities(logits)[0].tolist()
    found = []
    for label in labels:
        column = model.classes.index(label)
        sign, use = (1, column) if logits.shape[1] == len(model.classes) else (2 * column - 1, 0)
        scale = (float(model.slope[use]) + float(model.length_slope[use]) * length) * sign
        shift = (float(model.shift[use]) + float(model.length_shift[use]) * length) * sign
        weights = model.weights[use].astype(np.float64) * scale
        meanings = model.embedding.parts(words, model.meaning()[use] * scale) if model.embedding else None
        spans, values, others = _by_word(words, parts, weights, meanings)
        found.append(
            Explanation(
                label,
                float(logits[0, use]) * sign,
                probabilities[column],
                float(model.intercept[use]) * scale + shift,
                spans,
                values,
                others,
            )
        )
    return found


def _by_word(
    words: Words, parts: tuple[Hits, Floats], weights: Floats, meanings: Floats | None
) -> tuple[list[Span], list[float], dict[str, float]]:
    """Return the words of the text that count and what each adds, and what words outside of it add, by word."""
    hits, values = parts
    each = values * weights[hits.row] / hits.width
    total = np.zeros(len(words.texts)) if meanings is None else meanings.copy()
    for step in range(int(hits.width.max(initial=1))):
        on = hits.width > step
        total += np.bincount(hits.first[on] + step, each[on], len(words.texts))
    outside: dict[str, float] = {}
    spans, found = [], []
    for text, start, end, value in zip(*words, total.tolist(), strict=True):
        if start < 0:
            outside[text] = outside.get(text, 0.0) + value
        elif value:
            spans.append(Span(start, end))
            found.append(value)
    return spans, found, outside
