"""What the markup of a page tells before an engine reads it: captions, embeds, cards of other stories, layout."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from lxml import html

#: Roles of WAI-ARIA that are never the article.
_ROLES: Final = frozenset(("navigation", "complementary", "search", "dialog", "alertdialog", "contentinfo"))
_EMBEDS: Final = re.compile(r"\b(?:twitter-tweet|instagram-media|tiktok-embed|fb-post|bluesky-embed)\b")
_CAPTION: Final = re.compile(r"(?<![a-z])(?:caption|credits?|crd|cap|legende?|copyright)(?![a-z])", re.IGNORECASE)
_CAPTION_TAGS: Final = ("p", "div", "span", "small", "em", "cite")
_PICTURES: Final = ("img", "picture", "amp-img", "video", "figure")
_INLINE: Final = frozenset(
    ("br", "a", "b", "i", "em", "strong", "span", "font", "u", "small", "sup", "sub", "code", "img")
)
_CARDS: Final = ("div", "section", "ul", "ol", "aside")
#: Beside a picture and its caption stands little else.
_BESIDE: Final = 12
#: A card has at most so many words; a headline in it at least so many.
_CARD: Final = 60
_HEADLINE: Final = 3
#: A caption has at most so many characters; a cell with more of them is no cell of data.
_LONG: Final = 400


def prune(tree: html.HtmlElement) -> None:
    """Take out of *tree* what its markup shows to be no article, and make blocks of tables that only lay it out."""
    for element in [*tree.iter("figcaption", "dialog", "amp-consent")]:
        _drop(element)
    for element in [element for element in tree.iter("blockquote", "div") if _EMBEDS.search(element.get("class", ""))]:
        _drop(element)
    for element in [element for element in tree.iter() if isinstance(element.tag, str)]:
        if element.get("role") in _ROLES or element.get("aria-modal") == "true":
            _drop(element)
    for element in [element for element in tree.iter(*_CAPTION_TAGS) if _is_caption(element)]:
        _drop(element)
    for element in [element for element in tree.iter(*_CARDS) if _holds_cards(element)]:
        _drop(element)
    for table in [*tree.iter("table")]:
        if any(_is_page(cell) for cell in table.iter("td")):
            for part in [table, *table.iter("tbody", "tr", "td", "th")]:
                part.tag = "div"
    for parent in {line.getparent() for line in tree.iter("br")} - {None}:
        _break(parent)
    for heading in tree.iter("h1", "h2", "h3"):
        for part in list(heading)[:-1]:  # a kicker and the title after it are two, whatever the style sheet says
            part.tail = part.tail or " "


def words(element: html.HtmlElement) -> int:
    """Return how many words *element* holds."""
    return len(element.text_content().split())


def _drop(element: html.HtmlElement) -> None:
    """Take *element* out of its tree, and leave the text behind it."""
    if element.getparent() is not None:
        element.drop_tree()


def _is_page(cell: html.HtmlElement) -> bool:
    """Return whether a cell of a table holds paragraphs, so that the table only lays the page out."""
    return len(cell.text_content()) > _LONG and (cell.find(".//p") is not None or len(cell.findall(".//br")) > 1)


def _break(parent: html.HtmlElement) -> None:
    """Make a paragraph of what stands between two empty lines (`<br><br>`) in *parent*, where it holds lines alone."""
    children = list(parent)
    pairs = {
        index
        for index, child in enumerate(children[1:], 1)
        if child.tag == children[index - 1].tag == "br" and not (children[index - 1].tail or "").strip()
    }
    if not pairs or any(child.tag not in _INLINE for child in children):
        return
    block = parent.makeelement("p")
    block.text, parent.text = parent.text, None
    blocks = [block]
    for index, child in enumerate(children):
        parent.remove(child)  # with its tail
        if index in pairs:
            block = parent.makeelement("p")
            block.text, child.tail = child.tail, None
            blocks.append(block)
        elif index + 1 not in pairs:
            block.append(child)
    parent.extend(blocks)
    if parent.tag in ("p", "font", "span"):
        parent.tag = "div"


def _is_caption(element: html.HtmlElement) -> bool:
    name = f"{element.get('class', '')} {element.get('itemprop', '')}"
    parent = element.getparent()
    if parent is None or _CAPTION.search(name) is None or len(element.text_content()) > _LONG:
        return False
    if next(islice(parent, _BESIDE, None), None) is not None:
        return False
    return any(True for _ in parent.iter(*_PICTURES)) and len(parent.text_content()) <= 2 * _LONG


def _holds_cards(element: html.HtmlElement) -> bool:
    """Return whether *element* holds cards of other stories and hardly anything else."""
    children = [child for child in element if isinstance(child.tag, str)]
    if len(children) < 2:
        return False
    cards = [child for child in children if _is_card(child)]
    linked = sum(_has_headline(card) for card in cards)
    if len(cards) < 2 or 2 * linked < len(cards):
        return False
    rest = words(element) - sum(map(words, cards))
    return rest <= 12


def _is_card(element: html.HtmlElement) -> bool:
    if element.tag not in ("div", "article", "li", "section", "a") or words(element) > _CARD:
        return False
    return _has_headline(element) or (element.tag == "article" and element.find(".//h3") is not None)


def _has_headline(element: html.HtmlElement) -> bool:
    """Return whether a link of *element* is a headline of its own: it begins it, or a heading holds it."""
    for link in [element] if element.tag == "a" else element.iter("a"):
        if words(link) < _HEADLINE:
            continue
        parent = link.getparent()
        heading = parent is not None and parent.tag in ("h2", "h3", "h4", "h5")
        lead = element.text_content().strip()[:40].startswith(link.text_content().strip()[:40])
        if heading or lead or link.find(".//h3") is not None or 2 * words(link) > words(element):
            return True
    return False
