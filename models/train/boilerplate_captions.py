"""The third part of `boilerplate.py`: whether a sentence before a picture's credit is its caption.

Captions written for this model are set against sentences of news and against what was written as said by articles.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from functools import cache
from zlib import crc32

import numpy as np
from boilerplate_segments import matrix
from boilerplate_segments import written
from sklearn.linear_model import LogisticRegression

from tamis.text import Segments
from tamis_boilerplate.book import book
from tamis_boilerplate.captions import features
from tamis_boilerplate.frames import plain
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.rules import packs
from tamis_boilerplate.rules import read_pack

#: What the step cuts before it asks: the label before a caption, the credit behind it.
LABEL = re.compile(
    r"^(?:image|media|photo|video|bild|foto|légende|picture|pictured|file|caption|credit)\b[^:,–-]{0,30}[:,–-]\s*", re.I
)
CREDIT = re.compile(
    r"\s*[(\[]?(?:(?:Photos?|Fotos?|Image|Bild|Picture|Credit|Pic|Photograph|Crédit|AP|AFP|Source|Quelle|Getty|Reuters)\b.*"
    r"|©.*|[^.()]*/\s?[A-Z][^.]*)$|\s*[(\[][^)\]]*[)\]]\s*$"
)
#: Sentences of news; weights smaller than this change no answer.
NEWS, LEAST = 9000, 0.25


def captions() -> list[str]:
    """Return the captions that were written, without label and credit."""
    bare = (CREDIT.sub("", LABEL.sub("", text)).strip() for kind, text in written() if kind == "caption")
    return [text for text in bare if len(text.split()) >= 4]


def described(texts: Iterable[str]) -> list[list[str]]:
    words = book().words
    found = []
    for text in texts:
        layout = Layout(Segments(text), book())
        found.append(features(layout, 0, len(text.rstrip(" .")), words["finite"], words["verb"]))
    return found


def language(text: str) -> str:
    """Return the pack whose function words *text* has most of."""
    words = [plain(word) for word in Segments(text).words.texts]
    return max(function_words().items(), key=lambda item: (sum(word in item[1] for word in words), item[0]))[0]


@cache
def function_words() -> dict[str, frozenset[str]]:
    lists = {name: read_pack(name).get("words", {}).get("function", "").split() for name in packs()}
    return {name: frozenset(map(plain, words)) for name, words in lists.items()}


def even(texts: Sequence[str], gold: np.ndarray) -> np.ndarray:
    """Return how much each text counts: in each language captions as much as sentences."""
    keys = [(language(text), kind) for text, kind in zip(texts, gold.tolist(), strict=True)]
    counts = Counter(keys)
    totals = Counter(key for key, _ in keys)
    return np.array([totals[key[0]] / (2 * counts[key]) if len(counts) > 1 else 1.0 for key in keys]).clip(0.2, 20)


def train(bodies: Sequence[str]) -> dict[str, float]:
    """Return the weights of features, `bias` among them; prints what they find among captions left out."""
    shown = captions()
    news = [text for text in bodies if len(text.split()) <= 45]
    random.Random(3).shuffle(news)
    told = [*news[:NEWS], *(text for kind, text in written() if kind == "content" and len(text.split()) >= 5)]
    texts, gold = described([*shown, *told]), np.array([1] * len(shown) + [0] * len(told))
    counts = Counter(name for row in texts for name in set(row))
    names = {name: index for index, name in enumerate(sorted(name for name, n in counts.items() if n > 1))}
    values = matrix(texts, names)
    part = np.array([crc32(text.encode()) % 5 == 0 for text in (*shown, *told)])
    share = even([*shown, *told], gold)
    score = _fit(values[~part], gold[~part], share[~part]).decision_function(values[part])
    for name, kind in (("captions", 1), ("sentences", 0)):
        shares = (f"{np.mean(score[gold[part] == kind] > least):.3f} above {least}" for least in (-2.0, 0.0, 0.5, 1.0))
        print(f"{np.sum(part & (gold == kind))} {name} left out:", ", ".join(shares))
    model = _fit(values, gold, share)
    table = {name: round(float(model.coef_[0][index]), 2) for name, index in names.items()}
    kept = {name: weight for name, weight in table.items() if abs(weight) >= LEAST}
    return {"bias": round(float(model.intercept_[0]), 2), **kept}


def _fit(values: object, gold: np.ndarray, share: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=1, max_iter=500).fit(values, gold, share)
