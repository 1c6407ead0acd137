"""What each word is: its normal form, the kinds of news event it names, and whether word lists call it good or bad."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from typing import Final
from typing import NamedTuple

#: How many spellings a lexicon remembers before it forgets them all; it bounds memory, never an answer.
_REMEMBERED: Final = 100_000
_SHORTEST_STEM: Final = 2
#: Valences of words and phrases are from minus this to this.
HIGHEST: Final = 3
_APOSTROPHES: Final = str.maketrans("’ʼ", "''")


class Word(NamedTuple):
    """What the lexicon knows of one spelling."""

    #: Lower case, straight apostrophes, no possessive; `#` for a number, `#%` for a percentage.
    norm: str
    #: Kinds of the news-event lexicon, sorted.
    kinds: tuple[str, ...]
    #: 1 or -1 where the opinion lexicon has the word, else 0.
    opinion: int
    #: How good (above 0) or bad (below 0) the valence lexicon calls it, -4 to 4.
    valence: float
    #: How good or bad the news valence lexicon calls what it reports, -3 to 3, where it stands in no phrase.
    grade: int
    #: It turns what follows round (`not`).
    negates: bool
    #: It lessens what follows (`reduce`).
    lessens: bool


class Lexicon:
    """Word lists in one: news events by kind (whole words and stems), opinion words, valences of words and phrases."""

    def __init__(self, state: Mapping[str, Any]) -> None:
        self._exact: dict[str, list[str]] = {word: kinds.split() for word, kinds in state["exact"].items()}
        self._stems: dict[str, list[str]] = {stem: kinds.split() for stem, kinds in state["stems"].items()}
        self._not = frozenset(state["not"])
        self._opinion: dict[str, int] = state["opinion"]
        self._valence: dict[str, float] = state["valence"]
        self._graded: dict[str, int] = {}
        #: How many words the longest phrase has that begins with two words.
        self._reach: dict[tuple[str, str], int] = {}
        for entry in filter(None, state["graded"].split("\n")):
            phrase, _, grade = entry.partition("\t")
            self._graded[phrase] = int(grade)
            words = phrase.split(" ")
            if len(words) > 1:
                begin = (words[0], words[1])
                self._reach[begin] = max(len(words), self._reach.get(begin, 0))
        self._longest = max(map(len, self._stems), default=0)
        self._known: dict[str, Word] = {}

    def word(self, spelling: str) -> Word:
        """Return what is known of *spelling*, a word as `tamis` cuts them."""
        word = self._known.get(spelling)
        if word is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            word = self._known[spelling] = self._look_up(spelling)
        return word

    @property
    def phrases(self) -> Iterator[tuple[list[str], int]]:
        """The phrases that have a valence, by their words."""
        return ((phrase.split(" "), grade) for phrase, grade in self._graded.items() if " " in phrase)

    def phrase(self, spellings: Sequence[str], first: int, stop: int) -> tuple[int, int] | None:
        """Return where the longest phrase ends that begins at *first* and ends by *stop*, and its valence."""
        norms = [self.word(spelling).norm for spelling in spellings[first : min(first + 2, stop)]]
        last = first + self._reach.get((norms[0], norms[-1]), 0) if len(norms) > 1 else first
        norms += [self.word(spelling).norm for spelling in spellings[first + 2 : min(last, stop)]]
        for words in range(len(norms), 1, -1):
            grade = self._graded.get(" ".join(norms[:words]))
            if grade is not None:
                return first + words, grade
        return None

    def grades(self, spellings: Sequence[str], first: int, stop: int) -> Iterator[tuple[int, int]]:
        """Yield the valences in a sentence with their places; that of a phrase stands at its last word.

        A phrase takes back what its words say alone ("justice department" has none).
        """
        at = first
        while at < stop:
            end, grade = self.phrase(spellings, at, stop) or (at + 1, self.word(spellings[at]).grade)
            if grade:
                yield end - 1, grade
            at = end

    def _look_up(self, spelling: str) -> Word:
        norm = spelling.lower().translate(_APOSTROPHES)
        if norm.endswith("'s"):
            norm = norm[:-2]
        if norm[:1].isdigit():
            return Word("#%" if norm.endswith("%") else "#", (), 0, 0.0, 0, False, False)
        kinds = set(self._exact.get(norm, ()))
        if norm not in self._not:
            for end in range(_SHORTEST_STEM, min(len(norm), self._longest) + 1):
                kinds.update(self._stems.get(norm[:end], ()))
        return Word(
            norm,
            tuple(sorted(kinds)),
            self._opinion.get(norm, 0),
            self._valence.get(norm, 0.0),
            self._graded.get(norm, 0),
            "negator" in kinds,
            "fewer" in kinds,
        )


def parse_events(lines: Iterable[str]) -> dict[str, Any]:
    """Return the state (`exact`, `stems`, `not`) of a news-event lexicon written as lines `kind: word stem* !word`."""
    exact: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    spared: set[str] = set()
    for line in lines:
        kind, colon, words = line.partition(":")
        if line.startswith("#") or not colon:
            continue
        for word in words.split():
            if word.startswith("!"):
                spared.add(word[1:])
            elif word.endswith("*"):
                stems.setdefault(word[:-1], set()).add(kind)
            else:
                exact.setdefault(word, set()).add(kind)
    return {
        "exact": {word: " ".join(sorted(kinds)) for word, kinds in sorted(exact.items())},
        "stems": {stem: " ".join(sorted(kinds)) for stem, kinds in sorted(stems.items())},
        "not": sorted(spared),
    }
