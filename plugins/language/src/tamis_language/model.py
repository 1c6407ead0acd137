"""The n-gram model: for each script of several languages, a weight for each n-gram and language."""

from __future__ import annotations

import io
import math
import re
import threading
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING
from typing import Any
from typing import Final

from tamis import models
from tamis_language._pin import SHA256
from tamis_language.ngrams import ngrams
from tamis_language.ngrams import ngrams_by_word

if TYPE_CHECKING:
    import numpy as np

    from tamis_language.ngrams import Hashes

    Floats = np.ndarray[Any, np.dtype[np.float32]]

#: Weights are whole numbers of this size, so that sums are exact in any order.
UNIT: Final = 1 / 24
#: What is less probable than this part of the best is left out.
SMALL: Final = 5e-4
# Fewer foreign letters than this are a name.
_FEW: Final = 4


class Block:
    """The weights of one script. `languages` has its columns; `score` adds up the weights of words."""

    def __init__(
        self,
        languages: Sequence[str],
        checks: Any,
        weights: Any,
        bias: Sequence[int],
        heat: Sequence[float],
        letters: Sequence[str] = (),
    ) -> None:
        import numpy as np

        #: The languages, one a column.
        self.languages = tuple(languages)
        self.bias = tuple(bias)
        self._heat = tuple(heat)
        self._checks = checks
        self._mask = np.uint64(len(checks) - 1)
        self._rows = np.cumsum(checks > 0) - 1
        self._weights = weights
        self._letters = dict(zip(languages, letters, strict=False))

    def find(self, hashes: Hashes) -> tuple[Any, Any]:
        """Return which of *hashes* the model knows (as booleans), and the rows of those."""
        import numpy as np

        slots = (hashes & self._mask).astype(np.intp)
        known = self._checks.take(slots) == checks_of(hashes)
        return known, self._rows.take(slots[known])

    def foreign(self, language: str, words: Sequence[str]) -> float:
        """Return the share of letters in *words* that *language* is not written with, 0 where they are few.

        Letters are looked up among those of the languages of Cyrillic and Arabic script alone.
        """
        strange = _foreign_letters(self._letters.get(language, ""))
        if strange is None:
            return 0.0
        text = "".join(words)
        count = len(strange.findall(text))
        return count / len(text) if count >= _FEW else 0.0

    def score(self, words: Sequence[str]) -> tuple[list[float], int]:
        """Return the sum of the weights of *words* for each language, whole numbers, and how many n-grams spoke."""
        import numpy as np

        hashes = ngrams(words)[0]
        _, rows = self.find(hashes)
        # whole numbers below 2 ** 24 in float32: the sums are exact in whatever order they are made
        weights = self._weights.take(rows, axis=0).astype(np.float32)
        return (np.ones(len(rows), np.float32) @ weights).tolist(), len(rows)

    def score_each(self, words: Sequence[str]) -> Floats:
        """Return a row of weights for each of *words*, a column for each language."""
        import numpy as np

        hashes, owners = ngrams_by_word(words)
        known, rows = self.find(hashes)
        scores = np.zeros((len(words), len(self.languages)), np.float32)
        owners = owners[known]
        order = np.argsort(owners, kind="stable")
        found, firsts = np.unique(owners[order], return_index=True)
        if len(found):
            scores[found] = np.add.reduceat(self._weights[rows[order]].astype(np.float32), firsts, axis=0)
        return scores

    def posterior(self, words: Sequence[str], allowed: frozenset[str] | None = None) -> dict[str, float]:
        """Return the languages that are probable for *words*, the best first, with their probabilities; they sum to 1.

        With *allowed*, those are considered alone; empty where the block has none of them.
        """
        sums, spoke = self.score(words)
        scores = {
            name: total + bias
            for name, total, bias in zip(self.languages, sums, self.bias, strict=True)
            if allowed is None or name in allowed
        }
        if not scores:
            return {}
        scale = UNIT / (self._heat[0] * (1 + spoke / self._heat[1]) ** self._heat[2])
        top = max(scores.values())
        floor = top + math.log(SMALL) / scale
        odds = {name: math.exp((score - top) * scale) for name, score in scores.items() if score >= floor}
        total = sum(odds.values())
        return {name: odds[name] / total for name in sorted(odds, key=lambda name: (-odds[name], name))}


def checks_of(hashes: Hashes) -> Any:
    """Return the eight bits, never 0, by which a slot knows its n-gram."""
    import numpy as np

    bits = (hashes >> np.uint64(40)).astype(np.uint32)
    bits -= bits // np.uint32(255) * np.uint32(255)  # the remainder, the fast way
    bits += np.uint32(1)
    return bits.astype(np.uint8)


@cache
def _foreign_letters(letters: str) -> re.Pattern[str] | None:
    """Return a pattern of the letters of a script that are not among *letters*; None for other scripts than two."""
    for first, last in ((0x430, 0x52F), (0x620, 0x6FF)):
        if any(first <= ord(letter) <= last for letter in letters):
            every = (chr(code) for code in range(first, last + 1) if code != 0x640)  # 640 only draws a word out
            return re.compile(f"[{''.join(c for c in every if c.isalpha() and c not in letters)}]")
    return None


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
                arrays[f"{script}.letters"].tolist() if f"{script}.letters" in arrays else (),
            )
            for script in scripts
        }
