"""Ask the classifiers from Python: `python examples/classify.py FILE...` prints a line for each file.

The classifiers are those of the steps: scikit-learn style, texts in, answers out, loaded from the installed models.
"""

import sys
from pathlib import Path

import tamis
from tamis_sentiment import SentimentClassifier
from tamis_topics import TopicClassifier
from tamis_translation import TranslationClassifier


def main(paths: list[str]) -> None:
    """Print topics, tone and the probability of machine translation for each file of *paths*."""
    cleaner = tamis.loads("steps: [boilerplate]")
    texts = [cleaner(Path(path).read_text(encoding="utf-8")).text for path in paths]
    topics = TopicClassifier.load()
    table = topics.predict_proba(texts)
    tones = SentimentClassifier.load().predict(texts)
    translated = TranslationClassifier.load().predict_proba(texts)
    for path, row, tone, probability in zip(paths, table, tones, translated, strict=True):
        scores = ", ".join(f"{name} {score:.2f}" for name, score in zip(topics.classes_, row, strict=True))
        print(f"{Path(path).name}: {scores}; {tone}; machine-translated {float(probability[-1]):.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
