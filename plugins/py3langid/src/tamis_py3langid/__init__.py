"""The label `language` told by py3langid: another backend behind the same label."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Set
from functools import cache
from typing import Any
from typing import ClassVar
from typing import Final

from pydantic import Field

from tamis import Document
from tamis import Drop
from tamis import Label
from tamis import Step
from tamis import hookimpl
from tamis.errors import ConfigError
from tamis.errors import suggest

_NAMES: Final = {"nb": "no", "nn": "no", "zxx": "und"}
_SMALL: Final = 5e-4


@cache
def _identifier(languages: tuple[str, ...] | None = None) -> Any:
    """Return py3langid's model, choosing among *languages* alone. Raises ConfigError where it does not know one."""
    from importlib import import_module

    langid = import_module("py3langid.langid")  # untyped
    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    if languages is not None:
        classes = sorted(map(str, identifier.nb_classes))
        _refuse_unknown(languages, {_NAMES.get(code, code) for code in classes})
        identifier.set_languages([code for code in classes if _NAMES.get(code, code) in languages])
    return identifier


@cache
def _labels() -> frozenset[str]:
    """Return the languages that py3langid knows, by the names of the label."""
    return frozenset({"und"} | {_NAMES.get(code, code) for code in map(str, _identifier().nb_classes)})


def _refuse_unknown(languages: Iterable[str], known: Set[str]) -> None:
    for language in languages:
        if language not in known:
            raise ConfigError(f"language {language!r} is not known to py3langid{suggest(language, sorted(known))}")


def scores_of(text: str, languages: tuple[str, ...] | None = None) -> dict[str, float]:
    """Return py3langid's probabilities for *text*, the most probable first; those that are tiny are left out."""
    if not any(letter.isalpha() for letter in text):
        return {"und": 1.0}
    scores: dict[str, float] = {}
    for code, score in _identifier(languages).rank(text.encode("utf-8", "replace").decode()):
        name = _NAMES.get(code, code)
        scores[name] = scores.get(name, 0.0) + float(score)
    kept = {name: score for name, score in scores.items() if score >= _SMALL}
    total = sum(kept.values())
    return {name: kept[name] / total for name in sorted(kept, key=lambda name: (-kept[name], name))}


class Py3langid(Step):
    """Tell the language of the document with py3langid, in the label that the step `language` gives."""

    keep: list[str] | None = Field(default=None, min_length=1)
    """Drop documents in other languages than these, with the reason; null keeps all."""
    languages: list[str] | None = Field(default=None, min_length=1)
    """Choose among these languages alone; null chooses among all that py3langid knows."""

    gives: ClassVar[tuple[str, ...]] = ("language",)

    def find(self, doc: Document) -> Iterator[Label | Drop]:
        """Return the label `language`, and a `Drop` where the language is not kept."""
        if self.keep is not None:
            _refuse_unknown(self.keep, _labels())
        scores = scores_of(doc.text, None if self.languages is None else tuple(sorted(self.languages)))
        best = next(iter(scores))
        yield Label("language", best, scores[best], scores)
        if self.keep is not None and best not in self.keep:
            yield Drop(f"language {best} is not among {', '.join(self.keep)}")


@hookimpl
def tamis_steps() -> Mapping[str, type[Step]]:
    """Return the step `py3langid`."""
    return {"py3langid": Py3langid}
