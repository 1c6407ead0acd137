"""The account of a run: how many documents went where, and what each step did. Accounts add up."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from tamis.document import Document
from tamis.findings import Edit

#: Upper bounds, in seconds, of the classes in which times per document are counted; each is a quarter longer.
_BOUNDS = tuple(1e-6 * 1.25**i for i in range(100))


def characters_cut(was: int, put: int) -> int:
    """Return how many code points an edit cuts that takes *was* of them and puts *put* in their place."""
    return max(0, was - put)


@dataclass(slots=True)
class Tally:
    """What one step did: documents seen, findings, characters cut by reason, documents failed, seconds."""

    documents: int = 0
    findings: int = 0
    failed: int = 0
    seconds: float = 0.0
    cut: Counter[str] = field(default_factory=Counter)
    times: Counter[int] = field(default_factory=Counter)

    def count(self, before: Document, after: Document) -> None:
        """Count the findings that turned *before* into *after*."""
        found = after.trail[len(before.trail) :]
        self.findings += len(found)
        for _, finding in found:
            if isinstance(finding, Edit):
                start, end = finding.span
                if gone := characters_cut(end - start, len(finding.text)):
                    self.cut[finding.reason] += gone

    def add(self, documents: int, seconds: float) -> None:
        """Count a batch of *documents* that took *seconds* together."""
        self.documents += documents
        self.seconds += seconds
        each = seconds / documents
        self.times[bisect_left(_BOUNDS, each)] += documents

    def quantile(self, share: float) -> float:
        """Return the time per document, in seconds, that *share* of the documents stay under (to a quarter)."""
        need = share * sum(self.times.values())
        for i in sorted(self.times):
            need -= self.times[i]
            if need <= 0:
                return _BOUNDS[min(i, len(_BOUNDS) - 1)]
        return 0.0

    def merge(self, other: Tally) -> None:
        """Add *other* to this tally."""
        self.documents += other.documents
        self.findings += other.findings
        self.failed += other.failed
        self.seconds += other.seconds
        self.cut.update(other.cut)
        self.times.update(other.times)

    def dump(self) -> dict[str, Any]:
        """Return the tally as JSON from which `load` makes it again."""
        return {
            "documents": self.documents,
            "findings": self.findings,
            "failed": self.failed,
            "seconds": self.seconds,
            "cut": dict(self.cut),
            "times": list(self.times.items()),
        }

    @staticmethod
    def load(dumped: Mapping[str, Any]) -> Tally:
        """Return the tally that `dump` gave."""
        counts = {key: dumped[key] for key in ("documents", "findings", "failed", "seconds")}
        times = Counter(dict(dumped["times"]))
        return Tally(**counts, cut=Counter(dumped["cut"]), times=times)

    def to_json(self) -> dict[str, Any]:
        """Return the tally as JSON, for the side log of the run."""
        return {
            "documents": self.documents,
            "findings": self.findings,
            "failed": self.failed,
            "characters_cut": dict(sorted(self.cut.items())),
            "seconds": round(self.seconds, 6),
            "p50": round(self.quantile(0.5), 9),
            "p99": round(self.quantile(0.99), 9),
        }


@dataclass(slots=True)
class Account:
    """Where the documents of a run went: `read == clean + rejects + failed`, and what each step did."""

    read: int = 0
    clean: int = 0
    rejects: int = 0
    failed: int = 0
    steps: dict[str, Tally] = field(default_factory=dict)
    #: Called with the id of a step before it looks at a batch.
    watch: Callable[[str], None] | None = field(default=None, compare=False, repr=False)

    def step(self, id: str) -> Tally:
        """Return the tally of the step *id*."""
        return self.steps.setdefault(id, Tally())

    def end(self, doc: Document) -> None:
        """Count where *doc* ended."""
        self.read += 1
        if doc.error is not None:
            self.failed += 1
        elif doc.dropped is not None:
            self.rejects += 1
        else:
            self.clean += 1

    @property
    def balanced(self) -> bool:
        """Whether every document read ended in exactly one place."""
        return self.read == self.clean + self.rejects + self.failed

    def merge(self, other: Account) -> None:
        """Add *other* to this account."""
        self.read += other.read
        self.clean += other.clean
        self.rejects += other.rejects
        self.failed += other.failed
        for step, tally in other.steps.items():
            self.step(step).merge(tally)

    def __reduce__(self) -> tuple[Any, ...]:
        return Account.load, (self.dump(),)

    def dump(self) -> dict[str, Any]:
        """Return the account as JSON from which `load` makes it again."""
        counts: dict[str, Any] = {key: getattr(self, key) for key in ("read", "clean", "rejects", "failed")}
        return counts | {"steps": {step: tally.dump() for step, tally in self.steps.items()}}

    @staticmethod
    def load(dumped: Mapping[str, Any]) -> Account:
        """Return the account that `dump` gave."""
        steps = {step: Tally.load(tally) for step, tally in dumped["steps"].items()}
        return Account(dumped["read"], dumped["clean"], dumped["rejects"], dumped["failed"], steps)

    def __str__(self) -> str:
        sign = "=" if self.balanced else "!="
        return f"read {self.read} {sign} clean {self.clean} + rejects {self.rejects} + failed {self.failed}"
