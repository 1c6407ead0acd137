"""What a step can find: `Edit`, `Mark`, `Label`, `Drop`.

Edits and marks are made by the dozen for each document: named tuples, which cannot change either and are made in a
fraction of the time that a frozen dataclass takes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import Any
from typing import Final
from typing import NamedTuple
from typing import TypeAlias

from tamis.errors import FindingError
from tamis.text import Span


class Edit(NamedTuple):
    """Replace the characters of *span* by *text*; an empty *text* cuts them.

    `span` counts code points of `doc.text`, half-open; `reason` is the kind of thing taken out (`caption`, `paywall`);
    `score` is the probability that the edit is right, where the step knows one.
    """

    span: tuple[int, int]
    text: str
    reason: str
    score: float | None = None


class Mark(NamedTuple):
    """Say something of the characters of *span*, and change nothing; marks may overlap. `data` is JSON."""

    span: tuple[int, int]
    name: str
    reason: str = ""
    score: float | None = None
    data: Any = None


@dataclass(frozen=True, slots=True)
class Label:
    """Say something of the whole document.

    `value` is JSON (null: the step abstains); `score` its probability; `scores` probabilities by name.
    """

    name: str
    value: Any
    score: float | None = None
    scores: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Drop:
    """Take the document out of the corpus: it ends among the rejects, with this reason."""

    reason: str


_INFINITE: Final = float("inf")
_PLAIN: Final = frozenset([str, int, bool, type(None)])
_DEPTH: Final = 20
_new: Final = tuple.__new__

Finding: TypeAlias = Edit | Mark | Label | Drop


class Applied(NamedTuple):
    """A finding as the host applied it: the step that made it, and the finding in raw coordinates."""

    step: str
    finding: Finding


def applied(step: str, found: Iterable[Finding]) -> list[Applied]:
    """Return *found*, in raw coordinates, as *step* made them."""
    return [_new(Applied, (step, finding)) for finding in found]


def check(finding: Finding, length: int) -> None:
    """Raise `FindingError` where *finding* is impossible in a text of *length* code points."""
    if isinstance(finding, Edit | Mark):
        _check_span(finding, length)
        if isinstance(finding, Edit):
            _check_str("text of an edit", finding.text)
            _check_str("reason of an edit", finding.reason)
            if not finding.text and finding.span[0] == finding.span[1]:
                raise FindingError(f"an edit of nothing by nothing at {finding.span[0]} ({finding.reason!r})")
        else:
            _check_str("name of a mark", finding.name)
            _check_str("reason of a mark", finding.reason)
            _check_json(f"data of the mark {finding.name!r}", finding.data)
    elif isinstance(finding, Label):
        _check_str("name of a label", finding.name)
        _check_json(f"value of the label {finding.name!r}", finding.value)
        if not isinstance(finding.scores, Mapping):
            found = type(finding.scores).__name__
            raise FindingError(f"scores of the label {finding.name!r} should be numbers by name, found {found}")
        for name, score in finding.scores.items():
            _check_str(f"a name in the scores of the label {finding.name!r}", name)
            _check_number(f"scores[{name!r}] of the label {finding.name!r}", score)
    elif isinstance(finding, Drop):
        _check_str("reason of a drop", finding.reason)
        return
    else:
        raise FindingError(f"a step yields Edit, Mark, Label or Drop, not {type(finding).__name__}: {finding!r:.80}")
    if finding.score is not None:
        of = finding.reason if isinstance(finding, Edit) else finding.name
        _check_number(f"score of the {type(finding).__name__} {of!r}", finding.score)


def is_plain(finding: Finding, length: int) -> bool:
    """Return whether *finding* is one of the many in which nothing can be wrong; made for speed."""
    if type(finding) is Mark:
        span, what, reason, score, data = finding
        if data is not None and not _is_json(data):
            return False
    elif type(finding) is Edit:
        span, what, reason, score = finding
    else:
        return type(finding) is Label and _is_plain_label(finding)
    if type(span) is not Span and (type(span) is not tuple or len(span) != 2):
        return False
    start, end = span
    return (
        type(start) is type(end) is int
        and 0 <= start <= end <= length
        and type(what) is type(reason) is str
        and (score is None or (type(score) is float and -_INFINITE < score < _INFINITE))
        and (start < end or bool(what) or type(finding) is Mark)
    )


def _is_plain_label(label: Label) -> bool:
    if type(label.scores) is not dict:
        return False
    scores = [*label.scores.values()]
    if label.score is not None:
        scores.append(label.score)
    for score in scores:
        if type(score) is not float or not -_INFINITE < score < _INFINITE:
            return False
    return type(label.name) is str and _is_json(label.value) and _is_json(label.scores)


def _is_json(value: object, depth: int = 0) -> bool:
    """Return whether *value* is plain JSON, not deep; where it is not, `json` has the last word."""
    kind = type(value)
    if kind in _PLAIN:
        return True
    if kind is float:
        return -_INFINITE < value < _INFINITE  # type: ignore[operator]
    if depth > _DEPTH:
        return False
    if kind is dict:
        for key, each in value.items():  # type: ignore[attr-defined]
            if type(key) is not str or (type(each) not in _PLAIN and not _is_json(each, depth + 1)):
                return False
        return True
    return (kind is list or kind is tuple) and all(_is_json(each, depth + 1) for each in value)  # type: ignore[attr-defined]


def _check_span(finding: Edit | Mark, length: int) -> None:
    kind = type(finding).__name__
    try:
        start, end = finding.span
        inside = 0 <= start <= end <= length
        whole = type(start) is int and type(end) is int
    except (TypeError, ValueError):
        raise FindingError(f"{kind}: span should be (start, end), found {finding.span!r:.80}") from None
    if not whole:
        raise FindingError(f"{kind}: span should be two integers, found {finding.span!r:.80}")
    if not inside:
        raise FindingError(
            f"{kind}: span {start}:{end} is out of range, the text has {length} code points"
            " (usual cause: offsets of another text, or of the text before an earlier step)"
        )


def _check_str(what: str, value: object) -> None:
    if type(value) is not str:
        raise FindingError(f"{what} should be a str, found {type(value).__name__}: {value!r:.80}")


def _check_number(what: str, value: object) -> None:
    if not isinstance(value, int | float) or value != value or abs(value) == _INFINITE:
        raise FindingError(f"{what} should be a finite number, found {value!r:.80} ({type(value).__name__})")


def _check_json(what: str, value: object) -> None:
    if _is_json(value):
        return
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise FindingError(f"{what} should be JSON: {error}") from None


def in_raw(finding: Edit | Mark, span: Span, text: str | None = None) -> Edit | Mark:
    """Return *finding* with its span (and, for an edit, its text) in raw coordinates."""
    if isinstance(finding, Edit):
        return Edit(span, finding.text if text is None else text, finding.reason, finding.score)
    return _new(Mark, (span, *finding[1:]))
