"""Say which language a text is in, or that it is in none.

>>> from tamis_language import detect
>>> detect("Le ministre a démissionné vendredi.")[0]
'fr'
"""

from __future__ import annotations

from collections.abc import Mapping

from tamis import Step
from tamis import hookimpl
from tamis_language.detector import LANGUAGES
from tamis_language.detector import Answer
from tamis_language.detector import LanguageDetector
from tamis_language.detector import detect
from tamis_language.step import Language

__all__ = ["LANGUAGES", "Answer", "Language", "LanguageDetector", "detect"]


@hookimpl
def tamis_steps() -> Mapping[str, type[Step]]:
    """Return the step `language`."""
    return {"language": Language}
