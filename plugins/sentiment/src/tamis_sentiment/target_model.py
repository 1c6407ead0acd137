"""The model of tone toward a target: what the words around one mention weigh, by how they stand to it.

The words of the mention itself are left out, and other names count only as names, so that the same sentence about
another name has the same tone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from typing import Final
from typing import NamedTuple

from tamis.errors import ModelError
from tamis.text import WORDS_VERSION
from tamis_sentiment.frames import Verbs
from tamis_sentiment.mention import Mention
from tamis_sentiment.mention import Near
from tamis_sentiment.reading import HEADLINE
from tamis_sentiment.reading import IN_QUOTES
from tamis_sentiment.reading import SENTENCES
from tamis_sentiment.reading import grade_keys
from tamis_sentiment.reading import lexical_keys
from tamis_sentiment.roles import role_features
from tamis_sentiment.tone import Pair
from tamis_sentiment.tone import Tone
from tamis_sentiment.tone import tone_of

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
_PLACED: Final = 0.25
_UNPAIRED: Final = frozenset(["procedure", "booster", "softener", "contrast", "quote"])


class Feature(NamedTuple):
    """What a mention has: the name of the feature, its value, and the place of the word it comes from (-1: of none).

    A name begins with what it counts: `w` words, `b` words in a row, `l` and `n` (near ones) what the word lists say,
    `f` what verbs say, `m` where the mention stands.
    """

    name: str
    value: float
    at: int


def target_features(found: Mention, verbs: Verbs) -> Iterator[Feature]:
    """Yield the features of a mention, scaled by how many words are around it; a name may come more than once."""
    headline = found.form == HEADLINE
    words = len(found.left) + len(found.right)
    for near in (*found.left, *found.right):
        if not near.name:
            for name, count in (*_word(near, headline), *_lists(near, found.form)):
                yield Feature(name, count * _scale(name, words), near.at)
        if near.mark and not near.name:
            yield Feature(f"m{near.side}{min(near.distance, _NEAR)}:{near.mark}", _PLACED, near.at)
    for name, count, at in (*_rows(found, headline), *_kinds_in_row(found), *role_features(found, verbs)):
        yield Feature(name, count * _scale(name, words), at)
    for name, count in _place(found):
        yield Feature(name, count * _scale(name, words), -1)


def _word(near: Near, headline: bool) -> Iterator[tuple[str, float]]:
    """Yield the word itself: anywhere, on its side, in the clause of the mention, near it."""
    norm = near.word.norm
    yield "w:" + norm, 1.0
    yield f"w{near.side}:{norm}", 1.0
    if headline:
        yield "wh:" + norm, 1.0
    if len(norm) > _STEM:
        yield f"w:{norm[:_STEM]}*", 1.0
    if near.clause:
        yield "wc:" + norm, 1.0
        yield f"wc:{norm[:_STEM]}*", 1.0
        if near.distance <= _MIDDLE:
            yield f"w{_role(near)}:{norm}", 1.0


def _role(near: Near) -> str:
    """Return a code of the side of a word, whether it looks passive, and whether another name lies between."""
    return near.side + ("p" if near.passive else "") + ("1" if near.apart else "0")


def _lists(near: Near, form: str) -> Iterator[tuple[str, float]]:
    """Yield what the word lists say of the word where it stands."""
    role = _role(near)
    reach = "n" if near.distance <= _NEAR else "m" if near.distance <= _MIDDLE else "f"
    grades = [(key, 1.0) for key in grade_keys(near.grade, near.state)] if form == HEADLINE else []
    for key, value in (*lexical_keys(near.word, near.state), *grades):
        yield "l:" + key, value
        yield f"l{form}:{key}", value
        yield f"l{role}{'' if near.clause else '/'}:{key}", value
        yield f"n{near.side}{reach}:{key}", value
        if near.same:
            yield f"ls{near.side}:{key}", value
        if near.clause and near.distance <= _CLOSE:
            yield f"n{role}:{key}", value


def _rows(found: Mention, headline: bool) -> Iterator[tuple[str, float, int]]:
    """Yield two words in a row, and three with the mention or another name masked."""
    places = [-1, *(near.at for near in found.left), -1, *(near.at for near in found.right)]
    plain = ["^", *(near.word.norm for near in found.left), _TARGET, *(near.word.norm for near in found.right)]
    masked = ["^", *map(_mask, found.left), _TARGET, *map(_mask, found.right)]
    for at, (before, norm) in enumerate(pairwise(plain), 1):
        place = places[at] if places[at] >= 0 else places[at - 1]
        yield f"b:{before} {norm}", 1.0, place
        if headline:
            yield f"bh:{before} {norm}", 1.0, place
    here = len(found.left) + 1
    for at in range(max(0, here - 2), min(here + 1, len(masked) - 2)):
        yield "b:" + " ".join(masked[at : at + 3]), 1.0, max(places[at : at + 3])


def _mask(near: Near) -> str:
    return _NAME if near.name else near.word.norm


def _kinds_in_row(found: Mention) -> Iterator[tuple[str, float, int]]:
    """Yield which kinds of words follow each other closely."""
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
                    yield from ((f"lp:{one}>{two}", 1.0, near.at) for one in others for two in kinds)
            recent.append((at, kinds))


def _place(found: Mention) -> Iterator[tuple[str, float]]:
    """Yield where the mention stands, what stands at it, and how many other names there are on each side."""
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
            yield "m:" + name, 1.0
    words = len(found.left) + len(found.right)
    yield "m:length", words / 20
    yield "m:clauses", found.clauses / 3
    yield "m:place", len(found.left) / (words + 1)
    for side, words_there in (("L", found.left), ("R", found.right)):
        names = sum(near.name for near in words_there)
        yield f"m{side}:names{min(names, _MOST_CLAUSES)}", 1.0


def _scale(name: str, words: int) -> float:
    """Return what the count of the feature *name* is multiplied by among *words* words."""
    kind = name[0]
    if kind == "m":
        return _PLACED if name[1] != ":" else 1.0
    if kind in "nf":
        return 0.3
    if kind == "l":
        return 0.6 / math.sqrt(words + 2)
    if name[1] in "LR" and name[2] != ":":
        return 0.16 / math.sqrt(min(words, 10) + 2)
    return 0.16 / math.sqrt(words + 2)


class TargetModel:
    """Scores mentions from a state as the training script saves it."""

    def __init__(self, state: Mapping[str, Any]) -> None:
        self._forms = {form: _weights(its) for form, its in state["forms"].items()}
        self._verbs = Verbs(state["verbs"].split("\n"))
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
        negative, positive = self.base(found)
        for _, more_negative, more_positive in self.parts(found):
            negative += more_negative
            positive += more_positive
        return tone_of(negative, positive)

    def base(self, found: Mention | None) -> Pair:
        """Return the log-odds of negative and of positive, both against neutral, of a mention that says nothing."""
        return self._forms[found.form if found else SENTENCES][1]

    def parts(self, found: Mention | None) -> Iterator[tuple[int, float, float]]:
        """Yield what words add to the log-odds of negative and of positive: their places (-1: of none) and how much."""
        if found is None:
            return
        weights, _ = self._forms[found.form]
        for name, count, at in target_features(found, self._verbs):
            pair = weights.get(name)
            if pair is not None:
                yield at, pair[0] * count, pair[1] * count


def _weights(state: Mapping[str, Any]) -> tuple[dict[str, Pair], Pair]:
    from tamis.learn import unpack

    pairs = [(float(a), float(b)) for a, b in unpack(state["weights"]).tolist()]
    negative, positive = state["intercept"]
    return dict(zip(state["features"].split("\n"), pairs, strict=True)), (float(negative), float(positive))
