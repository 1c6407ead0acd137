"""Checks of what a step costs: its import brings in nothing heavy, its time grows with the length of the text."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from time import process_time
from typing import Final

from tamis.document import Document
from tamis.findings import Label
from tamis.step import Step
from tamis.testing import processes
from tamis.testing.subject import Subject

#: Lengths tried, in code points: close together first, so that exponential time shows before it hurts.
SIZES: Final = (9, 12, 18, 24, 36, 48, *(96 * 4**i for i in range(6)))
#: How many times as long a text may take that is so many times as long (16 times: linear 16, quadratic 256).
MOST: Final = {16: 60, 4: 15, 2: 8}
#: Seconds under which a time says nothing about growth.
FLOOR: Final = 0.04
#: Beginnings of patterns and whole lines that never end as a pattern hopes.
UNITS: Final = ("a", "A ", " ", "\n", "“", '"a', "(", "1,", "a-", ". ", "Read also: ", "© a.b/c@d <e ", "中")


def imports_nothing_heavy(subject: Subject) -> None:
    """Importing the step's module imports neither numpy nor scikit-learn: every command imports every plugin."""
    heavy = processes.observed(subject, "heavy")
    if heavy:
        subject.fail(
            f"importing {type(subject.step).__module__} imports {', '.join(heavy)}",
            "import it inside the function that uses it",
        )


def takes_linear_time(subject: Subject) -> None:
    """Four times the text takes about four times as long, up to 100 KB of any text: nobody chooses what is scraped."""
    for doc, unit in _units(subject):
        took: dict[int, float] = {}
        for size in SIZES:
            took[size] = _seconds(subject.step, doc, unit, size)
            times = next((times for times in MOST if size // times in took), None)
            if times is None or took[size] < FLOOR or took[size] <= MOST[times] * took[size // times]:
                continue
            short, long = took[size // times], took[size]
            if long < 10 * MOST[times] * short:  # a hiccup is not that long
                again = [[_seconds(subject.step, doc, unit, length) for length in (size // times, size)] for _ in "123"]
                short, long = min(one for one, _ in again), min(two for _, two in again)
            if long >= FLOOR and long > MOST[times] * short:
                subject.fail(
                    f"takes {long / max(short, 1e-6):.0f} times as long for {size} code points"
                    f" of {unit[:20]!r} as for {size // times}",
                    "a pattern that tries every end for every start, or text[:n] in a loop",
                )


def _units(subject: Subject) -> Iterator[tuple[Document, str]]:
    """Yield the stretches to repeat: the author's texts, an ordinary one, and beginnings that never end."""
    plain = Document("")
    for doc in [*subject.given[:4], subject.docs[len(subject.given)]]:
        if doc.text:
            yield doc, doc.text + "\n"
            yield doc, " ".join(doc.text.split()) + " "
    for unit in UNITS:
        yield plain, unit


def _seconds(step: Step, like: Document, unit: str, size: int) -> float:
    """Return the processor seconds that *step* takes for *size* code points of *unit*, with the labels of *like*."""
    doc = Document((unit * (size // len(unit) + 1))[:size], like.id, like.meta)
    doc = doc.apply("kit", [finding for _, finding in like.trail if isinstance(finding, Label)])
    gc.disable()  # a collection goes through everything that is in the process, not only what the step made
    start = process_time()
    try:
        for _ in step.find(doc):
            pass
    except Exception:  # noqa: BLE001 - `never_raises` reports it
        return 0.0
    else:
        return process_time() - start
    finally:
        gc.enable()
