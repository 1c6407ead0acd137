"""The published rule for words, sentences and paragraphs."""

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tamis import Document
from tamis import Edit
from tamis import text as segmentation
from tamis.text import paragraphs
from tamis.text import sentences
from tamis.text import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'Elysée, France’s", ["l'Elysée", "France’s"]),
        ("Franco-Kazakh – twenty‑five", ["Franco-Kazakh", "twenty‑five"]),
        ("42.14% or 1,000 at 10:30.", ["42.14", "or", "1,000", "at", "10:30"]),
        ("the U.S. and z.B. x", ["the", "U.S.", "and", "z.B.", "x"]),
        ("end.Start", ["end", "Start"]),
        ("a1b 4x4", ["a1b", "4x4"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("北京です", ["北", "京", "で", "す"]),
        ("ภาษาไทย", ["ภ", "า", "ษ", "า", "ไ", "ท", "ย"]),
        ("", []),
        ("… – !", []),
    ],
)
def test_words_are_cut_by_the_rule(text, expected):
    assert words(text).texts == expected


@given(st.text())
def test_words_are_the_text_at_their_offsets_in_order(text):
    found = words(text)
    at = 0
    for word, start, end in zip(*found, strict=True):
        assert text[start:end] == word
        assert at <= start < end
        at = end


@given(st.text("ab1 .,'-_:éZ", max_size=15))
def test_the_fast_rule_and_the_rule_for_all_scripts_agree_on_plain_text(text):
    fast = [match.span() for match in segmentation._PLAIN.finditer(text)]
    full = [match.span() for match in segmentation._any_script().finditer(text)]
    assert fast == full


def in_words(text, spans):
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Mr. Smith met J. Doe at 5 p.m. in Rome.", ["Mr. Smith met J. Doe at 5 p.m. in Rome."]),
        ("“He left!” Then what?", ["“He left!”", "Then what?"]),
        ("“All-round! », says a source.", ["“All-round! », says a source."]),
        ("On Moscow. » Since then.", ["On Moscow. »", "Since then."]),
        ("It cost 3.5 million.", ["It cost 3.5 million."]),
        ("One.\nTwo", ["One.", "Two"]),
        ("今日は。明日も。", ["今日は。", "明日も。"]),
        ("He said no. but went", ["He said no. but went"]),
    ],
)
def test_sentences_end_by_the_rule(text, expected):
    assert in_words(text, sentences(text)) == expected


@given(st.text("aB. !?\n»“”'", max_size=40))
def test_sentences_hold_all_that_is_not_white_space(text):
    left = list(text)
    for start, end in sentences(text):
        left[start:end] = " " * (end - start)
    assert "".join(left).isspace() or not left


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\n \n"])
def test_paragraphs_are_trimmed_lines_whatever_the_newline(newline):
    text = f" One.{newline}Two. {newline}"
    assert in_words(text, paragraphs(text)) == ["One.", "Two."]


PARTS = [
    "Hello there.",
    "A “b” c.",
    "Mr. X came!",
    "\n",
    "\n\n",
    " ",
    "  ",
    "\r\n",
    "U.S.",
    "42.14",
    "e-mail",
    "漢字。",
]
PARTS += ["é", "-", "x", "’", "...", "»", ": ", "fin", '"', "e\u0301", "ไทย", "¿", "9", "."]


@settings(max_examples=500, deadline=None)
@given(
    st.lists(st.sampled_from(PARTS), max_size=14),
    st.lists(st.integers(0, 60), max_size=6, unique=True),
    st.lists(st.sampled_from(["", "", *PARTS]), min_size=3, max_size=3),
)
def test_words_and_sentences_after_edits_are_those_of_the_new_text(parts, points, texts):
    doc = Document("".join(parts))
    assert doc.words.texts is not None
    assert doc.sentences is not None
    bounds = sorted(point for point in points if point <= len(doc.text))
    spans = zip(bounds[::2], bounds[1::2], strict=False)
    edited = doc.apply("edit", [Edit(span, text, "test") for span, text in zip(spans, texts, strict=False)])
    fresh = Document(edited.text)
    assert [list(column) for column in edited.words] == [list(column) for column in fresh.words]
    assert list(edited.sentences) == list(fresh.sentences)
    assert list(edited.paragraphs) == list(fresh.paragraphs)


def test_what_stands_far_from_an_edit_is_not_segmented_again(monkeypatch):
    doc = Document("One is here. Two is here. Three is here. Four is here. Five is here. Read also")
    assert doc.words.texts
    assert doc.sentences
    seen = []
    monkeypatch.setattr(segmentation, "words", lambda text: seen.append(text) or words(text))
    assert doc.apply("cut", [doc.cut((68, 78), "read_also")]).words.texts[-3:] == ["Five", "is", "here"]
    assert "One" not in "".join(seen)
