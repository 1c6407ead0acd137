"""The model of tone toward a target: what the words around one mention weigh, by how they stand to it.

The words of the mention itself are left out, and other names count only as names, so that the same sentence about
another name has the same tone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from typing import Final

from tamis.errors import ModelError
from tamis.text import WORDS_VERSION
from tamis_sentiment.mention import Mention
from tamis_sentiment.mention import Near
from tamis_sentiment.model import Tone
from tamis_sentiment.model import tone_of
from tamis_sentiment.reading import HEADLINE
from tamis_sentiment.reading import IN_QUOTES
from tamis_sentiment.reading import lexical_keys

#: What the state of a target model calls itself.
KIND: Final = "tamis sentiment targets"
_NEAR: Final = 3
_MIDDLE: Final = 8
_CLOSE: Final = 6
_STEM: Final = 5
_PAIR_REACH: Final = 4
_PAIRS: Final = 3
_MOST_CLAUSES: Final = 3
_TARGET: Final = "<t>"
_NAME: Final = "<n>"
_UNPAIRED: Final = frozenset(["procedure", "booster", "softener", "contrast", "quote"])


def target_features(found: Mention) -> tuple[dict[str, float], int]:
    """Return the features of a mention with their counts, and how many words are around it.

    A name begins with what it counts: `w` words, `b` words in a row, `l` and `n` (near ones) what the word lists say,
    `m` where the mention stands.
    """
    counts: dict[str, float] = defaultdict(float)
    headline = found.form == HEADLINE
    for near in (*found.left, *found.right):
        _word(counts, near, headline)
        _lists(counts, near, found.form)
    _rows(counts, found, headline)
    _kinds_in_row(counts, found)
    _place(counts, found)
    return counts, len(found.left) + len(found.right)


def _word(counts: dict[str, float], near: Near, headline: bool) -> None:
    """Count the word itself: anywhere, on its side, in the clause of the mention, near it."""
    norm = near.word.norm
    if near.name:
        return
    counts["w:" + norm] += 1
    counts[f"w{near.side}:{norm}"] += 1
    if headline:
        counts["wh:" + norm] += 1
    if len(norm) > _STEM:
        counts[f"w:{norm[:_STEM]}*"] += 1
    if near.clause:
        counts["wc:" + norm] += 1
        counts[f"wc:{norm[:_STEM]}*"] += 1
        if near.distance <= _MIDDLE:
            counts[f"w{_role(near)}:{norm}"] += 1
    if near.mark:
        counts[f"m{near.side}{min(near.distance, _NEAR)}:{near.mark}"] += 1


def _role(near: Near) -> str:
    """Return a code of the side of a word, whether it looks passive, and whether another name lies between."""
    return near.side + ("p" if near.passive else "") + ("1" if near.apart else "0")


def _lists(counts: dict[str, float], near: Near, form: str) -> None:
    """Count what the word lists say of the word where it stands."""
    if near.name:
        return
    role = _role(near)
    reach = "n" if near.distance <= _NEAR else "m" if near.distance <= _MIDDLE else "f"
    for key, value in lexical_keys(near.word, near.state):
        counts["l:" + key] += value
        counts[f"l{form}:{key}"] += value
        counts[f"l{role}{'' if near.clause else '/'}:{key}"] += value
        counts[f"n{near.side}{reach}:{key}"] += value
        if near.same:
            counts[f"ls{near.side}:{key}"] += value
        if near.clause and near.distance <= _CLOSE:
            counts[f"n{role}:{key}"] += value


def _rows(counts: dict[str, float], found: Mention, headline: bool) -> None:
    """Count two words in a row, and three with the mention or another name masked."""
    plain = ["^", *(near.word.norm for near in found.left), _TARGET, *(near.word.norm for near in found.right)]
    masked = ["^", *map(_mask, found.left), _TARGET, *map(_mask, found.right)]
    for before, norm in pairwise(plain):
        counts[f"b:{before} {norm}"] += 1
        if headline:
            counts[f"bh:{before} {norm}"] += 1
    here = len(found.left) + 1
    for at in range(max(0, here - 2), min(here + 1, len(masked) - 2)):
        counts["b:" + " ".join(masked[at : at + 3])] += 1


def _mask(near: Near) -> str:
    return _NAME if near.name else near.word.norm


def _kinds_in_row(counts: dict[str, float], found: Mention) -> None:
    """Count which kinds of words follow each other closely."""
    recent: list[tuple[int, Sequence[str]]] = []
    for at, near in enumerate((*found.left, None, *found.right)):
        if near is None or near.name:
            continue
        kinds = [kind for kind in near.word.kinds if kind not in _UNPAIRED]
        if near.word.opinion:
            kinds.append("+" if near.word.opinion > 0 else "-")
        if kinds:
            for other, others in recent[-_PAIRS:]:
                if at - other <= _PAIR_REACH:
                    for one in others:
                        for two in kinds:
                            counts[f"lp:{one}>{two}"] += 1
            recent.append((at, kinds))


def _place(counts: dict[str, float], found: Mention) -> None:
    """Count where the mention stands, what stands at it, and how many other names there are on each side."""
    for name, holds in (
        ("first", not found.left),
        ("last", not found.right),
        ("headline", found.form == HEADLINE),
        ("quoted", found.state >= IN_QUOTES),
        ("possessive", found.possessive),
        ("after colon", found.after_colon),
        ("before colon", found.before_colon),
        (f"before{found.before}", True),
        (f"after{found.after}", True),
        (f"clause{min(found.clause, _MOST_CLAUSES)}", True),
    ):
        if holds:
            counts["m:" + name] = 1.0
    words = len(found.left) + len(found.right)
    counts["m:length"] = words / 20
    counts["m:clauses"] = found.clauses / 3
    counts["m:place"] = len(found.left) / (words + 1)
    for side, words_there in (("L", found.left), ("R", found.right)):
        names = sum(near.name for near in words_there)
        counts[f"m{side}:names{min(names, _MOST_CLAUSES)}"] = 1.0


def feature_scale(key: str, words: int) -> float:
    """Return what the count of the feature *key* is multiplied by among *words* words."""
    kind = key[0]
    if kind == "m":
        return 0.25 if key[1] != ":" else 1.0
    if kind == "n":
        return 0.3
    if kind == "l":
        return 0.6 / math.sqrt(words + 2)
    if key[1] in "LR" and key[2] != ":":
        return 0.16 / math.sqrt(min(words, 10) + 2)
    return 0.16 / math.sqrt(words + 2)


class TargetModel:
    """Scores mentions from a state as the training script saves it."""

    def __init__(self, state: Mapping[str, Any]) -> None:
        from tamis.learn import unpack

        weights = [(float(a), float(b)) for a, b in unpack(state["weights"]).tolist()]
        self._weights: dict[str, tuple[float, float]] = dict(zip(state["features"].split("\n"), weights, strict=True))
        self._intercept: tuple[float, float] = (float(state["intercept"][0]), float(state["intercept"][1]))
        #: Words that are no names even where they are capitalised.
        self.common: frozenset[str] = frozenset(state["common"].split("\n"))

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
