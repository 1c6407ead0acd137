"""Reports on a model: a Markdown card with figures and top terms, and the picture of its calibration (SVG)."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from typing import Final

import numpy as np

from tamis.learn.evaluation import Bin
from tamis.learn.evaluation import Evaluation
from tamis.learn.linear import LinearModel

_SIDE: Final = 240
_EDGE: Final = 36


def top_terms(model: LinearModel, count: int = 15) -> dict[str, list[str]]:
    """Return for each label the *count* features that speak most for it."""
    names = model.vectorizer.names()
    found = {}
    for column, name in enumerate(model.classes):
        weights = (
            model.weights[column] if len(model.weights) == len(model.classes) else model.weights[0] * (2 * column - 1)
        )
        order = np.argsort(-weights[: len(names)], kind="stable")[:count]
        found[name] = [names[index] for index in order if weights[index] > 0]
    return found


def figures(result: Evaluation) -> str:
    """Return the figures as Markdown tables."""
    rows = ["| label | texts | threshold | precision | recall | F1 |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    rows += [
        f"| {one.name} | {one.texts} | {one.threshold:.2f} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} |"
        for one in result.labels
    ]
    names = [label.name for label in result.labels] + ["none"]
    table = ["| true \\ given | " + " | ".join(names) + " |", "| --- |" + " ---: |" * len(names)]
    table += [
        f"| {name} | " + " | ".join(map(str, row)) + " |" for name, row in zip(names, result.confusion, strict=True)
    ]
    total = (
        f"{result.texts} texts: macro-F1 {result.macro_f1:.3f}, micro-F1 {result.micro_f1:.3f}, exactly right"
        f" {result.exact:.3f}, Brier {result.brier:.3f}."
    )
    return "\n".join([total, "", *rows, "", *table])


def card(
    name: str,
    model: LinearModel,
    result: Evaluation,
    folds: int,
    remarks: Sequence[str],
    about: Mapping[str, Any],
    picture: str,
) -> str:
    """Return the card of a model as Markdown."""
    terms = "\n".join(f"* {label}: {', '.join(words)}" for label, words in top_terms(model).items())
    notes = "".join(f"* {remark}\n" for remark in remarks)
    made = "\n".join(f"* {key}: {value}" for key, value in about.items())
    return (
        f"# {name}\n\nFigures by {folds}-fold cross-validation: each text is judged by a model that has not seen it;"
        f" the thresholds were chosen on the same answers.\n\n{figures(result)}\n\n![calibration]({picture})\n\n"
        f"## Top terms\n\n{terms}\n\n## Made from\n\n{made}\n" + (f"\n## Remarks\n\n{notes}" if notes else "")
    )


def calibration_svg(bins: Sequence[Bin]) -> str:
    """Return the picture of a calibration: what was said against what was true, a dot a tenth, its area the texts."""
    size = _SIDE + 2 * _EDGE
    most = max((each.count for each in bins), default=1)
    dots = "".join(
        f'<circle cx="{_EDGE + each.said * _SIDE:.1f}" cy="{_EDGE + (1 - each.true) * _SIDE:.1f}"'
        f' r="{3 + 9 * (each.count / most) ** 0.5:.1f}" fill="#26547c" fill-opacity="0.7"><title>'
        f"{each.count} answers: said {each.said:.2f}, true {each.true:.2f}</title></circle>"
        for each in bins
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}"'
        ' font-family="sans-serif" font-size="11">'
        f'<rect x="{_EDGE}" y="{_EDGE}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#999"/>'
        f'<line x1="{_EDGE}" y1="{_EDGE + _SIDE}" x2="{_EDGE + _SIDE}" y2="{_EDGE}" stroke="#999"'
        ' stroke-dasharray="4"/>'
        f'{dots}<text x="{size / 2}" y="{size - 10}" text-anchor="middle">probability said</text>'
        f'<text x="14" y="{size / 2}" text-anchor="middle" transform="rotate(-90 14 {size / 2})">'
        "share true</text></svg>\n"
    )
