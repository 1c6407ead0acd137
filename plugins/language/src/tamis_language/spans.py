"""Where a document changes its language: the best path of languages through its words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Sequence
from collections.abc import Set
from itertools import pairwise
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import NamedTuple

from tamis_language.letters import fold
from tamis_language.letters import words_with_places
from tamis_language.model import UNIT
from tamis_language.model import blocks
from tamis_language.scripts import DECIDES
from tamis_language.scripts import HAN
from tamis_language.scripts import KANA
from tamis_language.scripts import LATIN
from tamis_language.scripts import SCRIPTS
from tamis_language.scripts import script_of

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float64]]

# What a change of language costs, in nats of evidence, by what stands between two words.
_LINE_COST: Final = 5.0
_SIGN_COST: Final = 9.0
_SPACE_COST: Final = 16.0
_LINE: Final = re.compile("[\n\r\u2028\u2029]")
_SIGN: Final = re.compile('[.!?…।。！？؟:|•–—"“”„«»‹›「」『』()\\[\\]]')
# No word says more than this against a language.
_MOST: Final = 6.0
# A word in a script that a language is not written in; Latin names stand in all of them.
_FOREIGN: Final = -6.0
_FOREIGN_LATIN: Final = -1.5
# In Latin letters told apart too badly for a sentence of the one inside the other to be seen.
_SIBLINGS: Final = ({"bs", "hr", "sr"}, {"id", "ms"})
# A stretch between two signs proposes a language if it has as many words.
_FEWEST: Final = 3
_CANDIDATES: Final = 8
# Of a word, as many letters are read.
_LETTERS: Final = 64


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
    gaps = [_cost(text[end:start]) for end, start in zip(ends, starts[1:], strict=False)]
    scores = _scores(
        [fold(word[:_LETTERS]) for word in words], gaps, main, None if languages is None else frozenset(languages)
    )
    names = list(scores)
    if not names:
        return []
    path = _best_path(list(scores.values()), gaps) if len(names) > 1 else [0] * len(words)
    found: list[Stretch] = []
    for place, state in enumerate(path):
        if found and found[-1].language == names[state]:
            found[-1] = Stretch(found[-1].start, ends[place], names[state])
        else:
            found.append(Stretch(starts[place], ends[place], names[state]))
    return found


def _cost(between: str) -> float:
    """Return what a change of language costs where *between* stands between two words."""
    if between == " ":
        return _SPACE_COST
    if _LINE.search(between):
        return _LINE_COST
    return _SIGN_COST if _SIGN.search(between) else _SPACE_COST


def _scores(
    words: Sequence[str], gaps: Sequence[float], main: str, allowed: frozenset[str] | None
) -> dict[str, list[float]]:
    """Return what each word says for each language that may be somewhere, by language."""
    import numpy as np

    scripts = np.array([script_of(word[0]) for word in words])
    sizes = np.array([len(word) for word in words])
    cuts = [0, *(place for place, cost in enumerate(gaps, 1) if cost < _SPACE_COST), len(words)]
    #: By language: how many letters propose it, what words say for it, and the scripts it is written in.
    letters: dict[str, int] = defaultdict(int, {} if main.startswith("und") else {main: 1 << 40})
    said: dict[str, list[Floats]] = defaultdict(list)
    home: dict[str, set[int]] = defaultdict(set)
    for script in np.unique(scripts).tolist():
        here = scripts == script
        block = blocks().get(SCRIPTS[script])
        if block is None:
            decided = "ja" if script == HAN and KANA in scripts else DECIDES.get(SCRIPTS[script])
            if decided is not None and (allowed is None or decided in allowed):
                letters[decided] += int(sizes[here].sum())
                home[decided] |= {script, HAN} if decided == "ja" else {script}
            continue
        inside = [name for name in block.languages if _may_be_inside(name, main, script)]
        names = [name for name in inside if allowed is None or name in allowed]
        if not names:
            continue
        columns = [block.languages.index(name) for name in names]
        matrix = np.zeros((len(words), len(names)))
        matrix[here] = _said(block.score_each, [words[place] for place in here.nonzero()[0]])[:, columns]
        prior = np.array([block.bias[column] for column in columns]) * UNIT
        for best, count in _proposed(matrix, here, sizes, cuts, prior).items():
            letters[names[best]] += count
        for column, name in enumerate(names):
            said[name].append(matrix[:, column])
            home[name].add(script)
    chosen = sorted(letters, key=lambda name: (-letters[name], name))[:_CANDIDATES]
    return {name: _column(scripts.tolist(), said[name], home[name]) for name in chosen}


def _may_be_inside(language: str, main: str, script: int) -> bool:
    """Return whether a stretch of *language* in *script* can be seen in a text that is in *main*."""
    siblings = script == LATIN and any({language, main} <= group for group in _SIBLINGS)
    return language != "und" and (language == main or not siblings)


def _column(scripts: Sequence[int], said: Sequence[Floats], home: Set[int]) -> list[float]:
    """Return what each word says for a language that is written in the scripts *home*."""
    import numpy as np

    foreign = {script: _FOREIGN_LATIN if script == LATIN else _FOREIGN for script in {*scripts} - home - {0}}
    total = np.array([foreign.get(script, 0.0) for script in scripts])
    for part in said:
        total += part
    column: list[float] = total.tolist()
    return column


def _said(score_each: Any, words: Sequence[str]) -> Floats:
    """Return what each of *words* says against each language, between 0 and `_MOST`, negative."""
    import numpy as np

    places = {word: place for place, word in enumerate(dict.fromkeys(words))}
    each = score_each(list(places)) * UNIT
    each -= each.max(axis=1, keepdims=True)
    matrix: Floats = np.maximum(each, -_MOST)[[places[word] for word in words]]
    return matrix


def _proposed(matrix: Floats, here: Any, sizes: Any, cuts: Sequence[int], prior: Floats) -> dict[int, int]:
    """Return the columns that are the best of some piece of text between two signs, with the letters of those."""
    import numpy as np

    sums = np.concatenate([np.zeros((1, matrix.shape[1])), np.cumsum(matrix, axis=0)])
    counts = np.concatenate([[0], np.cumsum(here)])
    letters = np.concatenate([[0], np.cumsum(sizes * here)])
    found: dict[int, int] = {}
    for start, end in pairwise(cuts):
        if counts[end] - counts[start] >= _FEWEST:
            best = int(np.argmax(sums[end] - sums[start] + prior))
            found[best] = found.get(best, 0) + int(letters[end] - letters[start])
    return found


def _best_path(columns: list[list[float]], gaps: Sequence[float]) -> list[int]:
    """Return the best state at each place, where a change between two places costs what *gaps* says."""
    states = range(len(columns))
    totals = [column[0] for column in columns]
    back: list[list[int]] = []
    for place, cost in enumerate(gaps, 1):
        best = max(states, key=totals.__getitem__)
        least = totals[best] - cost
        back.append([state if totals[state] >= least else best for state in states])
        totals = [max(totals[state], least) + columns[state][place] for state in states]
    state = max(states, key=totals.__getitem__)
    path = [state]
    for came in reversed(back):
        state = came[state]
        path.append(state)
    return path[::-1]
