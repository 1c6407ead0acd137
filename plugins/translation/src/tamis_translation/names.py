"""Find names that are spelt as another language spells them, and one name in two spellings."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Final
from typing import NamedTuple

from tamis_translation.codes import NAME
from tamis_translation.codes import SLAVIC
from tamis_translation.codes import places
from tamis_translation.hits import Hit
from tamis_translation.patterns import Text
from tamis_translation.rules import WEAK
from tamis_translation.rules import Name

#: English, foreign, language, strength of an ending.
Ending = tuple[str, str, str, int]
#: Spanish marks the stress of foreign names; the tables of letters cannot know it.
_ACUTE: Final = str.maketrans("áéíóúÁÉÍÓÚ", "aeiouAEIOU")
_REMEMBERED: Final = 100_000


class Spelling(NamedTuple):
    """A word that is a name in a foreign spelling: its stem, the name, why."""

    stem: str
    name: Name
    reason: str
    #: The English spelling, where it is certain.
    sure: str | None


class Spellings(dict[str, Spelling | None]):
    """The foreign spelling that a word is, if it is one; filled as words are met, within a bound."""

    def __init__(self, names: Mapping[str, Name], endings: Sequence[Ending], languages: Mapping[str, str]) -> None:
        super().__init__()
        self._names, self._languages = names, languages
        self._endings = sorted(endings, key=lambda ending: (-len(ending[0]), ending))

    def __missing__(self, word: str) -> Spelling | None:
        found = self._find(word.removesuffix("'s").removesuffix("’s"))
        if len(self) < _REMEMBERED:
            self[word] = found
        return found

    def _find(self, stem: str) -> Spelling | None:
        name = self._names.get(stem) or self._names.get(stem.translate(_ACUTE))
        if name is not None:
            reason = f"{stem} is the {self._languages.get(name.language, '')} spelling of {name.english}."
            return Spelling(stem, name, reason, name.english if name.strength > WEAK else None)
        for ending, english, language, strength in self._endings if len(stem) > 6 else ():
            if stem.endswith(ending):
                name = Name(stem[: -len(ending)] + english, language, strength, frozenset())
                spells = self._languages.get(language, language)
                return Spelling(stem, name, f"“{ending}” is how {spells} spells a name in “{english}”.", None)
        return None


def find_names(text: Text, spellings: Spellings) -> Iterator[Hit]:
    """Yield the names that are spelt as another language spells them."""
    for place in places(text.codes, NAME):
        found = spellings[text.words[place]]
        if found is not None and found.name.unless.isdisjoint(text.low):
            stem, name, reason, sure = found
            start = text.starts[place]
            end = start + len(stem)
            yield Hit(start, end, "name-form", (name.language,), name.strength, reason, name.english, sure, stem)


_SKELETON: Final = (
    ("tsch", "ch"),
    ("tch", "ch"),
    ("schtsch", "shch"),
    ("sch", "sh"),
    ("ou", "u"),
    ("w", "v"),
    ("ï", "y"),
    ("j", "y"),
    ("i", "y"),
    ("ě", "e"),
    ("é", "e"),
    ("ë", "e"),
    ("yy", "y"),
    ("aye", "ae"),
    ("kh", "h"),
    ("ch", "h"),
)


def _skeleton(word: str) -> str:
    skeleton = word.lower()
    for foreign, plain in _SKELETON:
        skeleton = skeleton.replace(foreign, plain)
    return skeleton.rstrip("y")


def find_two_spellings(text: Text) -> Iterator[Hit]:
    """Yield the rarer spelling of a Slavic name that one text writes in two ways."""
    seen: dict[str, dict[str, list[int]]] = {}
    for place in places(text.codes, SLAVIC):
        stem = text.words[place].removesuffix("'s").removesuffix("’s")
        seen.setdefault(_skeleton(stem), {}).setdefault(stem, []).append(place)
    for spellings in seen.values():
        if len(spellings) == 2:
            # English writes the y between vowels (Tokayev), whichever spelling is more frequent.
            (one, _), (two, twos) = sorted(spellings.items(), key=lambda item: ("aye" not in item[0], -len(item[1])))
            if one + "s" == two or two + "s" == one or one.lower() == two.lower():
                continue
            for place in twos:
                start = text.starts[place]
                reason = f"The same name is spelt {one} elsewhere in this text."
                yield Hit(start, start + len(two), "name-form", (), WEAK, reason, one, None, "two spellings")
