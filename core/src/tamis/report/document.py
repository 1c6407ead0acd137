"""The page of one document: raw text with cuts and marks, clean text beside it, labels as bars, a switch per step."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tamis.account import characters_cut
from tamis.document import Document
from tamis.document import restore
from tamis.findings import Edit
from tamis.findings import Mark
from tamis.report.charts import bars
from tamis.report.charts import clip
from tamis.report.charts import share
from tamis.report.evidence import evidence
from tamis.report.labels import labels
from tamis.report.pages import environment
from tamis.report.pages import render
from tamis.report.pages import style
from tamis.report.stretches import explanations
from tamis.report.stretches import stretches

#: Of a longer text a page shows the beginning.
LONGEST = 200_000


def document_page(doc: Document) -> str:
    """Return a self-contained HTML page that shows what was found in *doc* and what is left of it."""
    shown = view(doc)
    return render("document.html", title=shown["title"], switches=len(shown["steps"]), one=shown)


def document_fragment(doc: Document) -> str:
    """Return *doc* as HTML for a notebook: labels, text with its cuts, the steps' findings."""
    shown = view(doc)
    return environment().get_template("fragment.html").render(style=style(len(shown["steps"])), one=shown)


def view(doc: Document) -> dict[str, Any]:
    """Return what the templates show of *doc*."""
    shown = doc if len(doc.raw) <= LONGEST else _beginning(doc)
    cut: Counter[str] = Counter()
    found: dict[str, Counter[str]] = {}
    why = explanations(doc)
    for step, finding in doc.trail:
        if isinstance(finding, Edit):
            start, end = finding.span
            if gone := characters_cut(end - start, len(finding.text)):
                cut[finding.reason] += gone
            found.setdefault(step, Counter())["change" if finding.text else "cut"] += 1
        elif isinstance(finding, Mark) and (step, finding.span) not in why:
            found.setdefault(step, Counter())["mark"] += 1
    given = labels(doc)
    return {
        "title": clip(doc.title or doc.id or doc.source or "document", 300),
        "id": clip(doc.id, 300),
        "source": clip("" if doc.source == doc.id else doc.source, 300),
        "read": len(doc.raw),
        "left": len(doc.text),
        "cut_share": share(cut.total(), len(doc.raw)),
        "error": doc.error,
        "dropped": doc.dropped,
        "cut_off": len(doc.raw) - len(shown.raw),
        "stretches": stretches(shown),
        "steps": [(f"s{i}", clip(step, 60), counts) for i, (step, counts) in enumerate(found.items())],
        "step_class": {step: f"s{i}" for i, step in enumerate(found)},
        "kinds": bars(cut.items(), total=cut.total()),
        "weighed": [label for label in given if label.score or label.bars],
        "facts": [label for label in given if not label.score and not label.bars],
        "evidence": evidence(doc),
    }


def _beginning(doc: Document) -> Document:
    kept = [
        entry for entry in doc.trail if not isinstance(entry.finding, Edit | Mark) or entry.finding.span[1] <= LONGEST
    ]
    return restore(doc.raw[:LONGEST], doc.id, doc.meta, doc.source, tuple(kept), doc.error)
