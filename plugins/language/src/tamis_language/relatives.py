"""Near relatives, told apart by words that one of them writes otherwise: `relatives.txt` lists them.

N-grams say little of what divides Croatian from Bosnian, or Indonesian from Malay, but some words say it alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final
from typing import NamedTuple

from tamis_language.model import SMALL

#: How much less probable a telling word makes the relatives that write otherwise, in nats; chosen on the half of the
#: development set that is tuned on.
_NATS: Final = 1.5
_LINE: Final = re.compile(r"(?P<own>[a-z ]+) \[(?P<others>[a-z ]+)\]: (?P<words>.+)")


class Telling(NamedTuple):
    """For each word, and each beginning of words, the languages that write otherwise; and the relatives of each."""

    words: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]
    #: How long stems are, in letters.
    lengths: tuple[int, ...]
    relatives: Mapping[str, frozenset[str]]


def parse(lines: Iterable[str]) -> Telling:
    """Return what *lines* like `hr [bs sr]: tko tisuć*` tell; raises ValueError for a line of another form."""
    words: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    relatives: dict[str, set[str]] = {}
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            raise ValueError(f"expected a line like 'hr [bs sr]: tko tisuć*', found {line!r:.80}")
        others = found["others"].split()
        family = {*found["own"].split(), *others}
        for language in family:
            relatives.setdefault(language, set()).update(family)
        for word in found["words"].split():
            kind = stems if word.endswith("*") else words
            kind.setdefault(word.removesuffix("*"), set()).update(others)
    return Telling(
        {word: tuple(sorted(others)) for word, others in words.items()},
        {stem: tuple(sorted(others)) for stem, others in stems.items()},
        tuple(sorted({len(stem) for stem in stems})),
        {language: frozenset(family) for language, family in relatives.items()},
    )


@cache
def _telling() -> Telling:
    return parse(files(__package__).joinpath("relatives.txt").read_text("utf-8").splitlines())


def weighed(scores: dict[str, float], words: Sequence[str], allowed: frozenset[str] | None = None) -> dict[str, float]:
    """Return *scores* (probabilities, the best first) as the telling words among *words* change them; they sum to 1.

    Nothing changes where the best language has no near relatives. With *allowed*, no other language comes in.
    """
    telling = _telling()
    family = telling.relatives.get(next(iter(scores)))
    if family is None:
        return scores
    against = dict.fromkeys(family, 0)
    for word in words:
        for other in telling.words.get(word, ()):
            if other in against:
                against[other] += 1
        for length in telling.lengths:
            for other in telling.stems.get(word[:length], ()) if length <= len(word) else ():
                if other in against:
                    against[other] += 1
    if not any(against.values()):
        return scores
    odds = dict(scores)
    for language in sorted(family):
        if allowed is None or language in allowed:
            odds[language] = scores.get(language, SMALL) * math.exp(-_NATS * against[language])
    least = SMALL * max(odds.values())
    left = {name: odds[name] for name in sorted(odds, key=lambda name: (-odds[name], name)) if odds[name] >= least}
    total = sum(left.values())
    return {name: p / total for name, p in left.items()}
