"""The piece table, held against splicing strings character by character."""

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tamis.pieces import Pieces


@st.composite
def stories(draw):
    """A raw text and rounds of edits, each round in coordinates of the text that the rounds before left."""
    raw = draw(st.text("abcdefgh", max_size=12))
    text = raw
    rounds = []
    for _ in range(draw(st.integers(0, 4))):
        ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
        pairs = zip(ends[::2], ends[1::2], strict=False)
        edits = [(start, end, draw(st.text("XYZ", max_size=3))) for start, end in pairs]
        edits = [edit for edit in edits if edit[0] < edit[1] or edit[2]]
        rounds.append(edits)
        text = spliced(text, edits)
    return raw, rounds


def spliced(text, edits):
    out, at = [], 0
    for start, end, new in edits:
        out += [text[at:start], new]
        at = end
    return "".join(out) + text[at:]


def played(raw, rounds):
    pieces, log = Pieces(raw), []
    for edits in rounds:
        pieces, raw_edits = pieces.splice(edits)
        log += raw_edits
    return pieces, log


@given(stories())
@settings(max_examples=1000, deadline=None)
def test_the_text_is_what_splicing_strings_gives(story):
    raw, rounds = story
    pieces, text = Pieces(raw), raw
    for edits in rounds:
        pieces, _ = pieces.splice(edits)
        text = spliced(text, edits)
        assert pieces.text == text


@given(stories())
@settings(max_examples=500, deadline=None)
def test_the_edits_in_raw_coordinates_give_the_same_text_when_placed_one_by_one(story):
    raw, rounds = story
    pieces, log = played(raw, rounds)
    replayed = Pieces(raw)
    for edit in log:
        replayed = replayed.place(edit)
    assert replayed.text == pieces.text
    assert list(replayed) == list(pieces)


@given(stories())
@settings(max_examples=500, deadline=None)
def test_pieces_stand_in_order_and_never_overlap(story):
    pieces, _ = played(*story)
    at = 0
    for piece in pieces:
        assert at <= piece.start <= piece.end
        assert piece.width > 0
        at = piece.end


@given(stories(), st.data())
@settings(max_examples=500, deadline=None)
def test_a_span_of_untouched_text_maps_to_the_same_characters_of_raw(story, data):
    pieces, _ = played(*story)
    at, spans = 0, []
    for piece in pieces:
        if piece.text is None:
            spans.append((at, at + piece.width))
        at += piece.width
    if not spans:
        return
    low, high = data.draw(st.sampled_from(spans))
    start = data.draw(st.integers(low, high - 1))
    end = data.draw(st.integers(start + 1, high))
    left, right = pieces.to_raw((start, end))
    assert pieces.raw[left:right] == pieces.text[start:end]
    assert pieces.from_raw((left, right)) == (start, end)


@given(stories(), st.data())
@settings(max_examples=500, deadline=None)
def test_every_span_maps_into_raw(story, data):
    pieces, _ = played(*story)
    start = data.draw(st.integers(0, len(pieces.text)))
    end = data.draw(st.integers(start, len(pieces.text)))
    left, right = pieces.to_raw((start, end))
    assert 0 <= left <= right <= len(pieces.raw)


def test_the_start_of_a_span_skips_a_cut_that_precedes_it():
    pieces, _ = Pieces("one two").splice([(0, 4, "")])
    assert pieces.to_raw((0, 3)) == (4, 7)


def test_the_end_of_a_span_stops_before_a_cut_that_follows_it():
    pieces, _ = Pieces("one two").splice([(3, 7, "")])
    assert pieces.to_raw((0, 3)) == (0, 3)


def test_an_insertion_goes_left_of_a_cut():
    pieces, _ = Pieces("one two").splice([(3, 5, "")])
    assert pieces.to_raw((3, 3)) == (3, 3)


def test_an_edit_inside_a_replacement_widens_to_all_of_it_and_keeps_the_rest_of_its_wording():
    pieces, _ = Pieces("a colour b").splice([(2, 8, "color")])
    pieces, [edit] = pieces.splice([(5, 7, "")])
    assert edit == (2, 8, "col")
    assert pieces.text == "a col b"


def test_what_is_left_of_a_raw_span_is_nothing_where_it_was_cut():
    pieces, _ = Pieces("one two").splice([(3, 7, "")])
    assert pieces.from_raw((4, 6)) is None
