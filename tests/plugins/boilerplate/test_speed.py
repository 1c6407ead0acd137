"""What spares work changes nothing: rules passed over, and a second pass that looks only near the first cuts."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Mapping
from collections.abc import Set
from pathlib import Path

import pytest

import tamis
from tamis.text import Segments
from tamis_boilerplate import Boilerplate
from tamis_boilerplate.book import Index
from tamis_boilerplate.book import Use
from tamis_boilerplate.book import Uses
from tamis_boilerplate.book import together
from tamis_boilerplate.frames import Frame
from tamis_boilerplate.rules import packs
from tamis_boilerplate.rules import read_pack

SEEDS = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))]
EXAMPLES = [
    text
    for pack in packs()
    for rule in read_pack(pack).get("rule", ())
    for key in ("yes", "no")
    for text in rule.get(key, ())
]


def mixed() -> list[str]:
    """Return pages of examples in chance order, as lines and on one line."""
    draw = random.Random(7)
    pages = [draw.sample(EXAMPLES, 12) for _ in range(20)]
    return [joint.join(page) for page in pages for joint in ("\n", " ")]


TEXTS = [*SEEDS, *(" ".join(text.split()) for text in SEEDS), *mixed()]


def found(text: str) -> list[tuple[int, int, str]]:
    cuts = Boilerplate().find(tamis.Document(text))
    return [(cut.span[0], cut.span[1], cut.reason) for cut in cuts if isinstance(cut, tamis.Edit)]


def every_use(index: Index, _: Set[str]) -> Mapping[str, Uses]:
    table: dict[str, list[Use]] = {}
    for word, after, use in index.starts:
        if after is None and use not in table.setdefault(word, []):
            table[word].append(use)
    return {word: together(uses) for word, uses in table.items()}


def test_trying_every_rule_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    spared = [found(text) for text in TEXTS]
    monkeypatch.setattr(Index, "free", every_use)
    assert [found(text) for text in TEXTS] == spared


def test_looking_everywhere_in_every_pass_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    spared = [found(text) for text in TEXTS]
    monkeypatch.setattr(Segments, "edited", lambda _before, text, _edits: Segments(text))
    assert [found(text) for text in TEXTS] == spared


@pytest.mark.parametrize(
    ("frame", "text", "fits"),
    [
        ("sign up ... newsletter", "sign up for the e-newsletter", True),
        ("sign up ... newsletter", "sign up for the daily", False),
        ("<n> - minute read", "a 5-minute read", True),
        ("comments?", "comment", True),
        ("abo abonn* jetzt", "abo abonnieren jetzt", True),
        ("(to read|of this article)", "to read", True),
    ],
)
def test_a_frame_needs_what_is_in_all_that_it_fits(frame: str, text: str, fits: bool) -> None:
    words = tamis.Document(text).words.texts
    from tamis_boilerplate.frames import pieces

    assert Frame(frame).may_fit(pieces(["0" if word[0].isdigit() else word for word in words])) == fits


def test_what_a_piece_weighs_does_not_hang_on_the_order_of_a_set() -> None:
    script = (
        "from tamis.text import Segments\n"
        "from tamis_boilerplate.book import book\n"
        "from tamis_boilerplate.layout import Layout\n"
        "from tamis_boilerplate.segments import features\n"
        "print(features(Layout(Segments('Tipp falls bei euch noch etwas fehlt'), book()), 0, 36))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1
