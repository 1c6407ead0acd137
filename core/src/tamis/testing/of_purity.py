"""Checks that a step is a pure function of its settings and the document, and leaves everything else alone."""

from __future__ import annotations

import io
import locale
import os
import random
import sys
from contextlib import redirect_stderr
from contextlib import redirect_stdout
from copy import copy
from copy import deepcopy
from pathlib import Path

from tamis.document import Document
from tamis.findings import Label
from tamis.testing import processes
from tamis.testing.subject import Subject
from tamis.testing.subject import plain
from tamis.testing.subject import show


def leaves_the_document_alone(subject: Subject) -> None:
    """`find` changes nothing of the document: not its id, not its source, not its meta."""
    for doc in subject.good:
        before = deepcopy(_state(doc))
        subject.plain(doc)
        if _state(doc) != before:
            subject.fail(f"`find` changes the document {show(doc)}", "yield findings; the host applies them")


def leaves_the_process_alone(subject: Subject) -> None:
    """`find` leaves the process as it was: random state, environment, folder, locale, recursion limit."""
    docs = [doc for doc, _ in subject.answers]  # asked before, so that what is loaded on first use is loaded
    state = random.getstate()
    random.seed("a state that no step sets")
    try:
        before = _process()
        for doc in docs:
            subject.plain(doc)
        changed = [what for what, value in _process().items() if value != before[what]]
    finally:
        random.setstate(state)
    if changed:
        subject.fail(
            f"`find` changes the {', the '.join(changed)} of the process", "make a random.Random(seed) of your own"
        )


def prints_nothing(subject: Subject) -> None:
    """`find` prints nothing: standard output belongs to the records."""
    docs = [doc for doc, _ in subject.answers]
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        for doc in docs:
            subject.plain(doc)
    if out.getvalue():
        subject.fail(f"`find` prints: {out.getvalue()[:80]!r}", "use the logging module")


def writes_no_file(subject: Subject) -> None:
    """`find` writes no file, but for temporary ones: workers run side by side, and a step speaks in findings."""
    written = processes.observed(subject, "written")
    if written:
        subject.fail(f"`find` writes {', '.join(written[:3])}", "yield what you have to say; load, and store nothing")


def opens_no_connection(subject: Subject) -> None:
    """`find` asks no other host: nothing is fetched at run time, and a run is the same without a network."""
    opened = processes.observed(subject, "connections")
    if opened:
        subject.fail(f"`find` goes to the network: {', '.join(opened[:3])}", "ship the model with the package")


def finds_the_same_twice(subject: Subject) -> None:
    """`find` yields the same for the same document, to the last bit, also when other documents come between."""
    first = [[plain(one) for one in found] for _, found in subject.answers]
    pairs = list(zip(subject.good, first, strict=True))
    for doc, expected in pairs + pairs[::-1]:
        subject.same(doc, expected, subject.plain(doc), "finds the second time", "it keeps a state")


def finds_the_same_whatever_the_id(subject: Subject) -> None:
    """`find` does not look at where the document is from: ids repeat, sources move."""
    for doc, found in subject.answers:
        other = _moved(doc, "the same id for all", "elsewhere.jsonl:7")
        expected = [plain(one) for one in found]
        subject.same(doc, expected, subject.plain(other), "finds under another id", "ids repeat: no key for a cache")


def finds_the_same_after_an_earlier_cut(subject: Subject) -> None:
    """`find` reads `doc.text`, what earlier steps left, and yields spans in it."""
    for doc, found in subject.answers:
        labels = [finding for _, finding in doc.trail if isinstance(finding, Label)]
        if len(labels) < len(doc.trail):
            continue
        cut = Document(f"Cut before.\n{doc.raw}\nCut after.", doc.id, doc.meta, doc.source)
        end = len(cut.raw)
        cut = cut.apply("earlier", [*labels, cut.cut((0, 12), "test"), cut.cut((end - 11, end), "test")])
        expected = [plain(one) for one in found]
        cause = "read doc.text, not doc.raw; spans count in doc.text"
        subject.same(doc, expected, subject.plain(cut), "finds behind a cut", cause)


def find_batch_equals_find(subject: Subject) -> None:
    """`find_batch` yields for each document what `find` yields, bit for bit, whatever the batch."""
    docs = subject.good
    alone = {id(doc): [plain(one) for one in found] for doc, (_, found) in zip(docs, subject.answers, strict=True)}
    batches = [docs, docs[1:4], docs[::-1], docs[1:3] * 3, [], *([doc] for doc in docs)]
    for batch in batches:
        what = f"`find_batch` of {len(batch)}"
        try:
            answers = [[plain(one) for one in found] for found in subject.step.find_batch(batch)]
        except Exception as error:  # noqa: BLE001 - the step's own code
            subject.fail(f"{what} raises {type(error).__name__}: {error}")
        if len(answers) != len(batch):
            subject.fail(f"{what} answers for {len(answers)}", "yield one list of findings for each document, in order")
        for doc, answer in zip(batch, answers, strict=True):
            subject.same(doc, alone[id(doc)], answer, f"{what} finds", "mind the order, and dense matrix products")


def finds_the_same_in_a_fresh_process(subject: Subject) -> None:
    """`find` yields in a new process what it yields here: workers are new processes."""
    docs = [doc for doc, _ in subject.answers]
    here = [[plain(one) for one in found] for _, found in subject.answers]
    try:
        one, two = (processes.answers(subject, docs, seed) for seed in (1, 2))
    except processes.CannotWork as error:
        subject.fail(
            f"cannot work in a fresh process: {error}",
            "define the class at the top of a module that a new process can import",
        )
    cause = "it depends on what this process did before, on the time, or on process ids"
    if one != two:
        again = processes.answers(subject, docs, 1, anew=True)
        if one == again:
            return  # the hash seed makes the difference, which another check reports
        one = again if here == one else one
    for doc, expected, found in zip(docs, here, one, strict=True):
        subject.same(doc, expected, found, "finds in a fresh process", cause)


def finds_the_same_under_another_hash_seed(subject: Subject) -> None:
    """`find` yields the same under every PYTHONHASHSEED: the order of a set is no order."""
    docs = [doc for doc, _ in subject.answers]
    try:
        one, two = (processes.answers(subject, docs, seed) for seed in (1, 2))
    except processes.CannotWork:
        return  # the check of a fresh process reports it
    if one == two or one != processes.answers(subject, docs, 1, anew=True):
        return
    for doc, expected, found in zip(docs, one, two, strict=True):
        subject.same(doc, expected, found, "finds under another hash seed", "it goes through a set: sort it")


def _moved(doc: Document, id: str, source: str) -> Document:
    new = copy(doc)
    new.id, new.source = id, source
    return new


def _state(doc: Document) -> tuple[object, ...]:
    return doc.id, doc.source, doc.raw, doc.text, dict(doc.meta), tuple(doc.trail), dict(doc.labels), doc.error


def _process() -> dict[str, object]:
    return {
        "random state": random.getstate(),
        "environment": dict(os.environ),
        "folder": Path.cwd(),
        "locale": locale.setlocale(locale.LC_ALL),
        "recursion limit": sys.getrecursionlimit(),
    }
