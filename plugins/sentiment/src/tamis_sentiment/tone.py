"""What a tone is: probabilities of negative, neutral and positive, and the log-odds that they come from."""

from __future__ import annotations

import math
from typing import Final
from typing import NamedTuple

#: Weights or log-odds toward negative and positive (both against neutral).
Pair = tuple[float, float]
NEGATIVE, NEUTRAL, POSITIVE = LABELS = ("negative", "neutral", "positive")
#: A document in which the probabilities of negative and positive are closer than this is neutral.
BALANCE: Final = 0.3


class Tone(NamedTuple):
    """A tone: probabilities of negative, neutral, positive, and the log-odds of negative and positive against neutral.

    Where the probabilities of negative and positive are closer than `balance`, the tone is neutral.
    """

    negative: float
    neutral: float
    positive: float
    against_neutral: Pair
    balance: float = 0.0

    @property
    def logit(self) -> float:
        """The log-odds of positive against negative."""
        return self.against_neutral[1] - self.against_neutral[0]

    @property
    def score(self) -> float:
        """The tone in [-1, 1]: how much more likely positive is than negative."""
        return self.positive - self.negative

    @property
    def label(self) -> str:
        """The most likely tone; neutral where it is a tie, and where good and bad balance."""
        if abs(self.score) < self.balance or self.neutral >= max(self.negative, self.positive):
            return NEUTRAL
        return NEGATIVE if self.negative >= self.positive else POSITIVE


def tone_of(negative: float, positive: float) -> Tone:
    """Return the tone with these log-odds of negative and of positive, both against neutral."""
    top = max(negative, positive, 0.0)
    odds = math.exp(negative - top), math.exp(-top), math.exp(positive - top)
    total = sum(odds)
    return Tone(odds[0] / total, odds[1] / total, odds[2] / total, (negative, positive))
