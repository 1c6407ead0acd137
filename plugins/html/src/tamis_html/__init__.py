"""Read news pages: HTML in, article text out, through trafilatura.

read: {from: "pages/*.html"}
read: {from: "pages/*.html", options: {engine: resiliparse}}     # a tenth of the time, less exact
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from typing import get_args

import tamis
from tamis.document import Document
from tamis.errors import UnreadableError
from tamis.formats import Format
from tamis.formats import Piece
from tamis.formats import Reading
from tamis.formats import WholeFile
from tamis.formats import decoded
from tamis_html.extract import Engine
from tamis_html.extract import Page
from tamis_html.extract import extract

__all__ = ["HtmlFormat", "Page", "extract", "tamis_formats"]


class HtmlFormat(WholeFile):
    """Web pages, one a file: `raw` is the text of the article, `meta` holds engine, version, title, url and sha256.

    The encoding is found in the page itself, unless `encoding:` names another than UTF-8.
    """

    options = ("engine",)
    suffixes = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")

    def wrong_options(self, options: Mapping[str, Any]) -> Mapping[str, str]:
        """Return which engines there are, where *options* name another."""
        known = get_args(Engine)
        fits = options.get("engine", known[0]) in known
        return {} if fits else {"engine": f"one of {', '.join(known)}"}

    def document(self, piece: Piece, reading: Reading) -> Document:
        """Return the article of the page in *piece*; the option `engine` is trafilatura or resiliparse."""
        engine = reading.options.get("engine", "trafilatura")
        try:
            page = extract(piece.data if reading.encoding == "utf-8" else decoded(piece.data, reading.encoding), engine)
        except (ImportError, ValueError) as error:
            raise UnreadableError(str(error)) from error
        return Document(page.text, id=piece.source, meta=page.meta, source=piece.source)


@tamis.hookimpl
def tamis_formats() -> Mapping[str, Format]:
    return {"html": HtmlFormat()}
