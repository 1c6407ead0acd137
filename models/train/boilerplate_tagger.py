"""Train the tagger of tamis-boilerplate: which words of a text are a page's own.

    python models/train/boilerplate_tagger.py ../shared/data        (some minutes; deterministic)

Writes models/src/tamis_models/boilerplate_tagger.npz. A passive-aggressive learner of label sequences (Crammer et
al. 2006; the implementation of CRFsuite, Okazaki 2007) learns from texts that are put together of news and of pieces of
pages (see boilerplate_texts.py). The observations that weigh most are kept; where two share a slot of the table, the
heavier one.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pycrfsuite
from boilerplate_texts import Span
from boilerplate_texts import composed
from boilerplate_texts import contexts
from boilerplate_texts import news
from boilerplate_texts import pieces

from tamis.models import publish
from tamis.text import Segments
from tamis_boilerplate.book import book
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.observed import observed
from tamis_boilerplate.pieces import FOLLOWS
from tamis_boilerplate.pieces import LABELS
from tamis_boilerplate.tagger import checks_of

PLUGIN = Path(__file__).parents[2] / "plugins" / "boilerplate" / "src" / "tamis_boilerplate"
MISSES = Path(__file__).parents[2] / "tests" / "plugins" / "boilerplate" / "hard_negatives.txt"
OUT = Path(__file__).parents[1] / "src" / "tamis_models" / "boilerplate_tagger.npz"
#: Texts put together; how often those written whole are seen; rounds; observations kept; slots of the table, as bits.
TEXTS, WHOLE, ROUNDS, KEPT, BITS = 24_000, 2, 10, 110_000, 20
#: Weights are kept as whole numbers, so many to one; a piece begins so much sooner than training says.
SCALE, BEGIN = 845, 300


def labelled(layout: Layout, spans: Sequence[Span]) -> list[str]:
    """Return the label of each word of *layout* whose pieces are *spans*, in order."""
    owners = [-1] * len(layout.keys)
    at = 0
    for place, start in enumerate(layout.starts):
        while at < len(spans) and spans[at][1] <= start:
            at += 1
        if at < len(spans) and spans[at][0] <= start:
            owners[place] = at
    found = []
    for place, owner in enumerate(owners):
        before = owners[place - 1] if place else -1
        behind = owners[place + 1] if place + 1 < len(owners) else -1
        if owner < 0:
            found.append("after" if before >= 0 else "article")
        elif before != owner:
            found.append("single" if behind != owner else "begin")
        else:
            found.append("end" if behind != owner else "inside")
    return found


def learn(texts: Iterable[tuple[str, list[Span]]]) -> tuple[dict[int, np.ndarray], np.ndarray]:
    """Return the weights of each observation for each label, and of each label behind each."""
    trainer = pycrfsuite.Trainer(algorithm="pa", verbose=False)
    for text, spans in texts:
        layout = Layout(Segments(text), book())
        if layout.keys:
            rows = [[format(code, "x") for code in row] for row in observed(layout).tolist()]
            trainer.append(rows, labelled(layout, spans))
    trainer.set_params({"max_iterations": ROUNDS, "feature.minfreq": 2})
    with tempfile.TemporaryDirectory() as folder:
        trainer.train(f"{folder}/model")
        model = pycrfsuite.Tagger()
        model.open(f"{folder}/model")
        info = model.info()
    weights: dict[int, np.ndarray] = {}
    for (name, label), weight in info.state_features.items():
        weights.setdefault(int(name, 16), np.zeros(len(LABELS)))[LABELS.index(label)] = weight
    follows = np.zeros((len(LABELS), len(LABELS)))
    for (one, two), weight in info.transitions.items():
        if LABELS.index(two) in FOLLOWS[LABELS.index(one)]:
            follows[LABELS.index(one), LABELS.index(two)] = weight
    return weights, follows


def tables(weights: dict[int, np.ndarray], follows: np.ndarray) -> dict[str, np.ndarray]:
    """Return the arrays of the model."""
    begins = np.zeros_like(follows)
    for label in ("begin", "single"):
        begins[[LABELS.index("article"), LABELS.index("after")], LABELS.index(label)] = BEGIN
    codes = np.array(sorted(weights), np.uint64)
    values = np.stack([weights[int(code)] for code in codes])
    heavy = np.abs(values).max(axis=1)
    kept = np.sort(np.argsort(-heavy, kind="stable")[:KEPT])
    codes, values, heavy = codes[kept], values[kept], heavy[kept]
    slots = (codes & np.uint64((1 << BITS) - 1)).astype(np.int64)
    order = np.lexsort((-heavy, slots))
    first = np.concatenate([[True], np.diff(slots[order]) > 0])
    chosen = order[first]
    return {
        "bits": np.array(BITS),
        "slots": slots[chosen].astype(np.int32),
        "checks": checks_of(codes[chosen], np.uint64(BITS)),
        "weights": np.rint(values[chosen] * SCALE).astype(np.int16),
        "follows": np.rint(follows * SCALE + begins).astype(np.int16),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--texts", type=int, default=TEXTS)
    options = parser.parse_args()
    texts = [*composed(options.texts, pieces(options.data, MISSES), news(options.data)), *list(contexts()) * WHOLE]
    weights, follows = learn(texts)
    arrays = tables(weights, follows)
    print(f"{len(texts)} texts, {len(weights)} observations, {len(arrays['slots'])} kept")
    np.savez_compressed(OUT, **arrays)
    publish(OUT.parent, "boilerplate_tagger", OUT.name, "1", "boilerplate_tagger.md", PLUGIN / "_pin_tagger.py")


if __name__ == "__main__":
    main()
