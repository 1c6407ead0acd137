"""Clean a text until nothing more is found: so cleaning what is left changes nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from typing import Any
from typing import Final

from tamis import Document
from tamis_boilerplate.book import Book
from tamis_boilerplate.brackets import bracketed
from tamis_boilerplate.clusters import clustered
from tamis_boilerplate.counter import counters
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.leftovers import leftovers
from tamis_boilerplate.leftovers import majority
from tamis_boilerplate.leftovers import signs
from tamis_boilerplate.leftovers import unended
from tamis_boilerplate.links import behind
from tamis_boilerplate.links import last_piece
from tamis_boilerplate.links import numbered
from tamis_boilerplate.links import tail
from tamis_boilerplate.links import title_line
from tamis_boilerplate.links import under
from tamis_boilerplate.margins import margins
from tamis_boilerplate.orphans import orphans
from tamis_boilerplate.page import LEAST_LINES
from tamis_boilerplate.page import above
from tamis_boilerplate.page import around
from tamis_boilerplate.page import rows_of_links
from tamis_boilerplate.photo import Photos
from tamis_boilerplate.quotes import within
from tamis_boilerplate.reading import readings
from tamis_boilerplate.scan import Scanner
from tamis_boilerplate.segments import reported
from tamis_boilerplate.segments import worded
from tamis_boilerplate.shapes import shaped
from tamis_boilerplate.shouts import shouted
from tamis_boilerplate.spots import spots
from tamis_boilerplate.tagged import tagged
from tamis_boilerplate.vocabulary import beside
from tamis_boilerplate.vocabulary import spoken
from tamis_boilerplate.wrapped import unwrapped

#: After so many passes nothing is left to find, but for texts made to defeat the rules.
PASSES: Final = 8
#: No finder gives less: at this setting whatever was found in a line is cut, so that lines left whole hold nothing.
LEAST: Final = 0.5
_BARE: Final = ("has lost its headline", "stands between two sentences")


@dataclass(slots=True)
class Result:
    """What was found: cuts in order, where the title stands, and the facts for the labels."""

    cuts: list[Cut] = field(default_factory=list)
    title: tuple[int, int] | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def clean(
    doc: Document, book: Book, keep: frozenset[str], mark: frozenset[str], least: float, page: bool, cut_title: bool
) -> Result:
    """Return what to cut from *doc*, in coordinates of its text, so that nothing is found in what is left."""
    result = Result()
    text = unwrapped(doc.text)
    view = Document(text, meta=doc.meta) if doc.trail or text is not doc.text else doc
    known = doc.title
    marked: list[Cut] = []
    layout: Layout | None = None
    last: Layout | None = None
    begun: tuple[bool, bool] | None = None
    for number in range(PASSES):
        if number:
            result.facts.setdefault("title", None)
        layout = Layout(view.segments, book, layout)
        whole = layout.fragment, len(layout.lines) == 1
        if whole != begun or keep or mark or least > LEAST:
            layout.fresh = [(0, len(layout.text))]
        begun = whole
        found = find_once(layout, book, known, result.facts, keep, least, page, cut_title)
        gone = [cut for cut in found if cut.kind not in mark]
        if number == 0:
            marked = [cut for cut in found if cut.kind in mark]
        if not gone:
            last = layout
            break
        view = view.apply(
            str(number), [view.cut((cut.start, cut.end), cut.kind, index) for index, cut in enumerate(gone)]
        )
        result.cuts += _in_first(view, str(number), gone)
    layout = last or Layout(view.segments, book, layout)
    glued = result.facts.pop("title", None)
    title = title_line(layout, known, book.words["function"])
    cut = next((cut for cut in result.cuts if cut.kind == "title"), None)
    if cut is not None:
        result.title = cut.start, len(doc.text[: cut.end].rstrip())
    elif title is not None:
        raw = view.to_raw(title)
        result.title = raw[0], raw[1]
    elif glued is not None:
        result.title = glued
    result.cuts = sorted([*result.cuts, *marked])
    return result


def _in_first(view: Document, step: str, cuts: Sequence[Cut]) -> list[Cut]:
    """Return *cuts* in the coordinates of the first text, without what earlier passes took from them."""
    taken: list[tuple[int, int]] = []
    fresh: list[Cut] = []
    for name, finding in view.trail:
        if name != step:
            taken.append(finding.span)  # type: ignore[union-attr]
    taken.sort()
    ends = [span[1] for span in taken]
    for name, finding in view.trail:
        if name != step:
            continue
        cut = cuts[int(finding.score or 0)]  # type: ignore[union-attr]
        start, end = finding.span  # type: ignore[union-attr]
        place = bisect_right(ends, start)
        while place < len(taken) and taken[place][0] < end:
            left, right = taken[place]
            if start < left:
                fresh.append(cut._replace(start=start, end=left))
            start = max(start, right)
            place += 1
        if start < end:
            fresh.append(cut._replace(start=start, end=end))
    return fresh


def find_once(
    layout: Layout,
    book: Book,
    known: str | None,
    facts: dict[str, Any],
    keep: frozenset[str],
    least: float,
    page: bool,
    cut_title: bool,
) -> list[Cut]:
    """Return the cuts of one pass, trimmed to what they take from the text; *facts* is filled where it is empty."""
    function = book.words["function"]
    found: list[Cut] = []
    look = spots(layout, book, layout.fresh)
    for counter in counters(layout, book, look.figures):
        facts.setdefault("truncated", True)
        if counter.percent is not None:
            facts.setdefault("percent_left", counter.percent)
        found.append(Cut(counter.start, counter.end, "paywall", "counter", 0.97, "counts what is left to read"))
    title = title_line(layout, known, function)
    for credit in Photos(layout, book, 0 if title is None else 1).credits(look.pictures):
        if credit.agency:
            facts.setdefault("agency", credit.agency)
        if credit.photographer:
            facts.setdefault("photographer", credit.photographer)
        head = layout.lines[0][0]
        if head < credit.caption < credit.start and credit.caption - head < 220 and layout.unit_at(credit.caption) == 0:
            facts.setdefault("title", (head, len(layout.text[: credit.caption].rstrip())))
        if credit.caption < credit.start:
            found.append(
                Cut(
                    credit.caption, credit.start, "caption", credit.rule, credit.score, "is the caption before a credit"
                )
            )
        found.append(
            Cut(credit.start, credit.end, "photo_credit", credit.rule, credit.score, "names who took the picture")
        )
    scanned = [cut for cut in Scanner(layout, book).cuts(look.rules) if not reported(layout, cut)]
    found += scanned
    for cut in scanned:
        if cut.why == "heads a list of links":
            found += under(layout, cut, layout.line_at(cut.start), function)
        elif cut.kind == "related_posts" or (cut.kind == "read_also" and cut.why in _BARE):
            found += behind(layout, cut) or numbered(layout, cut, book.words)
    found += shaped(layout, book)
    for cut in found:
        if cut.rule == "common.signed":
            facts.setdefault("agency", cut.why)
    found += signs(layout, found, book)
    found += leftovers(layout, found, book)
    found += worded(layout, found, book, look.told)
    found += tagged(layout, found, book, readings(layout))
    found += spoken(layout, found, book, look.page)
    found += beside(layout, found, book)
    found += majority(layout, found)
    found += unended(layout, found)
    found += shouted(layout, found, book)
    found += bracketed(layout, found)
    if page:
        found += tail(layout, found, function)
        found += last_piece(layout, found, book.words)
    found += orphans(layout, found, book)
    if page:
        found += clustered(layout, found, book)
        found += rows_of_links(layout, book, look.menus)
        if len(layout.lines) < LEAST_LINES:
            found += margins(layout, found, book, look.menus, cut_title)
        found += around(layout, found, book, title)
        if known is not None:
            found += above(layout, found, known, title, function)
    found = [cut for cut in found if cut.kind not in keep and cut.score >= least and not _is_quoted(layout, cut)]
    if any(cut.kind == "paywall" for cut in found):
        facts.setdefault("truncated", True)
    if cut_title and title is not None:
        found.append(Cut(title[0], title[1], "title", "title", 0.9, "is the title of the article"))
    return _tidy(layout, found)


def _is_quoted(layout: Layout, cut: Cut) -> bool:
    """Return whether *cut* is what somebody quotes: the words of a page, in an article about it."""
    end = cut.start + len(layout.text[cut.start : cut.end].rstrip())
    return within(layout.text, cut.start, end)


def _tidy(layout: Layout, cuts: list[Cut]) -> list[Cut]:
    """Return *cuts* in order without overlaps, each with the white space after it.

    The end of a line stays where text stands before the cut in its line and behind it in the next: two paragraphs
    do not become one.
    """
    text = layout.text
    out: list[Cut] = []
    ordered = sorted(cuts, key=lambda cut: (cut.start, -cut.end, -cut.score))
    inside = False
    for number, cut in enumerate(ordered):
        start, end = cut.start, cut.end
        if out:
            start = max(start, out[-1].end)
        line = layout.lines[layout.line_at(cut.start)][0]
        begun = max(line, out[-1].end) if out else line
        if not text[begun:start].isspace() and begun < start:
            inside = True
        elif not out or out[-1].end <= line:
            inside = False
        blank = end
        while blank < len(text) and text[blank].isspace():
            blank += 1
        if inside and not _goes_on(ordered, number, blank) and blank < len(text):
            blank = next((at for at in range(end, blank) if text[at] in "\r\n"), blank)
        if start < blank and (start == cut.start or any(c.isalnum() for c in text[start:blank])):
            out.append(cut._replace(start=start, end=blank))
    return out


def _goes_on(cuts: Sequence[Cut], number: int, at: int) -> bool:
    """Return whether one of the ordered *cuts* behind *number* takes the character *at*."""
    for index in range(number + 1, len(cuts)):
        if cuts[index].start > at:
            return False
        if cuts[index].end > at:
            return True
    return False
