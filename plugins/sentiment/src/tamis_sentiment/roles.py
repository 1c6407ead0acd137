"""What the verbs around a mention say of it: as their subject, or as their object."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Final
from typing import NamedTuple

from tamis_sentiment.frames import BE
from tamis_sentiment.frames import HAVE
from tamis_sentiment.frames import MODAL
from tamis_sentiment.frames import OWN
from tamis_sentiment.frames import Frame
from tamis_sentiment.frames import Verbs
from tamis_sentiment.mention import Mention
from tamis_sentiment.reading import IN_QUOTES
from tamis_sentiment.reading import NEGATED

_TARGET: Final = "<t>"
_NAME: Final = "<n>"
_PREPOSITIONS: Final = frozenset(
    ["of", "in", "for", "over", "with", "at", "on", "to", "after", "by", "from", "as", "before", "during", "under"]
) | frozenset(["amid", "against", "about", "than", "like", "between", "among", "toward", "towards", "into", "through"])
_PRONOUNS: Final = frozenset(["i", "we", "he", "she", "they", "it", "you", "who", "which", "that", "this", "there"])
_JOINING: Final = frozenset(["and", "or", "but"])
_FILLING: Final = BE | HAVE | MODAL | frozenset(["not", "also", "never", "already", "just", "only", "even", "still"])
_BREAKS: Final = frozenset([*",;:()–—-"])
_CLOSE: Final = 3
_MOST: Final = 2
#: How much a frame counts in the sums: by words between, by what stands between, behind punctuation, negated, open,
#: and where one of the two is quoted and the other is not.
_BY_DISTANCE: Final = (1.0, 0.7, 0.35)
_BY_OTHER: Final = {"": 1.0, "n": 0.4, "p": 0.5}
_BROKEN, _NEGATED, _OPEN, _QUOTED = 0.7, -0.5, 0.6, 0.3


def role_features(found: Mention, verbs: Verbs) -> Iterator[tuple[str, float, int]]:
    """Yield what the *verbs* around a mention say of it: features, their values, and the place of the verb (or -1)."""
    around = [(_NAME if near.name else near.word.norm, near.mark, near.state, near.at) for near in found.left]
    here = len(around)
    around.append((_TARGET, found.before, found.state, -1))
    if found.possessive:
        around.append((OWN, "", found.state, -1))
    around += [(_NAME if near.name else near.word.norm, near.mark, near.state, near.at) for near in found.right]
    words, marks, states, places = zip(*around, strict=True)
    frames = verbs.find(words, marks)
    stands = _stands(words, here, found.before)
    after = [frame for frame in frames if frame.first > here]
    before = [frame for frame in frames if frame.last <= here][::-1]
    for side, there in (("S", after), ("O", before)):
        for order, frame in enumerate(there):
            between = slice(here + 1, frame.first) if side == "S" else slice(frame.last, here)
            state = states[frame.first]
            way = _Way(
                side, min(order, _MOST), words[between], marks[between.start : between.stop + 1], stands,
                state % IN_QUOTES == NEGATED, (state >= IN_QUOTES) != (found.state >= IN_QUOTES),
            )  # fmt: skip
            for key, value in _of_frame(frame, way):
                yield key, value, places[frame.first]
        if not there:
            yield f"f{side}:none", 1.0, -1


class _Way(NamedTuple):
    """How a frame stands to the mention."""

    #: `S`: the mention may be its subject, `O`: its object; how many frames are nearer.
    side: str
    order: int
    #: The words between, and the punctuation.
    between: Sequence[str]
    marks: Sequence[str]
    #: What the mention comes after.
    stands: str
    negated: bool
    #: One of the two is quoted, the other is not.
    quoted: bool


def _of_frame(frame: Frame, way: _Way) -> Iterator[tuple[str, float]]:
    """Yield what one frame says of the mention."""
    by = "B" if way.side == "O" and way.between[:1] == ("by",) else ""
    side = way.side + by
    value: int | None
    if way.side == "S":
        value, other = frame.subject, frame.object if frame.object is not None else frame.by
    else:
        value, other = frame.by if by and frame.by is not None else frame.object, frame.subject
    words = sum(not (word in _FILLING or word.endswith("ly")) for word in way.between)
    distance = 0 if not words else 1 if words <= _CLOSE else 2
    apart = "n" if _NAME in way.between else "p" if not _PRONOUNS.isdisjoint(way.between) else ""
    broken = any(mark in _BREAKS for mark in way.marks)
    turned = "~" if way.negated else ""
    order, voice = way.order, frame.voice
    yield f"f{side}{order}:{value}{turned}{'?' if frame.open else ''}{'Q' if way.quoted else ''}", 1.0
    yield f"f{side}{order}{distance}{apart}{',' if broken else ''}:{value}", 1.0
    yield f"f{side}{order}{voice}:{value}/{other}", 1.0
    if order == 0:
        yield f"f{side}{distance}{voice}{way.stands}:{value}{turned}", 1.0
    yield f"f{side}:{value}{turned}", 1.0
    yield f"fo{way.side}{order}:{other}", 1.0
    if value:
        weight = value * _BY_DISTANCE[distance] * _BY_OTHER[apart] * (_BROKEN if broken else 1)
        weight *= (_NEGATED if way.negated else 1) * (_OPEN if frame.open else 1) * (_QUOTED if way.quoted else 1)
        sign = "+" if weight > 0 else "-"
        yield f"fs{side}{sign}", abs(weight)
        yield f"fs{sign}", abs(weight)
    for said in (frame.subject, frame.object, frame.by):
        if said:
            yield f"fa{way.side}{'+' if said > 0 else '-'}", 1.0


def _stands(words: Sequence[str], here: int, before: str) -> str:
    """Return a code of what the mention comes after: a preposition, a joining word, nothing, a name, another word."""
    last = words[here - 1] if here else ""
    if last in _PREPOSITIONS:
        return "p"
    if last in _JOINING or before == ",":
        return "c"
    return "^" if not last else "n" if last == _NAME else "o"
