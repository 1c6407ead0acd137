"""Exact explanations: what each word of a text adds to a logit."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

import numpy as np

from tamis.learn.vectorizer import Vectorizer
from tamis.learn.words import Floats
from tamis.text import Span
from tamis.text import Words


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


def explain(
    words: Words,
    vectorizer: Vectorizer,
    weights: Floats,
    *,
    label: str,
    logit: float,
    probability: float,
    base: float,
    meanings: Floats | None,
) -> Explanation:
    """Return the explanation of one logit with *weights* for *words*; an n-gram counts for its words alike.

    *meanings* is what each word adds through an embedding.
    """
    hits, values = vectorizer.parts(words)
    each = values * weights[hits.row].astype(np.float64) / hits.width
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
    return Explanation(label, logit, probability, base, spans, found, outside)
