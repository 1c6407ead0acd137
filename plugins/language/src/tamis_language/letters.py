"""From a text to the words that say something of its language: a sample, cleaned, in small letters."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from typing import NamedTuple

#: Texts of more characters are judged by parts of them.
WHOLE: Final = 320
_PARTS: Final = 8
_PART: Final = 34

# Signs that belong to the letter before them; in the scripts of India and beyond, all that is no danda or digit.
_MARKS: Final = (
    "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0970-\u0e3a\u0e40-\u0e4e"
    "\u0e80-\u0ece\u0f71-\u0f84\u1000-\u103f\u1050-\u109f\u1780-\u17d3\u200d"
)
_WORD: Final = re.compile(rf"(?:[^\W\d_]++[{_MARKS}]*+)++'?+")
# The same in a text without letters beyond these: the plain ranges are faster.
_LATIN_WORD: Final = re.compile("[a-zªµºß-öø-\u024f]++'?+")
_BEYOND_LATIN: Final = re.compile("[^\0-\u024f\u2000-\u2bff]")
_WRITTEN: Final = re.compile(rf"(?:[^\W\d_]++[{_MARKS}]*+)++['’ʼ‘ʻ`´ʹ＇]?+")
_APOSTROPHES: Final = re.compile("[’ʼ‘ʻ`´ʹ＇]")
# Ligatures of print, the positional letters of Arabic, full-width and mathematical letters: other shapes of plain ones.
_SHAPES: Final = re.compile("[\ufb00-\ufdff\ufe70-\ufefc\uff21-\uff3a\uff41-\uff5a\uff66-\uffdc\U0001d400-\U0001d7cb]")
# Addresses and handles are no words and no sign of code either; a hashtag is a word.
_ADDRESS: Final = re.compile(r"(?<![!-~])(?:[!-~]*(?:://|www\.|[!-~]@)|@)[!-~]*")
# What is written in ASCII with digits or programmers' signs in it is no word; a hyphen ends it.
_CODE: Final = re.compile(r"(?<![!-,.-~])[!-,.-~]*?[0-9_\\=<>{}$^*~|+][!-,.-~]*")
# The same, fast for the short texts of a sample and slow for one long run of signs.
_SHORT_CODE: Final = re.compile(r"[!-#%-),./:;?@A-Z\[\]`a-z]*+[0-9_\\=<>{}$^*~|+][!-,.-~]*+")
_MEMBER: Final = re.compile(r"[.:;](?<=[A-Za-z].)(?=[A-Za-z])[!-~]*")
_CODE_SIGN: Final = re.compile(r"[0-9_\\=<>{}$^*~|+]")


class Evidence(NamedTuple):
    """The words of a text, and how much of what is written those of two letters or more are (0 to 1)."""

    words: list[str]
    share: float
    #: Whether all of them are in Latin letters.
    latin: bool


def sample(text: str) -> str:
    """Return *text*, or evenly spaced parts of it where it is long; parts begin and end between words."""
    length = len(text)
    if length <= WHOLE:
        return text
    parts = []
    step = (length - 2 * _PART) / (_PARTS - 1)
    for number in range(_PARTS):
        start = int(number * step)
        if start:
            space = text.find(" ", start, start + 24)
            start = space + 1 if space >= 0 else start
        end = min(start + _PART, length)
        if end < length:
            space = text.find(" ", end, end + 24)
            end = space if space >= 0 else end
        parts.append(text[start:end])
    return " ".join(parts)


def fold(text: str) -> str:
    """Return *text* composed (NFC) of plain letters, in small ones, with one kind of apostrophe."""
    if text.isascii():
        return text.lower().replace("`", "'")
    if _SHAPES.search(text):
        text = unicodedata.normalize("NFKC", text)
    text = unicodedata.normalize("NFC", text.replace("İ", "i").lower())
    return _APOSTROPHES.sub("'", text)


def words_of(text: str) -> list[str]:
    """Return the words of a folded *text*: runs of letters with their marks; an apostrophe ends a word and stays."""
    return _WORD.findall(text)


def words_with_places(text: str) -> tuple[list[str], list[int], list[int]]:
    """Return the words of *text* as they are written, where they start and where they end; no addresses, no code."""
    text = _CODE.sub(_blank, _MEMBER.sub(_blank, _ADDRESS.sub(_blank, text)))
    found = list(_WRITTEN.finditer(text))
    return [word.group() for word in found], [word.start() for word in found], [word.end() for word in found]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def evidence(text: str) -> Evidence:
    """Return the words of *text* that may tell its language; addresses, numbers and code are left out."""
    text = fold(text)
    if "://" in text or "@" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    written = sum(map(len, text.split()))
    text = _MEMBER.sub(" ", text)
    if _CODE_SIGN.search(text):
        text = _SHORT_CODE.sub(" ", text)
    latin = not _BEYOND_LATIN.search(text)
    words = (_LATIN_WORD if latin else _WORD).findall(text)
    sizes = list(map(len, words))
    letters = sum(sizes) - sizes.count(1)
    return Evidence(words, letters / written if written else 0.0, latin)
