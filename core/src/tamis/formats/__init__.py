"""Formats: how documents are read from files, and records written to them."""

from tamis.formats.base import MAX_DOCUMENT
from tamis.formats.base import SLICE
from tamis.formats.base import STDIN
from tamis.formats.base import Format
from tamis.formats.base import Piece
from tamis.formats.base import Reading
from tamis.formats.base import Sink
from tamis.formats.base import Slice
from tamis.formats.base import WholeFile
from tamis.formats.base import decoded
from tamis.formats.base import make_document
from tamis.formats.base import safe_pieces
from tamis.formats.base import to_document
from tamis.formats.base import unreadable
from tamis.formats.base import why
from tamis.formats.inputs import documents
from tamis.formats.inputs import expand
from tamis.formats.inputs import read
from tamis.formats.registry import builtin_formats
from tamis.formats.registry import by_suffix
from tamis.formats.registry import format_of

__all__ = [
    "MAX_DOCUMENT",
    "SLICE",
    "STDIN",
    "Format",
    "Piece",
    "Reading",
    "Sink",
    "Slice",
    "WholeFile",
    "builtin_formats",
    "by_suffix",
    "decoded",
    "documents",
    "expand",
    "format_of",
    "make_document",
    "read",
    "safe_pieces",
    "to_document",
    "unreadable",
    "why",
]
