"""The chain: steps in the order of the user, conditions, and what becomes of a document on which a step fails."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from time import perf_counter
from typing import Any
from typing import TypeAlias
from typing import TypeVar

from tamis.account import Account
from tamis.document import Document
from tamis.document import Failure
from tamis.errors import ConfigError
from tamis.errors import FindingError
from tamis.errors import StepError
from tamis.findings import Drop
from tamis.findings import Edit
from tamis.findings import Finding
from tamis.findings import Label
from tamis.findings import Mark
from tamis.hookspecs import OnError
from tamis.step import Step
from tamis.when import When

T = TypeVar("T")

#: Asked when a step fails: document, step id, error; None leaves it to `on_error`.
Verdict: TypeAlias = Callable[[Document, str, BaseException], OnError | None]


@dataclass(frozen=True, slots=True)
class Use:
    """A step in a chain: its id, when it runs, and what becomes of a document on which it fails."""

    step: Step
    id: str
    when: When | None = None
    on_error: OnError = "quarantine"
    #: The name by which the step was registered.
    use: str = ""

    def __post_init__(self) -> None:
        _check_when(self.when)


@dataclass(frozen=True, slots=True)
class Group:
    """Steps under one condition, which is decided once, on entry."""

    steps: tuple[Use | Group, ...]
    when: When | None = None

    def __post_init__(self) -> None:
        _check_when(self.when)
        object.__setattr__(self, "steps", tuple(map(_entry, self.steps)))


class Pipeline:
    """A chain of steps. Calling it with a text returns the document that is left, with all that was found.

    >>> import tamis
    >>> class Shout(tamis.Step):
    ...     def find(self, doc):
    ...         yield doc.cut((0, 3), "shouting")
    >>> tamis.Pipeline([Shout()])("AH! Good news.").text
    ' Good news.'
    """

    def __init__(self, steps: Iterable[Step | Use | Group], *, verdict: Verdict | None = None) -> None:
        """Make a chain of *steps*; a bare step gets the name of its class, in lower case, as id."""
        self.steps: tuple[Use | Group, ...] = tuple(_entry(step) for step in steps)
        self._verdict = verdict
        ids = [use.id for use in self.uses]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ConfigError(f"step ids used twice: {', '.join(twice)}: give each its own with Use(step, id=...)")

    @property
    def uses(self) -> tuple[Use, ...]:
        """All steps of the chain, those of groups included, in order."""
        return tuple(_flat(self.steps))

    def __call__(self, text: str | Document) -> Document:
        """Return the document that is left of *text*.

        Raises StepError where a step fails (a step with `on_error: keep` is left out instead).
        """
        doc = text if isinstance(text, Document) else Document(text)
        [done] = self._run([doc], Account(), raising=True)
        return done

    def process(self, docs: Sequence[Document], account: Account | None = None) -> list[Document]:
        """Return each of *docs* as the chain left it, in order; a failed one has `error`, a dropped one `dropped`.

        *account* gathers documents, findings, characters and seconds by step.
        """
        return self._run(docs, Account() if account is None else account, raising=False)

    def stream(self, docs: Iterable[str | Document], workers: int = 0, batch: int = 16) -> Iterator[Document]:
        """Yield exactly one document for each of *docs*, in order, in bounded memory.

        A failed one has `error`, a dropped one `dropped`. With *workers* the chain runs in that many child processes,
        and a document that kills its process costs only itself; without, in this process.
        """
        if isinstance(docs, str | bytes | Document):
            raise TypeError(
                f"docs should be an iterable of texts, found one {type(docs).__name__}; likely cure: [text]"
            )
        if batch < 1 or workers < 0:
            raise ValueError(f"batch should be at least 1 and workers at least 0, found {batch} and {workers}")
        made = (doc if isinstance(doc, Document) else Document(doc) for doc in docs)
        if workers > 0:
            from tamis.runner.stream import stream

            yield from stream(self, made, workers=workers, batch=batch)
            return
        for chunk in growing(made, batch):
            yield from self.process(chunk)

    def _run(self, docs: Sequence[Document], account: Account, raising: bool) -> list[Document]:
        done = list(docs)
        active = [i for i, doc in enumerate(done) if doc.error is None and doc.dropped is None]
        self._run_all(self.steps, done, active, account, raising)
        return done

    def _run_all(
        self, steps: Sequence[Use | Group], done: list[Document], active: list[int], account: Account, raising: bool
    ) -> list[int]:
        """Run *steps* over the documents at *active*; return those that are still in the chain."""
        for entry in steps:
            when = entry.when
            chosen = active if when is None else [i for i in active if when(done[i])]
            if not chosen:
                continue
            if isinstance(entry, Group):
                left = self._run_all(entry.steps, done, chosen, account, raising)
            else:
                left = self._run_step(entry, done, chosen, account, raising)
            if len(left) < len(chosen):
                gone = set(chosen).difference(left)
                active = [i for i in active if i not in gone]
        return active

    def _run_step(
        self, use: Use, done: list[Document], chosen: list[int], account: Account, raising: bool
    ) -> list[int]:
        if account.watch is not None:
            account.watch(use.id)
        started = perf_counter()
        answers = _answers(use.step, [done[i] for i in chosen])
        tally = account.step(use.id)
        ended: set[int] = set()
        for i, answer in zip(chosen, answers, strict=True) if any(answers) else ():
            if not answer:
                continue
            doc = done[i]
            if isinstance(answer, Exception):
                applied: Document | None = None
                error = answer
            else:
                try:
                    applied = _apply(use, doc, answer)
                except Exception as impossible:  # noqa: BLE001 - whatever a step gave, its document alone bears it
                    applied, error = None, impossible
            if applied is not None:
                done[i] = applied
                tally.count(doc, applied)
            else:
                done[i] = self._failed(use, doc, error, raising)
                tally.failed += 1
            if done[i].error is not None or (applied is not None and applied.dropped is not None):
                ended.add(i)
        tally.add(len(chosen), perf_counter() - started)
        return [i for i in chosen if i not in ended] if ended else chosen

    def _failed(self, use: Use, doc: Document, error: Exception, raising: bool) -> Document:
        if isinstance(error, ConfigError):
            raise error  # a model is missing, a rule file is wrong: no document is to blame, and none would pass
        verdict = (self._verdict(doc, use.id, error) if self._verdict else None) or use.on_error
        if verdict == "keep":
            return doc
        if verdict == "fail" or raising:
            raise StepError(use.id, doc.id or doc.source, error) from error
        text = f"{type(error).__name__}: {error}"
        trace = "".join(traceback.format_exception(error))
        return doc.failed(Failure(use.id, text, trace))

    def __reduce__(self) -> tuple[Any, ...]:
        return _pipeline, (self.steps, self._verdict)

    def __repr__(self) -> str:
        return f"<Pipeline {' > '.join(use.id for use in self.uses)}>"


def _pipeline(steps: tuple[Use | Group, ...], verdict: Verdict | None) -> Pipeline:
    return Pipeline(steps, verdict=verdict)


def _entry(step: Step | Use | Group) -> Use | Group:
    if isinstance(step, Use | Group):
        return step
    if isinstance(step, Step):
        name = type(step).__name__.lower()
        return Use(step, name, use=name)
    cure = f": call it, {step.__name__}()" if isinstance(step, type) and issubclass(step, Step) else ""
    raise TypeError(f"a pipeline is made of steps (or Use, Group), not {step!r:.80}{cure}")


def _check_when(when: object) -> None:
    if when is not None and not isinstance(when, When):
        raise TypeError(f"when should be a condition, tamis.When({when!r:.80})")


def _flat(steps: Iterable[Use | Group]) -> Iterator[Use]:
    for entry in steps:
        if isinstance(entry, Group):
            yield from _flat(entry.steps)
        else:
            yield entry


def _answers(step: Step, docs: Sequence[Document]) -> list[Sequence[Finding] | Exception]:
    """Return what *step* finds in each of *docs*, or the exception it raised there.

    The whole answer is taken before anything is applied; where the batch fails, each document is asked for alone.
    """
    if len(docs) > 1:
        try:
            answers: list[Sequence[Finding] | Exception] = list(map(_taken, step.find_batch(docs)))
        except Exception:  # noqa: BLE001 - the step's own code; asked again below, one by one
            answers = []
        if len(answers) == len(docs):
            return answers
    return [_answer(step, doc) for doc in docs]


def _answer(step: Step, doc: Document) -> Sequence[Finding] | Exception:
    try:
        return _taken(step.find(doc))
    except Exception as error:  # noqa: BLE001 - the step's own code; the document carries it
        return error


def _taken(found: Iterable[Finding]) -> Sequence[Finding]:
    """Return all of *found*; raises FindingError for what a step returns by a slip instead."""
    if found is None or isinstance(found, Edit | Mark | Label | Drop):
        what = "nothing" if found is None else f"one {type(found).__name__}"
        raise FindingError(f"find returned {what}: it should yield each finding, or return a list of them")
    return tuple(found)


def _apply(use: Use, doc: Document, found: Sequence[Finding]) -> Document:
    gives = use.step.gives
    for finding in found:
        if isinstance(finding, Label) and finding.name not in gives:
            named = ", ".join(gives) or "nothing"
            raise FindingError(f"gave the label {finding.name!r}, but its `gives` names {named}")
    return doc.apply(use.id, found)


def growing(items: Iterator[T], batch: int) -> Iterator[list[T]]:
    """Yield *items* in lists that grow from one to *batch*, slowly: a consumer may stop after twenty.

    An error of *items* is raised when what came before it is yielded.
    """
    taken = 0
    failure: Exception | None = None
    while failure is None:
        chunk: list[T] = []
        try:
            chunk.extend(islice(items, min(batch, 1 + taken // 16)))
        except Exception as error:  # noqa: BLE001 - raised below
            failure = error
        if chunk:
            taken += len(chunk)
            yield chunk
        elif failure is None:
            return
    raise failure
