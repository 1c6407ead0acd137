"""Where a headline without an end mark stops and the article goes on."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import cache
from operator import itemgetter
from typing import Final

from tamis_boilerplate.layout import Layout
from tamis_boilerplate.learned import model

#: How far a headline may reach, in words.
LONGEST: Final = 32

#: German writes the reader with a capital inside a sentence too.
POLITE: Final = frozenset(
    [
        "sie",
        "ihnen",
        "ihr",
        "ihre",
        "ihren",
        "ihrem",
        "ihrer",
        "du",
        "dich",
        "dir",
        "dein",
        "deine",
        "deinen",
        "deinem",
        "deiner",
        "euch",
        "euer",
        "eure",
        "euren",
        "eurem",
    ]
)

#: Where a seam falls inside a row of capitals, their first word may score so much less.
_NAME: Final = 2.5
#: What a seam behind a small function word loses.
_HANGING: Final = 2.0
#: The score where no sentence can begin.
NEVER: Final = -100.0

_OPENING: Final = "\"'“„«‘‹([¿¡"
_CLOSING: Final = "\"'”’»«)]"


def split(
    layout: Layout, start: int, stop: int, words: Mapping[str, frozenset[str]], least: float = 0.0
) -> tuple[int, float] | None:
    """Return where the headline that starts at *start* ends before *stop*, as (offset of what follows, score).

    None: no place in it looks like the start of a new sentence, with a score of at least *least*.
    """
    first_word = layout.word_at(start)
    best = max(seams(layout, start, stop, words), key=itemgetter(1), default=None)
    if best is None or best[1] < least:
        return None
    place = _first_of_name(layout, best[0], first_word, words["function"])
    if place < best[0] and seam_at(layout, first_word, place, layout.word_at(stop), words) >= best[1] - _NAME:
        best = place, best[1]
    return opened(layout, best[0], start), best[1]


def _first_of_name(layout: Layout, place: int, first: int, function: frozenset[str]) -> int:
    """Return the first word of the capitals in a row that hold word *place*; itself where a small word begins none."""
    text, starts, keys = layout.text, layout.starts, layout.keys
    begun = place
    while begun > first + 2 and text[starts[begun - 1]].isupper() and layout.ends[begun - 1] + 1 == starts[begun]:
        begun -= 1
    small = text[starts[begun - 1]].islower() and keys[begun - 1] not in function
    return begun if small and keys[place] not in function else place


def opened(layout: Layout, place: int, start: int) -> int:
    """Return where the signs before word *place* begin that open a quotation or a bracket, not before *start*."""
    position = layout.starts[place]
    while position > start and layout.text[position - 1] in _OPENING:
        position -= 1
    return position


def seams(layout: Layout, start: int, stop: int, words: Mapping[str, frozenset[str]]) -> Iterator[tuple[int, float]]:
    """Yield the words between *start* and *stop* that may begin a sentence after a headline, each with its score."""
    first, last = layout.word_at(start), layout.word_at(stop)
    for index in range(first + 2, min(last - 1, first + LONGEST)):
        score = seam_at(layout, first, index, last, words)
        if score > NEVER:
            yield index, score


def seam_at(
    layout: Layout, first: int, index: int, last: int, words: Mapping[str, frozenset[str]], short: bool = False
) -> float:
    """Return how much word *index* begins a sentence, after a headline that begins with word *first*.

    What stands before it may be *short*, as a button is and a headline is not.
    """
    values = features(layout, first, index, last, words["function"], words["finite"])
    if values is None or layout.keys[index] in POLITE:
        return NEVER
    table = weights()
    before = layout.keys[index - 1]
    hanging = before in words["function"] and not (short and before in words["final"])  # hardly a headline ends so
    score = sum(table.get(name, 0.0) for name in values if not (short and name.startswith("length:")))
    return score - _HANGING if hanging and layout.text[layout.starts[index - 1]].islower() else score


def features(
    layout: Layout, first: int, index: int, last: int, function: frozenset[str], finite: frozenset[str]
) -> Sequence[str] | None:
    """Return what speaks for and against a new sentence at word *index*; None where none can start there."""
    text, starts, ends, keys = layout.text, layout.starts, layout.ends, layout.keys
    start = starts[index]
    gap = text[ends[index - 1] : start]
    letter = text[start]
    opening = gap.strip()
    closed = bool(opening) and not gap[:1].isspace() and opening[0] not in _CLOSING + ".?!…,:;"
    if closed or not (
        letter.isupper() or letter.isdigit() or (opening[:1] in ("“", "«", "„", '"') and not letter.islower())
    ):
        return None
    if keys[index] == "i":  # always large
        return None
    found = ["bias"]
    before = text[starts[index - 1]]
    previous = keys[index - 1]
    word = keys[index]
    if opening:
        mark = opening[0]
        found.append(
            "gap:stop"
            if mark in ".?!…"
            else "gap:comma"
            if mark in ",;:"
            else "gap:quote"
            if mark in "\"“«„”»’'"
            else "gap:other"
        )
    if len(gap) - len(gap.strip()) > 1 or "\n" in gap:
        found.append("gap:wide")
    starter = word in function
    if previous in function:
        left_side = "function" if not before.isupper() else "function-cap"
        found.append("after:" + previous)
    else:
        left_side = "cap" if before.isupper() else "digit" if before.isdigit() else "lower"
    follows = text[starts[index + 1]] if index + 1 < last else ""
    then = text[starts[index + 2]] if index + 2 < last else ""
    glued = index + 1 < last and text[ends[index] : starts[index + 1]].strip()
    right_side = "comma" if glued else "lower" if follows.islower() else "cap" if follows.isupper() else "digit"
    if letter.isdigit():
        this = "digit"
    elif starter:
        this = "function"
        found.append("opens:" + word)
    elif ends[index] - start > 1 and text[start : ends[index]].isupper():
        this = "acronym"
    else:
        this = "small" if word in small() else "word"
    found += [f"{left_side}|{this}", f"{this}|{right_side}", f"{left_side}|{this}|{right_side}"]
    if left_side == "cap" and previous in small():
        found.append("cap-small|" + this)
    if not starter and follows.islower() and index + 1 < last:
        after = keys[index + 1]
        found.append("next:function" if after in function else "next:finite" if after in finite else "next:lower")
        if after in function:
            found.append("then:" + after)
    if not opening and any(keys[position] in finite for position in range(index + 1, min(last, index + 8))):
        found.append("finite:" + this)
    if not opening and letter.isupper() and not starter:
        run = _run(layout, first, index, last, function)
        found += ["run:" + run[:2], "run:" + run]
    if not starter and index + 1 < last and word in keys[first:index]:
        place = keys.index(word, first, index)
        if keys[place + 1] == keys[index + 1] and text[starts[place]].isupper():
            found.append("again twice")
    if then:
        found.append("then:lower" if then.islower() else "then:cap")
    length = index - first
    found.append(f"length:{min(length // 2, 9)}")
    left = [position for position in range(first + 1, index) if ends[position] - starts[position] > 3]
    if left:
        share = sum(text[starts[position]].isupper() for position in left) / len(left)
        found.append("left:title" if share > 0.75 else "left:mixed" if share > 0.4 else "left:plain")
        if share > 0.75:
            found.append(f"title+{this}|{right_side}")
            ahead = range(index + 1, min(last, index + 6))
            lower = sum(text[starts[p]].islower() for p in ahead)
            found.append(f"title-ahead:{lower}")
    if last - index < 4:
        found.append("right:short")
    return found


def _run(layout: Layout, first: int, index: int, last: int, function: frozenset[str]) -> str:
    """Return how many capitals stand in a row before word *index* and from it, and what follows them."""
    text, starts, ends, keys = layout.text, layout.starts, layout.ends, layout.keys
    before = index
    while before > max(first, index - 3) and text[starts[before - 1]].isupper() and keys[before - 1] not in function:
        before -= 1
    after = index + 1
    while after < min(last, index + 4) and text[starts[after]].isupper() and ends[after - 1] + 1 == starts[after]:
        after += 1
    if after == last:
        follows = "end"
    elif text[ends[after - 1] : starts[after]].strip():
        follows = "mark"
    else:
        key = keys[after]
        follows = "function" if key in function else "small" if text[starts[after]].islower() else "other"
    return f"{index - before}{after - index}{follows}"


@cache
def small() -> frozenset[str]:
    """Return the words that are written small inside sentences, so that a capital tells something."""
    return frozenset(str(model()["small"]).split())


@cache
def weights() -> Mapping[str, float]:
    """Return what each feature of a seam weighs."""
    table = dict(model()["headline"])
    # Lines joined by more than one space keep their seam; no training text has it.
    table["gap:wide"] = 4.0
    # A lede or a caption repeats the names of its own title; headlines joined to foreign sentences do not.
    table["again twice"] = 3.0
    return table
