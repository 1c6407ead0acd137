"""Whole pages: how much of the article, and nothing else, is left of HTML and of the text of pages.

    python benchmarks/boilerplate_pages.py FOLDER [--titled]

FOLDER holds NAME.html and NAME.txt, the text of its article without the title (`--titled`: with the title as its first
line). Scored by shingles of four words (precision, recall, F1 of a page; their means) and by the share of pages whose
words come out exactly. trafilatura alone (favor_precision, comments left out) is in the same run. As lines: the visible
text of the page, one block a line; as one line: the same with spaces.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path

import trafilatura
from lxml import html

import tamis
from tamis_html import extract

PIPELINE = tamis.loads("steps: [{use: boilerplate, with: {title: cut}}]")
HIDDEN = ("script", "style", "noscript", "head", "template", "svg")
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
    ]
)


def alone(page: bytes) -> str:
    """Return what trafilatura extracts in its precise mode."""
    return trafilatura.extract(page, favor_precision=True, include_comments=False) or ""


def extracted(page: bytes) -> str:
    return extract(page).text


def cleaned(page: bytes) -> str:
    found = extract(page)
    return PIPELINE(tamis.Document(found.text, meta=found.meta)).text


def visible(page: bytes) -> str:
    """Return the text of *page* that a reader sees, one block a line."""
    tree = html.fromstring(page)
    for element in [*tree.iter(*HIDDEN)]:
        element.drop_tree()
    parts: list[str] = []
    for start, element in _walk(tree):
        named = isinstance(element.tag, str)  # a comment is not
        parts.append("\n" if named and element.tag not in INLINE else "")
        text = (element.text if named else "") if start else element.tail
        parts.append(re.sub(r"\s+", " ", text or ""))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(filter(None, lines))


def _walk(tree: html.HtmlElement) -> Iterator[tuple[bool, html.HtmlElement]]:
    """Yield each element when it starts (True) and when it ends (False)."""
    waiting = [(True, tree)]
    while waiting:
        start, element = waiting.pop()
        yield start, element
        if start:
            waiting.append((False, element))
            waiting += [(True, child) for child in reversed(element)]


def as_lines(page: bytes) -> str:
    return PIPELINE(visible(page)).text


def as_one_line(page: bytes) -> str:
    return PIPELINE(" ".join(visible(page).split())).text


def shingles(words: list[str]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def scores(gold: str, text: str) -> tuple[float, float, float, float]:
    """Return F1, precision, recall, and whether the words are the same."""
    wanted, found = (re.findall(r"\w+", each.lower()) for each in (gold, text))
    one, two = shingles(wanted), shingles(found)
    both = sum((one & two).values())
    precision, recall = both / max(1, two.total()), both / max(1, one.total())
    return 2 * both / max(1, one.total() + two.total()), precision, recall, float(wanted == found)


WAYS: dict[str, Callable[[bytes], str]] = {
    "trafilatura alone": alone,
    "tamis-html": extracted,
    "tamis-html + boilerplate": cleaned,
    "page as lines": as_lines,
    "page as one line": as_one_line,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--titled", action="store_true", help="the first line of each .txt is the title")
    options = parser.parse_args()
    pages = sorted(path for path in options.folder.glob("*.html") if path.with_suffix(".txt").exists())
    print(f"{len(pages)} pages{'':17}F1  precision  recall  exact")
    for name, way in WAYS.items():
        rows = []
        for path in pages:
            gold = path.with_suffix(".txt").read_text("utf-8")
            gold = gold.partition("\n")[2] if options.titled else gold
            rows.append(scores(gold, way(path.read_bytes())))
        print(f"{name:26}" + "  ".join(f"{sum(column) / len(rows):.4f}" for column in zip(*rows, strict=True)))


if __name__ == "__main__":
    main()
