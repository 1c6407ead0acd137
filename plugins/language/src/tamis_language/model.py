"""The n-gram model: for each script of several languages, a weight for each n-gram and language."""

from __future__ import annotations

import io
import math
import threading
from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from tamis import models

from tamis_language._pin import SHA256
from tamis_language.ngrams import ngrams

if TYPE_CHECKING:
    import numpy as np

    from tamis_language.ngrams import Hashes

    Floats = np.ndarray[Any, np.dtype[np.float32]]

#: Weights are whole numbers of this size, so that sums are exact in any order.
UNIT: Final = 1 / 24


class Block:
    """The weights of one script. `languages` has its columns; `score` adds up the weights of words."""

    def __init__(self, languages: Sequence[str], checks: Any, weights: Any, bias: Sequence[int], heat: Sequence[float]):
        import numpy as np

        #: The languages, one a column.
        self.languages = tuple(languages)
        self.bias = tuple(bias)
        self._heat = tuple(heat)
        self._checks = checks
        self._mask = np.uint64(len(checks) - 1)
        self._rows = np.cumsum(checks > 0) - 1
        self._weights = weights.astype(np.float32)

    def find(self, hashes: Hashes) -> tuple[Any, Any]:
        """Return which of *hashes* the model knows (as booleans), and the rows of those."""
        import numpy as np

        slots = (hashes & self._mask).astype(np.intp)
        known = self._checks[slots] == ((hashes >> np.uint64(40)) % np.uint64(255) + np.uint64(1)).astype(np.uint8)
        return known, self._rows[slots[known]]

    def score(self, words: Sequence[str]) -> tuple[list[float], int]:
        """Return the sum of the weights of *words* for each language, whole numbers, and how many n-grams spoke."""
        hashes, _ = ngrams(words)
        _, rows = self.find(hashes)
        return self._weights[rows].sum(axis=0).tolist(), len(rows)

    def score_each(self, words: Sequence[str]) -> Floats:
        """Return a row of weights for each of *words*, a column for each language."""
        import numpy as np

        hashes, owners = ngrams(words)
        known, rows = self.find(hashes)
        scores = np.zeros((len(words), len(self.languages)), np.float32)
        owners = owners[known]
        order = np.argsort(owners, kind="stable")
        found, firsts = np.unique(owners[order], return_index=True)
        if len(found):
            scores[found] = np.add.reduceat(self._weights[rows[order]], firsts, axis=0)
        return scores

    def posterior(self, words: Sequence[str], allowed: frozenset[str] | None = None) -> dict[str, float]:
        """Return the probability of each language for *words*; those of *allowed* alone where that is given."""
        sums, spoke = self.score(words)
        heat = self._heat[0] * (1 + spoke / self._heat[1]) ** self._heat[2]
        scaled = {
            language: (total + bias) * UNIT / heat
            for language, total, bias in zip(self.languages, sums, self.bias, strict=True)
            if allowed is None or language in allowed
        }
        return softmax(scaled)


def softmax(scores: Mapping[str, float]) -> dict[str, float]:
    """Return *scores* as probabilities that sum to 1."""
    if not scores:
        return {}
    top = max(scores.values())
    raised = {name: math.exp(score - top) for name, score in scores.items()}
    total = math.fsum(raised.values())
    return {name: value / total for name, value in raised.items()}


_lock = threading.Lock()
_blocks: dict[str, Block] | None = None


def blocks() -> dict[str, Block]:
    """Return the blocks of the shipped model by script; it is read once, by the first thread that asks.

    Raises ModelError where the model is missing or altered.
    """
    global _blocks
    if _blocks is None:
        with _lock:
            if _blocks is None:
                _blocks = _read(models.find("language").read(SHA256))
    return _blocks


def _read(data: bytes) -> dict[str, Block]:
    import numpy as np

    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        scripts = sorted({name.partition(".")[0] for name in arrays.files})
        return {
            script: Block(
                [str(language) for language in arrays[f"{script}.languages"]],
                arrays[f"{script}.checks"],
                arrays[f"{script}.weights"],
                arrays[f"{script}.bias"].tolist(),
                arrays[f"{script}.heat"].tolist(),
            )
            for script in scripts
        }
