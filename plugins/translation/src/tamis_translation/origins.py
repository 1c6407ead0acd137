"""Say which source languages the places, the people and the institutions of a text speak for."""

from __future__ import annotations

from typing import Final

from tamis_translation.codes import NAME
from tamis_translation.codes import places
from tamis_translation.packs import Packs
from tamis_translation.patterns import Text

#: An ending that speaks for a language has so many letters, the longest first, and a name so many more.
_LENGTHS: Final = (6, 5, 4, 3)
_REST: Final = 2


def hints_of(text: Text, packs: Packs) -> dict[str, float]:
    """Return for each language the weights of the words and of the endings of names that *packs* hint at it by."""
    hints: dict[str, float] = {}
    words = packs.hints.keys() & text.words
    for word in sorted(words):
        for language, weight in packs.hints[word]:
            hints[language] = hints.get(language, 0.0) + weight
    names = {text.words[place] for place in places(text.codes, NAME)} - words if packs.shapes else ()
    for name in sorted(names):
        for length in _LENGTHS:
            shape = packs.shapes.get(name[-length:]) if len(name) >= length + _REST else None
            if shape is not None:
                for language, weight in shape:
                    hints[language] = hints.get(language, 0.0) + weight
                break
    return hints
