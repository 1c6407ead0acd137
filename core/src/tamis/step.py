"""The step: a class whose fields are its settings and whose `find` says what it finds in a document."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from typing import Any
from typing import ClassVar

from pydantic import BaseModel
from pydantic import ConfigDict

from tamis.document import Document
from tamis.findings import Finding


class Step(BaseModel):
    """Base of all steps: the fields are the settings, the docstring is the documentation.

    A step is a pure function of its settings and the document. It pickles as its class and its settings, so what it
    loads on first use (models, word lists) belongs in a module-level `functools.cache` or a `cached_property`.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_default=True,
        use_attribute_docstrings=True,
        ignored_types=(type(lambda: 0),),
    )

    #: The labels that `find` may give; another one fails the document.
    gives: ClassVar[Sequence[str]] = ()
    #: The labels that `find` reads; `tamis check` reports one that no earlier step gives.
    needs: ClassVar[Sequence[str]] = ()

    def find(self, doc: Document) -> Iterable[Finding]:  # noqa: ARG002
        """Return what this step finds in *doc*, with spans in coordinates of `doc.text`."""
        raise TypeError(f"{type(self).__name__} has no method `find`: a step says what it finds in a document")

    def find_batch(self, docs: Sequence[Document]) -> Iterable[Iterable[Finding]]:
        """Return what `find` returns for each of *docs*; override where the work is cheaper together."""
        return map(self.find, docs)

    def __reduce__(self) -> tuple[Callable[..., Step], tuple[Any, ...]]:
        return _build, (type(self), self.model_dump(mode="python", by_alias=True))  # an alias is how it validates


def _build(kind: type[Step], settings: dict[str, Any]) -> Step:
    return kind(**settings)
