"""The page of one document: raw text with cuts and marks, clean text beside it, labels as bars, a switch per step."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tamis.document import Document
from tamis.document import restore
from tamis.findings import Edit
from tamis.findings import Label
from tamis.findings import Mark
from tamis.report.charts import bars
from tamis.report.pages import environment
from tamis.report.pages import render
from tamis.report.stretches import stretches

#: Of a longer text a page shows the beginning.
LONGEST = 200_000


def document_page(doc: Document) -> str:
    """Return a self-contained HTML page that shows what was found in *doc* and what is left of it."""
    return render("document.html", title=doc.title or doc.id or doc.source or "document", **view(doc))


def document_fragment(doc: Document) -> str:
    """Return *doc* as HTML for a notebook: labels, text with its cuts, the steps' findings."""
    style = environment().get_template("style.css").render()
    return environment().get_template("fragment.html").render(style=style, **view(doc))


def view(doc: Document) -> dict[str, Any]:
    """Return what the templates show of *doc*."""
    shown = doc if len(doc.raw) <= LONGEST else _beginning(doc)
    edits = [entry for entry in doc.trail if isinstance(entry.finding, Edit)]
    steps = list(dict.fromkeys(entry.step for entry in edits))
    return {
        "doc": doc,
        "cut_off": len(doc.raw) - len(shown.raw),
        "stretches": stretches(shown),
        "steps": steps,
        "step_class": {step: f"s{i}" for i, step in enumerate(steps)},
        "kinds": _kinds(doc),
        "labels": [_label(entry.step, entry.finding) for entry in doc.trail if isinstance(entry.finding, Label)],
        "evidence": _evidence(doc),
    }


def _beginning(doc: Document) -> Document:
    kept = [
        entry for entry in doc.trail if not isinstance(entry.finding, Edit | Mark) or entry.finding.span[1] <= LONGEST
    ]
    return restore(doc.raw[:LONGEST], doc.id, doc.meta, doc.source, tuple(kept), doc.error)


def _kinds(doc: Document) -> list[Any]:
    cut: Counter[str] = Counter()
    for _, finding in doc.trail:
        if isinstance(finding, Edit):
            cut[finding.reason] += finding.span[1] - finding.span[0]
    return bars(list(cut.items()))


def _label(step: str, label: Label) -> dict[str, Any]:
    value = label.value
    shown = ", ".join(map(str, value)) or "none" if isinstance(value, list) else "no answer" if value is None else value
    scores = bars([(name, float(score)) for name, score in label.scores.items() if score >= 0.005], top=1.0, digits=2)
    return {"step": step, "name": label.name, "value": shown, "score": label.score, "bars": scores}


def _evidence(doc: Document) -> list[dict[str, Any]]:
    """The marks of each step and name, the heaviest first."""
    groups: dict[tuple[str, str], list[Mark]] = {}
    for step, finding in doc.trail:
        if isinstance(finding, Mark):
            groups.setdefault((step, finding.name), []).append(finding)
    rows = []
    for (step, name), marks in groups.items():
        heavy = sorted(marks, key=lambda mark: -abs(mark.score or 0.0))[:12]
        words = [
            (" ".join(doc.raw[mark.span[0] : mark.span[1]].split())[:80], mark.score, mark.reason) for mark in heavy
        ]
        rows.append({"step": step, "name": name, "count": len(marks), "words": words})
    return rows
