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


class Found(NamedTuple):
    """What an engine takes out of a page; *url* is the address that the page gives itself."""

    text: str
    title: str | None = None
    url: str | None = None


class Page(NamedTuple):
    """The text of a page and what is known of it: `engine`, `engine_version`, `sha256`; perhaps `title` and `url`."""

    text: str
    meta: dict[str, Any]


def extract(page: bytes | str, engine: Engine = "trafilatura") -> Page:
    """Return the article in the HTML *page* as text, one block a line, with the page's title and its address.

    Of bytes the encoding is found. A page without an article gives an empty text. `trafilatura` is the more exact
    engine, `resiliparse` (extra `tamis-html[resiliparse]`) the faster. Raises ValueError for another engine,
    ImportError where it is missing.
    """
    if engine == "trafilatura":
        found = _trafilatura(page)
    elif engine == "resiliparse":
        found = _resiliparse(page)
    else:
        raise ValueError(f"engine should be 'trafilatura' or 'resiliparse', found {engine!r}")
    meta: dict[str, Any] = {
        "engine": engine,
        "engine_version": metadata.version(engine),
        "sha256": hashlib.sha256(page.encode() if isinstance(page, str) else page).hexdigest(),
    }
    meta |= {key: value for key in ("title", "url") if (value := getattr(found, key))}
    return Page(found.text, meta)


def _trafilatura(page: bytes | str) -> Found:
    from trafilatura.utils import load_html

    tree: html.HtmlElement | None = load_html(page)
    if tree is None:
        return Found("")
    name = " ".join((tree.findtext(".//title") or "").split()) or None
    paragraphs = sum(len(element.text_content()) for element in tree.iter("p"))
    prune(tree)
    found = _article(tree, precise=True)
    text = found.text
    if len(text) < _LOST * paragraphs:  # an article in several containers may be taken for several small ones
        whole = _article(tree, precise=False)
        if len(whole.text) > len(text) / _LOST:
            text = whole.text
    return Found(restored(tree, text), found.title or name, found.url)


def _article(tree: html.HtmlElement, precise: bool) -> Found:
    import trafilatura

    # deduplicate stays off: it carries state from page to page, and costs recall
    found = trafilatura.bare_extraction(
        deepcopy(tree), favor_precision=precise, include_comments=False, with_metadata=True
    )
    if found is None or isinstance(found, dict):
        return Found("")
    return Found(found.text or "", found.title, found.url)


def _resiliparse(page: bytes | str) -> Found:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(page) if isinstance(page, str) else HTMLTree.parse_from_bytes(page, detect_encoding(page))
    text: str = extract_plain_text(tree, main_content=True, alt_texts=False, links=False, form_fields=False)
    canonical = tree.head and tree.head.query_selector("link[rel=canonical]")
    return Found(text, " ".join((tree.title or "").split()) or None, canonical and canonical.getattr("href"))
