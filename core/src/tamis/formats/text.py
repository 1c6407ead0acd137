"""Plain text: one document a file."""

from __future__ import annotations

from tamis.document import Document
from tamis.formats.base import Piece
from tamis.formats.base import Reading
from tamis.formats.base import WholeFile
from tamis.formats.base import decoded


class TextFormat(WholeFile):
    """Plain text: one document a file; line ends stay as they are, a byte order mark goes."""

    suffixes = (".txt", ".txt.gz")

    def document(self, piece: Piece, reading: Reading) -> Document:
        """Return the document of *piece*; its id is the path."""
        text = decoded(piece.data, reading.encoding)
        return Document(text.removeprefix("\ufeff"), id=piece.source, source=piece.source)
