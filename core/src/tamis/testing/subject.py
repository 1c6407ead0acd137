"""A step under test, with the documents it is tested on and what it finds in each."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from collections.abc import Sequence
from functools import cached_property
from typing import Any
from typing import NoReturn

from tamis.document import Document
from tamis.findings import Applied
from tamis.findings import Finding
from tamis.step import Step
from tamis.testing.texts import NASTY
from tamis.testing.texts import ORDINARY


class CheckFailed(AssertionError):
    """A step does not do what the host and its users rely on."""


class Subject:
    """A step under test. What it finds in its documents is asked once and shared by the checks that only look at it."""

    def __init__(self, step: Step, texts: Iterable[str | Document] | None = None) -> None:
        """Test *step* on *texts*, on ordinary pages and on nasty texts. Raises TypeError where *step* is no step."""
        if not isinstance(step, Step):
            cure = f": call it, {step.__name__}()" if isinstance(step, type) else ""
            raise TypeError(f"a step is tested as an object, not {step!r:.80}{cure}")
        self.step = step
        given = [copy.copy(text) if isinstance(text, Document) else Document(text) for text in _list(texts)]
        for i, doc in enumerate(given):
            doc.id = f"text {i} {doc.id}".strip()
        #: The documents of the author.
        self.given: Sequence[Document] = given
        self._docs = given + [Document(text, name) for name, text in {**ORDINARY, **NASTY}.items()]

    @property
    def docs(self) -> list[Document]:
        """All documents, made anew, so that a step that alters one spoils no other check."""
        return [copy.copy(doc) for doc in self._docs]

    @cached_property
    def _asked(self) -> list[tuple[Document, object]]:
        asked: list[tuple[Document, object]] = []
        for doc in self._docs:
            try:
                found: object = self.step.find(copy.copy(doc))
                asked.append((doc, tuple(found) if isinstance(found, Iterable) else found))
            except Exception as error:  # noqa: BLE001 - the step's own code; a check reports it
                asked.append((doc, error))
        return asked

    @cached_property
    def answers(self) -> list[tuple[Document, tuple[Any, ...]]]:
        """Each document with what the step yields for it, those left out for which `find` raises or returns no list."""
        return [(doc, answer) for doc, answer in self._asked if isinstance(answer, tuple)]

    @cached_property
    def findings(self) -> list[tuple[Document, Finding]]:
        """Each proper finding with its document."""
        return [(doc, one) for doc, found in self.answers for one in found if isinstance(one, Finding)]

    @cached_property
    def raised(self) -> list[tuple[Document, Exception]]:
        """Each document on which `find` raises, with what it raises."""
        return [(doc, answer) for doc, answer in self._asked if isinstance(answer, Exception)]

    @cached_property
    def not_lists(self) -> list[tuple[Document, object]]:
        """Each document for which `find` returns something that cannot be looped over."""
        return [(doc, answer) for doc, answer in self._asked if not isinstance(answer, tuple | Exception)]

    @property
    def good(self) -> list[Document]:
        """The documents on which `find` answers, made anew."""
        return [copy.copy(doc) for doc, _ in self.answers]

    def plain(self, doc: Document) -> list[str]:
        """Return what the step finds in *doc*, each finding written out to the last bit."""
        return [plain(finding) for finding in self.step.find(doc)]

    def same(self, doc: Document, expected: Sequence[str], found: Sequence[str], what: str, cause: str) -> None:
        """Raise CheckFailed with the first difference where *found* is not *expected*."""
        if list(expected) == list(found):
            return
        pairs = zip([*expected, "nothing more"], [*found, "nothing more"], strict=False)
        one, two = next(pair for pair in pairs if pair[0] != pair[1])
        self.fail(f"on {show(doc)} {what}: {two:.200} instead of {one:.200}", cause)

    def fail(self, what: str, cause: str = "") -> NoReturn:
        """Raise CheckFailed: *what* was found, and its usual *cause* or cure."""
        raise CheckFailed(f"{name(self.step)}: {what}" + (f"\n  {cause}" if cause else ""))


def _list(texts: Iterable[str | Document] | None) -> Iterable[str | Document]:
    return [texts] if isinstance(texts, str | Document) else texts or ()


def name(step: Step) -> str:
    """Return *step* as its author would write it, shortened."""
    written = repr(step)
    return written if len(written) <= 60 else f"{written[:57]}..."


def show(doc: Document) -> str:
    """Return the name of *doc* and how its text begins, in ASCII."""
    return f"{doc.id!r} ({doc.text[:40]!a})"


def plain(finding: object) -> str:
    """Return *finding* written out to the last bit, the order of its mappings included."""
    if not isinstance(finding, Finding):
        return repr(finding)
    values = [getattr(finding, field) for field in type(finding).__match_args__]
    try:
        return json.dumps([type(finding).__name__, *values], default=_plain)
    except (TypeError, ValueError, RecursionError):
        return repr(finding)


def _plain(value: object) -> object:
    if isinstance(value, Applied):
        return list(value)
    return dict(value) if hasattr(value, "keys") else repr(value)  # type: ignore[call-overload]
