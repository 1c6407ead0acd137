"""A document on the terminal: its text with what was cut and marked, a legend, the labels, then the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from itertools import groupby

from rich.console import Console
from rich.text import Text

from tamis.document import Document
from tamis.document import restore
from tamis.findings import Drop
from tamis.findings import Edit
from tamis.findings import Label
from tamis.findings import Mark
from tamis.report.evidence import Group
from tamis.report.evidence import evidence
from tamis.report.labels import labels
from tamis.report.pages import visible
from tamis.report.stretches import Stretch
from tamis.report.stretches import stretches

#: A text is hard to read in longer lines.
WIDEST = 100

#: Rows of one kind that are shown where nothing was asked for.
MOST = 6

#: Neither light nor dark, so that they are read on any ground.
_CUTS = ("red", "magenta", "color(130)", "color(161)", "color(133)", "color(94)")
_MARKS = ("cyan", "green", "color(68)", "color(103)", "color(71)", "color(66)")


def show(
    doc: Document, *, steps: Collection[str] = (), only: str | None = None, console: Console | None = None
) -> None:
    """Print *doc*: cuts struck through, marks underlined, a legend, the labels with scores, then the evidence.

    Without colour cuts stand in [-brackets-], what was put in in [+these+], and marks in {these}.
    *steps* limits the findings to those steps, *only* to "cuts", "marks" or "labels"; then none is left out.
    """
    out = console or Console(highlight=False)
    if out.width > WIDEST:
        out.width = WIDEST
    sorts = {"cuts": Edit, "marks": Mark, "labels": Label}
    found = [
        entry
        for entry in doc.trail
        if (not steps or entry.step in steps) and (only is None or isinstance(entry.finding, sorts[only]))
    ]
    shown = restore(doc.raw, doc.id, doc.meta, doc.source, tuple(found), doc.error)
    brush = Brush(stretches(shown), plain=out.color_system is None or out.no_color)
    name, *others = dict.fromkeys(filter(None, (doc.title, doc.id, doc.source))) or ["document"]
    out.print(Text(visible(name), style="bold"), soft_wrap=True)
    sizes = f"{len(doc.raw):,} characters read, {len(doc.text):,} left"
    out.print(Text(" · ".join([*map(visible, others), sizes]), style="dim"), soft_wrap=True)
    if only != "labels":
        out.print()
        out.print(brush.text())
    if brush.legend:
        out.print()
        out.print(brush.legend)
    _labels(shown, out)
    _evidence(shown, out, None if steps or only else MOST)
    for _, finding in found:
        if isinstance(finding, Drop):
            out.print(Text(f"\ndropped: {visible(finding.reason)}", style="bold red"))
    if doc.error is not None:
        out.print(Text(f"\nfailed in step '{doc.error.step}': {visible(doc.error.error)}", style="bold red"))


class Brush:
    """The text of a document and the legend, in colours or, where it is *plain*, in brackets."""

    def __init__(self, parts: Collection[Stretch], plain: bool) -> None:
        """Choose a colour for each kind of cut and for each step that marks."""
        self._parts, self._plain = parts, plain
        self._taken: Counter[str] = Counter()
        marking: Counter[str] = Counter()
        for part in parts:
            if part.cut_by is not None:
                self._taken[part.kind] += len(part.text) - len(part.inserted)
            marking.update(part.marked_by)
        self._cuts = {kind: _CUTS[i % len(_CUTS)] for i, kind in enumerate(self._taken)}
        self._marks = {step: _MARKS[i % len(_MARKS)] for i, step in enumerate(marking)}

    def text(self) -> Text:
        """Return the whole raw text, painted."""
        text = Text()
        for _, run in groupby(self._parts, key=self._key):
            parts = list(run)
            first = parts[0]
            if first.inserted:
                self._append(text, first.inserted, "[+", "+]", f"bold {self._cuts[first.kind]}")
            elif first.cut_by is not None:
                self._append(text, "".join(p.text for p in parts), "[-", "-]", f"strike {self._cuts[first.kind]}")
            elif first.marked_by:
                self._append(
                    text, "".join(p.text for p in parts), "{", "}", f"underline {self._marks[first.marked_by[0]]}"
                )
            else:
                text.append(visible("".join(p.text for p in parts)))
        text.rstrip()
        return text

    def _key(self, part: Stretch) -> tuple[object, ...]:
        """What is of the same key is painted in one go: text put in, a kind of cut, the marks of a step, or nothing."""
        if part.inserted:
            return (id(part),)
        return (part.cut_by, part.kind, part.marked_by[:1] if part.cut_by is None else ())

    def _append(self, text: Text, words: str, opened: str, closed: str, style: str) -> None:
        """Add *words*; white space around them is nothing to strike through."""
        bare = words.strip() or words
        before, _, after = words.partition(bare)
        text.append(before)
        text.append(f"{opened}{visible(bare)}{closed}" if self._plain else visible(bare), style=style)
        text.append(after)

    @property
    def legend(self) -> Text:
        """Return what each colour means, with the characters cut and not put back; empty where nothing is painted."""
        legend = Text()
        for kind, number in self._taken.items():
            legend.append("cut  " if not legend else "  ", style="dim")
            self._append(legend, visible(kind) or "no reason", "[-", "-]", f"strike {self._cuts[kind]}")
            legend.append(f" {number:,}" if number > 0 else "", style="dim")
        for i, (step, colour) in enumerate(self._marks.items()):
            legend.append(("\n" if legend else "") + "marked by  " if not i else "  ", style="dim")
            self._append(legend, visible(step), "{", "}", f"underline {colour}")
        return legend


def _row(out: Console, name: str, width: int, words: Text) -> None:
    """Print *words* beside *name*, folded, in a column of their own that begins at *width*."""
    lines = words.wrap(out, max(20, out.width - width))
    for i, line in enumerate(lines):
        line.rstrip()
        beside = Text((name if i == 0 else "").ljust(width), style="dim")
        out.print(beside.append_text(line), soft_wrap=True)


def _labels(doc: Document, out: Console) -> None:
    given = labels(doc)
    if given:
        out.print(Text("\nlabels", style="bold"))
    width = max((len(label.name) for label in given), default=0) + 4
    for label in given:
        value = Text(visible(label.value), style="bold")
        if label.score:
            value.append(f"  {label.score}", style="not bold dim")
        _row(out, f"  {visible(label.name)}", width, value)
        for bar in label.bars[:5]:
            drawn = "━" * round(bar.width / 5)
            _row(out, "", width, Text.assemble(f"{bar.value} ", (f"{drawn:<20}", "cyan"), f" {visible(bar.name)}"))


def _evidence(doc: Document, out: Console, most: int | None) -> None:
    groups = evidence(doc)
    if groups:
        out.print(Text("\nevidence", style="bold"))
    width = max((len(_counted(group)) for kinds in groups.values() for group in kinds), default=0) + 6
    for step, kinds in groups.items():
        out.print(Text(f"  {visible(step)}"))
        for group in kinds:
            name = f"    {_counted(group)}"
            rows = group.heaviest(most)
            for row, times in rows:
                line = Text(f"«{visible(row.words)}»")
                line.append(f" {times}×" if times > 1 else "", style="dim")
                if row.score is not None:
                    line.append(f" {row.score:.2f}" if group.cuts else f" {row.score:+.2f}", style="cyan")
                line.append(f"  {visible(row.reason)}" if row.reason else "", style="dim")
                line.append(f"  better: {visible(row.suggestion)}" if row.suggestion else "", style="dim italic")
                _row(out, name, width, line)
                name = ""
            if len(group.rows) > len(rows):
                _row(out, "", width, Text(f"and {len(group.rows) - len(rows)} more", style="dim"))


def _counted(group: Group) -> str:
    return visible(group.name) + (f" {group.number}×" if group.number > 1 else "")
