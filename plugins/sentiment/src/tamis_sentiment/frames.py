"""What the verbs of a sentence say of their subject and object, by a list of verbs and phrases.

There is no parser here: voice is told by a form of "be" before a participle, or by what follows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from typing import Final
from typing import NamedTuple

from tamis_sentiment.inflection import BASE
from tamis_sentiment.inflection import IRREGULAR_PARTICIPLES
from tamis_sentiment.inflection import PARTICIPLE
from tamis_sentiment.inflection import PRESENT
from tamis_sentiment.inflection import forms

#: The subject does it; it is done to the subject; the same without a form of "be" ("five killed in attack"); a noun
#: stands for the verb ("the attack on").
ACTIVE, PASSIVE, REDUCED, NOUN = VOICES = ("A", "P", "R", "N")
#: The word that stands for a possessive ending.
OWN: Final = "'s"

BE: Final = frozenset(
    ["be", "am", "is", "are", "was", "were", "been", "being", "get", "gets", "got", "getting", "gotten"]
) | frozenset(["isn't", "aren't", "wasn't", "weren't"])
HAVE: Final = frozenset(["have", "has", "had", "having", "haven't", "hasn't", "hadn't"])
MODAL: Final = frozenset(
    ["would", "could", "might", "may", "can", "should", "must", "will", "won't", "wouldn't", "couldn't", "cannot"]
) | frozenset(["can't", "shall", "if", "whether", "to"])
POSSESSIVES: Final = frozenset(["his", "her", "its", "their", "my", "our", "your", "whose"])
_REFLEXIVES: Final = frozenset(["himself", "herself", "itself", "themselves", "myself", "ourselves", "yourself"])
_ARTICLES: Final = frozenset(["a", "an", "the"])
_ADVERBS: Final = frozenset(
    ["not", "also", "never", "already", "just", "only", "even", "still", "now", "then", "again", "once"]
)
#: After these a base form or a form in -s is a noun ("the attack", "of attacks").
_BEFORE_NOUNS: Final = (
    _ARTICLES
    | POSSESSIVES
    | frozenset(["this", "that", "these", "those", "any", "some", "no", "every", "each", "another", "more", "most"])
    | frozenset(["many", "few", "several", "such", "of", "in", "for", "with", "by", "from", "at", "on", "about"])
    | frozenset(["against", "over", "under", "into", "between"])
)
_BEFORE_ADJECTIVES: Final = _ARTICLES | frozenset(["this", "his", "her", "their"])
#: Before these, and before punctuation, a verb has no object.
_NO_OBJECT: Final = frozenset(
    ["of", "in", "for", "over", "with", "at", "on", "to", "after", "by", "from", "as", "before", "during", "under"]
) | frozenset(["amid", "while", "because", "and", "when", "against", "following", "near", "about", "last", "this"])
_OPENING: Final = "\"“'‘("
_LOOK_BACK: Final = 4
_MODAL_REACH: Final = 2
_MOST_SKIPPED: Final = 2

Values = tuple[int, int]


class Frame(NamedTuple):
    """A verb or phrase, as words *first* to *last* (half-open), with what it says of who takes part (-2 to 2)."""

    first: int
    last: int
    subject: int
    #: Of what follows, and of who is named after "by"; None where there can be none.
    object: int | None
    by: int | None
    voice: str
    #: It may not have happened ("wants to kill", "could win").
    open: bool


class _Node:
    """The verbs and phrases that go on from here, and what those that end here say of subject and object."""

    __slots__ = ("bare", "following", "participle", "plain")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        #: With an object or no matter; only without one; only in the passive.
        self.plain: Values | None = None
        self.bare: Values | None = None
        self.participle: Values | None = None

    def any(self) -> Values | None:
        return self.plain or self.bare or self.participle


class Verbs:
    """Finds the verbs and phrases of a list in a sentence."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._phrases: dict[str, _Node] = {}
        #: Phrases with "be" and a participle, from the participle on.
        self._participles: dict[str, _Node] = {}
        self._forms: dict[str, dict[str, set[str]]] = {}
        for line in lines:
            phrase, _, values = line.partition("\t")
            if not values or line.startswith("#"):
                continue
            agent, patient = map(int, values.split("\t"))
            words = [_general(word) for word in phrase.split() if word not in _ARTICLES and word != "."]
            node = _grown(self._phrases, words)
            if phrase.endswith(" ."):
                node.bare = (agent, patient)
            else:
                node.plain = (agent, patient)
            if words[0] not in ("be", OWN):
                for form, tag in forms(words[0]):
                    self._forms.setdefault(form, {}).setdefault(words[0], set()).add(tag)
            elif (
                words[0] == "be"
                and len(words) > 1
                and (words[1].endswith(("ed", "en")) or words[1] in IRREGULAR_PARTICIPLES)
            ):
                _grown(self._participles, words[1:]).participle = (agent, patient)

    def find(self, words: Sequence[str], marks: Sequence[str]) -> list[Frame]:
        """Return the frames among *words* (normal forms) in order; *marks* are the punctuation before each word."""
        found: list[Frame] = []
        at = 0
        while at < len(words):
            frame = self._at(words, marks, at)
            if frame:
                found.append(frame)
            at = frame.last if frame else at + 1
        return found

    def _at(self, words: Sequence[str], marks: Sequence[str], at: int) -> Frame | None:
        word = words[at]
        before = words[max(0, at - _LOOK_BACK) : at][::-1]
        perhaps = not MODAL.isdisjoint(before[:_MODAL_REACH])
        if word in BE or word == OWN:
            last, node = _longest(self._phrases.get(_general(word)), words, at)
            values = node.any() if node and last > at + 1 else None
            return Frame(at, last, *values, None, NOUN if word == OWN else ACTIVE, perhaps) if values else None
        last, node, tags = at, None, set[str]()
        for base, its in self._forms.get(word, {}).items():
            end, there = _longest(self._phrases.get(base), words, at)
            if end > last:
                last, node, tags = end, there, set(its)
            elif end == last > at:
                tags |= its
        end, phrase = _longest(self._participles.get(word), words, at)
        done = phrase.participle if phrase and end >= last else None
        if end > last and done:
            return None if _closest(before) in _ARTICLES else Frame(at, end, *done, None, REDUCED, False)
        if node is None:
            return None
        return _read(words, marks, (at, last), node, tags, done, before, perhaps)


def _read(
    words: Sequence[str], marks: Sequence[str], place: tuple[int, int], node: _Node, tags: set[str],
    done: Values | None, before: Sequence[str], perhaps: bool,
) -> Frame | None:  # fmt: skip
    """Return the frame of a verb in one of the forms *tags*, or None where it is a noun or an adjective."""
    at, last = place
    helper = next((word for word in before if not _adverb(word)), "")
    if PARTICIPLE in tags and helper in BE:
        agent, patient = node.plain or node.bare or (0, 0)
        return Frame(at, last, patient, None, agent, PASSIVE, perhaps)
    have = helper in HAVE
    if tags <= {BASE, PRESENT} and helper in _BEFORE_NOUNS:
        values = node.plain if words[last - 1] in _NO_OBJECT else None
        return Frame(at, last, *values, None, NOUN, False) if values else None
    alone = last == len(words) or words[last] in _NO_OBJECT or bool(marks[last] and marks[last] not in _OPENING)
    if PARTICIPLE in tags and not have:
        if helper in _BEFORE_ADJECTIVES:
            return None
        passive = last < len(words) and words[last] == "by"
        # An active verb has its object before the preposition: "accused him of".
        passive = passive or (done is not None and last > at + 1 and words[last - 1] in _NO_OBJECT)
        if node.plain and (passive or (alone and not node.bare and node.plain[1] and BASE not in tags)):
            if done:
                return Frame(at, last, *done, None, REDUCED, False)
            return Frame(at, last, node.plain[1], None, node.plain[0], REDUCED, False)
    values = (node.bare if alone else node.plain) or node.any()
    return Frame(at, last, *values, None, ACTIVE, perhaps) if values else None


def _longest(node: _Node | None, words: Sequence[str], at: int) -> tuple[int, _Node | None]:
    """Return where the longest phrase ends that begins with the word at *at* and goes on from *node*, and its node."""
    best: tuple[int, _Node | None] = (at, None)
    last = at + 1
    while node is not None:
        if node.any():
            best = (last, node)
        next_at = last
        while next_at < min(len(words), last + _MOST_SKIPPED) and (
            words[next_at] in _ARTICLES or (_adverb(words[next_at]) and words[next_at] not in node.following)
        ):
            next_at += 1
        if next_at >= len(words):
            break
        node = node.following.get(_general(words[next_at]))
        last = next_at + 1
    return best


def _grown(roots: dict[str, _Node], words: Sequence[str]) -> _Node:
    node = roots.setdefault(words[0], _Node())
    for word in words[1:]:
        node = node.following.setdefault(word, _Node())
    return node


def _general(word: str) -> str:
    """Return what stands for *word* in a phrase."""
    if word in BE:
        return "be"
    if word in POSSESSIVES:
        return "his"
    return "himself" if word in _REFLEXIVES else word


def _adverb(word: str) -> bool:
    return word in _ADVERBS or word.endswith("ly")


def _closest(before: Sequence[str]) -> str:
    return before[0] if before else ""
