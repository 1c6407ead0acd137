"""The language of a text, with probabilities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from typing import NamedTuple

from tamis.errors import ConfigError
from tamis.errors import suggest
from tamis_language.letters import Evidence
from tamis_language.letters import evidence
from tamis_language.letters import sample
from tamis_language.model import blocks
from tamis_language.relatives import weighed
from tamis_language.scripts import DECIDES
from tamis_language.scripts import HAN
from tamis_language.scripts import KANA
from tamis_language.scripts import LATIN
from tamis_language.scripts import SCRIPTS
from tamis_language.scripts import table

#: The label of a text that is in no language.
NONE: Final = "und"

_CODES: Final = (
    "af am ar az be bg bn bs ca ckb cs cy da de el en es et eu fa fi fr gl gu ha he hi hr hu hy id is it ja ka kk km"
    " kn ko ky lo lt lv mk ml mn mr ms mt my ne nl no pa pl ps pt ro ru si sk sl so sq sr sv sw ta te tg th tl tr uk"
    " ur uz vi zh"
)
#: All languages told apart; `no` is Norwegian in both its forms.
LANGUAGES: Final = tuple(_CODES.split())
#: All that a text may be labelled with: a language, none, or a script alone.
LABELS: Final = (*LANGUAGES, NONE, *(f"{NONE}-{script}" for script in SCRIPTS[1:]))

# Less of what is written than this in words: a table, code, or noise, and no language. All that is in Latin letters.
_LEAST_SHARE: Final = 0.46
# A text with a larger share of letters that its most probable language lacks is in a language that is not known.
_FOREIGN: Final = 0.04
# Where the script says the language, the probability that it does.
_SCRIPT_SCORE: Final = 0.999


class Answer(NamedTuple):
    """A language (`und` for none), its probability, and the probabilities by language; they sum to 1."""

    language: str
    score: float
    scores: dict[str, float]


class LanguageDetector:
    """Tells the language of texts; without state, so that one may serve many threads.

    *languages*: choose among these alone (codes as in `LANGUAGES`); where none of them fits, the answer is `und`.

    >>> LanguageDetector().detect("The minister resigned on Friday.").language
    'en'
    """

    def __init__(self, languages: Iterable[str] | None = None) -> None:
        self._allowed = None if languages is None else frozenset(languages)
        for language in sorted(self._allowed or ()):
            if language not in LANGUAGES:
                raise ConfigError(f"language {language!r} is not known{suggest(language, LANGUAGES)}")

    def detect(self, text: str) -> Answer:
        """Return the language of *text* with its probability.

        Any str has an answer: `und` where it is in no language, `und-Cyrl` (or another script) where only the script
        is known. Raises TypeError where *text* is not a str.
        """
        if not isinstance(text, str):
            cure = ": decode them first, as in data.decode('utf-8')" if isinstance(text, bytes | bytearray) else ""
            raise TypeError(f"a language is told from str, not {type(text).__name__}{cure}")
        return self.judge(evidence(sample(text)))

    def judge(self, found: Evidence) -> Answer:
        """Return the language of words that `tamis_language.letters.evidence` found."""
        script, words = main_words(found)
        if not script:
            return Answer(NONE, 1.0, {NONE: 1.0})
        name = SCRIPTS[script]
        block = blocks().get(name)
        if block is not None:
            scores = block.posterior(words, self._allowed)
            if scores:
                scores = weighed(scores, words, self._allowed)
                best = next(iter(scores))
                if block.foreign(best, words) > _FOREIGN:
                    return _only_script(name)
                return Answer(best, scores[best], scores)
            return _only_script(name)
        language = DECIDES.get(name)
        if language is None or not self._allows(language):
            return _only_script(name)
        return Answer(language, _SCRIPT_SCORE, {language: _SCRIPT_SCORE, NONE: 1 - _SCRIPT_SCORE})

    def _allows(self, language: str) -> bool:
        return self._allowed is None or language in self._allowed


def main_words(found: Evidence) -> tuple[int, list[str]]:
    """Return the script that most of the words are in, and the words in it; 0 where nothing shows a language."""
    script, words = (LATIN, found.words) if found.latin and found.words else _main_script(found.words)
    return (0, []) if script == LATIN and found.share < _LEAST_SHARE else (script, words)


def _main_script(words: list[str]) -> tuple[int, list[str]]:
    """Return the script that most of *words* is in, and the words in it; 0 where none is.

    Latin counts half: in other scripts names and brands are often written in it.
    """
    numbers = table()
    count: dict[int, int] = {}
    kinds = []
    for word in words:
        first = ord(word[0])
        kind = numbers[first] if first < 0x10000 else (HAN if 0x20000 <= first <= 0x323AF else 0)
        kinds.append(kind)
        count[kind] = count.get(kind, 0) + len(word) * (1 if kind == LATIN else 2)
    if HAN in count:
        return _han_or_kana(words, kinds, count)
    count.pop(0, None)
    if not count:
        return 0, []
    if len(count) == 1 and 0 not in kinds:
        return kinds[0], words
    script = min(count, key=lambda kind: (-count[kind], kind))
    return script, [word for word, kind in zip(words, kinds, strict=True) if kind == script]


def _han_or_kana(words: list[str], kinds: list[int], count: dict[int, int]) -> tuple[int, list[str]]:
    """Return the main script where there are Han letters: Kana in one of twenty makes them Japanese."""
    east = [word for word, kind in zip(words, kinds, strict=True) if kind in (HAN, KANA)]
    others = {kind: letters for kind, letters in count.items() if kind not in (0, HAN, KANA)}
    if others and max(others.values()) > count[HAN] + count.get(KANA, 0):
        script = min(others, key=lambda kind: (-others[kind], kind))
        return script, [word for word, kind in zip(words, kinds, strict=True) if kind == script]
    numbers = table()
    letters = "".join(east)
    kana = sum(1 for letter in letters if ord(letter) < 0x10000 and numbers[ord(letter)] == KANA)
    return (KANA if kana * 20 > len(letters) else HAN), east


def _only_script(script: str) -> Answer:
    name = f"{NONE}-{script}"
    return Answer(name, _SCRIPT_SCORE, {name: _SCRIPT_SCORE, NONE: 1 - _SCRIPT_SCORE})


_default: LanguageDetector = LanguageDetector()


def detect(text: str) -> tuple[str, float]:
    """Return the language of *text* and its probability.

    >>> detect("12/11/2024")
    ('und', 1.0)
    """
    answer = _default.detect(text)
    return answer.language, answer.score
