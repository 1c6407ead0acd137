"""Of which kind a piece is that no rule names: its words tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tamis
from tamis_boilerplate import Boilerplate
from tamis_boilerplate.kinds import features
from tamis_boilerplate.kinds import kind_of
from tamis_boilerplate.learned import kinds

words = st.lists(st.sampled_from([*sorted(kinds()), "zzyzx"]).filter(lambda word: word[0] != "^"), max_size=12)


@pytest.mark.parametrize(
    ("piece", "kind"),
    [
        ("photo reuters", "photo_credit"),
        ("foto dpa", "photo_credit"),
        ("subscribe to our newsletter", "newsletter"),
        ("we use cookies", "cookie"),
        ("read also", "read_also"),
        ("share on facebook", "share"),
        ("advertisement", "ad"),
        ("download our app", "app"),
    ],
)
def test_the_words_tell_the_kind(piece: str, kind: str) -> None:
    assert kind_of(piece.split()) == kind


@pytest.mark.parametrize("piece", [(), ("zzyzx",), ("zzyzx", "qwrtp")])
def test_what_no_word_tells_of_is_a_part_of_the_page(piece: tuple[str, ...]) -> None:
    assert kind_of(piece) == "live_nav"


@given(words)
def test_a_word_counts_once(piece: list[str]) -> None:
    assert kind_of(piece) == kind_of([*piece, *piece])


@given(words.flatmap(lambda piece: st.tuples(st.just(piece), st.permutations(piece[1:]))))
def test_the_order_of_words_behind_the_first_tells_nothing(case: tuple[list[str], list[str]]) -> None:
    piece, rest = case
    assert sorted(features(piece)) == sorted(features([*piece[:1], *rest]))


def test_the_first_word_counts_as_such_too() -> None:
    assert len(features(["read", "more"])) == 3
    assert set(features(["read", "more"])) != set(features(["more", "read"]))


def test_every_kind_that_is_learned_can_be_kept() -> None:
    learned = {kind for weights in kinds().values() for kind in weights}
    assert learned
    assert Boilerplate(kinds=dict.fromkeys(learned, "keep")).kinds.keys() == learned


def test_a_piece_of_a_kind_that_is_kept_stays() -> None:
    prose = "The council met on Monday evening and heard the engineers of the harbour for more than two hours."
    doc = tamis.Document(f"{prose} Click here for all our stories from the harbour ▸ {prose}")
    cut = {found.reason for found in Boilerplate().find(doc) if isinstance(found, tamis.Edit)}
    assert list(Boilerplate(kinds=dict.fromkeys(cut, "keep")).find(doc)) == []
