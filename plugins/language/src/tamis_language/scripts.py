"""Scripts: which one a letter belongs to, and which languages are written in it."""

from __future__ import annotations

from functools import cache
from typing import Final

#: Script (ISO 15924) of each range of letters in the basic plane; what is not listed is "Zyyy".
_RANGES: Final = (
    ("Latn", "A-Z a-z ª º À-Ö Ø-ö ø-\u024f \u0250-\u02af \u1e00-\u1eff \u2c60-\u2c7f \ua720-\ua7ff \uff21-\uff5a"),
    ("Grek", "\u0370-\u03ff \u1f00-\u1fff"),
    ("Cyrl", "\u0400-\u052f \u1c80-\u1c8f \u2de0-\u2dff \ua640-\ua69f"),
    ("Armn", "\u0530-\u058f"),
    ("Hebr", "\u0590-\u05ff \ufb1d-\ufb4f"),
    ("Arab", "\u0600-\u06ff \u0750-\u077f \u08a0-\u08ff \ufb50-\ufdff \ufe70-\ufeff"),
    ("Syrc", "\u0700-\u074f"),
    ("Thaa", "\u0780-\u07bf"),
    ("Nkoo", "\u07c0-\u07ff"),
    ("Deva", "\u0900-\u097f \ua8e0-\ua8ff"),
    ("Beng", "\u0980-\u09ff"),
    ("Guru", "\u0a00-\u0a7f"),
    ("Gujr", "\u0a80-\u0aff"),
    ("Orya", "\u0b00-\u0b7f"),
    ("Taml", "\u0b80-\u0bff"),
    ("Telu", "\u0c00-\u0c7f"),
    ("Knda", "\u0c80-\u0cff"),
    ("Mlym", "\u0d00-\u0d7f"),
    ("Sinh", "\u0d80-\u0dff"),
    ("Thai", "\u0e00-\u0e7f"),
    ("Laoo", "\u0e80-\u0eff"),
    ("Tibt", "\u0f00-\u0fff"),
    ("Mymr", "\u1000-\u109f \ua9e0-\ua9ff \uaa60-\uaa7f"),
    ("Geor", "\u10a0-\u10ff \u1c90-\u1cbf \u2d00-\u2d2f"),
    ("Hang", "\u1100-\u11ff \u3130-\u318f \ua960-\ua97f \uac00-\ud7ff \uffa0-\uffdc"),
    ("Ethi", "\u1200-\u139f \u2d80-\u2ddf \uab00-\uab2f"),
    ("Cher", "\u13a0-\u13ff \uab70-\uabbf"),
    ("Cans", "\u1400-\u167f"),
    ("Khmr", "\u1780-\u17ff"),
    ("Mong", "\u1800-\u18af"),
    ("Tfng", "\u2d30-\u2d7f"),
    ("Kana", "\u3041-\u3096 \u309d-\u309f \u30a1-\u30fa \u30fc-\u30ff \u31f0-\u31ff \uff66-\uff9f"),
    ("Bopo", "\u3100-\u312f \u31a0-\u31bf"),
    ("Hani", "\u3005-\u3007 \u3400-\u4dbf \u4e00-\u9fff \uf900-\ufaff"),
    ("Yiii", "\ua000-\ua48f"),
)  # fmt: skip

#: The scripts, by the number that `table` gives.
SCRIPTS: Final = ("Zyyy", *(name for name, _ in _RANGES))
LATIN: Final = SCRIPTS.index("Latn")
HAN: Final = SCRIPTS.index("Hani")
KANA: Final = SCRIPTS.index("Kana")

#: Scripts that one language of those known is written in.
DECIDES: Final = {
    "Grek": "el", "Armn": "hy", "Hebr": "he", "Beng": "bn", "Guru": "pa", "Gujr": "gu", "Taml": "ta", "Telu": "te",
    "Knda": "kn", "Mlym": "ml", "Sinh": "si", "Thai": "th", "Laoo": "lo", "Mymr": "my", "Geor": "ka", "Hang": "ko",
    "Ethi": "am", "Khmr": "km", "Kana": "ja", "Bopo": "zh", "Hani": "zh",
}  # fmt: skip


@cache
def table() -> bytes:
    """Return the number of the script of each character of the basic plane; 0 where it has none."""
    numbers = bytearray(0x10000)
    for number, (_, ranges) in enumerate(_RANGES, 1):
        for part in ranges.split():
            first, last = ord(part[0]), ord(part[-1])
            numbers[first : last + 1] = bytes([number]) * (last + 1 - first)
    return bytes(numbers)


def script_of(letter: str) -> int:
    """Return the number of the script of *letter*, an index into `SCRIPTS`."""
    code = ord(letter)
    if code < 0x10000:
        return table()[code]
    return HAN if 0x20000 <= code <= 0x323AF else 0
