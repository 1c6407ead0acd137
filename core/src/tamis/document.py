"""The document: a raw text that never changes, what was found in it, and what is left of it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from tamis.errors import FindingError
from tamis.findings import Applied
from tamis.findings import Drop
from tamis.findings import Edit
from tamis.findings import Finding
from tamis.findings import Label
from tamis.findings import Mark
from tamis.findings import applied
from tamis.findings import check
from tamis.findings import in_raw
from tamis.findings import is_plain
from tamis.pieces import Pieces
from tamis.pieces import RawEdit
from tamis.text import Segments
from tamis.text import Span
from tamis.text import Words


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document failed: the step (or `read`, `write`), the error as text, its traceback."""

    step: str
    error: str
    traceback: str = ""


class Document:
    """A text with what was found in it. Documents never change: `apply` and `without` return new ones.

    >>> doc = Document("Read also: More news. The news.")
    >>> doc = doc.apply("demo", [doc.cut((0, 22), "read_also"), Label("short", True)])
    >>> doc.text, doc.labels["short"].value, doc.without("demo").text
    ('The news.', True, 'Read also: More news. The news.')
    """

    __slots__ = ("_labels", "_meta", "_pieces", "_trail", "dropped", "error", "id", "source")

    def __init__(self, raw: str, id: str = "", meta: Mapping[str, Any] | None = None, source: str = "") -> None:
        if not isinstance(raw, str):
            raise TypeError(f"a document is made from str, not {type(raw).__name__}" + _BYTES * isinstance(raw, bytes))
        self.id = id
        #: Where it was read: path and line, or path; this, not `id`, identifies it.
        self.source = source
        #: How it ended, where a step or the reader failed.
        self.error: Failure | None = None
        #: The reason of the first `Drop`, where a step gave one.
        self.dropped: str | None = None
        self._meta: Mapping[str, Any] = dict(meta) if meta else {}
        self._pieces = Pieces(raw)
        self._trail: tuple[Applied, ...] = ()
        self._labels: dict[str, Label] = {}

    def _with(self, pieces: Pieces, trail: tuple[Applied, ...], labels: dict[str, Label]) -> Document:
        new = object.__new__(Document)
        new.id, new.source, new.error, new._meta = self.id, self.source, self.error, self._meta
        new._pieces, new._trail, new._labels, new.dropped = pieces, trail, labels, self.dropped
        return new

    def __repr__(self) -> str:
        sizes = f"{len(self.raw)} code points, {len(self.text)} left, {len(self._trail)} findings"
        return f"<Document {self.id or '-'}: {sizes}>"

    def _repr_html_(self) -> str | None:
        """Return the document as a notebook shows it, or None (the plain form) where Jinja2 is not installed."""
        from importlib.util import find_spec

        if find_spec("jinja2") is None:
            return None
        from tamis.report import document_fragment

        return document_fragment(self)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Document):
            return NotImplemented
        return self._state() == other._state()

    def __hash__(self) -> int:
        return hash((self.id, self.raw))

    def _state(self) -> tuple[object, ...]:
        return self.id, self.source, self.raw, self._meta, self._trail, self.error

    def to_record(self, with_raw: bool = False) -> dict[str, Any]:
        """Return the document as a record, JSON as `tamis run` writes it; *with_raw* adds the text as it was read."""
        from tamis.records import to_record

        return to_record(self, with_raw)

    @staticmethod
    def from_record(record: Mapping[str, Any]) -> Document:
        """Return the document that `to_record` made *record* of; raises InputError where it is no such record."""
        from tamis.records import from_record

        return from_record(record)

    def __reduce__(self) -> tuple[Any, ...]:
        return restore, (self.raw, self.id, dict(self._meta), self.source, self._trail, self.error)

    @property
    def raw(self) -> str:
        """The text as it was read."""
        return self._pieces.raw

    @property
    def meta(self) -> Mapping[str, Any]:
        """What the reader knew of the document; read-only."""
        return MappingProxyType(self._meta)

    @property
    def text(self) -> str:
        """What is left after the edits so far."""
        return self._pieces.text

    @property
    def title(self) -> str | None:
        """The label `title`, else `meta["title"]`, else None."""
        label = self._labels.get("title")
        title = label.value if label is not None and label.value is not None else self._meta.get("title")
        return title if isinstance(title, str) else None

    @property
    def labels(self) -> Mapping[str, Label]:
        """The labels by name; where two steps gave the same, the later one."""
        return MappingProxyType(self._labels)

    @property
    def trail(self) -> Sequence[Applied]:
        """Everything found so far, in order, in raw coordinates."""
        return self._trail

    @property
    def segments(self) -> Segments:
        """Words, sentences and paragraphs of `text`, made once for all steps."""
        return self._pieces.segments

    @property
    def words(self) -> Words:
        """The words of `text` as columns `texts`, `starts`, `ends`; `tamis.text` states the rule."""
        return self.segments.words

    @property
    def sentences(self) -> Sequence[Span]:
        """The sentences of `text`."""
        return self.segments.sentences

    @property
    def paragraphs(self) -> Sequence[Span]:
        """The lines of `text` that are not blank, trimmed."""
        return self.segments.paragraphs

    def to_raw(self, span: tuple[int, int]) -> Span:
        """Return the raw characters on which *span* of `text` stands.

        Its start skips a cut that precedes it, its end stops before one that follows; an insertion goes left.
        Raises IndexError where *span* is not inside the text.
        """
        if not 0 <= span[0] <= span[1] <= len(self.text):
            raise IndexError(f"span {span[0]}:{span[1]} is out of range, the text has {len(self.text)} code points")
        return self._pieces.to_raw(span)

    def from_raw(self, span: tuple[int, int]) -> Span | None:
        """Return where what is left of the raw *span* stands in `text`, or None where nothing is left.

        Raises IndexError where *span* is not inside the raw text.
        """
        if not 0 <= span[0] <= span[1] <= len(self.raw):
            raise IndexError(f"span {span[0]}:{span[1]} is out of range, raw has {len(self.raw)} code points")
        return self._pieces.from_raw(span)

    def cut(self, span: tuple[int, int], reason: str, score: float | None = None) -> Edit:
        """Return the `Edit` that cuts *span* for *reason*."""
        return Edit(Span(*span), "", reason, score)

    def apply(self, step: str, findings: Iterable[Finding]) -> Document:
        """Return the document with *findings* of *step* applied; their spans count in `text`.

        Raises FindingError where one is impossible or two edits overlap; then nothing is applied.
        """
        found = tuple(findings)
        if not found:
            return self
        length = len(self.text)
        for finding in found:
            if not is_plain(finding, length):
                check(finding, length)
        pieces, raw_edits = self._splice([finding for finding in found if isinstance(finding, Edit)])
        labels, dropped = self._labels, self.dropped
        to_raw = self._pieces.to_raw
        placed: list[Finding] = []
        for finding in found:
            if isinstance(finding, Mark):
                span = to_raw(finding.span)
                placed.append(finding if span == finding.span else in_raw(finding, span))
            elif isinstance(finding, Edit):
                start, end, text = raw_edits[id(finding)]
                placed.append(in_raw(finding, Span(start, end), text))
            else:
                if isinstance(finding, Label):
                    labels = {**labels, finding.name: finding}
                elif dropped is None and isinstance(finding, Drop):
                    dropped = finding.reason
                placed.append(finding)
        new = self._with(pieces, (*self._trail, *applied(step, placed)), labels)
        new.dropped = dropped
        return new

    def _splice(self, edits: list[Edit]) -> tuple[Pieces, dict[int, RawEdit]]:
        if not edits:
            return self._pieces, {}
        edits = sorted(edits, key=lambda edit: tuple(edit.span))
        for one, two in pairwise(edits):
            if two.span[0] < one.span[1]:
                raise FindingError(
                    f"edits {one.span[0]}:{one.span[1]} ({one.reason})"
                    f" and {two.span[0]}:{two.span[1]} ({two.reason}) overlap"
                )
        pieces, raw_edits = self._pieces.splice([(*edit.span, edit.text) for edit in edits])
        return pieces, dict(zip(map(id, edits), raw_edits, strict=True))

    def failed(self, error: Failure) -> Document:
        """Return the document as it stands, ended by *error*."""
        new = self._with(self._pieces, self._trail, self._labels)
        new.error = error
        return new

    def without(self, *steps: str) -> Document:
        """Return the same document with the findings of *steps* left out.

        What they cut is there again, also where a later step's edit reached across it. A step that found nothing is
        not known to the document: leaving it out changes nothing.
        """
        trail: list[Applied] = []
        restored: list[Span] = []
        for step, finding in self._trail:
            if step in steps:
                if isinstance(finding, Edit) and not finding.text:
                    restored.append(Span(*finding.span))
            elif isinstance(finding, Edit) and restored:
                trail += [Applied(step, part) for part in _around(finding, restored)]
            else:
                trail.append(Applied(step, finding))
        return restore(self.raw, self.id, self._meta, self.source, tuple(trail), self.error)


def _around(edit: Edit, holes: Iterable[Span]) -> list[Edit]:
    """Return *edit* in the parts that *holes* leave of it; the first part carries the text."""
    start, end = edit.span
    parts = []
    for left, right in sorted(hole for hole in holes if start <= hole[0] and hole[1] <= end):
        if start < left:
            parts.append(Span(start, left))
        start = max(start, right)
    if start < end or not parts:
        parts.append(Span(start, end))
    texts = [edit.text] + [""] * (len(parts) - 1)
    edits = [in_raw(edit, part, text) for part, text in zip(parts, texts, strict=True) if text or part.start < part.end]
    return [part for part in edits if isinstance(part, Edit)]


def restore(
    raw: str, id: str, meta: Mapping[str, Any], source: str, trail: tuple[Applied, ...], error: Failure | None
) -> Document:
    """Build a document from its raw text and its trail in raw coordinates."""
    doc = Document(raw, id, meta, source)
    pieces = doc._pieces
    for _, finding in trail:
        if isinstance(finding, Edit):
            pieces = pieces.place(RawEdit(*finding.span, finding.text))
    labels = {finding.name: finding for _, finding in trail if isinstance(finding, Label)}
    doc = doc._with(pieces, trail, labels)
    doc.dropped = next((finding.reason for _, finding in trail if isinstance(finding, Drop)), None)
    doc.error = error
    return doc


_BYTES = " (decode it first: data.decode('utf-8'))"
