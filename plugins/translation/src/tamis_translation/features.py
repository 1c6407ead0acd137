"""What the classifier sees of a text: hashed n-grams of words and punctuation, and of words with their content masked.

Function words and punctuation are kept in the masked stream, other words leave only their shape (`Xs`, `xing`, `0`):
it sees how a text is built, not what it is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

import numpy as np

from tamis_translation.patterns import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Each group of features is hashed to so many bits; the model keeps those it knows.
BITS: Final = 19
#: Words, pairs of words; masked words and pairs of them, triples of them. Each group is normalised on its own.
GROUPS: Final = 4
#: Longer texts are read up to so many words and marks: what follows adds nothing but time.
MAX_TOKENS: Final = 3500
_ODD: Final = np.uint32(0x9E3779B1)
_OTHER: Final = np.uint32(0x85EBCA77)
_SHIFT: Final = np.uint32(32 - BITS)
_HALF: Final = np.uint64(32)
_MASK: Final = np.uint32(0xFFFFFF00)


def features(text: Text) -> NDArray[np.int32]:
    """Return the hashed features of *text*, one for each occurrence; `feature >> BITS` is the group."""
    codes = np.array(text.stream[:MAX_TOKENS], np.uint64)
    low, mask = (codes >> _HALF).astype(np.uint32), codes.astype(np.uint32) & _MASK
    pairs, masked_pairs = low[:-1] * _OTHER ^ low[1:], mask[:-1] * _OTHER ^ mask[1:]
    parts = [low, pairs, mask, masked_pairs, masked_pairs[:-1] * _ODD ^ mask[2:]]
    mixed = np.concatenate(parts)
    mixed ^= mixed >> np.uint32(16)
    mixed *= _ODD
    mixed ^= mixed >> np.uint32(13)
    mixed *= _OTHER
    mixed >>= _SHIFT
    found = mixed.astype(np.int32)
    past = 0
    for part, group in zip(parts, (0, 1, 2, 2, 3), strict=True):
        found[past : past + len(part)] |= np.int32(group << BITS)
        past += len(part)
    return found
