"""The tagger: what it observes at a word, which labels are best, what it may leave out, and what it reads again."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

import tamis
from tamis import models
from tamis.errors import ModelError
from tamis.text import Segments
from tamis_boilerplate import Boilerplate
from tamis_boilerplate import cleaning
from tamis_boilerplate import tagger as module
from tamis_boilerplate.book import book
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.observed import COUNT
from tamis_boilerplate.observed import observed
from tamis_boilerplate.pieces import FOLLOWS
from tamis_boilerplate.pieces import LABELS
from tamis_boilerplate.pieces import LEAST
from tamis_boilerplate.pieces import Piece
from tamis_boilerplate.rules import packs
from tamis_boilerplate.rules import read_pack
from tamis_boilerplate.tagger import Tagger
from tamis_boilerplate.tagger import checks_of
from tamis_boilerplate.tagger import tagger

SEEDS = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))]
FLAT = [" ".join(text.split()) for text in SEEDS]
ARTICLE, AFTER, BEGIN, INSIDE, END, SINGLE = range(6)
#: As learned ones are: to stay in the article is worth the most.
FOLLOWING = [
    [1000, 0, 180, 0, 0, 190],
    [660, 0, -70, 0, 0, 10],
    [0, 0, 0, 560, 330, 0],
    [0, 0, 0, 810, 630, 0],
    [0, 460, 370, 0, 0, 340],
    [0, 310, 190, 0, 0, 170],
]
ODD = ["“", "”", "„", "«", "»", '"', "'", "’", "\r\n", "\n", "\n\n", "\u00ad", "\u00a0", "😀", "𝔘𝔫𝔦", "İ", "|"]
ODD += [". ", "!? ", "‘", "‹", "›", "‚"]
SOME = ["a", "The", "PORT", "42", "harbour’s", "e\u0301", "«oui»", "von", "Soft\u00adware", "🎾", ")", "…"]
texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.tuples(st.sampled_from(SOME), st.sampled_from([" ", *ODD])), max_size=40).map(
        lambda parts: "".join(part for pair in parts for part in pair)
    ),
)


def layout_of(text: str) -> Layout:
    return Layout(Segments(text), book())


def weighing(layout: Layout, draw: random.Random, most: int = 250) -> Tagger:
    """Return a tagger that knows all that is observed in *layout*, with weights by chance."""
    bits = 14
    checks = np.zeros(1 << bits, np.uint16)
    codes = observed(layout).ravel()
    checks[(codes & np.uint64((1 << bits) - 1)).astype(np.intp)] = checks_of(codes, np.uint64(bits))
    known = np.count_nonzero(checks)
    weights = [[draw.randint(-most, most) + 10 * (label == ARTICLE) for label in range(6)] for _ in range(known)]
    return Tagger(checks, np.array(weights).reshape(-1, 6), FOLLOWING)


def sentences(draw: random.Random, count: int) -> str:
    """Return *count* words by chance, parted by chance."""
    words = ("harbour", "The", "photo", "read", "more", "of", "Council", "AFP", "42", "said", "news", "also")
    return "".join(draw.choice(words) + draw.choice((" ", " ", " ", ". ", "\n", " | ")) for _ in range(count)).strip()


@cache
def legal(count: int) -> Any:
    """Return all sequences of *count* labels in which each may follow the one before; no piece is left open."""
    found = [
        labels
        for labels in product(range(6), repeat=count)
        if labels[0] in (ARTICLE, BEGIN, SINGLE)
        and labels[-1] not in (BEGIN, INSIDE)
        and all(two in FOLLOWS[one] for one, two in pairwise(labels))
    ]
    return np.array(found)


def weight_of(values: Any, labels: Any) -> Any:
    """Return what each sequence of *labels* (rows) weighs."""
    follows = np.array(FOLLOWING)
    return values[np.arange(len(values)), labels].sum(axis=1) + follows[labels[:, :-1], labels[:, 1:]].sum(axis=1)


def pieces_of(labels: Sequence[int]) -> list[tuple[int, int]]:
    firsts = [place for place, label in enumerate(labels) if label in (BEGIN, SINGLE)]
    lasts = [place + 1 for place, label in enumerate(labels) if label in (END, SINGLE)]
    return list(zip(firsts, lasts, strict=True))


def best(values: Any, follows: Any) -> list[int]:
    """Return the best labels of all words (Viterbi 1967, nothing left out)."""
    never = -(1 << 40)
    if not len(values):
        return []
    may = np.array([[0 if two in FOLLOWS[one] else never for two in range(6)] for one in range(6)])
    scores = values[0] + np.array([0, never, 0, never, never, 0])
    back = []
    for row in values[1:]:
        ways = scores[:, None] + follows + may
        back.append(ways.argmax(axis=0))
        scores = ways.max(axis=0) + row
    labels = [int((scores + np.array([0, 0, never, never, 0, 0])).argmax())]
    for way in reversed(back):
        labels.append(int(way[labels[-1]]))
    return labels[::-1]


def gaining(values: Any, follows: Any) -> list[Piece]:
    """Return the pieces of the best labels that gain the least or more, up to the word behind them."""
    labels = best(values, follows)
    found = []
    for first, last in pieces_of(labels):
        stop = last + (labels[last : last + 1] == [AFTER])
        gain = sum(values[place, labels[place]] - values[place, ARTICLE] for place in range(first, stop))
        bounds = pairwise(labels[max(first - 1, 0) : last + 1])
        gain += sum(follows[one][two] - follows[ARTICLE][ARTICLE] for one, two in bounds)
        if gain >= LEAST:
            found.append(Piece(first, last, int(gain)))
    return found


def shipped_follows() -> Any:
    return np.load(io.BytesIO(models.find("boilerplate_tagger").read()))["follows"].astype(np.int64)


@settings(max_examples=150, deadline=None)
@given(texts, st.data())
def test_what_is_observed_in_a_part_of_a_text_is_what_is_observed_there_in_the_whole(text: str, data: Any) -> None:
    layout = layout_of(text)
    first = data.draw(st.integers(0, len(layout.keys)))
    last = data.draw(st.integers(first, len(layout.keys)))
    assert observed(layout, first, last).tolist() == observed(layout)[first:last].tolist()


@pytest.mark.parametrize("text", ["", "\n", "…", "one", "“one”", "one\r\ntwo"])
def test_each_word_has_a_row_of_numbers_below_two_to_the_32(text: str) -> None:
    rows = observed(layout_of(text))
    assert rows.shape == (len(layout_of(text).keys), COUNT)
    assert not (rows >> np.uint64(32)).any()


def test_a_word_is_observed_by_itself_and_by_two_on_both_sides() -> None:
    one, two = (observed(layout_of(f"ships left the {word} at dawn on Monday.")) for word in ("harbour", "country"))
    assert [place for place in range(len(one)) if (one[place] != two[place]).any()] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("other", ["We saw him.\nWe saw it.", "We saw it. We saw him.", "we saw him. We saw it."])
def test_lines_order_and_capitals_are_observed(other: str) -> None:
    assert observed(layout_of("We saw him. We saw it."))[:3].tolist() != observed(layout_of(other))[:3].tolist()


@pytest.mark.parametrize("marks", [("“", "”"), ("„", "“"), ("«", "»"), ('"', '"')])
def test_a_word_far_inside_a_quotation_is_observed_as_one(marks: tuple[str, str]) -> None:
    plain, quoted = (
        observed(layout_of(f"He said {left}one two three four five six{right} then"))
        for left, right in (("'", "'"), marks)
    )
    assert [place for place in range(9) if (plain[place] != quoted[place]).any()] == [*range(1, 9)]


def test_a_quotation_ends_with_its_line() -> None:
    plain, quoted = (
        observed(layout_of(f"He said {mark}one two three.\nA new line of seven words stands.")) for mark in "'“"
    )
    assert plain[-3:].tolist() == quoted[-3:].tolist()


def test_the_labels_are_the_best_of_all_that_may_follow_one_another() -> None:
    draw = random.Random(5)
    seen = 0
    for _ in range(150):
        layout = layout_of(sentences(draw, draw.randint(1, 7)))
        reading = weighing(layout, draw, 300).read(layout, 0, len(layout.keys))
        labels = legal(len(layout.keys))
        chosen = labels[weight_of(reading.values, labels).argmax()].tolist()
        found = [(piece.first, piece.last) for piece in reading.pieces]
        assert best(reading.values, np.array(FOLLOWING)) == chosen
        assert [span for span in pieces_of(chosen) if span in found] == found
        seen += len(found)
    assert seen > 50


def test_leaving_out_where_no_piece_can_gain_enough_changes_no_piece_that_gains_enough() -> None:
    draw = random.Random(8)
    found = 0
    for most in (90, 120, 150, 250):
        for _ in range(100):
            layout = layout_of(sentences(draw, draw.randint(1, 60)))
            reading = weighing(layout, draw, most).read(layout, 0, len(layout.keys))
            assert reading.pieces == gaining(reading.values, np.array(FOLLOWING))
            found += len(reading.pieces)
    assert found > 200


def test_nor_does_it_with_the_shipped_model() -> None:
    follows = shipped_follows()
    for text in (*SEEDS, *FLAT):
        layout = layout_of(text)
        reading = tagger().read(layout, 0, len(layout.keys))
        assert reading.pieces == gaining(reading.values, follows)


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_a_piece_gains_what_its_labels_weigh_more_than_the_article_s_up_to_the_word_behind_it(size: int) -> None:
    layout = layout_of("The council met in the old town hall today")
    reading = weighing(layout, random.Random(size)).read(layout, 0, size + 2)
    piece = [SINGLE] if size == 1 else [BEGIN, *[INSIDE] * (size - 2), END]
    paths = weight_of(reading.values, np.array([[ARTICLE, *piece, AFTER], [ARTICLE] * (size + 2)]))
    assert reading.gain(1, 1 + size) == paths[0] - paths[1]


def test_a_piece_between_words_of_the_article_says_that_gain() -> None:
    draw = random.Random(9)
    seen = 0
    for _ in range(60):
        layout = layout_of(sentences(draw, 20))
        reading = weighing(layout, draw).read(layout, 0, 20)
        labels = best(reading.values, np.array(FOLLOWING))
        for piece in reading.pieces:
            if labels[max(piece.first - 1, 0)] == ARTICLE and labels[piece.last : piece.last + 1] == [AFTER]:
                assert piece.gain == reading.gain(piece.first, piece.last)
                seen += 1
    assert seen > 20


def test_the_words_of_a_reading_are_counted_in_the_text() -> None:
    layout = layout_of(SEEDS[0])
    whole, part = tagger().read(layout, 0, len(layout.keys)), tagger().read(layout, 20, 60)
    assert part.gain(30, 34) == whole.gain(30, 34)


class Unread(Layout):
    """A layout of which no pass has seen anything."""

    __slots__ = ()

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.fresh = [(0, len(self.text))]


def joined(count: int) -> list[str]:
    """Return texts of sentences of the seeds and examples of the rules in chance order."""
    draw = random.Random(11)
    prose = [text[start:end].strip() for text in SEEDS for start, end in Segments(text).sentences]
    pages = [text for pack in packs() for rule in read_pack(pack).get("rule", ()) for text in rule.get("yes", ())]
    found = []
    for _ in range(count):
        ends = draw.choice(((" ",), (" ", "\n", "\r\n", "\n\n")))
        parts = (draw.choice(prose if draw.random() < 0.6 else pages) for _ in range(draw.randint(3, 20)))
        found.append("".join(part + draw.choice(ends) for part in parts))
    return found


def test_reading_only_what_is_new_finds_what_reading_the_whole_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    def found() -> list[list[tuple[tuple[int, int], str]]]:
        each = (step.find(tamis.Document(text)) for text in chosen)
        return [[(cut.span, cut.reason) for cut in cuts if isinstance(cut, tamis.Edit)] for cuts in each]

    step, chosen = Boilerplate(), [*SEEDS, *FLAT, *joined(200)]
    spared = found()
    monkeypatch.setattr(cleaning, "Layout", Unread)
    assert found() == spared


def test_a_model_file_that_is_another_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SHA256", "0" * 64)
    with pytest.raises(ModelError, match=r"boilerplate_tagger.*expected 0000"):
        tagger.__wrapped__()


def test_a_model_file_that_was_altered_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    model = models.find("boilerplate_tagger")
    (tmp_path / "m.npz").write_bytes(model.read()[:-1] + b"\0\0")
    monkeypatch.setattr(module, "find", lambda _: replace(model, path=tmp_path / "m.npz"))
    with pytest.raises(ModelError, match="the file was altered"):
        tagger.__wrapped__()


def test_a_model_file_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    model = models.find("boilerplate_tagger")
    monkeypatch.setattr(module, "find", lambda _: replace(model, path=tmp_path / "m.npz"))
    with pytest.raises(ModelError, match="cannot be read"):
        tagger.__wrapped__()


def test_without_installed_models_the_cure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "entry_points", lambda **_: ())
    with pytest.raises(ModelError, match="pip install tamis-models"):
        tagger.__wrapped__()


def test_there_is_a_weight_for_each_label() -> None:
    reading = tagger().read(layout_of("Read more"), 0, 2)
    assert reading.values.shape == (2, len(LABELS))
