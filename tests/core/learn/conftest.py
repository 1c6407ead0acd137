"""A small labelled collection, written for the tests."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

OIL = [
    "The refinery raised its output of petrol and diesel.",
    "Wind turbines delivered more electricity than coal plants.",
    "The grid operator warned of a shortage of electricity.",
    "Crude oil fell to eighty dollars a barrel.",
    "The reactor was taken off the grid for repairs.",
    "A gas pipeline burst near the refinery.",
    "Solar panels now power the whole village.",
    "Petrol prices rose again as crude oil climbed.",
]
TALKS = [
    "The foreign ministers met for talks in Vienna.",
    "The ambassador was recalled after the spy affair.",
    "Both presidents signed a treaty at the summit.",
    "The embassy reopened after eleven years.",
    "The envoy carried a letter to the president.",
    "Sanctions against the generals were extended at the summit.",
    "The foreign minister expelled two envoys.",
    "Talks on the treaty go on in Geneva.",
]
OTHER = [
    "The striker scored twice before half-time.",
    "A painter from Bruges wins the prize.",
    "Snow closed the pass for three days.",
    "The orchestra opens the season with Mahler.",
    "The museum shows masks from Gabon.",
    "The mayor opened a new library.",
    "A lynx was seen near the village.",
    "The team lost its captain to a knee injury.",
]
BOTH = ["The ministers signed a treaty on a gas pipeline.", "The summit agreed on electricity talks and oil."]


@pytest.fixture(scope="session")
def news() -> SimpleNamespace:
    """Texts with labels (several or none each), and with exactly one class each."""
    texts = OIL + TALKS + OTHER + BOTH
    return SimpleNamespace(
        texts=texts,
        labels=[["energy"]] * 8 + [["diplomacy"]] * 8 + [[]] * 8 + [["diplomacy", "energy"]] * 2,
        classes=["energy"] * 8 + ["diplomacy"] * 8 + ["other"] * 8 + ["diplomacy"] * 2,
        long=" ".join(texts * 3),
    )
