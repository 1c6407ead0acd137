"""Checks of what a step finds: proper findings, possible spans, reasons, declared labels, JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise

from tamis.findings import Edit
from tamis.findings import Finding
from tamis.findings import Label
from tamis.findings import Mark
from tamis.testing.subject import Subject
from tamis.testing.subject import show


def never_raises(subject: Subject) -> None:
    """`find` raises on no text: empty, white space, surrogates, NUL, 10,000 of one letter."""
    for doc, error in subject.raised:
        subject.fail(
            f"raises on {show(doc)}: {type(error).__name__}: {error}",
            f"{len(subject.raised)} of the documents raise: {', '.join(doc.id for doc, _ in subject.raised)}",
        )


def finds_something(subject: Subject) -> None:
    """The step finds something in at least one of the documents: else the other checks say nothing."""
    if not any(found for _, found in subject.answers):
        subject.fail(
            "finds nothing in any of the documents",
            "give texts in which it finds something: check_step(step, texts=[...]); Documents with labels do",
        )


def yields_findings(subject: Subject) -> None:
    """`find` yields Edit, Mark, Label and Drop, and nothing else."""
    for doc, answer in subject.not_lists:
        subject.fail(f"`find` returns {answer!r:.80} on {show(doc)}", "yield findings, or return a list of them")
    for doc, found in subject.answers:
        for one in found:
            if not isinstance(one, Finding):
                subject.fail(f"yields {one!r:.80} on {show(doc)}", "yield Edit, Mark, Label or Drop")


def spans_are_in_range(subject: Subject) -> None:
    """Spans are two integers inside the text, the start first."""
    for doc, finding in subject.findings:
        if not isinstance(finding, Edit | Mark):
            continue
        span, length = finding.span, len(doc.text)
        whole = len(span) == 2 and all(type(offset) is int for offset in span)
        if not whole or not 0 <= span[0] <= span[1] <= length:
            subject.fail(f"span {span!r} on {show(doc)}, which has {length} code points", "spans count in doc.text")
        if isinstance(finding, Edit) and not finding.text and span[0] == span[1]:
            subject.fail(f"cuts nothing at {span[0]} on {show(doc)} ({finding.reason!r})", "skip matches of no length")


def edits_are_disjoint(subject: Subject) -> None:
    """No two edits of one document overlap."""
    for doc, found in subject.answers:
        edits = sorted((one for one in found if isinstance(one, Edit)), key=lambda edit: tuple(edit.span))
        for one, two in pairwise(edits):
            if two.span[0] < one.span[1]:
                subject.fail(
                    f"edits {tuple(one.span)} ({one.reason}) and {tuple(two.span)} ({two.reason}) overlap, {show(doc)}",
                    "merge them, or keep the better one",
                )


def reasons_are_given(subject: Subject) -> None:
    """Every edit and drop has a reason, every mark and label a name: a report shows them."""
    for doc, finding in subject.findings:
        said = finding.name if isinstance(finding, Mark | Label) else finding.reason
        if not isinstance(said, str) or not said.strip():
            what = "name" if isinstance(finding, Mark | Label) else "reason"
            subject.fail(f"{type(finding).__name__} with the {what} {said!r} on {show(doc)}")


def labels_are_declared(subject: Subject) -> None:
    """The labels given are those that `gives` names: `tamis check` and `when` rely on it."""
    gives = type(subject.step).gives
    if isinstance(gives, str):
        subject.fail(f"`gives` is a string: {gives!r}", f'write gives = ("{gives}",)')
    for doc, finding in subject.findings:
        if isinstance(finding, Label) and finding.name not in gives:
            subject.fail(
                f"gives the label {finding.name!r} on {show(doc)}, but `gives` names {', '.join(gives) or 'nothing'}"
            )


def findings_are_json(subject: Subject) -> None:
    """Values, data and scores come back from JSON as they were: records are JSON."""
    for doc, finding in subject.findings:
        for what, value in _values(finding):
            try:
                back = json.loads(json.dumps(value, allow_nan=False))
            except (TypeError, ValueError, RecursionError) as error:
                subject.fail(f"{what} on {show(doc)} is not JSON: {error}", f"found {value!r:.80}")
            if back != _lists(value):
                subject.fail(f"{what} on {show(doc)} comes back from JSON as {back!r:.80}", f"found {value!r:.80}")


def scores_are_probabilities(subject: Subject) -> None:
    """`scores` are within 0..1, the `score` of a label within -1..1."""
    for doc, finding in subject.findings:
        if not isinstance(finding, Label):
            continue
        for name, score in finding.scores.items():
            if not 0 <= score <= 1:
                subject.fail(f"scores[{name!r}] of the label {finding.name!r} is {score} on {show(doc)}")
        if finding.score is not None and not -1 <= finding.score <= 1:
            subject.fail(f"score of the label {finding.name!r} is {finding.score} on {show(doc)}")


def _values(finding: Finding) -> list[tuple[str, object]]:
    if isinstance(finding, Label):
        of = f"of the label {finding.name!r}"
        return [
            (f"the value {of}", finding.value),
            (f"the score {of}", finding.score),
            (f"scores {of}", dict(finding.scores)),
        ]
    if isinstance(finding, Mark):
        return [
            (f"the data of the mark {finding.name!r}", finding.data),
            (f"the score of the mark {finding.name!r}", finding.score),
        ]
    if isinstance(finding, Edit):
        return [("the score of an edit", finding.score)]
    return []


def _lists(value: object) -> object:
    """Return *value* with tuples as lists, as JSON has them."""
    if isinstance(value, list | tuple):
        return [_lists(one) for one in value]
    return {key: _lists(one) for key, one in value.items()} if isinstance(value, Mapping) else value
