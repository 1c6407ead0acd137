"""Train the language model: python models/train/language.py ../shared/data --sources FOLDER

FOLDER holds the archives that `language_sources` names. The temperatures and priors come from half of the development
set in ../shared/data/language (rows whose id has an even md5); `benchmarks/language.py` reports on the other half.
Needs scipy and brotli. Deterministic: the same archives give the same weights.
"""

from __future__ import annotations

import argparse
import zlib
from pathlib import Path

import numpy as np
from language_fit import Material
from language_fit import fit
from language_fit import own_words
from language_sources import BLOCKS
from language_sources import Sources

SLOTS = {"Latn": 1 << 18, "Cyrl": 1 << 16, "Arab": 1 << 16, "Deva": 1 << 15}
UNITS = 24


def main() -> None:
    """Fit each script and write its weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=Path("language-weights"))
    parser.add_argument("--scripts", nargs="*", default=sorted(BLOCKS))
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--latin-slots", type=int, default=SLOTS["Latn"])
    arguments = parser.parse_args()
    sources = Sources(arguments.sources)
    arguments.weights.mkdir(exist_ok=True)
    SLOTS["Latn"] = arguments.latin_slots
    for script in arguments.scripts:
        languages = BLOCKS[script]
        materials = own_words({language: material(sources, script, language) for language in languages})
        if script == "Latn":
            languages = [*languages, "und"]
        print(script, len(languages), "classes", flush=True)
        features, weights = fit(
            languages, materials, latin=script == "Latn", slots=SLOTS[script], epochs=arguments.epochs
        )
        weights -= weights.mean(axis=1, keepdims=True)
        np.savez(
            arguments.weights / f"{script}.npz",
            languages=np.array(languages),
            checks=features.checks,
            weights=np.clip(np.rint(weights * UNITS), -127, 127).astype(np.int8),
        )


def material(sources: Sources, script: str, language: str) -> Material:
    """Return what the sources know of *language*."""
    rng = np.random.default_rng(zlib.crc32(f"{script}-{language}".encode()))
    strings = sources.strings(script, language, 40_000, rng)
    if script == "Deva":
        strings = sources.trigrams(script, language, 20_000, rng)
    return Material(sources.words(script, language), strings)


if __name__ == "__main__":
    main()
