"""The step `topics`."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from typing import Annotated
from typing import ClassVar

from pydantic import Field
from pydantic import field_validator
from pydantic import model_validator

import tamis
from tamis.errors import suggest
from tamis.models import existing
from tamis_topics import shipped

if TYPE_CHECKING:
    from tamis.learn import LinearModel

Probability = Annotated[float, Field(ge=0, le=1)]


class Topics(tamis.Step):
    """Say which topics the text is about.

    Gives the label `topics`: the sorted list of those whose probability reaches their threshold (an empty list: none of
    them; null: within the abstain band of a threshold), `scores` the probability of each. The words that weigh most for
    a topic given get a mark `topic:NAME`, its score what the word adds to the logit.
    """

    gives: ClassVar[Sequence[str]] = ("topics",)

    threshold: Probability | Mapping[str, Probability] | None = None
    """The probability from which a topic is given: one for all, or by topic; the model's own where none is stated."""
    model: str = shipped.SHIPPED
    """The model: `topics`, which is shipped, or the path of one that `tamis train` or `TopicClassifier.save` wrote."""
    abstain: Annotated[float, Field(ge=0, le=0.5)] = 0.0
    """Abstain (give null) where the probability of a topic is closer than this to its threshold."""
    marks: Annotated[int, Field(ge=0)] = 5
    """At most so many words are marked for each topic given."""

    @field_validator("model")
    @classmethod
    def _is_there(cls, model: str) -> str:
        return existing(model, shipped.SHIPPED)

    @model_validator(mode="after")
    def _topics_are_known(self) -> Topics:
        if isinstance(self.threshold, Mapping):
            classes = self.loaded.classes
            for name in self.threshold:
                if name not in classes:
                    known = f"{suggest(name, classes)}; it has {', '.join(classes)}"
                    raise ValueError(f"threshold: the model has no topic '{name}'{known}")
        return self

    @cached_property
    def loaded(self) -> LinearModel:
        """The model, as it was when the step first asked for it: a run ends with the one it began with."""
        return shipped.load(self.model)

    def find(self, doc: tamis.Document) -> Iterable[tamis.Label | tamis.Mark]:
        """Return the label `topics` and the marks."""
        return self.find_batch([doc])[0]

    def find_batch(self, docs: Sequence[tamis.Document]) -> Sequence[Sequence[tamis.Label | tamis.Mark]]:
        """Return what `find` returns for each of *docs*, computed together."""
        model = self.loaded
        limits = self._limits(model.classes, model.thresholds)
        found = []
        reading = model.read(docs)
        for number, row in enumerate(reading.probabilities.tolist()):
            given = [name for name, score, limit in zip(model.classes, row, limits, strict=True) if score >= limit]
            unsure = any(abs(score - limit) < self.abstain for score, limit in zip(row, limits, strict=True))
            scores = dict(zip(model.classes, row, strict=True))
            top = max((scores[name] for name in given), default=1 - max(row, default=0.0))
            findings: list[tamis.Label | tamis.Mark] = [
                tamis.Label("topics", None if unsure else sorted(given), score=top, scores=scores)
            ]
            if given and self.marks and not unsure:
                for name in sorted(given):
                    weightiest = reading.top(number, name, self.marks)
                    findings += [tamis.Mark(span, f"topic:{name}", score=value) for span, value in weightiest]
            found.append(findings)
        return found

    def _limits(self, names: Sequence[str], own: Mapping[str, float]) -> list[float]:
        if self.threshold is None:
            return [own.get(name, 0.5) for name in names]
        if isinstance(self.threshold, float | int):
            return [self.threshold] * len(names)
        return [self.threshold.get(name, own.get(name, 0.5)) for name in names]
