"""The texts that the tagger learns from: where the pieces of pages are in them, and that they are always the same."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TRAIN = Path(__file__).parents[3] / "models" / "train"
Texts = list[tuple[str, list[tuple[int, int]]]]
#: Words of pieces are in capitals and hold an Ω; no word of an article does.
PIECES = {
    "ad": ["ΩONE", "ΩTWO ΩWORDS", "ΩLINE ⏎ ΩOTHER ΩLINE"],
    "caption": ["ΩCAPTION OFΩ AΩ PORTΩ."],
    "photo_credit": ["(ΩPHOTO: ΩAGENCY)"],
    "related": ["ΩREAD ΩALSO: ΩHEADLINE OFΩ AΩ STORYΩ"],
    "content": ["the ferry is late again, the mayor said."],
    "intertitle": ["a town waits"],
}
SENTENCES = [f"sentence {number} of the article has some more words, and it ends here." for number in range(12)]
COUNT = 400


@pytest.fixture(scope="module")
def texts() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(TRAIN))
        yield import_module("boilerplate_texts")


@pytest.fixture(scope="module")
def composed(texts: ModuleType) -> Texts:
    return compose(texts)


def compose(texts: ModuleType) -> Texts:
    return list(texts.composed(COUNT, {"en": PIECES}, {"en": [texts.News("a title in small letters", SENTENCES)]}))


def test_spans_hold_the_pieces_and_nothing_else(composed: Texts) -> None:
    for text, spans in composed:
        bounds = [0, *(place for span in spans for place in span), len(text)]
        outside = "".join(text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True))
        assert "Ω" not in outside
        assert not any(sign.islower() for start, end in spans for sign in text[start:end])


def test_spans_are_in_order_and_begin_and_end_with_what_they_hold(
    composed: Texts,
) -> None:
    for text, spans in composed:
        assert all(one[1] <= two[0] for one, two in pairwise(spans))
        assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)


def test_a_piece_is_whole_but_at_the_edges_of_a_window(composed: Texts) -> None:
    pieces = [piece for kind in PIECES.values() for piece in kind]
    parts = {part for piece in pieces for part in (*piece.split(" ⏎ "), piece.replace("⏎ ", ""))}
    parts.add("ΩREAD ΩALSO:")  # a label that has lost its headline
    for text, spans in composed:
        assert {text[start:end] for start, end in spans if start and end < len(text)} <= parts


def test_a_window_clips_the_first_or_the_last_piece(composed: Texts) -> None:
    whole = [(text, spans) for text, spans in composed if spans]
    assert any(spans[0][0] == 0 and text.startswith(("ΩWORDS", "OFΩ", "AΩ")) for text, spans in whole)
    assert any(spans[-1][1] == len(text) and text.endswith(("ΩTWO", "OFΩ", "AΩ")) for text, spans in whole)


def test_there_are_texts_without_a_piece_on_one_line_and_with_a_piece_in_a_sentence(
    composed: Texts,
) -> None:
    assert any(not spans for _, spans in composed)
    assert any("\n" not in text for text, _ in composed)
    assert any("\n" in text for text, _ in composed)
    assert any(start and text[start - 2].isalnum() for text, spans in composed for start, _ in spans)


def test_a_piece_of_two_lines_has_no_line_end_on_one_line(composed: Texts) -> None:
    assert not any("⏎" in text for text, _ in composed)
    assert any("ΩLINE\nΩOTHER" in text for text, _ in composed)
    assert any("ΩLINE ΩOTHER" in text and "\n" not in text for text, _ in composed)


def test_the_same_pieces_and_articles_give_the_same_texts(texts: ModuleType, composed: Texts) -> None:
    assert compose(texts) == composed


def test_a_language_without_pieces_or_articles_gives_none(texts: ModuleType) -> None:
    article = texts.News(None, ["ein satz."])
    made = texts.composed(40, {"en": PIECES, "fr": PIECES}, {"en": [texts.News(None, SENTENCES)], "de": [article]})
    assert not any("satz" in text for text, _ in made)


def test_texts_written_whole_have_their_pieces_where_they_are_marked(texts: ModuleType) -> None:
    paths = sorted((TRAIN / "boilerplate_contexts").glob("*.tsv"))
    lines = [line for path in paths for line in path.read_text("utf-8").splitlines()]
    for (text, spans), line in zip(texts.contexts(), lines, strict=True):
        marked = [part.partition("⟧")[0].partition("|")[2] for part in line.split("⟦")[1:]]
        assert "⟦" not in text
        assert [text[start:end] for start, end in spans] == marked


def test_what_people_kept_and_hard_negatives_are_content(texts: ModuleType, tmp_path: Path) -> None:
    marked: list[dict[str, Any]] = [
        {"text": "The keeper of the lock counted them twice", "label": "keep"},
        {"text": "The page and all of its buttons", "label": "cut"},
    ]
    folder = tmp_path / "boilerplate" / "residue"
    folder.mkdir(parents=True)
    with gzip.open(folder / "segments_dev.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in marked)
    (tmp_path / "misses.txt").write_text("en|Share this burden, he asked.\n", "utf-8")
    found = texts.pieces(tmp_path, tmp_path / "misses.txt")
    assert marked[0]["text"] in found["en"]["content"]
    assert marked[1]["text"] in found["en"]["page"]
    assert "Share this burden, he asked." in found["en"]["content"]
    assert marked[1]["text"] not in found["en"]["content"]
