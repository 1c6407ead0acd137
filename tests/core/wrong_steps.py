"""A step that keeps every rule, and steps that are deliberately wrong, each in one way."""

import contextlib
import random
import re
import socket
from pathlib import Path
from typing import Annotated
from typing import Any
from typing import ClassVar

import pydantic
from pydantic_core import core_schema

import tamis

SHOUT = "STOP ALL THE PRESSES TODAY. The news."


class Shout(tamis.Step):
    """Cut runs of capitals of at least `longest` letters."""

    longest: int = 12
    """The shortest run of capitals and spaces that counts as shouting, in letters."""

    def find(self, doc):
        for match in re.finditer(rf"\b[A-Z ]{{{self.longest},}}\b", doc.text):
            yield doc.cut(match.span(), "shouting")


class NoDocstring(Shout):
    pass


NoDocstring.__doc__ = None


class NoDescription(Shout):
    """Has a setting that says nothing of itself."""

    bare: int = 1


class ClashesWithTheHost(Shout):
    """Has a setting named as a key of the host."""

    when: str = ""
    """Something else than the host's `when`."""


class TakesAnySetting(Shout):
    """Takes settings that it does not have."""

    model_config = pydantic.ConfigDict(extra="ignore")


class NotFrozen(Shout):
    """Can be changed after it is made."""

    model_config = pydantic.ConfigDict(frozen=False)


class LosesASettingInYaml(Shout):
    """Writes a setting shortened."""

    name: Annotated[str, pydantic.PlainSerializer(lambda value: value[:3], when_used="json")] = "shouting"
    """A name of more than three letters."""


class Size:
    """A type that pydantic can check and write, and not describe."""

    def __init__(self, value):
        self.value = int(str(value))

    def __eq__(self, other):
        return self.value == other.value

    def __hash__(self):
        return self.value

    def __repr__(self):
        return f"Size({self.value})"

    def __str__(self):
        return str(self.value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler):
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, cls) else cls(value),
            serialization=core_schema.to_string_ser_schema(when_used="json"),
        )


class HasNoSchema(Shout):
    """Has a setting of a type that no JSON schema describes."""

    size: Size = Size(1)
    """A size of its own type."""


class ForgetsInPickle(Shout):
    """Pickles without its settings."""

    def __reduce__(self):
        return ForgetsInPickle, ()


class CarriesWhatItLoaded(Shout):
    """Pickles with what it loaded."""

    def find(self, doc):
        self.__dict__["_lexicon"] = list(range(1000))
        return list(super().find(doc))

    def __reduce__(self):
        return _carry, (self.model_dump(), self.__dict__.get("_lexicon"))


def _carry(settings, _lexicon):
    return CarriesWhatItLoaded(**settings)


class RaisesOnNothing(Shout):
    """Takes for granted that a text begins with something."""

    def find(self, doc):
        if doc.text[0] == "\ufffe":
            return []
        return list(super().find(doc))


class WrongTwice(RaisesOnNothing):
    """Is wrong in two ways."""

    bare: int = 1


class FindsNothing(Shout):
    """Looks for what no text has."""

    def find(self, doc):
        return []


class YieldsStrings(Shout):
    """Yields strings besides findings."""

    def find(self, doc):
        return [*super().find(doc), "shouting"]


class CutsNothing(Shout):
    """Cuts matches of no length."""

    def find(self, doc):
        return [doc.cut(match.span(), "shouting") for match in re.finditer("(?<=P)(?=RESSES)", doc.text)]


class OverlapsItself(Shout):
    """Cuts the same characters twice."""

    def find(self, doc):
        for edit in super().find(doc):
            yield edit
            yield doc.cut((edit.span[0] + 1, edit.span[1]), "shouting")


class GivesNoReason(Shout):
    """Cuts without a reason."""

    def find(self, doc):
        return [doc.cut(edit.span, "") for edit in super().find(doc)]


class GivesAnUndeclaredLabel(Shout):
    """Gives a label that `gives` does not name."""

    def find(self, doc):
        return [tamis.Label("loud", True)]


class GivesNumbersAsKeys(Shout):
    """Gives a value that comes back from JSON as another one."""

    gives: ClassVar = ("loud",)

    def find(self, doc):
        return [tamis.Label("loud", {1: "one"})]


class ScoresInPercent(Shout):
    """Gives scores from 0 to 100."""

    gives: ClassVar = ("loud",)

    def find(self, doc):
        return [tamis.Label("loud", True, scores={"loud": 87.5})]


class ChangesTheDocument(Shout):
    """Writes into the document."""

    def find(self, doc):
        found = list(super().find(doc))
        doc.id = "seen"
        return found


class SeedsTheProcess(Shout):
    """Seeds the random numbers of everybody."""

    def find(self, doc):
        random.seed(0)
        return list(super().find(doc))


class Prints(Shout):
    """Prints what it sees."""

    def find(self, doc):
        print(doc.id)
        return list(super().find(doc))


class WritesAFile(Shout):
    """Leaves a note of what it saw."""

    def find(self, doc):
        with contextlib.suppress(OSError), Path("no such folder", "seen.txt").open("w") as note:
            note.write(doc.text)
        return list(super().find(doc))


class AsksTheNetwork(Shout):
    """Looks up a host."""

    def find(self, doc):
        socket.getaddrinfo("127.0.0.1", 80)
        return list(super().find(doc))


_LAST = [""]


class KnowsWhatItSawLast(Shout):
    """Says whether it saw the same text right before."""

    def find(self, doc):
        again, _LAST[0] = doc.text == _LAST[0], doc.text
        return [tamis.Mark((0, 0), "repeated", data=again)]


_BY_ID: dict[str, Any] = {}


class RemembersById(Shout):
    """Keeps what it found under the id of the document."""

    def find(self, doc):
        return _BY_ID.setdefault(doc.id, list(super().find(doc)))


class ReadsRaw(Shout):
    """Reads the raw text instead of what earlier steps left."""

    def find(self, doc):
        return list(super().find(tamis.Document(doc.raw)))


class AnswersInBatchesOtherwise(Shout):
    """Rounds in a batch."""

    gives: ClassVar = ("loud",)

    def find(self, doc):
        return [tamis.Label("loud", True, 1 / 3)]

    def find_batch(self, docs):
        return [[tamis.Label("loud", True, 0.3333333 if len(docs) > 1 else 1 / 3)] for _ in docs]


class KnowsItsProcess(Shout):
    """Says something else in a process that did not do what this one did."""

    def find(self, doc):
        return [tamis.Mark((0, 0), "process", data=CHANGED)]


CHANGED = "as imported"


class GoesThroughASet(Shout):
    """Yields in the order of a set."""

    gives: ClassVar = ("letters",)

    def find(self, doc):
        return [tamis.Label("letters", [*{f"letter {letter}" for letter in "abcdefghijkl"}])]


class TakesSquareTime(Shout):
    """Looks through all that precedes each word."""

    def find(self, doc):
        yield from super().find(doc)
        for i in range(0, len(doc.text), 4):
            doc.text.count("\ufffe", 0, i)


class TakesExponentialTime(Shout):
    """Looks for a pattern that tries every way to cut a word in parts."""

    def find(self, doc):
        yield from super().find(doc)
        re.search(r"(?:a+)+$", doc.text[:40] + "!")
