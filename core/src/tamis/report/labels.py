"""Labels as people read them: yes and no for a bool, words for a list, what a score means beside it."""

from __future__ import annotations

import json
from typing import Any
from typing import NamedTuple

from tamis.document import Document
from tamis.findings import Label
from tamis.report.charts import Bar
from tamis.report.charts import bars
from tamis.report.charts import clip

#: Labels that the built-in steps give, in the order of interest; those of other plugins follow.
KNOWN = ("language", "machine_translated", "source_language", "topics", "sentiment", "truncated", "agency")


class Shown(NamedTuple):
    """A label as it is shown; `score` says what the number is, "" where there is none."""

    name: str
    value: str
    score: str
    bars: list[Bar]


def labels(doc: Document) -> list[Shown]:
    """Return the labels of *doc*, the last one of each name, in the order of interest; its title stands above all."""
    given = [label for name, label in doc.labels.items() if name != "title"]
    given.sort(key=lambda label: KNOWN.index(label.name) if label.name in KNOWN else len(KNOWN))
    return [_shown(label) for label in given]


def _shown(label: Label) -> Shown:
    scores = {name: float(score) for name, score in label.scores.items() if score >= 0.005}
    if list(scores) == [label.value]:  # the bar would say the score once more
        scores.clear()
    return Shown(
        clip(label.name.replace("_", " "), 60),
        clip(in_words(label.value), 200),
        _score(label),
        bars(scores.items(), top=1.0, digits=2),
    )


def _score(label: Label) -> str:
    if label.score is None:
        return ""
    if label.name == "machine_translated":
        return f"probability {label.score:.2f}"
    if label.name == "sentiment":
        return f"tone {label.score:+.2f}"
    return f"score {label.score:.2f}"


def in_words(value: Any) -> str:
    """Return the JSON *value* as a reader would say it."""
    if value is None:
        return "no answer"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(in_words, value)) or "none"
    if isinstance(value, dict) and {"target", "value"} <= value.keys():
        return f"{value['target']}: {in_words(value['value'])}"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
