"""The published rule for words, sentences and paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
