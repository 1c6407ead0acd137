"""Texts that a frame fits, drawn at random: what the model of segments learns from."""

from __future__ import annotations

from random import Random
from typing import Final

from tamis_boilerplate.frames import tokens

_EXAMPLES: Final = {"n": "12", "percent": "40%", "w": "Post", "site": "The Post", "url": "https://example.org/a"}


def sampled(source: str, draw: Random) -> str:
    """Return a text that the frame *source* fits, chosen by *draw*; gaps stay empty.

    >>> sampled("read (also)? more", Random(3))
    'read more'
    """
    left = tokens(source)

    def choice() -> str:
        texts = [sequence()]
        while left and left[-1][4] == "|":
            left.pop()
            texts.append(sequence())
        return draw.choice(texts)

    def sequence() -> str:
        texts = []
        while left and left[-1][4] not in ("|", ")"):
            escaped, gap, slot, word, sign = left.pop()
            if sign == "(":
                text = choice()
                left.pop()
            else:
                text = _EXAMPLES.get(slot or "", "") or (word or "").rstrip("*?") or escaped or sign or ""
            if left and left[-1][4] == "?":
                left.pop()
                text = draw.choice((text, ""))
            texts.append("" if gap else text)
        return " ".join(filter(None, texts))

    return choice()
