"""The trained classifier: two heads (translated at all? by machine?) and the source language, fused with the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import exp
from math import log
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import NamedTuple

import numpy as np

from tamis.errors import ModelError
from tamis_translation.evidence import Evidence
from tamis_translation.features import BITS
from tamis_translation.features import rows
from tamis_translation.features import tokens
from tamis_translation.packs import Packs
from tamis_translation.patterns import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORMAT: Final = 1
#: How far evidence and classifier may pull against each other: a page that the rules know is not acquitted by style.
_STYLE_FLOOR: Final = -1.2
_HINT_CAP: Final = 4.5
_UNSEEN: Final = -4.0


class Answer(NamedTuple):
    """P(machine-translated) and the probabilities of the source languages."""

    probability: float
    sources: Mapping[str, float]


class Scores(NamedTuple):
    """What the heads say of a text: log odds; `style` is P(machine) from style alone, as log odds."""

    machine: float
    translated: float
    style: float
    languages: Mapping[str, float]


class Model:
    """The heads, ready to use; `Model.from_state` makes it from a model file."""

    def __init__(self, state: Mapping[str, Any]) -> None:
        from tamis.learn import unpack

        if state.get("format") != FORMAT or state.get("bits") != BITS:
            raise ModelError(f"the model has format {state.get('format')!r}, this plugin reads {FORMAT}: install matching versions")
        known = unpack(state["rows"]).astype(np.int64)
        heads = unpack(state["weights"]).astype(np.float32)
        self.languages: list[str] = list(state["languages"])
        size = 1 << BITS
        self._slot = np.zeros(size, np.int32)
        self._slot[known] = np.arange(1, len(known) + 1)
        self._idf = np.concatenate(([0], unpack(state["idf"]).astype(np.float64)))
        self._weights = np.concatenate((np.zeros((1, heads.shape[1])), heads)).astype(np.float64)
        self._intercept: list[float] = list(state["intercept"])
        self._stack: list[float] = list(state["stack"])
        self.about: Mapping[str, Any] = state.get("about", {})

    def score(self, text: Text) -> Scores:
        """Return what the heads say of *text*."""
        found, counts = rows(tokens(text))
        slots = self._slot[found]
        known = slots > 0
        slots = slots[known]
        value = self._idf[slots] * _logs()[np.minimum(counts[known], 4000)]
        norm = float(np.sqrt((value * value).sum())) or 1.0
        sums = (self._weights[slots] * value[:, None]).sum(axis=0) / norm
        logits = [float(total) + shift for total, shift in zip(sums, self._intercept, strict=True)]
        machine, translated, *languages = logits
        one, two, both, shift = self._stack
        style = one * machine + two * min(translated, 4.0) + both * min(machine, translated) + shift
        return Scores(machine, translated, style, _log_softmax(dict(zip(self.languages, languages, strict=True))))


def _log_softmax(logits: Mapping[str, float]) -> dict[str, float]:
    top = max(logits.values(), default=0.0)
    total = top + log(sum(exp(logit - top) for logit in logits.values())) if logits else 0.0
    return {language: logit - total for language, logit in logits.items()}


@cache
def _logs() -> NDArray[np.float64]:
    return np.array([0.0] + [1.0 + log(count) for count in range(1, 4001)])


@cache
def load(path: str | None = None) -> Model:
    """Return the model file *path*, or the shipped model. Raises ModelError."""
    from tamis import models
    from tamis.learn import load as read
    from tamis_translation._pin import SHA256

    return Model(read(Path(path)) if path else read(models.find("translation").read(SHA256)))


def judge(text: Text, evidence: Evidence, packs: Packs, model: Model | None = None) -> Answer:
    """Return P(machine-translated) and the source languages of *text*, of which *evidence* was found."""
    scores = (model or load()).score(text)
    return Answer(fuse(scores, evidence), sources(scores, evidence, packs, text))


def fuse(scores: Scores, evidence: Evidence) -> float:
    """Return P(machine-translated) from the style and the capped likelihood ratios of the evidence."""
    style = max(scores.style, _STYLE_FLOOR - 0.3) if evidence.weight > 1.0 else scores.style
    return _sigmoid(style + evidence.weight)


def _sigmoid(logit: float) -> float:
    return 1 / (1 + exp(-logit)) if logit > -700 else 0.0


def sources(scores: Scores, evidence: Evidence, packs: Packs, text: Text) -> dict[str, float]:
    """Return the probability of each source language: the head, the rules, and the places and names of the packs."""
    hints: dict[str, float] = {}
    if packs.hints:
        for word in sorted(set(text.words) & packs.hints.keys()):
            for language, weight in packs.hints[word]:
                hints[language] = hints.get(language, 0.0) + weight
    logits = {}
    for language in sorted({*scores.languages, *packs.languages}):
        base = scores.languages.get(language, _UNSEEN)
        hint = min(_HINT_CAP, hints.get(language, 0.0))
        logits[language] = max(base, _UNSEEN - 1.0) + hint + 1.2 * evidence.languages.get(language, 0.0)
    return {language: exp(value) for language, value in _log_softmax(logits).items()}
