"""What the language model learns from: words and letter strings of each language, read from published packages."""

from __future__ import annotations

import collections
import gzip
import json
import math
import re
from collections.abc import Iterable
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from language_archives import CLDR_ANNOTATIONS
from language_archives import CLDR_NAMES
from language_archives import DJANGO
from language_archives import LANGIDENTIFY
from language_archives import LINGUA
from language_archives import UDHR
from language_archives import WAGTAIL
from language_archives import Archives

from tamis_language.letters import fold
from tamis_language.letters import words_of

_CODES = {
    "Latn": (
        "af az bs ca cs cy da de en es et eu fi fr gl ha hr hu id is it lt lv ms mt nl no pl pt ro sk sl so sq sr sv sw"
        " tl tr uz vi"
    ),
    "Cyrl": "be bg kk ky mk mn ru sr tg uk",
    "Arab": "ar ckb fa ps ur",
    "Deva": "hi mr ne",
}
#: The languages of each script that several share; `sr` stands in two.
BLOCKS = {script: codes.split() for script, codes in _CODES.items()}
LETTERS = {
    "Latn": re.compile("[a-z\u00df-\u024f\u0259\u1e00-\u1eff\u0300-\u036f']+"),
    "Cyrl": re.compile("[\u0400-\u052f']+"),
    "Arab": re.compile("[\u0600-\u06ff']+"),
    "Deva": re.compile("[\u0900-\u097f\u200d]+"),
}
#: Stands where a string was cut out of a word, so that its end is not taken for the end of a word.
CUT = "\U000f0000"

_DECLARATIONS = (
    "af:afr ar:arb az:azj_latn be:bel bg:bul bs:bos_latn ca:cat ckb:ckb cs:ces cy:cym da:dan de:deu_1996 en:eng es:spa"
    " et:est eu:eus fa:pes_1 fi:fin fr:fra gl:glg ha:hau_NE ha:hau_NG ha:hau_3 hi:hin hr:hrv hu:hun id:ind is:isl"
    " it:ita kk:kaz ky:kir lt:lit lv:lav mk:mkd mn:khk mr:mar ms:mly_latn mt:mlt ne:nep nl:nld no:nob pl:pol"
    " pt:por_PT pt:por_BR ro:ron_2006 ru:rus sk:slk sl:slv so:som sq:als sr:srp_cyrl sv:swe sw:swh tg:tgk tl:tgl"
    " tr:tur uk:ukr ur:urd uz:uzn_latn vi:vie"
)
_SAME = {"no": ["nb", "nn"]}
_CYRILLIC = "а б в г д ђ е ж з и ј к л љ м н њ о п р с т ћ у ф х ц ч џ ш"
_LATIN = "a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š"
_LATIN_OF = dict(zip(_CYRILLIC.split(), _LATIN.split(), strict=True))
# The list of Afrikaans was cleaned of what is Dutch too.
_LACKING = frozenset(["af"])
Weights = dict[str, float]


class Sources:
    """What published packages, laid in *folder* or fetched into it, know of each language."""

    def __init__(self, folder: Path) -> None:
        self._archives = Archives(folder)

    def words(self, script: str, language: str) -> Weights:
        """Return the words of *language* in *script* with their frequencies."""
        if (script, language) == ("Latn", "sr"):
            found = {"".join(_LATIN_OF.get(c, c) for c in word): p for word, p in self._topwords("sr").items()}
        else:
            found = self._topwords(language)
            if language == "no":
                for word, p in self._topwords("nn").items():
                    found[word] = found.get(word, 0) + p / 4
            for word, p in self._short_words(language).items():
                # the list has none of one letter, and in some languages lacks more
                if found.get(word, 0.0) * 30 < p:
                    found[word] = found.get(word, 0.0) + p / 2
            few = len(found) < 5000
            if few or language in _LACKING:
                for word, p in self._prose(language).items():
                    found[word] = found.get(word, 0) + (p if few else p / 4)
        return {word: found[word] for word in sorted(found) if LETTERS[script].fullmatch(word)}

    def _topwords(self, language: str) -> Weights:
        """Frequencies of words in Wikipedia, from langidentify."""
        found: Weights = {}
        for _, data in self._archives.members(LANGIDENTIFY, rf"/topwords-{language}\.txt\.gz$"):
            for line in gzip.decompress(data).decode().splitlines():
                word, _, p = line.rpartition(" ")
                words = words_of(fold(word))
                if not line.startswith("#") and len(words) == 1 and words[0].strip("'") == fold(word).strip("'"):
                    found[words[0]] = found.get(words[0], 0) + math.exp(float(p))
        return found

    def _declaration(self, language: str) -> Iterator[str]:
        """Yield the words of the Declaration of Human Rights."""
        for pair in _DECLARATIONS.split():
            code, _, name = pair.partition(":")
            if code == language:
                for _, data in self._archives.members(UDHR, rf"/declaration/{name}\.html$"):
                    yield from words_of(fold(re.sub(r"<[^>]+>", " ", data.decode())))

    def _short_words(self, language: str) -> Weights:
        """Frequencies of words of up to three letters that stand four times or more in the Declaration."""
        count = collections.Counter(self._declaration(language))
        total = sum(count.values())
        return {word: number / total for word, number in count.items() if number >= 4 and len(word) <= 3}

    def _prose(self, language: str) -> Weights:
        """Frequencies of words in the Declaration, in the messages of Django and Wagtail, and in the names of CLDR."""
        count: collections.Counter[str] = collections.Counter()
        for word in self._declaration(language):
            count[word] += 3
        for archive in (DJANGO, WAGTAIL):
            for _, data in self._archives.members(archive, rf"/locale/{language}/LC_MESSAGES/.*\.po$"):
                for text in _messages(data.decode()):
                    count.update(words_of(fold(text)))
        for archive in (CLDR_ANNOTATIONS, CLDR_NAMES):
            for _, data in self._archives.members(
                archive, rf"/{language}/(annotations|languages|territories|localeDisplayNames)\.json$"
            ):
                for text in _strings(json.loads(data)):
                    count.update(words_of(fold(text)))
        total = sum(count.values())
        return {word: number / total for word, number in count.items()}

    def strings(self, script: str, language: str, count: int, rng: np.random.Generator) -> list[str]:
        """Return *count* strings of 4 to 10 letters drawn from lingua's n-gram chain, cut out of words."""
        if script == "Deva" or (script, language) == ("Latn", "sr"):
            return []  # lingua leaves out the vowel signs, and has Serbian in Cyrillic letters
        found: list[str] = []
        for name in _SAME.get(language, [language]):
            tables = [self._fractions(name, order) for order in ("uni", "bi", "tri", "quadri", "five")]
            if tables[4]:
                found += _draw(tables, count // len(_SAME.get(language, [language])), rng)
        return [f"{CUT}{string}{CUT}" for string in found if LETTERS[script].fullmatch(string)]

    def _fractions(self, language: str, order: str) -> Weights:
        """Probability of the last letter of each n-gram after those before it."""
        brotli = import_module("brotli")  # needed for these files alone
        found: Weights = {}
        for _, data in self._archives.members(LINGUA, rf"/language-models/{language}/{order}(grams|gram)s?\.json\.br$"):
            for fraction, ngrams in json.loads(brotli.decompress(data))["ngrams"].items():
                above, _, below = fraction.partition("/")
                found.update(dict.fromkeys(ngrams.split(" "), int(above) / int(below)))
        return found

    def trigrams(self, script: str, language: str, count: int, rng: np.random.Generator) -> list[str]:
        """Return *count* n-grams of three places drawn from langdetect's profile, cut where no space bounds them."""
        import langdetect

        path = Path(langdetect.__file__).parent / "profiles" / language
        if not path.exists():
            return []
        profile = json.loads(path.read_text("utf-8"))["freq"]
        grams = sorted(gram for gram in profile if len(gram) == 3 and LETTERS[script].fullmatch(gram.strip()))
        weights = np.array([profile[gram] for gram in grams], float) ** 0.7
        drawn = rng.choice(len(grams), count, p=weights / weights.sum())
        return [
            (CUT * (not g.startswith(" ")) + g.strip() + CUT * (not g.endswith(" "))).lower()
            for g in (grams[i] for i in drawn)
        ]


def _messages(po: str) -> Iterator[str]:
    """Yield the translated messages of a gettext catalogue, without its placeholders."""
    inside = False
    for line in po.splitlines():
        if line.startswith(("msgid", "#")):
            inside = False
        elif line.startswith("msgstr"):
            inside = True
        if inside and "Content-" not in line and "Team" not in line and (match := re.search('"(.*)"', line)):
            yield re.sub(r"\\[nt]|%\(\w+\)\w|%\w|<[^>]+>|&\w+;|\{\w*\}", " ", match[1])


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key in sorted(value):
            if key not in ("identity", "_version"):
                yield from _strings(value[key])
    elif isinstance(value, Iterable):
        for part in value:
            yield from _strings(part)


def _draw(tables: list[Weights], count: int, rng: np.random.Generator) -> list[str]:
    """Return strings drawn from the chain: four letters by their joint probability, then one after the other."""
    one, two, three, four, five = tables
    joint = {g: one.get(g[0], 0) * two.get(g[:2], 0) * three.get(g[:3], 0) * p for g, p in four.items()}
    starts = sorted(gram for gram, p in joint.items() if p > 0)
    weights = np.array([joint[gram] for gram in starts]) ** 0.7
    after: dict[str, list[tuple[str, float]]] = {}
    for gram, p in sorted(five.items()):
        after.setdefault(gram[:4], []).append((gram[4], p))
    sums = {gram: np.cumsum([p for _, p in letters]) for gram, letters in after.items()}
    found = []
    first = rng.choice(len(starts), count, p=weights / weights.sum())
    for start, more, chances in zip(first, rng.integers(0, 7, count), rng.random((count, 6)), strict=True):
        string = starts[start]
        for chance in chances[:more]:
            if string[-4:] not in after:
                break
            total = sums[string[-4:]]
            string += after[string[-4:]][int(np.searchsorted(total, chance * total[-1] * 0.999999))][0]
        found.append(string)
    return found
