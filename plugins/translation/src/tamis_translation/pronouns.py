"""Find pronouns of the wrong gender: languages that need no pronoun, or have one for both, leave a machine guessing.

A pronoun is wrong where the only person that its paragraph has named, just before, is of the other gender.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from typing import NamedTuple

from tamis_translation.codes import PERSON
from tamis_translation.codes import places
from tamis_translation.hits import Hit
from tamis_translation.patterns import Text
from tamis_translation.people import FEMALE
from tamis_translation.people import MALE
from tamis_translation.people import MEN
from tamis_translation.people import WOMEN
from tamis_translation.rules import MEDIUM
from tamis_translation.wordlists import COMMON_WORDS
from tamis_translation.wordlists import FREQUENT_WORDS
from tamis_translation.wordlists import FUNCTION_WORDS

#: So many words after the name a pronoun still means it.
_FAR: Final = 45
_SHE: Final = {"he": "she", "him": "her", "his": "her", "himself": "herself"}
_HE: Final = {"she": "he", "her": "his", "hers": "his", "herself": "himself"}
_PRONOUNS: Final = {**dict.fromkeys(_SHE, True), **dict.fromkeys(_HE, False)}
_TITLES: Final = {"mr": True, "mrs": False, "ms": False}
_FIRST: Final = {**dict.fromkeys(MEN.split(), True), **dict.fromkeys(WOMEN.split(), False)}
_NOUNS: Final = {**dict.fromkeys(MALE.split(), True), **dict.fromkeys(FEMALE.split(), False)}
#: What follows these is a place, and no other person.
_BEFORE_PLACE: Final = frozenset(["in", "at", "of", "from", "to", "near", "on", "for", "over", "across", "the"])
_NO_NAMES: Final = frozenset(f"{FUNCTION_WORDS} {COMMON_WORDS} {FREQUENT_WORDS}".split())
_FROM: Final = ("es", "fr", "it", "ja", "tr", "zh")


class _Named(NamedTuple):
    """The person named last: the places of the first and the last word, and whether it is a man."""

    first: int
    last: int
    man: bool


def find_wrong_pronouns(text: Text) -> Iterator[Hit]:
    """Yield pronouns of the other gender than the one person that the paragraph has named."""
    named: _Named | None = None
    seen: set[bool] = set()
    past = 0
    for place in places(text.codes, PERSON):
        if text.text.find("\n", text.ends[past], text.starts[place]) >= 0:
            named, seen = None, set()
        past = place
        low = text.low[place]
        man = _PRONOUNS.get(low)
        if man is not None:
            if named is None:
                seen.add(man)
            elif man != named.man and man not in seen and _means(text, named, place):
                who = text.text[text.starts[named.first] : text.ends[named.last]]
                right = (_HE if named.man else _SHE)[low]
                start, end = text.starts[place], text.ends[place]
                reason = f"“{low}” for {who}: the foreign language did not say which."
                yield Hit(start, end, "pronoun", _FROM, MEDIUM, reason, right, None, "gender")
            continue
        title = _TITLES.get(low)
        man = title if title is not None else _FIRST.get(low)
        if man is not None:
            if text.words[place][0].isupper():
                seen.add(man)
                named = _Named(place, _last(text, place), man) if _is_named(text, place) else None
        elif low in _NOUNS:
            seen.add(_NOUNS[low])
        elif named is not None and place > named.last and not _renames(text, named.last, place):
            named = None


def _is_named(text: Text, place: int) -> bool:
    following = text.words[place + 1 : place + 2]
    return bool(following) and following[0][0].isupper() and _joined(text, place + 1)


def _joined(text: Text, place: int) -> bool:
    """Say whether the word at *place* follows the one before it without a mark, a point after a title aside."""
    return text.gaps[place] == " " or (text.gaps[place] == ". " and text.low[place - 1] in _TITLES)


def _last(text: Text, place: int) -> int:
    while place + 1 < len(text.words) and text.words[place + 1][0].isupper() and _joined(text, place + 1):
        place += 1
    return place


def _renames(text: Text, name: int, place: int) -> bool:
    """Say whether the noun at *place* says who the person is that was named before: `Ann Berg, a doctor`."""
    return place - name < 6 and text.gaps[name + 1].startswith(",")


def _means(text: Text, named: _Named, place: int) -> bool:
    """Say whether the pronoun at *place* can mean nobody but the person *named*."""
    if place - named.last > _FAR:
        return False
    between = text.text[text.ends[named.last] : text.starts[place]]
    if between.count('"') % 2 or between.count("“") > between.count("”") or between.count("«") > between.count("»"):
        return False
    for other in range(named.last + 1, place):
        is_name = text.words[other][0].isupper() and text.low[other] not in _NO_NAMES
        if is_name and (text.gaps[other] != " " or text.low[other - 1] not in _BEFORE_PLACE):
            return False
    return True
