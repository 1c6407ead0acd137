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
from tamis.learn.numerics import heaviest
from tamis.learn.numerics import lengths
from tamis.learn.vectorizer import Parts
from tamis.learn.words import Floats
from tamis.learn.words import Item
from tamis.learn.words import as_words
from tamis.text import Span

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


class Reading:
    """Documents as *model* reads them: their probabilities, and what each word adds to a logit."""

    def __init__(self, model: LinearModel, docs: Sequence[Item]) -> None:
        """Read *docs*, all at once; what their words add is computed for one document and label when asked for."""
        self._model = model
        self._words = [as_words(doc) for doc in docs]
        self._lengths = lengths(self._words)
        self._entries = model.vectorizer.entries(self._words)
        self._logits = model.calibrated(model.sums(self._words, self._entries), self._lengths)
        self.probabilities: Floats = model.probabilities(self._logits)
        self._parts: tuple[int, Parts] | None = None

    def explain(self, number: int, label: str) -> Explanation:
        """Return what each word of document *number* adds to the logit of *label*."""
        scale, shift, use, sign = self._calibration(number, label)
        total = self._totals(number, use, scale)
        outside: dict[str, float] = {}
        spans, found = [], []
        for text, start, end, value in zip(*self._words[number], total.tolist(), strict=True):
            if start < 0:
                outside[text] = outside.get(text, 0.0) + value
            elif value:
                spans.append(Span(start, end))
                found.append(value)
        model = self._model
        return Explanation(
            label,
            float(self._logits[number, use]) * sign,
            float(self.probabilities[number, model.classes.index(label)]),
            float(model.intercept[use]) * scale + shift,
            spans,
            found,
            outside,
        )

    def top(self, number: int, label: str, count: int) -> list[tuple[Span, float]]:
        """Return what `explain(number, label).top(count)` returns, without the words that it leaves out."""
        scale, _, use, _ = self._calibration(number, label)
        total = self._totals(number, use, scale)
        _, starts, ends = self._words[number]
        among = (total > 0) & (np.array(starts) >= 0)
        return [(Span(starts[at], ends[at]), float(total[at])) for at in heaviest(total, count, among)]

    def _calibration(self, number: int, label: str) -> tuple[float, float, int, int]:
        """Return slope and shift of the logit of *label* in document *number*, its column, and its sign there."""
        model = self._model
        if label not in model.classes:
            raise ModelError(f"the model has no label '{label}'{suggest(label, model.classes)}; it has {model.classes}")
        column = model.classes.index(label)
        sign, use = (1, column) if self._logits.shape[1] == len(model.classes) else (2 * column - 1, 0)
        length = float(self._lengths[number])
        scale = (float(model.slope[use]) + float(model.length_slope[use]) * length) * sign
        shift = (float(model.shift[use]) + float(model.length_shift[use]) * length) * sign
        return scale, shift, use, sign

    def _totals(self, number: int, use: int, scale: float) -> Floats:
        """Return what each word of document *number* adds to logit *use*, times *scale*; an n-gram counts alike."""
        model, words = self._model, self._words[number]
        if self._parts is None or self._parts[0] != number:
            self._parts = number, model.vectorizer.parts(self._entries, number)
        row, first, width, value = self._parts[1]
        each = value * (model.weights[use][row].astype(np.float64) * scale) / width
        total = np.zeros(len(words.texts))
        if model.embedding:
            total += model.embedding.parts(words, model.meaning()[use] * scale)
        for step in range(int(width.max(initial=1))):
            on = width > step
            total += np.bincount(first[on] + step, each[on], len(words.texts))
        return total
