"""A document on the terminal: its text with what was cut and marked, then the findings and the labels, with reasons."""

from __future__ import annotations

from collections.abc import Collection

from rich.console import Console
from rich.text import Text

from tamis.document import Document
from tamis.document import restore
from tamis.findings import Applied
from tamis.findings import Drop
from tamis.findings import Edit
from tamis.findings import Label
from tamis.findings import Mark
from tamis.report.stretches import stretches

_COLOURS = ("red", "magenta", "yellow", "cyan", "blue", "green")


def show(
    doc: Document, *, steps: Collection[str] = (), only: str | None = None, console: Console | None = None
) -> None:
    """Print *doc*: cuts stand in [-brackets-] and struck through, marks underlined, then each finding with its reason.

    *steps* limits the findings to those steps, *only* to "cuts", "marks" or "labels".
    """
    out = console or Console(highlight=False)
    found = [entry for entry in doc.trail if (not steps or entry.step in steps) and only in (None, _sort(entry))]
    out.print(Text(f"{doc.id or doc.source or 'document'}", style="bold"))
    out.print(_painted(doc, found))
    for title in ("cuts", "marks", "labels", "drops"):
        rows = [entry for entry in found if _sort(entry) == title]
        if rows:
            out.print(Text(f"\n{title}", style="bold"))
        for entry in rows:
            out.print(Text("  " + _line(doc, entry)), soft_wrap=True)
    if doc.error is not None:
        out.print(Text(f"\nfailed in step '{doc.error.step}': {doc.error.error}", style="bold red"))


def _sort(entry: Applied) -> str:
    kinds = {Edit: "cuts", Mark: "marks", Label: "labels", Drop: "drops"}
    return kinds[type(entry.finding)]


def _painted(doc: Document, found: Collection[Applied]) -> Text:
    shown = restore(doc.raw, doc.id, doc.meta, doc.source, tuple(found), doc.error)
    parts = stretches(shown)
    colours = {kind: _COLOURS[i % len(_COLOURS)] for i, kind in enumerate(sorted({p.kind for p in parts if p.cut_by}))}
    text = Text()
    for part in parts:
        if part.inserted:
            text.append(f"[+{part.inserted}+]", style=f"bold {colours[part.kind]}")
        elif part.cut_by:
            text.append(f"[-{part.text}-]", style=f"strike {colours[part.kind]}")
        else:
            text.append(part.text, style="underline" if part.painted else "")
    if colours:
        text.append("\n\ncut: ")
        for kind, colour in colours.items():
            text.append(f"{kind} ", style=colour)
    return text


def _line(doc: Document, entry: Applied) -> str:
    finding = entry.finding
    if isinstance(finding, Label):
        score = "" if finding.score is None else f"  score {finding.score:.3f}"
        scores = ", ".join(
            f"{name} {value:.3f}" for name, value in sorted(finding.scores.items(), key=lambda s: -s[1])[:5]
        )
        return f"{entry.step}: {finding.name} = {finding.value!r}{score}{f'  ({scores})' if scores else ''}"
    if isinstance(finding, Drop):
        return f"{entry.step}: dropped: {finding.reason}"
    start, end = finding.span
    name = (
        finding.reason
        if isinstance(finding, Edit)
        else f"{finding.name}{f': {finding.reason}' if finding.reason else ''}"
    )
    score = "" if finding.score is None else f"  score {finding.score:.3f}"
    words = " ".join(doc.raw[start:end].split())
    return f"{entry.step}: {start}:{end} {name}{score}  «{words if len(words) < 90 else words[:87] + '...'}»"
