"""The words, sentences and lines of a text after cuts: only the sentences around a cut are made anew."""

from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from tamis import Document
from tamis import Span
from tamis import Words


class Segments(NamedTuple):
    """The words, sentences and lines of a text, and the stretches of it that are new."""

    words: Words
    sentences: Sequence[Span]
    lines: Sequence[Span]
    fresh: Sequence[tuple[int, int]]


def whole(doc: Document) -> Segments:
    """Return the segments of the text of *doc*; all of it is new."""
    return Segments(doc.words, doc.sentences, doc.paragraphs, [(0, len(doc.text))])


def without(old: Segments, cuts: Sequence[tuple[int, int]], doc: Document) -> Segments:
    """Return the segments of the text of *doc*: that of *old* without *cuts*, which are in order."""
    text = doc.text
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[Span] = []
    fresh: list[tuple[int, int]] = []
    words = old.words
    done = gone = 0
    for left, right, removed in [*_around(old.sentences, cuts), (-1, -1, 0)]:
        first = bisect_left(words.starts, done)
        last = bisect_left(words.starts, left) if left >= 0 else len(words.starts)
        texts += words.texts[first:last]
        starts += [start - gone for start in words.starts[first:last]]
        ends += [end - gone for end in words.ends[first:last]]
        first = bisect_left(old.sentences, (done,))
        last = bisect_left(old.sentences, (left,)) if left >= 0 else len(old.sentences)
        sentences += [Span(start - gone, end - gone) for start, end in old.sentences[first:last]]
        if left < 0:
            break
        begin = left - gone
        gone += removed
        part = Document(text[begin : right - gone])
        texts += part.words.texts
        starts += [start + begin for start in part.words.starts]
        ends += [end + begin for end in part.words.ends]
        sentences += [Span(start + begin, end + begin) for start, end in part.sentences]
        if right - gone > begin:
            fresh.append((begin, right - gone))
        done = right
    return Segments(Words(texts, starts, ends), sentences, doc.paragraphs, fresh)


def _around(sentences: Sequence[Span], cuts: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Return the stretches of whole sentences around *cuts*, one more on either side, with how much goes in each.

    Where a sentence ends depends on what stands next to its end, so that farther ones stay as they are.
    """
    out: list[tuple[int, int, int]] = []
    for start, end in cuts if sentences else ():
        first = max(0, bisect_right(sentences, (start, end)) - 2)
        last = min(len(sentences) - 1, bisect_left(sentences, (end + 1,)))
        left, right, removed = min(start, sentences[first][0]), max(end, sentences[last][1]), end - start
        if out and left < out[-1][1]:
            left, before, more = out.pop()
            right, removed = max(right, before), removed + more
        out.append((left, right, removed))
    return out
