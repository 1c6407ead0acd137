"""Static word vectors of an optional package: what words mean, learnt from far more text than a user has labelled.

`wordllama` (extra `tamis[embeddings]`) carries its vectors in the package itself: nothing is fetched. The mean of the
vectors of a text is linear in its words, so explanations stay exact.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tamis.errors import ModelError
from tamis.learn.words import Floats
from tamis.learn.words import fold
from tamis.text import Words

#: The one embedding there is: 256 numbers a word piece.
WORDLLAMA: Final = "wordllama"
#: For how many words as written the pieces are remembered: bounds the memory on endless streams.
_REMEMBERED: Final = 200_000
_LONGEST: Final = 100


def installed(name: str = WORDLLAMA) -> bool:
    """Return whether the package of the embedding *name* is installed."""
    return find_spec(name) is not None


@cache
def embedding(name: str) -> Embedding:
    """Return the embedding *name*, read once a process.

    Raises ModelError where there is none of that name, or its package is not installed.
    """
    if name != WORDLLAMA:
        raise ModelError(f"there is no embedding '{name}'; there is '{WORDLLAMA}'")
    if not installed(name):
        raise ModelError(f"the embedding '{name}' is not installed; likely cure: pip install 'tamis[embeddings]'")
    import wordllama

    # Without the folder the package looks beside its own tokenizer, and would fetch another.
    folder = Path(wordllama.__file__).parent
    try:
        loaded = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)
    except FileNotFoundError as error:
        cure = "likely cure: pip install --force-reinstall 'tamis[embeddings]'"
        raise ModelError(f"the package of the embedding '{name}' lacks its vectors: {error}; {cure}") from error
    return Embedding(name, np.asarray(loaded.embedding, np.float32), loaded.tokenizer)


class Embedding:
    """Vectors of word pieces; a word has the sum of those of its pieces, a text their direction (length 1)."""

    def __init__(self, name: str, vectors: NDArray[np.float32], tokenizer: Any) -> None:
        self.name = name
        self.vectors = vectors
        self.size = vectors.shape[1]
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}

    @cached_property
    def sha256(self) -> str:
        """The sha256 of the vectors."""
        return hashlib.sha256(self.vectors.tobytes()).hexdigest()

    def check(self, sha256: str) -> None:
        """Raise ModelError where the vectors are not those with this *sha256*, on which a model was trained."""
        if self.sha256 != sha256:
            cure = f"install the version of {self.name} that the model was trained with, or train it again"
            raise ModelError(f"the installed embedding '{self.name}' has other vectors; likely cure: {cure}")

    def means(self, docs: Sequence[Words]) -> Floats:
        """Return the vector of each of *docs*; that of a text without words is 0."""
        return np.array([self._direction(self._pieces(doc)[0]) for doc in docs]).reshape(len(docs), self.size)

    def parts(self, doc: Words, weights: Floats) -> Floats:
        """Return what each word of *doc* adds to the product of its vector and *weights*."""
        pieces, word = self._pieces(doc)
        scale = 1 / max(float(np.linalg.norm(self._sum(pieces))), _TINY)
        added = np.bincount(word, self.vectors[pieces].astype(np.float64) @ weights * scale, len(doc.texts))
        return added.astype(np.float64, copy=False)

    def _pieces(self, doc: Words) -> tuple[list[int], list[int]]:
        """Return the pieces of *doc*, and the word that each is of."""
        pieces: list[int] = []
        word: list[int] = []
        for index, text in enumerate(doc.texts):
            found = self._known.get(text)
            if found is None:
                # A lone surrogate has no bytes.
                known = fold(text[:_LONGEST]).encode("utf-8", "ignore").decode()
                found = self._tokenizer.encode(known, add_special_tokens=False).ids
                if len(self._known) < _REMEMBERED:
                    self._known[text] = found
            pieces += found
            word += [index] * len(found)
        return pieces, word

    def _sum(self, pieces: list[int]) -> Floats:
        total: Floats = self.vectors[pieces].sum(axis=0, dtype=np.float64)
        return total

    def _direction(self, pieces: list[int]) -> Floats:
        total = self._sum(pieces)
        return total / max(float(np.linalg.norm(total)), _TINY)


_TINY: Final = 1e-9
