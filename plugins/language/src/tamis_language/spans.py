"""Where a document changes its language: the best path of languages through its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from typing import NamedTuple

from tamis_language.letters import fold
from tamis_language.letters import words_with_places
from tamis_language.model import UNIT
from tamis_language.model import Block
from tamis_language.model import blocks
from tamis_language.scripts import DECIDES
from tamis_language.scripts import HAN
from tamis_language.scripts import KANA
from tamis_language.scripts import LATIN
from tamis_language.scripts import SCRIPTS
from tamis_language.scripts import script_of

# What a change of language costs, in nats of evidence, by what stands between two words.
_COSTS: Final = {"line": 5.0, "sentence": 9.0, "quote": 9.0, "none": 16.0}
_LINE: Final = re.compile(r"[\n\r\u2028\u2029]")
_SENTENCE: Final = re.compile(r"[.!?…।。！？؟:|•–—]")
_QUOTE: Final = re.compile('["“”„«»‹›「」『』()\\[\\]]')
# Words repeat and depend on each other, so a word counts for less than its posterior says.
_COOLED: Final = 0.6
# No word says more than this against a language.
_MOST: Final = 6.0
# A word in a script that a language is not written in; Latin names stand in all of them.
_FOREIGN: Final = -6.0
_FOREIGN_LATIN: Final = -1.5
_FEWEST: Final = 3
_CANDIDATES: Final = 8


class Stretch(NamedTuple):
    """A stretch of text in one language: code points, half-open."""

    start: int
    end: int
    language: str


def stretches(text: str, main: str, languages: Iterable[str] | None = None) -> list[Stretch]:
    """Return the stretches of *text*, in order, each in one language; *main* is the language of the whole.

    With *languages*, only those are considered. A text without words has no stretches.
    """
    words, starts, ends = words_with_places(text)
    if not words:
        return []
    gaps = [_gap(text[end:start]) for end, start in zip(ends, starts[1:], strict=False)]
    scores = _scores(words, gaps, main, None if languages is None else frozenset(languages))
    names = list(scores)
    path = _best_path(list(scores.values()), gaps) if len(names) > 1 else [0] * len(words)
    found: list[Stretch] = []
    for place, state in enumerate(path):
        if found and found[-1].language == names[state]:
            found[-1] = Stretch(found[-1].start, ends[place], names[state])
        else:
            found.append(Stretch(starts[place], ends[place], names[state]))
    return found


def _gap(between: str) -> float:
    if between == " ":
        return _COSTS["none"]
    if _LINE.search(between):
        return _COSTS["line"]
    if _SENTENCE.search(between):
        return _COSTS["sentence"]
    return _COSTS["quote"] if _QUOTE.search(between) else _COSTS["none"]


def _scores(
    words: Sequence[str], gaps: Sequence[float], main: str, allowed: frozenset[str] | None
) -> dict[str, list[float]]:
    """Return what each word says for each language that may be somewhere, by language."""
    import numpy as np

    folded = [fold(word) for word in words]
    scripts = [script_of(word[0]) for word in folded]
    sizes = np.array([len(word) for word in folded])
    cuts = [0, *(place for place, cost in enumerate(gaps, 1) if cost < _COSTS["none"]), len(words)]
    rows: dict[int, tuple[Block, object]] = {}
    columns: dict[str, object] = {}
    letters: dict[str, int] = {main: 1 << 40} if not main.startswith("und") else {}
    for script in sorted(set(scripts)):
        block = blocks().get(SCRIPTS[script])
        here = np.array([kind == script for kind in scripts])
        if block is None:
            language = "ja" if script == HAN and KANA in scripts else DECIDES.get(SCRIPTS[script])
            if language is not None:
                letters[language] = letters.get(language, 0) + int(sizes[here].sum())
            continue
        known = [
            number
            for number, name in enumerate(block.languages)
            if name != "und" and (allowed is None or name in allowed)
        ]
        places = {
            word: place
            for place, word in enumerate(
                dict.fromkeys(w for w, kind in zip(folded, scripts, strict=True) if kind == script)
            )
        }
        each = block.score_each(list(places)) * np.float32(UNIT * _COOLED)
        matrix = np.zeros((len(words), len(known)), np.float32)
        matrix[here] = each[[places[w] for w, kind in zip(folded, scripts, strict=True) if kind == script]][:, known]
        matrix[here] = np.maximum(matrix[here] - matrix[here].max(axis=1, keepdims=True), -_MOST)
        rows[script] = (block, matrix)
        bias = np.array([block.bias[number] for number in known], np.float32) * np.float32(UNIT)
        sums = np.concatenate([np.zeros((1, len(known)), np.float32), np.cumsum(matrix, axis=0, dtype=np.float64)])
        count = np.concatenate([[0], np.cumsum(here)])
        for start, end in pairwise(cuts):
            if count[end] - count[start] >= _FEWEST:
                best = block.languages[known[int(np.argmax(sums[end] - sums[start] + bias))]]
                letters[best] = letters.get(best, 0) + int(sizes[start:end][here[start:end]].sum())
        for column, number in enumerate(known):
            columns[block.languages[number]] = (
                matrix[:, column]
                if block.languages[number] not in columns
                else columns[block.languages[number]] + matrix[:, column]
            )
    names = sorted(letters, key=lambda name: (-letters[name], name))[:_CANDIDATES]
    homes = {name: _home(name, scripts, rows) for name in names}
    found = {}
    for name in names:
        base = np.array(
            [0.0 if kind in homes[name] else (_FOREIGN_LATIN if kind == LATIN else _FOREIGN) for kind in scripts]
        )
        found[name] = (base + columns[name] if name in columns else base).tolist()
    return found


def _home(language: str, scripts: Sequence[int], rows: dict[int, tuple[Block, object]]) -> set[int]:
    """Return the scripts of the document that *language* is written in."""
    home = {script for script, (block, _) in rows.items() if language in block.languages}
    home |= {script for script in set(scripts) if DECIDES.get(SCRIPTS[script]) == language}
    if language == "ja":
        home.add(HAN)
    return home | {0}


def _best_path(columns: list[list[float]], gaps: Sequence[float]) -> list[int]:
    """Return the best state at each place, where a change between two places costs what *gaps* says."""
    states = range(len(columns))
    totals = [column[0] for column in columns]
    back: list[list[int]] = []
    for place, cost in enumerate(gaps, 1):
        best = max(states, key=totals.__getitem__)
        least = totals[best] - cost
        came = [state if totals[state] >= least else best for state in states]
        totals = [max(totals[state], least) + columns[state][place] for state in states]
        back.append(came)
    state = max(states, key=totals.__getitem__)
    path = [state]
    for came in reversed(back):
        state = came[state]
        path.append(state)
    return path[::-1]
