"""From a page to the text of its article: the engines behind one function."""

from __future__ import annotations

import hashlib
from importlib import metadata
from typing import Any
from typing import Literal
from typing import NamedTuple
from typing import TypeAlias

Engine: TypeAlias = Literal["trafilatura", "resiliparse"]


class Page(NamedTuple):
    """The text of a page and what is known of it: `engine`, `engine_version`, `title`, `sha256`."""

    text: str
    meta: dict[str, Any]


def extract(page: bytes, engine: Engine = "trafilatura") -> Page:
    """Return the article in the HTML *page* as text, one block a line, and the page's title.

    A page without an article gives an empty text. `trafilatura` is the more exact engine, `resiliparse` (extra
    `tamis-html[resiliparse]`) the faster. Raises ValueError for another engine, ImportError where it is missing.
    """
    if engine == "trafilatura":
        text, title = _trafilatura(page)
    elif engine == "resiliparse":
        text, title = _resiliparse(page)
    else:
        raise ValueError(f"engine should be 'trafilatura' or 'resiliparse', found {engine!r}")
    meta: dict[str, Any] = {
        "engine": engine,
        "engine_version": metadata.version(engine),
        "sha256": hashlib.sha256(page).hexdigest(),
    }
    if title:
        meta["title"] = title
    return Page(text, meta)


def _trafilatura(page: bytes) -> tuple[str, str | None]:
    import trafilatura

    # deduplicate stays off: it carries state from page to page, and costs recall
    found = trafilatura.bare_extraction(page, favor_precision=True, include_comments=False, with_metadata=True)
    if found is None or isinstance(found, dict):
        return "", _title(page)
    return found.text or "", found.title or _title(page)


def _title(page: bytes) -> str | None:
    from lxml import html
    from trafilatura.utils import load_html

    tree: html.HtmlElement | None = load_html(page)
    title = tree.findtext(".//title") if tree is not None else None
    return " ".join(title.split()) or None if title else None


def _resiliparse(page: bytes) -> tuple[str, str | None]:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse_from_bytes(page, detect_encoding(page))
    text: str = extract_plain_text(tree, main_content=True, alt_texts=False, links=False, form_fields=False)
    return text, " ".join((tree.title or "").split()) or None
