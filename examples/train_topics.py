"""Train topics of your own: `python examples/train_topics.py FOLDER MODEL` on a folder of golden documents.

The folder has NAME.txt with NAME.yaml beside it, whose key `topics` lists the topics, as in seeds/. The model is then
named in a pipeline: `topics: {model: MODEL}`.
"""

import sys
from pathlib import Path

from tamis.testing import load_seeds
from tamis_topics import TopicClassifier


def main(folder: str, model: str) -> None:
    """Fit a classifier on *folder*, save it as *model*, and print what it says of the documents held out."""
    seeds = [seed for seed in load_seeds(folder) if seed.gold["language"] == "en" and seed.doc.raw.strip()]
    learn = [seed for seed in seeds if not seed.held_out]
    classifier = TopicClassifier(min_df=2)
    classifier.fit([seed.doc.raw for seed in learn], [set(seed.gold["topics"]) for seed in learn])
    classifier.save(model)
    again = TopicClassifier.load(Path(model))
    for seed in seeds:
        if seed.held_out:
            [found] = again.topics([seed.doc.raw])
            print(f"{seed.name}: {', '.join(found) or 'none'} (gold: {', '.join(seed.gold['topics']) or 'none'})")


if __name__ == "__main__":
    main(*sys.argv[1:])
