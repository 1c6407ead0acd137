"""The trained classifier: translated at all? by machine? from which language? - fused with the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from functools import cache
from math import exp
from math import log
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import NamedTuple

import numpy as np

from tamis import models
from tamis.errors import ModelError
from tamis_translation.evidence import Evidence
from tamis_translation.features import BITS
from tamis_translation.features import GROUPS
from tamis_translation.features import features
from tamis_translation.origins import hints_of
from tamis_translation.packs import Packs
from tamis_translation.patterns import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

FORMAT: Final = 5
#: How far evidence and classifier may pull against each other: a page that the rules know is not acquitted by style.
_STYLE_FLOOR: Final = -1.5
#: From this probability of being translated on the text counts as translated: any foreign news looks a little so.
_GATE: Final = 0.7
#: Below this probability of machine translation no source language is named.
_HARDLY: Final = 0.08
#: From this one on, English is no answer.
_TRANSLATED: Final = 0.5
_HINT_CAP: Final = 4.5
_UNSEEN: Final = -3.5
#: The language heads are less sure of themselves than they are right.
_SHARPEN: Final = 1.5
#: German is trained on two sources and so on more subjects, Hausa on few: these heads say yes too easily.
_SHIFT: Final = {"de": -1.2, "ha": -1.0}
_MOST: Final = 4000


class Answer(NamedTuple):
    """P(machine-translated) and the probabilities of the source languages."""

    probability: float
    #: Among them `en`: written in English.
    sources: Mapping[str, float]
    #: P(machine-translated) from style alone, as log odds.
    style: float

    def source(self, threshold: float = 0.3) -> str | None:
        """Return the source language, or None where none has the probability *threshold* or the text is hardly one.

        A text that is rather machine-translated than not has a source: English is none.
        """
        translated = self.probability >= _TRANSLATED
        among = {name: value for name, value in self.sources.items() if name != "en" or not translated}
        best = max(among, key=lambda language: among[language], default="en")
        sure = among.get(best, 0.0) >= threshold * sum(among.values()) and self.probability >= _HARDLY
        return best if sure and best != "en" else None


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
            raise ModelError(
                f"the model has format {state.get('format')!r}, this plugin reads {FORMAT}: install matching versions"
            )
        known = unpack(state["rows"]).astype(np.int32)
        #: The place of each feature in the tables below, by its hash; 0 is a feature that the model does not know.
        self._slots = np.zeros(GROUPS << BITS, np.uint16)
        self._slots[known] = np.arange(1, len(known) + 1)
        #: Where the features of each group end.
        self._ends = np.searchsorted(known, [group << BITS for group in range(1, GROUPS + 1)]) + 1
        #: One row a feature: its inverse document frequency, its weight in each head; together, for the cache's sake.
        self._table = np.column_stack((unpack(state["idf"]), unpack(state["heads"]))).astype(np.float32)
        #: The languages are told by single words, which are the first group and so the first rows.
        self._languages = unpack(state["language_heads"]).astype(np.float32)
        self.languages: list[str] = list(state["languages"])
        self._intercept: list[float] = list(state["intercept"])
        self._language_intercept: list[float] = list(state["language_intercept"])
        self._stack: Mapping[str, Sequence[float]] = state["stack"]
        #: From which weight on evidence counts, and its slope there.
        self.strength: Sequence[float] = state["stack"]["evidence"]
        self.about: Mapping[str, Any] = state.get("about", {})

    def score(self, text: Text) -> Scores:
        """Return what the heads say of *text*."""
        slots = self._slots.take(features(text))
        slots = slots[slots != 0]
        slots.sort()
        last = np.flatnonzero(np.append(slots[1:] != slots[:-1], len(slots) > 0))
        counts, slots = last + 1, slots[last]
        counts[1:] -= counts[:-1].copy()
        table = self._table.take(slots - 1, 0)
        value = table[:, 0] * _logs()[np.minimum(counts, _MOST)]
        ends = np.searchsorted(slots, self._ends).tolist()
        for start, end in zip([0, *ends], ends, strict=False):
            group = value[start:end]
            group /= float(group @ group) ** 0.5 or 1.0
        totals = [total + shift for total, shift in zip((value @ table[:, 1:]).tolist(), self._intercept, strict=True)]
        sums = (value[: ends[0]] @ self._languages.take(slots[: ends[0]] - 1, 0)).tolist()
        languages = [total + shift for total, shift in zip(sums, self._language_intercept, strict=True)]
        machine, translated = totals
        style = join(machine, translated, float(len(text.words)), self._stack)
        return Scores(machine, translated, style, _log_softmax(dict(zip(self.languages, languages, strict=True))))


def machine_features(machine: float, words: float) -> list[float]:
    """Return what the calibration of the head “by machine” sees: its log odds and the length of the text."""
    length = log(max(words, 20.0) / 300.0)
    return [machine, length, machine * length]


def join(machine: float, translated: float, words: float, stack: Mapping[str, Sequence[float]]) -> float:
    """Return the log odds of machine translation: by machine, unless the text seems written in English."""
    *weights, shift = stack["machine"]
    by_machine = shift + sum(w * value for w, value in zip(weights, machine_features(machine, words), strict=True))
    slope, offset = stack["translated"]
    both = _sigmoid(by_machine) * min(1.0, _sigmoid(slope * translated + offset) / _GATE)
    both = min(max(both, 1e-9), 1 - 1e-9)
    return log(both / (1 - both))


def _log_softmax(logits: Mapping[str, float]) -> dict[str, float]:
    top = max(logits.values(), default=0.0)
    total = top + log(sum(exp(logit - top) for logit in logits.values())) if logits else 0.0
    return {language: logit - total for language, logit in logits.items()}


@cache
def _logs() -> NDArray[np.float32]:
    return np.array([0.0] + [1.0 + log(count) for count in range(1, _MOST + 1)], np.float32)


@models.cached_by_file
def load(path: str | None = None) -> Model:
    """Return the model file *path*, or the shipped model. Raises ModelError."""
    from tamis.learn import load as read
    from tamis_translation._pin import SHA256

    return Model(read(Path(path)) if path else read(models.find("translation").read(SHA256)))


def judge(text: Text, evidence: Evidence, packs: Packs, model: Model | None = None) -> Answer:
    """Return P(machine-translated) and the source languages of *text*, of which *evidence* was found."""
    model = model or load()
    scores = model.score(text)
    return Answer(fuse(scores, evidence, model.strength), sources(scores, evidence, packs, text), scores.style)


def fuse(scores: Scores, evidence: Evidence, strength: Sequence[float]) -> float:
    """Return P(machine-translated) from the style and the evidence.

    *strength*: from which weight on the evidence counts, and by how much; human translators leave a little, too.
    """
    knee, slope = strength
    beyond = evidence.weight - knee
    if beyond <= 0:
        return _sigmoid(scores.style)
    return _sigmoid(max(scores.style, _STYLE_FLOOR) + slope * beyond)


def _sigmoid(logit: float) -> float:
    return 1 / (1 + exp(-logit)) if logit > -700 else 0.0


def sources(scores: Scores, evidence: Evidence, packs: Packs, text: Text) -> dict[str, float]:
    """Return the probability of each source language: the head, the rules, and the places and names of the packs."""
    hints = hints_of(text, packs)
    logits = {}
    for language in sorted({*scores.languages, *packs.languages}):
        known = language in scores.languages
        base = _SHARPEN * (scores.languages[language] + _SHIFT.get(language, 0.0)) if known else _UNSEEN
        hint = min(_HINT_CAP, hints.get(language, 0.0))
        logits[language] = max(base, _UNSEEN - 1.0) + hint + 1.2 * evidence.languages.get(language, 0.0)
    return {language: exp(value) for language, value in _log_softmax(logits).items()}
