"""Intertitles, lists and tables that an engine left out between paragraphs it kept."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from lxml import html

_HEADINGS: Final = ("h2", "h3", "h4", "h5")
_BLOCKS: Final = ("p", "li", "blockquote", "div", "tr", "pre", *_HEADINGS)
#: What stands in one of these is not restored.
_OUTSIDE: Final = frozenset(("aside", "nav", "footer", "form", "figure", "header", "button", "dialog"))
#: So many levels above a kept paragraph lies the container that its neighbours share.
_LEVELS: Final = 3
#: So much of a list may be links.
_LINKS: Final = 0.3
_SHORT: Final = 8


def restored(tree: html.HtmlElement, text: str) -> str:
    """Return *text*, one block of *tree* a line, with the headings and lists that lie between its lines in the page."""
    lines = text.split("\n")
    blocks = [block for block in tree.iter(*_BLOCKS) if _is_leaf(block)]
    told = [_bare(block.text_content()) for block in blocks]
    places = _places(lines, told)
    out: list[str] = []
    before: int | None = None
    for line, place in zip(lines, places, strict=True):
        if place is not None:
            if before is not None:
                out += _between(blocks, told, before, place)
            before = place
        out.append(line)
    return "\n".join(out)


def _places(lines: list[str], told: list[str]) -> list[int | None]:
    """Return for each of *lines* which block it is, in order; None for one that is none."""
    known: dict[str, list[int]] = {}
    for index, words in enumerate(told):
        known.setdefault(words, []).append(index)
    done = -1
    places: list[int | None] = []
    for line in lines:
        wanted = _bare(line)
        same = known.get(wanted, []) if wanted else []
        at = bisect_right(same, done)
        found = same[at] if at < len(same) else None
        done = done if found is None else found
        places.append(found)
    return places


def _between(blocks: list[html.HtmlElement], told: list[str], before: int, behind: int) -> list[str]:
    """Return the headings and items between two kept blocks that stand beside one of them."""
    near = {*_containers(blocks[before]), *_containers(blocks[behind])}
    found: list[tuple[html.HtmlElement, str]] = []
    for block, bare in zip(blocks[before + 1 : behind], told[before + 1 : behind], strict=True):
        holder = block.getparent()
        if block.tag in ("li", "tr") and holder is not None:
            while holder.tag in ("tbody", "thead", "tfoot"):
                holder = holder.getparent()
            holder = holder.getparent() if block.tag == "tr" or _is_plain(holder) else None
        elif block.tag not in _HEADINGS:
            continue
        if bare and holder in near and not _linked(block) and not _outside(block):
            found.append((block, " ".join(block.text_content().split())))
    # A heading counts only where something of its own follows.
    last = [number for number, (block, _) in enumerate(found) if block.tag in _HEADINGS]
    kept = [item for number, item in enumerate(found) if number not in last or number + 1 not in last]
    return [text for _, text in kept]


def _containers(block: html.HtmlElement) -> list[html.HtmlElement]:
    above: list[html.HtmlElement] = []
    parent = block.getparent()
    while parent is not None and parent.tag != "body" and len(above) < _LEVELS:
        above.append(parent)
        parent = parent.getparent()
    return above


def _outside(block: html.HtmlElement) -> bool:
    return any(parent.tag in _OUTSIDE for parent in block.iterancestors())


def _is_plain(items: html.HtmlElement) -> bool:
    """Return whether a list holds text rather than links."""
    return _link_share(items) <= _LINKS and any(len(item.text_content().split()) >= _SHORT for item in items)


def _linked(block: html.HtmlElement) -> bool:
    return _link_share(block) > _LINKS


def _link_share(block: html.HtmlElement) -> float:
    linked = sum(len(link.text_content()) for link in block.iter("a"))
    return linked / max(1, len(block.text_content()))


def _is_leaf(block: html.HtmlElement) -> bool:
    return all(child is block for child in block.iter(*_BLOCKS, "ul", "ol", "table", "article"))


def _bare(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
