"""Find nouns without the article that English wants: Russian, Chinese and Japanese have none to translate.

One noun proves nothing: headlines and notes drop articles. A text that drops many in running prose was translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tamis_translation.codes import NOUN
from tamis_translation.codes import places
from tamis_translation.hits import Hit
from tamis_translation.patterns import Text
from tamis_translation.rules import MEDIUM
from tamis_translation.rules import STRONG
from tamis_translation.wordlists import ADJECTIVES
from tamis_translation.wordlists import AFTER_NOUN
from tamis_translation.wordlists import FUNCTION_WORDS
from tamis_translation.wordlists import PREPOSITIONS

#: So many nouns without an article make a case, and so many make it certain.
_FEW: Final = 3
_MANY: Final = 5
#: Words for each of them, at least.
_DENSITY: Final = 150
_FUNCTION: Final = frozenset(FUNCTION_WORDS.split())
_PREPOSITIONS: Final = frozenset(PREPOSITIONS.split())
_AFTER: Final = _PREPOSITIONS | frozenset(AFTER_NOUN.split())
_ADJECTIVES: Final = frozenset(ADJECTIVES.split())
_ENDINGS: Final = (
    "al",
    "ic",
    "ive",
    "ous",
    "ful",
    "less",
    "ary",
    "ish",
    "ese",
    "ian",
    "ent",
    "ant",
    "able",
    "ible",
    "est",
    "ern",
)


def find_missing_articles(text: Text) -> Iterator[Hit]:
    """Yield singular nouns after a preposition or at the start of a sentence that no article precedes, in company."""
    low = text.low
    found = []
    for place in places(text.codes, NOUN):
        if _ends_phrase(text, place):
            start = _bare_from(text, place)
            if start is not None and (text.words[place].islower() or start == place):
                found.append((start, place))
    kinds = len({low[place] for _, place in found})
    if kinds < _FEW or kinds * _DENSITY < len(low):
        return
    strength = STRONG if kinds >= _MANY else MEDIUM
    for start, place in found:
        reason = f"“{low[place]}” wants an article, which the foreign language does not have."
        suggestion = f"the {text.text[text.starts[start] : text.ends[place]]}"
        yield Hit(
            text.starts[start],
            text.ends[place],
            "article",
            ("ja", "ru", "zh"),
            strength,
            reason,
            suggestion,
            None,
            "none",
        )


def _ends_phrase(text: Text, place: int) -> bool:
    """Say whether the noun at *place* ends its phrase: no further noun follows."""
    gap = text.gaps[place + 1]
    if place + 1 == len(text.low) or gap[:1] in ",.;:)!?":
        return True
    return len(gap) == 1 and text.low[place + 1] in _AFTER


def _bare_from(text: Text, place: int) -> int | None:
    """Return where the phrase that ends with the noun at *place* begins, if there is no article; else None."""
    if place == 0:
        return 0
    low = text.low
    for before in range(place - 1, max(-1, place - 4), -1):
        gap = text.gaps[before + 1]
        if gap not in (" ", "\n"):
            follows = gap[:1] in ".!?" and len(gap) == 2 and text.words[before + 1][0].isupper()
            return before + 1 if follows else None
        word = low[before]
        if word in _PREPOSITIONS:
            return before + 1 if text.words[before + 1].islower() else None
        if text.words[before][0].isupper() and not text.words[before + 1][0].isupper() and before + 1 < place:
            return None
        if word not in _ADJECTIVES and not (len(word) > 4 and word.endswith(_ENDINGS) and word not in _FUNCTION):
            return None
    return None
