"""Records: a document as one line of JSON, and back.

A clean or rejected document is `{"id", "text", "labels", "trail", "meta"}` (and `raw` where asked for).
`labels` holds `{"value", "score", "scores"}` by name; `trail` edits, marks and drops in the order they were found:

    {"step": "boilerplate", "edit": "cut", "span": [120, 152], "was": "Read also: ...", "reason": "read_also"}
    {"step": "mt", "edit": "replace", "span": [9, 12], "was": "the", "text": "a", "reason": "idiom", "score": 0.9}
    {"step": "topics", "mark": "topic:energy", "span": [40, 47], "score": 0.91}
    {"step": "language", "drop": "language it is not kept"}

The value of `edit` is cut, replace or insert; that of `mark` is its name; that of `drop` its reason. Spans are code
points of raw, half-open; `was` is what stood there, so raw can be rebuilt from text and trail. `reason`, `score` and
`data` are left out where empty. Floats that steps gave are rounded to 6 digits, here and nowhere else.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from typing import Final

from pydantic_core import to_json

from tamis.document import Document
from tamis.document import restore
from tamis.errors import InputError
from tamis.findings import Applied
from tamis.findings import Drop
from tamis.findings import Edit
from tamis.findings import Label
from tamis.findings import Mark
from tamis.pieces import Pieces
from tamis.pieces import RawEdit
from tamis.text import Span

#: Types of values that are JSON whatever they are, lone surrogates aside.
_PLAIN: Final = frozenset({str, int, bool, type(None)})

#: How much of an unreadable or oversized document a failed record keeps, in bytes.
KEPT: Final = 8192


def to_line(record: Mapping[str, Any]) -> bytes:
    """Return *record* as one line of UTF-8 JSON. Raises ValueError where it holds NaN or a lone surrogate."""
    meta = record.get("meta") or {}  # whatever else a record holds was checked when it was found
    if not _PLAIN.issuperset(map(type, meta.values())):
        json.dumps(meta, allow_nan=False, default=str)
    return to_json(record) + b"\n"


def to_record(doc: Document, with_raw: bool = False) -> dict[str, Any]:
    """Return *doc* as a record; *with_raw* adds the text as it was read."""
    raw = doc.raw
    trail = [_entry(step, finding, raw) for step, finding in doc.trail if not isinstance(finding, Label)]
    record: dict[str, Any] = {
        "id": _writable(str(doc.id)) if doc.id else None,
        "text": doc.text,
        "labels": {name: _label(label) for name, label in doc.labels.items()},
        "trail": trail,
        "meta": dict(doc.meta),
    }
    if with_raw:
        record["raw"] = raw
    return record


def _writable(text: str) -> str:
    """Return *text* with escapes for what UTF-8 cannot hold; the name of a file may have such characters."""
    return text.encode("utf-8", "backslashreplace").decode()


def _label(label: Label) -> dict[str, Any]:
    scores = {name: _rounded(score) for name, score in label.scores.items()}
    return {"value": _rounded(label.value), "score": _rounded(label.score), "scores": scores}


def _entry(step: str, finding: Edit | Mark | Drop, raw: str) -> dict[str, Any]:
    if isinstance(finding, Drop):
        return {"step": step, "drop": finding.reason}
    start, end = finding.span
    if isinstance(finding, Edit):
        kind = "cut" if not finding.text else "replace" if start < end else "insert"
        entry = {"step": step, "edit": kind, "span": [start, end], "was": raw[start:end]}
        if finding.text:
            entry["text"] = finding.text
    else:
        entry = {"step": step, "mark": finding.name, "span": [start, end]}
    if finding.reason:
        entry["reason"] = finding.reason
    if finding.score is not None:
        entry["score"] = _rounded(finding.score)
    if isinstance(finding, Mark) and finding.data is not None:
        entry["data"] = _rounded(finding.data)
    return entry


def _rounded(value: Any) -> Any:
    """Return the JSON *value* with its floats rounded; -0.0 becomes 0.0."""
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, float):
        return round(value, 6) + 0.0
    if isinstance(value, Mapping):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_rounded(each) for each in value]
    return value


def from_record(record: Mapping[str, Any]) -> Document:
    """Return the document of *record*; raw is rebuilt from text and trail where the record does not hold it.

    A record does not say which step gave a label: the labels of the document are there, by a step named "".
    Raises InputError where *record* is not one that `to_record` makes.
    """
    try:
        trail = [_applied(entry) for entry in record["trail"]]
        labels = [
            Label(name, label["value"], label["score"], dict(label["scores"] or {}))
            for name, label in record["labels"].items()
        ]
        raw = record["raw"] if "raw" in record else _raw(record["text"], record["trail"])
        if any(finding.span[1] > len(raw) for _, finding in trail if isinstance(finding, Edit | Mark)):
            raise ValueError("a span ends beyond the text")
        doc = restore(
            raw, record["id"] or "", record["meta"], "", (*(Applied("", label) for label in labels), *trail), None
        )
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"not a record of tamis: {type(error).__name__}: {error}") from error
    if doc.text != record["text"]:
        raise InputError(f"not a record of tamis: the trail of {record['id']!r} does not lead to its text")
    return doc


def _applied(entry: Mapping[str, Any]) -> Applied:
    step, score, reason = entry["step"], entry.get("score"), entry.get("reason", "")
    if "drop" in entry:
        return Applied(step, Drop(entry["drop"]))
    start, end = entry["span"]
    if not 0 <= start <= end:
        raise ValueError(f"the span {start}:{end} is none")
    if "edit" in entry:
        if len(entry["was"]) != end - start:
            raise ValueError(f"what stood at {start}:{end} has {len(entry['was'])} code points")
        return Applied(step, Edit(Span(start, end), entry.get("text", ""), reason, score))
    return Applied(step, Mark(Span(start, end), entry["mark"], reason, score, entry.get("data")))


def _raw(text: str, trail: Sequence[Mapping[str, Any]]) -> str:
    """Return the raw text from which the edits of *trail* made *text*.

    The same piece table is made over a raw text that is long enough; each piece it keeps stands in *text*, in order,
    and each character it does not keep stands in a `was`.
    """
    edits = [entry for entry in trail if "edit" in entry]
    length = len(text) + sum(len(edit["was"]) for edit in edits)
    pieces = Pieces(" " * length)
    taken = [""] * length  # by their place in raw, the characters that some edit took
    for edit in edits:
        start, end = edit["span"]
        pieces = pieces.place(RawEdit(start, end, edit.get("text", "")))
        taken[start:end] = edit["was"]
    out: list[str] = []
    at = end = 0  # in text, and in raw
    for piece in pieces:
        out += taken[end : piece.start]
        if piece.text is None:
            width = min(piece.width, len(text) - at)
            out.append(text[at : at + width])
        else:
            width = piece.width
            out += taken[piece.start : piece.end]
        at += width
        end = piece.end
    out += taken[end:]
    if at != len(text):
        raise ValueError("the trail does not lead to the text")
    return "".join(out)


def failed_record(doc: Document) -> dict[str, Any]:
    """Return the record of a document that a step failed on, with its whole raw text."""
    error = doc.error
    step, why = (error.step, error.error) if error else ("", "")
    return unreadable_record(doc.id, doc.source, step, why, doc.raw.encode("utf-8", "surrogatepass"), kept=None)


def unreadable_record(
    id: str | None, source: str, step: str, error: str, data: bytes, truncated: bool = False, kept: int | None = KEPT
) -> dict[str, Any]:
    """Return the record of a document that could not be read, with the first *kept* bytes of its *data*."""
    if kept is not None and len(data) > kept:
        data, truncated = data[:kept], True
    said = {"id": id or "", "source": source, "step": step, "error": error}
    record: dict[str, Any] = {key: _writable(value) for key, value in said.items()}
    record["id"] = record["id"] or None
    try:
        record["raw"] = data.decode()
    except UnicodeDecodeError as wrong:
        if truncated and wrong.end == len(data) and wrong.start >= len(data) - 3:
            record["raw"] = data[: wrong.start].decode()  # cut within a character
        else:
            record["raw_base64"] = b64encode(data).decode()
    record["truncated"] = truncated
    return record
