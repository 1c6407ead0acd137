"""The closed expression language of `when`: labels, `meta.x`, comparisons, `in`, and/or/not, `len(...)`.

An expression is parsed, held against a list of what is allowed, and made into nested functions; it is never evaluated
as Python. On a document it never fails: a label not given is null, `<` and `in` with a null or with values that do not
compare are false, `==` compares anything, and `len` of null is 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from typing import Any

from tamis import expression
from tamis.errors import WhenError

if TYPE_CHECKING:
    from tamis.document import Document


class When:
    """A condition on a document. Two are equal where their sources are; it pickles as its source.

    Raises WhenError with the column (from 0) where the source is no expression.

    >>> from tamis import Document, Label
    >>> doc = Document("Ein Satz.").apply("demo", [Label("language", "de", 0.98)])
    >>> When('language in ["de", "fr"] and language.score > 0.9')(doc)
    True
    """

    __slots__ = ("_test", "places", "source")

    def __init__(self, source: str) -> None:
        #: The expression as it was written.
        self.source = source
        #: The labels read, each with its first column in `source` (from 0).
        self.places: Mapping[str, int]
        self._test, self.places = expression.read(source)

    @property
    def names(self) -> frozenset[str]:
        """The labels that the expression reads."""
        return frozenset(self.places)

    def __call__(self, doc: Document) -> bool:
        return bool(self._test(doc))

    def __eq__(self, other: object) -> bool:
        return self.source == other.source if isinstance(other, When) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.source)

    def __repr__(self) -> str:
        return f"When({self.source!r})"

    def __str__(self) -> str:
        return self.source

    def __reduce__(self) -> tuple[type[When], tuple[str]]:
        return When, (self.source,)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Let a setting of a step have the type `When`: written as a string, checked as a `when` is."""
        from pydantic_core import PydanticCustomError
        from pydantic_core import core_schema

        def read(text: str) -> When:
            try:
                return cls(text)
            except WhenError as error:
                raise PydanticCustomError(
                    "when", "{message}", {"message": str(error), "column": error.column}
                ) from None

        text = core_schema.no_info_after_validator_function(read, core_schema.str_schema())
        return core_schema.json_or_python_schema(
            json_schema=text,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), text]),
            serialization=core_schema.to_string_ser_schema(),
        )
