"""Where the pieces that the tagger finds may go: how much one has to gain at its place, and where none goes.

The pieces are given, so that this holds for every model: of each text, what stands between ⟦ and ⟧.
"""

from __future__ import annotations

import re

import numpy as np
import pytest

import tamis
from tamis.text import Segments
from tamis_boilerplate import Boilerplate
from tamis_boilerplate.book import book
from tamis_boilerplate.cut import Cut
from tamis_boilerplate.layout import Layout
from tamis_boilerplate.pieces import LEAST
from tamis_boilerplate.pieces import Piece
from tamis_boilerplate.pieces import Reading
from tamis_boilerplate.tagged import tagged
from tamis_boilerplate.tagger import Tagger

FIRST = "The council met on Monday evening and heard the engineers of the harbour for more than two hours."
SECOND = "Work on the quay will begin in May and last for longer than the ministry in the capital had hoped."
HALF, REST = (
    "The council met on Monday evening to applause, members",
    "heard the engineers of the harbour for more than two hours.",
)
#: It knows nothing, and no label follows another better than others do.
NEUTRAL = Tagger(np.eye(1, 8, dtype=np.uint16)[0], np.ones((1, 6)), np.zeros((6, 6)))
MUCH = 20_000


def cuts(marked: str, gain: int, *, found: str = "", piece: bool = True) -> list[str]:
    """Return what goes where what is *marked* gains so much, as a *piece* or not, and *found* goes anyway."""
    text = re.sub("[⟦⟧]", "", marked)
    layout = Layout(Segments(text), book())
    first, last = layout.word_at(marked.index("⟦")), layout.word_at(marked.index("⟧") - 1)
    values = np.full((len(layout.keys), 6), 0)
    values[:, 0] = 1000
    values[first:last, 0] = np.diff([-gain * part // (last - first) for part in range(last - first + 1)])
    values[:, 1] = values[:, 0]  # a word behind a piece is worded as any of the article
    reading = Reading(NEUTRAL, 0, values, [Piece(first, last, gain)] * piece)
    start = text.index(found)
    taken = [Cut(start, start + len(found), "ad", "a.rule", 0.9, "says so")] if found else []
    return [text[cut.start : cut.end] for cut in sorted(tagged(layout, taken, book(), [reading]))]


def needed(marked: str) -> int:
    """Return the least that the piece in *marked* has to gain, in steps of 50, or more than any gains."""
    return next((gain for gain in range(LEAST, 6000, 50) if cuts(marked, gain)), MUCH)


def test_a_line_of_its_own_that_is_no_title_needs_only_to_be_a_piece() -> None:
    assert needed(f"{FIRST}\n{SECOND}\n⟦Send us your story⟧") == LEAST


def test_what_a_sign_closes_needs_less_than_what_ends_at_a_small_letter() -> None:
    signed = needed(f"{FIRST} ⟦More from the harbour ›⟧ {SECOND}")
    assert signed < needed(f"{FIRST} ⟦More from the harbour⟧ {SECOND[0].lower()}{SECOND[1:]}")


def test_the_better_a_sentence_begins_behind_a_piece_the_less_it_needs() -> None:
    better, worse = (needed(f"{FIRST} ⟦Send us your story⟧ {behind}") for behind in (SECOND, "Quay workers of"))
    assert better < worse


def test_what_ends_with_its_line_but_began_inside_a_sentence_needs_more() -> None:
    assert LEAST < needed(f"{FIRST} {SECOND[:-1]} ⟦Send us your story⟧") < MUCH


def test_what_begins_and_ends_inside_a_sentence_needs_more_than_that() -> None:
    at_end = needed(f"{HALF} heard the engineers ⟦Send us your story⟧")
    assert at_end < needed(f"{HALF} ⟦Send us your story⟧ “{REST}”") < MUCH


def test_a_name_at_the_end_of_a_sentence_needs_as_much_as_what_stands_inside() -> None:
    three, two = (needed(f"{HALF} heard ⟦{name}⟧") for name in ("Jean Marie Roux", "Jean Roux"))
    assert three < two < MUCH


def test_a_word_at_the_end_of_a_sentence_needs_more_than_a_name() -> None:
    assert needed(f"{HALF} heard ⟦Jean Roux⟧") < needed(f"{HALF} heard ⟦Jean⟧")


@pytest.mark.parametrize("end", [f" {SECOND}", f"\n{SECOND}", f"\n{SECOND}\n{SECOND}"])
def test_a_finished_sentence_beside_which_nothing_goes_needs_more_than_one_without_an_end(end: str) -> None:
    assert LEAST < needed(f"{FIRST} ⟦Send us your own story.⟧{end}") < MUCH


def test_a_finished_sentence_beside_something_that_goes_needs_only_to_be_a_piece() -> None:
    marked = f"{FIRST} Photo: AFP ⟦Send us your own story.⟧ {SECOND}"
    assert cuts(marked, LEAST, found="Photo: AFP") == ["Send us your own story."]


@pytest.mark.parametrize(
    "marked",
    [f"{HALF} ⟦Send us your story⟧ {REST}", f"{HALF} ⟦send us your story⟧ Heard {REST}", f"{HALF} ⟦or write to us.⟧"],
)
def test_what_begins_or_ends_at_a_small_letter_needs_the_most(marked: str) -> None:
    assert needed(f"{HALF} ⟦Send us your story⟧ Heard {REST}") < needed(marked)


def test_what_begins_behind_a_small_word_that_asks_for_more_needs_the_most() -> None:
    half = "The council met on Monday evening with the"
    assert needed(f"{HALF} ⟦Send us your story⟧ Heard {REST}") < needed(f"{half} ⟦Send us your story⟧ Heard {REST}")


def test_what_begins_the_text_needs_more_than_what_stands_behind_a_sentence() -> None:
    assert needed(f"{FIRST} ⟦Send us your own story⟧ {SECOND}") < needed(f"⟦Send us your own story⟧ {SECOND}")


def test_a_line_that_may_be_an_intertitle_needs_more_than_another() -> None:
    assert needed(f"{FIRST}\n⟦Send us your story⟧\nWeather.") < needed(f"{FIRST}\n⟦Send us your story⟧\n{SECOND}")


def test_the_title_of_the_article_needs_more_than_an_intertitle() -> None:
    inside = needed(f"{FIRST}\n⟦The new quay of the harbour⟧\n{SECOND}")
    assert inside < needed(f"⟦The new quay of the harbour⟧\n{FIRST}\n{SECOND}")


def test_a_line_too_long_for_an_intertitle_needs_only_to_be_a_piece() -> None:
    long = "Send us your story about the harbour and the ships that came to it"
    assert needed(f"{FIRST}\n⟦{long}⟧\n{SECOND}") == LEAST


def test_one_word_inside_a_line_needs_more_than_two() -> None:
    assert needed(f"{FIRST} ⟦Advertisement here⟧") < needed(f"{FIRST} ⟦Advertisement⟧") < MUCH


@pytest.mark.parametrize(
    "marked",
    [
        f"{FIRST} He said: “⟦Send us your story⟧ soon”. {SECOND}",
        f"{FIRST} He said: „⟦Send us your story⟧ soon“. {SECOND}",
        f"{FIRST} Il dit : « ⟦Send us your story⟧ bientôt ». {SECOND}",
        f'{FIRST} He said: "⟦Send us your story⟧ soon". {SECOND}',
        f"{FIRST} He said: “Yes. ⟦Send us your story.⟧ We wait.” {SECOND}",
    ],
)
def test_nothing_goes_that_begins_inside_a_quotation(marked: str) -> None:
    assert cuts(marked, MUCH) == []


@pytest.mark.parametrize("quotes", ["“”", "„“", "«»", '""'])
def test_nothing_goes_that_ends_inside_a_quotation(quotes: str) -> None:
    left, right = quotes[0], quotes[1]
    assert cuts(f"{FIRST} ⟦Send us {left}your story.⟧ We wait.{right} {SECOND}", MUCH) == []


@pytest.mark.parametrize("quoted", ["“so”", "„so“", "„so”", "«so»", "« so »", "»so«", "»so.«", "”so”", '"so"'])
def test_a_quotation_that_is_closed_keeps_nothing_behind_it(quoted: str) -> None:
    assert cuts(f"They do it {quoted}. ⟦Send us your story.⟧ {SECOND}", MUCH) == ["Send us your story."]


@pytest.mark.parametrize("quotes", ["“”", "„“", "«»", '""'])
def test_a_piece_with_a_whole_quotation_goes(quotes: str) -> None:
    left, right = quotes[0], quotes[1]
    piece = f"Send us {left}your story{right} now."
    assert cuts(f"{FIRST} ⟦{piece}⟧ {SECOND}", MUCH) == [piece]


@pytest.mark.parametrize(
    "marked",
    [
        f"{FIRST}\n⟦Apples and pears;⟧\n{SECOND}",
        f"{FIRST}\n⟦Apples and pears,⟧\nplums.\n{SECOND}",
        f"{FIRST}\n| Ajax | 3 |\n⟦| Porto | 2 |⟧\n{SECOND}",
        f"{FIRST}\n⟦Ajax 3 2⟧\nPorto 2 1\n{SECOND}",
    ],
)
def test_items_of_lists_and_rows_of_tables_stay(marked: str) -> None:
    assert cuts(marked, MUCH) == []


@pytest.mark.parametrize(
    "marked",
    [
        f"{FIRST} ⟦Send us your story Angela⟧ Merkel and the ministry in the capital had hoped for more.",
        f"{FIRST} ⟦Photo: Jean⟧ Roux-Martin.",
    ],
)
def test_no_piece_ends_inside_a_name(marked: str) -> None:
    assert not any(cut.endswith(("Angela", "Jean")) for cut in cuts(marked, MUCH))


@pytest.mark.parametrize("joint", [": ", ", ", "-", "/", "’"])
def test_no_piece_ends_before_a_sign_that_joins(joint: str) -> None:
    marked = f"{FIRST} ⟦Send us your story⟧{joint}The mayor said that it was late, and the ferry is there."
    assert not any(cut.rstrip(":,").endswith("story") for cut in cuts(marked, MUCH))


def test_a_few_last_words_behind_a_sign_that_gain_little_are_left() -> None:
    marked = f"{FIRST} ⟦Send us your story | Weather⟧ | {SECOND}"
    assert cuts(marked, 1500) == ["Send us your story"]
    assert cuts(marked, MUCH) == ["Send us your story | Weather"]


def test_the_signs_around_a_piece_go_with_it() -> None:
    assert cuts(f"{FIRST} (⟦Send us your story⟧) {SECOND}", MUCH) == ["(Send us your story)"]


def test_what_is_taken_already_is_not_taken_again() -> None:
    marked = f"{FIRST} ⟦Photo: AFP Send us your own story.⟧ {SECOND}"
    assert cuts(marked, MUCH, found="Photo: AFP") == ["Send us your own story."]


def test_what_goes_on_small_behind_something_taken_does_not_end_the_piece_before_it() -> None:
    marked = f"{FIRST} ⟦Send us Photo: AFP⟧ your own story, and wait for the answer. {SECOND}"
    assert cuts(marked, MUCH, found="Photo: AFP") == []


def test_a_line_without_an_end_mark_that_is_worded_as_both_goes_behind_the_paragraphs() -> None:
    assert cuts(f"{FIRST}\n{SECOND}\n⟦Harbour and ships⟧", 100, piece=False) == ["Harbour and ships"]


@pytest.mark.parametrize(
    "marked",
    [
        f"⟦Harbour and ships⟧\n{FIRST}\n{SECOND}",
        f"{FIRST}\n⟦Harbour and ships⟧\n{SECOND}",
        f"{FIRST}\n{SECOND}\n⟦harbour and ships⟧",
        f"{FIRST}\n{SECOND}\n⟦Harbour and ships⟧\nof the town.",
        f"{FIRST}\n{SECOND}\n⟦Harbour and ships.⟧",
        f"{FIRST}\n{SECOND}\n⟦Harbour “and ships⟧",
        f"{FIRST}\n{SECOND}\n⟦Harbour and ships,⟧",
        f"{FIRST}\n{SECOND}\n⟦Harbour 3 4⟧",
        f"{FIRST}\n{SECOND}\n⟦Harbour and ships⟧\nThe old quay",
        f"… {HALF[4:]} {REST}\n{SECOND}\n⟦The harbour and ships⟧",
    ],
)
def test_it_stays_where_it_may_be_a_title_or_a_part_of_what_stays(marked: str) -> None:
    assert cuts(marked, 5000, piece=False) == []


def test_a_line_that_is_worded_as_an_article_stays() -> None:
    assert cuts(f"{FIRST}\n{SECOND}\n⟦Harbour and ships⟧", -3000, piece=False) == []


def test_the_step_takes_out_what_is_worded_and_placed_as_a_page_s_own() -> None:
    doc = tamis.Document(f"{FIRST} Click here for all our stories from the harbour ▸ {SECOND}")
    found = list(Boilerplate().find(doc))
    assert doc.apply("b", found).text == f"{FIRST} {SECOND}"


def test_the_cut_says_its_rule_and_the_words_that_gain_most() -> None:
    text = f"{FIRST}\n{SECOND}\nRead more on the harbour"
    layout = Layout(Segments(text), book())
    values = np.full((len(layout.keys), 6), 0)
    values[[-1, -4], 3] = 100
    (cut,) = tagged(
        layout, [], book(), [Reading(NEUTRAL, 0, values, [Piece(len(layout.keys) - 5, len(layout.keys), MUCH)])]
    )
    assert (cut.rule, cut.why) == ("page.tagged", "is worded and placed as a page's own: more, harbour")
    assert text[cut.start :] == "Read more on the harbour"
