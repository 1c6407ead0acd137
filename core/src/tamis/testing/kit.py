"""The checks of a step: all at once, or one pytest test each."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from tamis.document import Document
from tamis.step import Step
from tamis.testing import of_cost
from tamis.testing import of_findings
from tamis.testing import of_purity
from tamis.testing import of_settings
from tamis.testing.subject import CheckFailed
from tamis.testing.subject import Subject
from tamis.testing.subject import name

if TYPE_CHECKING:
    import pytest

_ALL: tuple[Callable[[Subject], None], ...] = (
    of_settings.has_a_docstring,
    of_settings.settings_are_described,
    of_settings.settings_do_not_clash_with_the_host,
    of_settings.settings_are_strict,
    of_settings.settings_are_frozen,
    of_settings.settings_survive_yaml,
    of_settings.settings_have_a_schema,
    of_settings.pickles,
    of_settings.pickles_as_settings,
    of_findings.never_raises,
    of_findings.finds_something,
    of_findings.yields_findings,
    of_findings.spans_are_in_range,
    of_findings.edits_are_disjoint,
    of_findings.reasons_are_given,
    of_findings.labels_are_declared,
    of_findings.findings_are_json,
    of_findings.scores_are_probabilities,
    of_purity.leaves_the_document_alone,
    of_purity.leaves_the_process_alone,
    of_purity.prints_nothing,
    of_purity.writes_no_file,
    of_purity.opens_no_connection,
    of_purity.finds_the_same_twice,
    of_purity.finds_the_same_whatever_the_id,
    of_purity.finds_the_same_after_an_earlier_cut,
    of_purity.find_batch_equals_find,
    of_purity.finds_the_same_in_a_fresh_process,
    of_purity.finds_the_same_under_another_hash_seed,
    of_cost.imports_nothing_heavy,
    of_cost.takes_linear_time,
)

#: The checks by name, in the order in which they run. The docstring of each says what it demands.
CHECKS: Final[Mapping[str, Callable[[Subject], None]]] = {check.__name__: check for check in _ALL}


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one step; calling it raises CheckFailed where the step does not pass."""

    name: str
    subject: Subject

    def __call__(self) -> None:
        __tracebackhide__ = True  # pytest shows the message, not the kit
        CHECKS[self.name](self.subject)

    def __repr__(self) -> str:
        return f"{name(self.subject.step)}-{self.name}"


def check_step(step: Step, texts: Iterable[str | Document] | None = None) -> None:
    """Run every check on *step* and say all that it does not pass.

    *texts* are texts (or documents, with the labels that the step needs) in which it finds something; ordinary pages
    and nasty texts are added. Raises CheckFailed with one line for each check that fails.
    """
    __tracebackhide__ = True
    subject = Subject(step, texts)
    failed = []
    for check in CHECKS.values():
        try:
            check(subject)
        except CheckFailed as error:
            failed.append(f"{check.__name__}: {error}")
    if failed:
        raise CheckFailed(f"{len(failed)} of {len(CHECKS)} checks failed\n" + "\n".join(failed))


def checks(
    *steps: Step, texts: Iterable[str | Document] | None = None, leave_out: Mapping[str, str] | None = None
) -> pytest.MarkDecorator:
    """Return a decorator that makes every check of every one of *steps* a test of its own, with the argument `check`.

    *texts* is as in `check_step`. *leave_out* names checks that are skipped, each with the reason why.
    Raises ValueError where it names a check that there is none of.
    """
    import pytest

    from tamis.errors import suggest

    leave_out = leave_out or {}
    for left in leave_out:
        if left not in CHECKS:
            raise ValueError(f"no check {left!r}{suggest(left, CHECKS)}")
    texts = None if texts is None else [texts] if isinstance(texts, str | Document) else list(texts)
    cases: list[Any] = []
    names = [type(step).__name__ for step in steps]
    for i, step in enumerate(steps):
        subject = Subject(step, texts)
        # Not the settings: a set among them is written in another order in each process of a parallel run.
        short = names[i] if names.count(names[i]) == 1 else f"{names[i]}{names[: i + 1].count(names[i])}"
        for check in CHECKS:
            marks = [pytest.mark.skip(reason=leave_out[check])] if check in leave_out else []
            cases.append(pytest.param(Check(check, subject), id=f"{short}-{check}", marks=marks))
    return pytest.mark.parametrize("check", cases)
