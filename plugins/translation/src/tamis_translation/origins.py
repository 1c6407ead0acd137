"""Say which source languages the places, the people and the institutions of a text speak for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from typing import Final

from tamis_translation.codes import NAME
from tamis_translation.codes import places
from tamis_translation.patterns import Text

if TYPE_CHECKING:
    from tamis_translation.packs import Packs

#: Languages, with what a word or an ending weighs for each.
Hints = tuple[tuple[str, float], ...]

#: An ending that speaks for a language has so many letters, the longest first, and a name so many more.
_LENGTHS: Final = (6, 5, 4, 3)
_REST: Final = 2
_REMEMBERED: Final = 100_000


class Shapes(dict[str, Hints]):
    """What the ending of a name hints at; filled as names are met, within a bound."""

    def __init__(self, endings: Mapping[str, Hints]) -> None:
        super().__init__()
        self._endings = endings

    def __missing__(self, name: str) -> Hints:
        ends = (name[-length:] for length in _LENGTHS if len(name) >= length + _REST)
        found = next((self._endings[end] for end in ends if end in self._endings), ())
        if len(self) < _REMEMBERED:
            self[name] = found
        return found


def hints_of(text: Text, packs: Packs) -> dict[str, float]:
    """Return for each language the weights of the words and of the endings of names that *packs* hint at it by."""
    hints: dict[str, float] = {}
    words = packs.hints.keys() & text.words
    for word in sorted(words):
        for language, weight in packs.hints[word]:
            hints[language] = hints.get(language, 0.0) + weight
    for name in sorted({text.words[place] for place in places(text.codes, NAME)} - words):
        for language, weight in packs.shapes[name]:
            hints[language] = hints.get(language, 0.0) + weight
    return hints
