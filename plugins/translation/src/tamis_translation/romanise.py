"""Write Cyrillic names as English, French, German ... newspapers do, so that a foreign spelling is known by rule.

A table is `letters = Latin letters` by pairs; several Latin forms are set apart by `/`, the most usual first. `^` is
the beginning of a name, `$` its end, `V` before a letter means: after a vowel. The longest entry that fits is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

#: All that English writes, generously: a spelling that one of these gives is not foreign.
ENGLISH: Final = """
а=a б=b в=v г=g/h ґ=g д=d е=e/ye ^е=Ye/E є=ye/ie ^є=Ye ё=yo/o/e ж=zh з=z и=i/y і=i ї=yi/i ^ї=I й=y/i к=k л=l
м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh/h ц=ts ч=ch ш=sh щ=shch/sch ъ= ы=y/i ь= э=e ю=yu/iu ^ю=Yu я=ya/ia
^я=Ya/Ia ий$=y/i/iy ій$=iy/y/i ый$=y/yy/iy кс=ks/x Vе=e/ye ье=ye/ie/e ьё=yo/ie ия$=ia/iya льи=lyi
"""
_VOWELS: Final = frozenset("аеёиоуыэюяєії")
_MOST: Final = 48


def read_table(source: str) -> dict[str, tuple[str, ...]]:
    """Return the table that *source* writes down."""
    table = {}
    for entry in source.split():
        letters, _, latin = entry.partition("=")
        table[letters] = tuple(latin.split("/"))
    return table


def romanise(name: str, table: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the spellings of the Cyrillic *name* by *table*, the most usual first, at most `_MOST`.

    >>> next(romanise("Шойгу", read_table("ш=ch о=o й=ï г=g у=ou")))
    'Choïgou'
    """
    low = name.lower()
    parts: list[tuple[str, ...]] = []
    place = 0
    while place < len(low):
        for size in (4, 3, 2, 1):
            letters = low[place : place + size]
            if len(letters) < size:
                continue
            keys = [letters]
            if place == 0:
                keys.insert(0, "^" + letters)
            elif low[place - 1] in _VOWELS:
                keys.insert(0, "V" + letters)
            if place + size == len(low):
                keys = [key + "$" for key in keys] + keys
            found = next((table[key] for key in keys if key in table), None)
            if found is not None:
                parts.append(found)
                place += size
                break
        else:
            parts.append((low[place],))
            place += 1
    for number, chosen in enumerate(product(*parts)):
        if number >= _MOST:
            return
        spelt = "".join(chosen)
        yield spelt[:1].upper() + spelt[1:]
