"""What stands beside a cut and goes with it: the sentence about prices after a paywall's, the button after a notice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tamis_boilerplate.book import Book
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.headline import split
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.vocabulary import points

_COPYRIGHTS: Final = ("©", "(c)", "℗")
_COPYRIGHT: Final = re.compile(r"©|\(c\)\s(?=\d{4}|[A-Z]|dpa|epd|apa)|℗")
#: A name behind the sign, and then a sentence: "© Harbour Post. The mayor said so on Tuesday ..."
_NAMED: Final = re.compile(r"(?:©|\(c\)|℗)\s?[\w ./&-]{2,40}?\.(?=\s[A-ZÀ-Þ]\w*\s(?:[\w'’-]+\s){5})")
_MARK: Final = re.compile(r"(?<!\d)[.!?…:](?=\s|$|[\"”»«)])")
_LAST: Final = frozenset(("copyright", "cookie", "source", "comment", "share", "newsletter"))
_WHOLE: Final = frozenset(
    ("paywall", "newsletter", "cookie", "comment", "app", "copyright", "share", "source", "ad", "live_nav", "av_player")
)
_PICTURES: Final = frozenset(("caption", "photo_credit", "byline"))
#: A link has at most so many words.
_LINK: Final = 16
#: What begins a line that is no paragraph, if it has no end mark; so many words may follow it.
_OPENERS: Final = _WHOLE - {"ad"} | {"caption", "read_also", "related_posts"}
_REST: Final = 30
#: What may stand before a title in its line.
_TITLED: Final = frozenset(("caption", "read_also", "related_posts", "live_nav"))
_CHAINED: Final = frozenset(("paywall", "newsletter", "cookie", "comment", "app", "copyright"))


def signs(layout: Layout, found: Sequence[Cut], book: Book) -> list[Cut]:
    """Return the lines and sentences that a sign of copyright opens."""
    cuts: list[Cut] = []
    if not any(sign in layout.text for sign in _COPYRIGHTS):
        return cuts
    taken = sorted((cut.start, cut.end) for cut in found)
    place = 0
    for match in _COPYRIGHT.finditer(layout.text):
        at = match.start()
        while place < len(taken) and taken[place][1] <= at:
            place += 1
        inside = place < len(taken) and taken[place][0] <= at
        if inside or (cuts and at < cuts[-1].end):
            continue
        number = layout.line_at(at)
        start, end = layout.lines[number]
        before = layout.text[start : min(at, start + 40)].strip(" -–—|•*()")
        if len(before) <= 25 and end - start <= 260 and not before.endswith((",", ";")):
            named = _NAMED.match(layout.text, at, end)
            if named is not None and layout.ends_well((at, end)):
                end = named.end()
            cuts.append(Cut(start, end, "copyright", "common.copyright", 0.93, "a line that a sign of copyright opens"))
            continue
        unit = layout.unit_at(at)
        begin, stop = layout.sentences[unit]
        if at - begin <= 12 and stop - begin <= 200:
            if stop - at > 40 and layout.ends_well((begin, stop)):
                # "© 2031 Harbour Post The mayor ...": a name, and then a sentence of the article.
                seam = split(layout, at, stop, book.words, -2.0)
                stop = _opener(layout, at, book) or (seam[0] if seam is not None else stop)
            cuts.append(
                Cut(begin, stop, "copyright", "common.copyright", 0.8, "a sentence that a sign of copyright opens")
            )
        elif stop == end and end - at < 160 and len(layout.lines) - number < 6 and not layout.ends_well((at, end)):
            cuts.append(Cut(at, end, "copyright", "common.copyright", 0.7, "ends the page with a sign of copyright"))
    return cuts


def _opener(layout: Layout, at: int, book: Book) -> int | None:
    """Return where a function word with a capital begins a sentence behind the name at *at*, or None."""
    first = layout.word_at(at)
    for place in range(first + 1, min(first + 6, len(layout.keys))):
        start = layout.starts[place]
        after_name = layout.text[layout.starts[place - 1]].isupper() and layout.text[start - 1] == " "
        if layout.text[start].isupper() and layout.keys[place] in book.words["function"] and after_name:
            return start
    return None


def leftovers(layout: Layout, found: Sequence[Cut], book: Book) -> list[Cut]:
    """Return the sentences and words next to the cuts *found* that belong to them."""
    cuts: list[Cut] = []
    spans = sorted(found)
    for index, cut in enumerate(spans):
        upto = spans[index + 1].start if index + 1 < len(spans) else len(layout.text)
        line = layout.lines[layout.line_at(cut.start)]
        end = cut.end
        if upto < line[1] and cut.kind not in _PICTURES and _is_label(layout, end, upto):
            cuts.append(Cut(end, upto, cut.kind, cut.rule, 0.7, "is all that stands between two cuts"))
            continue
        if cut.kind in _CHAINED:
            end = _chain(layout, cut, upto, book)
            if end > cut.end:
                cuts.append(Cut(cut.end, end, cut.kind, cut.rule, 0.75, "goes on with it"))
        last = upto == len(layout.text) and 0 < upto - end < 140
        label = cut.kind not in _PICTURES and layout.word_at(upto) - layout.word_at(end) < 4
        if last and not _MARK.search(layout.text, end) and (cut.kind in _LAST or label):
            cuts.append(Cut(end, len(layout.text), cut.kind, cut.rule, 0.7, "is all that follows it"))
            continue
        if cut.start <= line[0] + 2 and end < line[1] <= min(upto, end + 60):
            rest = layout.text[end : line[1]]
            told = layout.ends_well((end, line[1])) and _has_verb(layout, end, line[1], book)
            if len(rest.split()) <= 3 and len(rest) < 40 and cut.rule not in ("common.credit",) and not told:
                cuts.append(Cut(end, line[1], cut.kind, cut.rule, 0.7, "is all that is left of its line"))
        elif cut.end >= line[1] and line[0] < cut.start < line[0] + 60:
            rest = layout.text[line[0] : cut.start]
            before = spans[index - 1].end if index else 0
            if before <= line[0] and len(rest.split()) <= 2 and len(rest) < 30 and cut.kind in _CHAINED:
                cuts.append(Cut(line[0], cut.start, cut.kind, cut.rule, 0.7, "is all that is left of its line"))
    return cuts


def unended(layout: Layout, found: Sequence[Cut]) -> list[Cut]:
    """Return what is left of lines that one of the cuts *found* begins and no end mark ends: paragraphs have one."""
    cuts: list[Cut] = []
    ends: dict[int, int] = {}
    for cut in sorted(found):
        ends[layout.line_at(cut.start)] = max(cut.end, ends.get(layout.line_at(cut.start), 0))
    for cut in found:
        number = layout.line_at(cut.start)
        start, stop = layout.lines[number]
        end = ends[number]
        if cut.kind not in _OPENERS or not layout.blank(start, cut.start) or layout.blank(end, stop):
            continue
        if number == 0 and cut.kind in _TITLED:
            continue
        if layout.ends_well((start, stop)) or layout.text[stop - 1] in ":,;" or layout.wraps(number):
            continue
        if layout.word_at(stop) - layout.word_at(end) <= _REST and layout.unit_at(stop - 1) - layout.unit_at(end) < 2:
            cuts.append(Cut(end, stop, cut.kind, cut.rule, 0.7, "is the rest of a line that it begins"))
    return cuts


def _has_verb(layout: Layout, start: int, end: int, book: Book) -> bool:
    """Return whether *start*:*end* has a finite verb that the packs know."""
    keys = layout.keys[layout.word_at(start) : layout.word_at(end)]
    return not (book.words["finite"] | book.words["speech"]).isdisjoint(keys)


def _is_label(layout: Layout, start: int, end: int) -> bool:
    """Return whether *start*:*end*, between two cuts, is a button or a link: it has no end mark and begins anew."""
    gap = layout.text[start:end].strip(" :|•·–—-")
    if not gap or len(gap) > 120 or layout.word_at(end) - layout.word_at(start) > _LINK:
        return False
    return not gap[0].islower() and gap[-1] not in ",;" and not _MARK.search(gap)


def majority(layout: Layout, found: Sequence[Cut]) -> list[Cut]:
    """Return what is left of short lines of which the greater part is cut and the rest is no paragraph."""
    covered: dict[int, list[Cut]] = {}
    for cut in found:
        if cut.kind in _WHOLE and cut.start < len(layout.text):
            covered.setdefault(layout.line_at(cut.start), []).append(cut)
    cuts: list[Cut] = []
    for number, parts in sorted(covered.items()):
        start, end = layout.lines[number]
        first, last = layout.word_at(start), layout.word_at(end)
        if len(layout.lines) == 1 or last - first > 70 or max(cut.end for cut in parts) > end:
            continue
        gone = sum(layout.word_at(cut.end) - layout.word_at(cut.start) for cut in parts)
        if gone >= last - first or gone < 0.5 * (last - first):
            continue
        edges = sorted((cut.start, cut.end) for cut in parts)
        rests = list(zip([start, *(right for _, right in edges)], [*(left for left, _ in edges), end], strict=True))
        if any(_is_sentence(layout, rest) for rest in rests):
            continue
        kind = max(parts, key=lambda cut: cut.end - cut.start)
        cuts += [
            Cut(left, right, kind.kind, kind.rule, 0.65, "is the smaller part of its line")
            for left, right in rests
            if any(c.isalnum() for c in layout.text[left:right])
        ]
    return cuts


def _is_sentence(layout: Layout, span: tuple[int, int]) -> bool:
    """Return whether *span* is a sentence of the article: a long one, or one that does not speak to the reader."""
    first, last = layout.unit_at(span[0]), layout.unit_at(max(span[0], span[1] - 1))
    if last > first:
        units = [layout.sentences[unit] for unit in range(first, last + 1)]
        return any(_is_sentence(layout, (max(span[0], unit[0]), min(span[1], unit[1]))) for unit in units)
    end = span[0] + len(layout.text[span[0] : span[1]].rstrip())
    keys = layout.keys[layout.word_at(span[0]) : layout.word_at(end)]
    ended = layout.ends_well((span[0], end)) or layout.text[end - 1] == ":"
    if len(keys) > 16 or (len(keys) > 8 and ended):
        return True
    table, you = points()
    return len(keys) > 3 and ended and you.isdisjoint(keys) and table.keys().isdisjoint(keys)


def _chain(layout: Layout, cut: Cut, upto: int, book: Book) -> int:
    """Return where the sentences end that go on with *cut*."""
    end = cut.end
    line = layout.lines[layout.line_at(cut.start)]
    unit = layout.unit_at(max(cut.start, cut.end - 1)) + 1
    for number in range(unit, min(unit + 4, len(layout.sentences))):
        start, stop = layout.sentences[number]
        if start < end or stop > upto or start >= line[1]:
            break
        keys = layout.keys[layout.word_at(start) : layout.word_at(stop)]
        vocabulary = book.words["paywall"]
        if len(keys) > 15 or not any(word in vocabulary for word in keys) or not layout.ends_well((start, stop)):
            break
        if any(mark in layout.text[start:stop] for mark in '“”«»"'):
            break
        if cut.kind != "paywall" and not any(word in book.words["reader"] for word in keys):
            break
        end = stop
    return end
