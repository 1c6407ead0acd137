"""How tamis cuts text into words, sentences and paragraphs: one published, versioned rule.

Words (version 1). A word is a run of letters, digits, underscores and combining marks.
* Apostrophes (' ’ ʼ) and hyphens (- ‐ ‑) between two letters or digits belong to the word: l'Elysée, Franco-Kazakh.
* A point, comma or colon between two digits belongs to the number: 42.14, 1,000, 10:30.
* Letters each followed by a point are one word with its points: U.S., z.B.
* In scripts without spaces (Han, Kana, Thai, Lao, Khmer, Myanmar) each character with its marks is a word.

Sentences end at . ! ? … (and at 。！？ without a space) with the closing quotes and brackets that follow, where white
space and no lower-case letter comes next, unless the word before the point is a known abbreviation or an initial.
Paragraphs are the lines that are not blank, without the white space around them.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final
from typing import NamedTuple

#: The version of the word rule; models record the one they were trained on.
WORDS_VERSION: Final = 1


_new: Final = tuple.__new__  # half the time of the class's own


class Span(NamedTuple):
    """A stretch of text: code points, half-open."""

    start: int
    end: int


class Words(NamedTuple):
    """The words of a text as columns: *texts*, *starts* and *ends* have one entry a word."""

    texts: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]


#: One group, the word; all ways begin with one class, so that the search skips to it.
_PLAIN: Final = re.compile(
    r"(\w(?:[a-z]++(?=[ ,])"  # most words, first for speed
    r"|\w++(?:['’ʼ\-‐‑]\w++)*+(?![.,:]\d)"
    r"|(?<=[^\W\d_])\.(?:[^\W\d_]\.)+"
    r"|(?<=\d)\d*(?:[.,:]\d+)+(?:['’ʼ\-‐‑]?\w+)*"
    r"|\w*+(?:['’ʼ\-‐‑]\w++)*+))"
)
_HARD: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0590-\u10ff\u1200-\u1cff\u1dc0-\u1dff\u200c\u200d\u2c00-\uffef\U00010000-\U0010ffff]"
)
_NO_SPACES: Final = (
    "\u0e01-\u0e4f\u0e80-\u0eff\u1000-\u109f\u1780-\u17d3\u19e0-\u19ff\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"
)


@lru_cache(maxsize=1)
def _any_script() -> re.Pattern[str]:
    """The word rule with combining marks and scripts without spaces: exact for every text, slower than `_PLAIN`."""
    marks: list[str] = []
    start = previous = -2
    for code in (*range(0x300, 0x10000), -1):
        if code >= 0 and (unicodedata.category(chr(code)) in ("Mn", "Mc") or code in (0x200C, 0x200D)):
            if code != previous + 1:
                start = code
            previous = code
        elif previous == code - 1 or code < 0:
            if start >= 0:
                marks.append(f"{chr(start)}-{chr(previous)}")
            start = -2
    mark = "".join(marks)
    letter = f"(?:(?![{_NO_SPACES}])\\w[{mark}]*)"
    joiner = "['’ʼ\\-‐‑]"
    return re.compile(
        rf"([{_NO_SPACES}][{mark}]*"
        rf"|(?:(?![{_NO_SPACES}])[^\W\d_]\.){{2,}}"
        rf"|\d+(?:[.,:]\d+)+(?:{joiner}?{letter}+)*"
        rf"|{letter}+(?:{joiner}{letter}+)*)"
    )


def words(text: str) -> Words:
    """Return the words of *text* with their offsets.

    >>> words("France’s 42.14% of U.S. uranium").texts
    ['France’s', '42.14', 'of', 'U.S.', 'uranium']
    """
    parts = _rule(text).split(text)  # what is between two words, and words, by turns
    ends = list(accumulate(map(len, parts)))
    return Words(parts[1::2], ends[:-1:2], ends[1::2])


def word_texts(text: str) -> list[str]:
    """Return the words of *text* without their offsets, in half the time.

    >>> word_texts("France’s 42.14% of U.S. uranium")
    ['France’s', '42.14', 'of', 'U.S.', 'uranium']
    """
    return _rule(text).findall(text)


def _rule(text: str) -> re.Pattern[str]:
    return _PLAIN if text.isascii() or not _HARD.search(text) else _any_script()


def paragraphs(text: str) -> list[Span]:
    """Return the lines of *text* that are not blank, trimmed.

    >>> paragraphs(" One.\\r\\n\\r\\nTwo. ")
    [Span(start=1, end=5), Span(start=9, end=13)]
    """
    found = []
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = at + line.index(bare[0])
            found.append(_new(Span, (start, start + len(bare))))
        at += len(line)
    return found


_STOP: Final = re.compile(
    r"[.!?…。！？](?:(?<=[.!?…])(?<![.!?…].)[.!?…]*+(?:[\"'”’)\]]|[ \u00a0\u202f]?»)*(?=\s)"
    r"|(?<=[。！？])[。！？]*[”’」』）]*)"
)
_SHORT: Final = """
    mr mrs ms dr prof st gen col lt sgt capt adm gov sen rep rev hon jr sr vs etc no inc ltd co corp dept est fig
    jan feb mar apr jun jul aug sept sep oct nov dec mm mme mlle mgr art av bd cf env ex p pp vol ch nr bzw ca evtl
    ggf inkl usw vgl str abs sra srta ud uds dra avda sig dott ing geb hl chr
"""
_ABBREVIATIONS: Final = frozenset(_SHORT.split())
_LONGEST: Final = max(map(len, _ABBREVIATIONS))
_OPENERS: Final = "\"'“‘«([ \u00a0\u202f–—-"


def _is_abbreviation(text: str, stop: int, floor: int) -> bool:
    tail = text[max(floor, stop - _LONGEST - 1) : stop]
    if len(tail) > _LONGEST and tail.isalnum():
        return False  # most words
    start = stop
    while start > floor and (text[start - 1].isalnum() or text[start - 1] == "."):
        start -= 1
    word = text[start:stop]
    if len(word) == 1:
        return word.isupper()
    return word.casefold() in _ABBREVIATIONS or ("." in word and all(len(part) <= 1 for part in word.split(".")))


def sentences(text: str, lines: Sequence[Span] | None = None) -> list[Span]:
    """Return the sentences of *text*; none crosses a line break.

    >>> text = "Mr. Smith came. “He left!” Then what?"
    >>> [text[a:b] for a, b in sentences(text)]
    ['Mr. Smith came.', '“He left!”', 'Then what?']
    """
    found: list[Span] = []
    for begin, end in paragraphs(text) if lines is None else lines:
        start = begin
        for match in _STOP.finditer(text, begin, end):
            stop, stopped = match.span()
            after = stopped
            while after < end and text[after].isspace():
                after += 1
            if after >= end:
                break
            follows = text[after]
            if follows in "»,;:)":
                continue
            if follows in _OPENERS:
                follows = text[after : after + 3].lstrip(_OPENERS)[:1]
            if follows.islower() or (text[stop] == "." and _is_abbreviation(text, stop, start)):
                continue
            found.append(_new(Span, (start, stopped)))
            start = after
        if start < end:
            found.append(_new(Span, (start, end)))
    return found


class Stretch(NamedTuple):
    """A stretch *left* to *right* of an old text, of whole sentences, and what edits left of it: *begin* to *end*."""

    left: int
    right: int
    begin: int
    end: int


class Segments:
    """Words, sentences and paragraphs of one text, each made once, when first asked for."""

    __slots__ = ("_before", "_paragraphs", "_sentences", "_stretches", "_words", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._words: Words | None = None
        self._sentences: list[Span] | None = None
        self._paragraphs: list[Span] | None = None
        self._before: Segments | None = None
        self._stretches = [Stretch(0, sys.maxsize, 0, len(text))]

    def edited(self, text: str, edits: Sequence[tuple[int, int, str]]) -> Segments:
        """Return the segments of *text*, which *edits* `(start, end, text)`, in order and apart, make of this one.

        They are those of *text* itself; far from the edits the words and sentences known here are taken over.
        """
        new = Segments(text)
        if self._words is not None and self._sentences:
            new._before, new._stretches = self, _around(self._sentences, edits)
        return new

    @property
    def fresh(self) -> Sequence[Stretch]:
        """The stretches of the text that are not as they were before the last edits, each of whole sentences."""
        return self._stretches

    @property
    def words(self) -> Words:
        if self._words is None:
            self._words = words(self.text) if self._before is None else self._take_over(self._before)[0]
        return self._words

    @property
    def sentences(self) -> Sequence[Span]:
        if self._sentences is None:
            if self._before is None:
                self._sentences = sentences(self.text, self.paragraphs)
            else:
                self._sentences = self._take_over(self._before)[1]
        return self._sentences

    @property
    def paragraphs(self) -> Sequence[Span]:
        if self._paragraphs is None:
            self._paragraphs = paragraphs(self.text)
        return self._paragraphs

    def _take_over(self, before: Segments) -> tuple[Words, list[Span]]:
        """Return the words and sentences: those of *before*, and new ones in the stretches that are new."""
        self._before = None
        old, old_sentences = before.words, before.sentences
        texts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        found: list[Span] = []
        done = moved = 0
        for left, right, begin, end in [*self._stretches, _END]:
            first, last = bisect_left(old.starts, done), bisect_left(old.starts, left)
            texts += old.texts[first:last]
            starts += [start + moved for start in old.starts[first:last]]
            ends += [stop + moved for stop in old.ends[first:last]]
            same = old_sentences[bisect_left(old_sentences, (done,)) : bisect_left(old_sentences, (left,))]
            found += [_new(Span, (start + moved, stop + moved)) for start, stop in same] if moved else same
            part = self.text[begin:end]
            new = words(part)
            texts += new.texts
            starts += [start + begin for start in new.starts]
            ends += [stop + begin for stop in new.ends]
            found += [_new(Span, (start + begin, stop + begin)) for start, stop in sentences(part)]
            done, moved = right, end - right
        self._words, self._sentences = Words(texts, starts, ends), found
        return self._words, self._sentences


#: Behind the last character of any text.
_END: Final = Stretch(sys.maxsize, sys.maxsize, sys.maxsize, sys.maxsize)


def _around(sentences: Sequence[Span], edits: Sequence[tuple[int, int, str]]) -> list[Stretch]:
    """Return the stretches of whole sentences around *edits*, with one more on either side.

    Where a sentence ends depends on what stands next to its end, so that farther ones stay as they are.
    """
    out: list[Stretch] = []
    moved = 0
    for start, end, text in edits:
        first = max(0, bisect_right(sentences, (start, end)) - 2)
        last = min(len(sentences) - 1, bisect_left(sentences, (end + 1,)))
        left, right = min(start, sentences[first][0]), max(end, sentences[last][1])
        begin = left + moved
        if out and left < out[-1].right:
            left, before, begin, _ = out.pop()
            right = max(right, before)
        moved += len(text) - (end - start)
        out.append(Stretch(left, right, begin, right + moved))
    return out
