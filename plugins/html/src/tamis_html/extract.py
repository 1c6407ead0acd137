"""From a page to the text of its article: the engines behind one function."""

from __future__ import annotations

import hashlib
from copy import deepcopy
from importlib import metadata
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import Literal
from typing import NamedTuple
from typing import TypeAlias

from tamis_html.markup import prune
from tamis_html.restore import restored

if TYPE_CHECKING:
    from lxml import html

Engine: TypeAlias = Literal["trafilatura", "resiliparse"]

#: A text with less than this share of what the page has in paragraphs has probably lost most of the article.
_LOST: Final = 0.4


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
    from trafilatura.utils import load_html

    tree: html.HtmlElement | None = load_html(page)
    if tree is None:
        return "", None
    name = " ".join((tree.findtext(".//title") or "").split()) or None
    paragraphs = sum(len(element.text_content()) for element in tree.iter("p"))
    prune(tree)
    text, title = _article(tree, precise=True)
    if len(text) < _LOST * paragraphs:  # an article in several containers may be taken for several small ones
        whole, other = _article(tree, precise=False)
        if len(whole) > len(text) / _LOST:
            text, title = whole, title or other
    return restored(tree, text), title or name


def _article(tree: html.HtmlElement, precise: bool) -> tuple[str, str | None]:
    import trafilatura

    # deduplicate stays off: it carries state from page to page, and costs recall
    found = trafilatura.bare_extraction(
        deepcopy(tree), favor_precision=precise, include_comments=False, with_metadata=True
    )
    if found is None or isinstance(found, dict):
        return "", None
    return found.text or "", found.title


def _resiliparse(page: bytes) -> tuple[str, str | None]:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse_from_bytes(page, detect_encoding(page))
    text: str = extract_plain_text(tree, main_content=True, alt_texts=False, links=False, form_fields=False)
    return text, " ".join((tree.title or "").split()) or None
