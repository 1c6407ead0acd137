"""The signature of a text: the MinHash of its shingles, the runs of five words that it holds.

How many of the 192 numbers of two signatures are equal estimates the Jaccard similarity of the texts: the shingles
they share over the shingles of both. The bands, three numbers each, tell which signatures to compare at all: two texts
of Jaccard 0.4 share one of the 64 with probability 0.985, two of 0.1 with 0.06.
"""

from __future__ import annotations

import zlib
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING
from typing import Any
from typing import Final
from typing import TypeAlias

from tamis import Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Signature: TypeAlias = NDArray[np.uint32]
    Bands: TypeAlias = NDArray[np.uint64]

#: Words in a shingle.
SHINGLE: Final = 5
#: Numbers in a signature.
NUMBERS: Final = 192
#: Numbers in a band.
BAND: Final = 3
_BANDS: Final = NUMBERS // BAND
#: Shingles taken at once: more need more memory, and save nothing.
_BATCH: Final = 4_096


@cache
def _empty() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=NUMBERS, seed=1, hashfunc=zlib.crc32, scheme="affine32")


def signature(doc: Document) -> Signature:
    """Return the signature of the text of *doc*; case, punctuation and white space make no difference."""
    words = [word.casefold() for word in doc.words.texts]
    last = max(len(words) - SHINGLE, 0)
    shingles = iter({" ".join(words[i : i + SHINGLE]) for i in range(last + 1)})
    minhash = _empty().copy()
    while batch := [each.encode("utf-8", "surrogatepass") for each in islice(shingles, _BATCH)]:
        minhash.update_batch(batch)
    numbers: Signature = minhash.hashvalues
    return numbers


def bands(signatures: Signature) -> Bands:
    """Return the bands of *signatures* (one a row), each as one number; bands of different places differ."""
    import numpy as np

    found: Bands = np.empty((len(signatures), _BANDS), dtype=np.uint64)
    for begin in range(0, len(signatures), _BATCH):
        rows = signatures[begin : begin + _BATCH, : _BANDS * BAND]
        three = rows.reshape(len(rows), _BANDS, BAND).astype(np.uint64)
        place = np.arange(_BANDS, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed = place + (three[:, :, 0] << np.uint64(32)) + three[:, :, 1]
        mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed += three[:, :, 2] * np.uint64(0x94D049BB133111EB)
        found[begin : begin + _BATCH] = mixed ^ (mixed >> np.uint64(32))
    return found


def similarities(one: Signature, others: Signature) -> list[float]:
    """Return the estimated Jaccard similarity of the text of *one* with that of each row of *others*."""
    return [int(equal) / NUMBERS for equal in (others == one).sum(axis=1)]


def enough(similarity: float, threshold: float, words: int, shortest: int) -> bool:
    """Return whether texts of *similarity* repeat one another, the longer of *words* words.

    Short news is written by formula: the *threshold* holds from *shortest* words on, and rises to 1 for none.
    """
    full = min(words / shortest, 1.0) if shortest else 1.0
    return similarity >= 1.0 - (1.0 - threshold) * full
