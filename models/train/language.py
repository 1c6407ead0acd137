"""Train the language model: python models/train/language.py ../shared/data --sources FOLDER

FOLDER holds the archives that `language_sources` names. The temperatures and priors come from half of the development
set in ../shared/data/language (rows whose id has an even md5); `benchmarks/language.py` reports on the other half.
Needs scipy and brotli. Deterministic: the same archives give the same weights.
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

SLOTS = {"Latn": 1 << 18, "Cyrl": 1 << 16, "Arab": 1 << 16, "Deva": 1 << 15}
# Chosen by hand, in whole units: Serbian news is rarely in Latin letters; the others are hard to tell apart, and what
# a prior gives the one it takes from the other.
PRIORS = {"sr": -72, "bs": 0, "hr": 0, "ms": 0, "id": 0}
MODELS = Path(__file__).parents[1] / "src" / "tamis_models"
PLUGIN = Path(__file__).parents[2] / "plugins" / "language" / "src" / "tamis_language"


def main() -> None:
    """Fit each script unless its weights are there already, choose temperatures and priors, and write the model."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=Path("language-weights"), help="where fitted weights are kept")
    arguments = parser.parse_args()
    arguments.weights.mkdir(exist_ok=True)
    sources = Sources(arguments.sources)
    arrays: dict[str, Any] = {}
    for script, codes in BLOCKS.items():
        path = arguments.weights / f"{script}.npz"
        if not path.exists():
            np.savez(path, **fitted(sources, script, codes))
        arrays |= tuned(arguments.data, script, dict(np.load(path)))
    np.savez_compressed(MODELS / "language.npz", **arrays)
    publish(MODELS, "language", "language.npz", "1", "language.md", PLUGIN / "_pin.py")


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
    fixed = PRIORS if script == "Latn" else {}
    found = tune(data, script, block, [language for language in languages if language not in fixed], fixed)
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
