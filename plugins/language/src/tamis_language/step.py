"""The step `language`: a label with the language of the document, and marks where it changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar
from typing import Literal

from pydantic import ValidationInfo
from pydantic import field_validator

from tamis import Document
from tamis import Drop
from tamis import Label
from tamis import Mark
from tamis import Step
from tamis.errors import suggest
from tamis_language.detector import LABELS
from tamis_language.detector import LANGUAGES
from tamis_language.detector import NONE
from tamis_language.detector import Answer
from tamis_language.detector import LanguageDetector


class Language(Step):
    """Tell the language of the document, or `und` where it is in none.

    Gives the label `language`: an ISO 639 code (`no` for Norwegian, `zh` for Chinese, `und` for no language,
    `und-Cyrl` where only the script is known), its probability, and the probabilities of the others.
    """

    mode: Literal["exact", "sampled"] = "exact"
    """`exact`: the posterior of the shipped n-gram model. `sampled`: langdetect's own answer, with a fixed seed."""
    keep: list[str] | None = None
    """Drop documents in other languages than these, with the reason; null keeps all."""
    spans: bool = False
    """Mark the stretches that are in another language than the document; costs some milliseconds a document."""
    languages: list[str] | None = None
    """Choose among these languages alone (`mode: exact`); null chooses among all that are known."""

    gives: ClassVar[tuple[str, ...]] = ("language",)

    @field_validator("keep", "languages")
    @classmethod
    def _known(cls, value: list[str] | None, info: ValidationInfo) -> list[str] | None:
        known = LABELS if info.field_name == "keep" else LANGUAGES
        if value == []:
            raise ValueError("should name a language; leave it out (null) for all")
        for language in value or ():
            if language not in known:
                raise ValueError(f"language {language!r} is not known{suggest(language, known)}")
        return value

    @field_validator("languages")
    @classmethod
    def _chosen_by_the_model(cls, value: list[str] | None, info: ValidationInfo) -> list[str] | None:
        if value is not None and info.data.get("mode") == "sampled":
            raise ValueError("langdetect chooses among all that it knows; leave this out, or take mode: exact")
        return value

    def find(self, doc: Document) -> Iterator[Label | Mark | Drop]:
        """Return the label `language`, the marks of other languages, and a `Drop` where the language is not kept."""
        text = doc.text
        answer = self._answer(text)
        yield Label("language", answer.language, answer.score, answer.scores)
        if self.spans and not answer.language.startswith(NONE):
            from tamis_language.spans import stretches

            for start, end, language in stretches(text, answer.language, self.languages):
                if language != answer.language:
                    yield Mark((start, end), "language", f"in another language: {language}", data=language)
        if self.keep is not None and answer.language not in self.keep:
            yield Drop(f"language {answer.language} is not among {', '.join(self.keep)}")

    def _answer(self, text: str) -> Answer:
        if self.mode == "exact":
            return LanguageDetector(self.languages).detect(text)
        from tamis_language.sampled import probabilities

        scores = probabilities(text)
        total = sum(scores.values())
        if not total:
            return Answer(NONE, 1.0, {NONE: 1.0})
        scores = {language: score / total for language, score in scores.items()}
        best = min(scores, key=lambda language: (-scores[language], language))
        return Answer(best, scores[best], scores)
