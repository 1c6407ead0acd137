"""The sections `read`, `write` and `options` of a pipeline: core's own settings."""

from __future__ import annotations

import codecs
import re
from typing import Annotated
from typing import Any
from typing import Final

from pydantic import BaseModel
from pydantic import BeforeValidator
from pydantic import ConfigDict
from pydantic import Field
from pydantic import WithJsonSchema
from pydantic import field_validator

_UNITS: Final = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "ki": 2**10, "mi": 2**20, "gi": 2**30}


def _bytes(value: object) -> object:
    """Return "4 MB", "500kB" or "1GiB" as a number of bytes; what is no text as it is."""
    if not isinstance(value, str):
        return value
    found = re.fullmatch(r"([0-9]{1,12}) ?([kmg]i?)?b?", value.strip().lower())
    if found is None:
        raise ValueError(f"should be a number of bytes or a size such as 4 MB, found {value[:40]!r}")
    return int(found.group(1)) * _UNITS[found.group(2) or ""]


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Bytes = Annotated[
    int,
    BeforeValidator(_bytes),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": r"^\d+ ?([kKmMgG]i?)?[bB]?$"}]}
    ),
]


class Section(BaseModel):
    """Base of the sections: as strict on keys as a step."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, populate_by_name=True)


class Read(Section):
    """What is read, and which fields of a record are text, id and title."""

    from_: Annotated[
        tuple[str, ...],
        BeforeValidator(_listed),
        WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
    ] = Field(default=(), alias="from")
    """Files, folders or patterns such as `scraped/*.jsonl`; `-` is standard input. Relative to the working folder.
    Of a folder the results of runs are left out."""
    format: str | None = None
    """The format; without it the suffix of each file decides."""
    text: str = "text"
    """The field with the text."""
    id: str = "id"
    """The field with the id."""
    title: str = "title"
    """The field with the title."""
    meta: tuple[str, ...] | None = None
    """The fields to keep as `meta`; without it all the others."""
    encoding: str = "utf-8"
    """The encoding of the files."""
    options: dict[str, Any] = {}
    """Settings of the format's own, such as `delimiter` of csv."""

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, name: str) -> str:
        try:
            codecs.lookup(name).incrementaldecoder()
            "".encode(name)
        except (LookupError, TypeError, ValueError) as error:
            raise ValueError(f"there is no text encoding {name[:40]!r}, as utf-8 is one") from error
        return name


class Write(Section):
    """Where the outcome goes; relative to the working folder."""

    to: str | None = None
    """The clean documents, one JSON line each; `-` is standard output."""
    rejects: str | None = None
    """The dropped documents; without it beside `to`, as `NAME.rejects.jsonl`."""
    failed: str | None = None
    """The documents that failed; without it beside `to`, as `NAME.failed.jsonl`."""


class Options(Section):
    """Bounds of a run."""

    max_document: Annotated[Bytes, Field(gt=0)] = 4_000_000
    """The longest document read, in bytes or as `4 MB`; a longer one is a failed record."""
    timeout_per_document: float | None = Field(default=60.0, gt=0)
    """Seconds that all steps may take for one document; null for no bound."""
    memory_per_worker: Annotated[Bytes, Field(gt=0)] | None = 4 << 30
    """Bytes of address space that a worker may take, in bytes or as `8 GB`, what its steps load included; null for no
    bound."""
