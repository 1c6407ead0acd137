"""The answers of langdetect itself, sampled as it samples, from a private and seeded factory."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any
from typing import Final

_CHINESE: Final = {"zh-cn": "zh", "zh-tw": "zh"}
_SEED: Final = 0

_lock = threading.Lock()
_factory: Any = None


def _private_factory() -> Any:
    """Return a factory with langdetect's profiles in the order of their names; the global one is left alone."""
    global _factory
    if _factory is None:
        with _lock:
            if _factory is None:
                import langdetect
                from langdetect.detector_factory import DetectorFactory

                folder = Path(langdetect.__file__).parent / "profiles"
                files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
                factory = DetectorFactory()
                factory.load_json_profile([path.read_text("utf-8") for path in files])
                factory.seed = _SEED
                _factory = factory
    return _factory


def probabilities(text: str) -> dict[str, float]:
    """Return langdetect's probabilities for *text* (those over 0.1), the most probable first; empty: no features."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _private_factory().create()
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return {}
    scores: dict[str, float] = {}
    for language in found:
        name = _CHINESE.get(language.lang, language.lang)
        scores[name] = scores.get(name, 0.0) + language.prob
    return scores
