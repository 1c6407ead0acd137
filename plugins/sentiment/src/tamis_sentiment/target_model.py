"""The tone toward a target: the sentence around one mention, read from where the mention stands.

What counts is on which side of the mention a word stands, how near, and whether in the same clause. The words of the
mention itself are left out, so that the same sentence about another name has the same tone.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from typing import Final
from typing import NamedTuple

from tamis.errors import ModelError
from tamis.text import WORDS_VERSION
from tamis_sentiment.lexicon import Lexicon
from tamis_sentiment.lexicon import Word
from tamis_sentiment.model import Reading
from tamis_sentiment.model import Tone
from tamis_sentiment.model import tone_of
from tamis_sentiment.reading import IN_QUOTES
from tamis_sentiment.reading import Sentence
from tamis_sentiment.reading import lexical_keys

#: What the state of a target model calls itself.
KIND: Final = "tamis sentiment targets"
#: Words further from the mention than this are not read.
REACH: Final = 60
_NEAR: Final = 4
_MIDDLE: Final = 10
_STEM: Final = 5
_PAIR_REACH: Final = 4
_PAIRS: Final = 3
_TARGET: Final = "<t>"
_BREAK: Final = re.compile(r"[,;:()–—|/]| - |\.\.\.")
_UNPAIRED: Final = frozenset(["procedure", "booster", "softener", "contrast"])


class Mention(NamedTuple):
    """The words around a mention: the word (None for the mention), its state, and whether in the mention's clause."""

    words: list[tuple[Word | None, int, bool]]
    #: Where in *words* the mention stands.
    at: int
    clauses: int


def mention(text: str, reading: Reading, lexicon: Lexicon, spellings: Any, span: tuple[int, int]) -> Mention | None:
    """Return the words around the mention at *span*, or None where the text has no word there or after it."""
    start, end = span
    sentence = _sentence_at(reading, start)
    if sentence is None:
        return None
    starts, ends = reading.starts, reading.ends
    left = bisect_right(ends, start, sentence.first, sentence.last)
    right = left
    while right < sentence.last and starts[right] < end:
        right += 1
    first, last = max(sentence.first, left - REACH), min(sentence.last, right + REACH)
    clause, clauses = 0, []
    for at in range(first, last):
        if at > first and _BREAK.search(text, ends[at - 1], starts[at]):
            clause += 1
        clauses.append(clause)
    own = clauses[left - first] if right > left else -1
    words: list[tuple[Word | None, int, bool]] = []
    for at in range(first, last):
        if left <= at < right:
            if at == left:
                words.append((None, reading.states[at], True))
        else:
            words.append((lexicon.word(spellings[at]), reading.states[at], clauses[at - first] == own))
    return Mention(words, left - first if right > left else -1, clause)


def _sentence_at(reading: Reading, start: int) -> Sentence | None:
    for sentence in reading.sentences:
        if start < sentence.span[1]:
            return sentence
    return reading.sentences[-1] if reading.sentences else None


def target_features(found: Mention) -> tuple[dict[str, float], int]:
    """Return the features of a mention with their counts, and how many words are around it."""
    counts: dict[str, float] = defaultdict(float)
    here = max(found.at, 0)
    before = ""
    recent: list[tuple[int, list[str]]] = []
    for at, (word, state, same) in enumerate(found.words):
        norm = _TARGET if word is None else word.norm
        if at:
            counts[f"b:{before}_{norm}"] += 1
        before = norm
        if word is None:
            if state >= IN_QUOTES:
                counts["m:quoted"] = 1.0
            continue
        counts["w:" + norm] += 1
        if len(norm) > _STEM:
            counts[f"w:{norm[:_STEM]}*"] += 1
        counts[("k:" if same else "x:") + norm] += 1
        side = "R" if at > here else "L"
        distance = abs(at - here)
        near = "n" if distance <= _NEAR else "m" if distance <= _MIDDLE else "f"
        for key, value in lexical_keys(word, state):
            counts["lw:" + key] += value
            counts[f"l{side}{near}:{key}"] += value
            if same:
                counts[f"ls{side}:{key}"] += value
        kinds = [kind for kind in word.kinds if kind not in _UNPAIRED]
        if word.opinion:
            kinds.append("+" if word.opinion > 0 else "-")
        if kinds:
            for other, others in recent[-_PAIRS:]:
                if at - other <= _PAIR_REACH:
                    for one in others:
                        for two in kinds:
                            counts[f"lp:{one}>{two}"] += 1
            recent.append((at, kinds))
    if found.at <= 0:
        counts["m:first"] = 1.0
    if found.at == len(found.words) - 1:
        counts["m:last"] = 1.0
    counts["m:length"] = len(found.words) / 20
    counts["m:clauses"] = found.clauses / 3
    return counts, sum(word is not None for word, _, _ in found.words)


def feature_scale(key: str, words: int) -> float:
    """Return what the count of the feature *key* is multiplied by among *words* words."""
    if key.startswith("l"):
        return 0.5 / math.sqrt(words + 2) if key[1] in "wsp" else 0.25
    return 0.5 if key.startswith("m") else 0.16 / math.sqrt(words + 2)


class TargetModel:
    """Scores mentions from a state as the training script saves it."""

    def __init__(self, state: Mapping[str, Any]) -> None:
        from tamis.learn import unpack

        weights = [(float(a), float(b)) for a, b in unpack(state["weights"]).tolist()]
        self._weights: dict[str, tuple[float, float]] = dict(zip(state["features"].split("\n"), weights, strict=True))
        self._intercept: tuple[float, float] = (float(state["intercept"][0]), float(state["intercept"][1]))

    @classmethod
    def from_state(cls, state: Mapping[str, Any], name: str) -> TargetModel:
        """Return the model saved as *state*; *name* says in errors where it came from.

        Raises ModelError where it is no model of tone toward targets, or was trained on another rule for words.
        """
        if state.get("kind") != KIND or state.get("words_version") != WORDS_VERSION:
            raise ModelError(
                f"{name} is of kind {state.get('kind')!r:.40} and word rule {state.get('words_version')!r:.20},"
                f" expected {KIND!r} and {WORDS_VERSION}; likely cure: install matching versions of tamis and the model"
            )
        return cls(state)

    def tone(self, found: Mention | None) -> Tone:
        """Return the tone toward the mention *found*."""
        negative, positive = self._intercept
        if found is not None:
            counts, words = target_features(found)
            for key, value in counts.items():
                pair = self._weights.get(key)
                if pair is not None:
                    scaled = value * feature_scale(key, words)
                    negative += pair[0] * scaled
                    positive += pair[1] * scaled
        return tone_of(negative, positive)
