"""`TargetClassifier`: the tone toward a named target."""

from __future__ import annotations

import pytest

from tamis_sentiment import TargetClassifier
from tamis_sentiment.targets import mentions_of


@pytest.fixture(scope="module")
def toward() -> TargetClassifier:
    return TargetClassifier.load()


def at(text: str, target: str) -> tuple[str, tuple[int, int]]:
    start = text.index(target)
    return text, (start, start + len(target))


@pytest.mark.parametrize(
    ("text", "target", "label"),
    [
        ("Voters praised Ann Reed for her honest work.", "Ann Reed", "positive"),
        ("John Doe was convicted of fraud on Monday.", "John Doe", "negative"),
        ("Acme shares surge on strong quarterly profit", "Acme", "positive"),
        ("Acme shares plunge after weak quarterly results", "Acme", "negative"),
        ("Ann Reed will speak to reporters on Tuesday.", "Ann Reed", "neutral"),
    ],
)
def test_a_target_has_the_tone_of_what_is_said_of_it(
    toward: TargetClassifier, text: str, target: str, label: str
) -> None:
    assert toward.predict([at(text, target)]) == [label]


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        ("Ann Reed accused John Doe of lying to voters.", None, "John Doe"),
        ("Ann Reed won the debate, but John Doe stumbled badly.", "Ann Reed", "John Doe"),
    ],
)
def test_it_counts_on_which_side_of_a_name_a_word_stands(
    toward: TargetClassifier, text: str, good: str | None, bad: str
) -> None:
    assert toward.predict([at(text, bad)]) == ["negative"]
    if good:
        assert toward.predict([at(text, good)]) == ["positive"]


def test_two_targets_of_one_headline_can_have_two_tones(toward: TargetClassifier) -> None:
    text = "Acme gains 5%; Globex slips 3%"
    assert toward.predict([at(text, "Acme"), at(text, "Globex")]) == ["positive", "negative"]


def test_the_name_of_the_target_does_not_count(toward: TargetClassifier) -> None:
    text = "{} was accused of lying to the committee."
    found = toward.predict_proba([(text.format(name), (0, len(name))) for name in ("Obama", "Zhu Li", "Reed")])
    assert found[0] == found[1] == found[2]


def test_probabilities_do_not_depend_on_the_batch(toward: TargetClassifier) -> None:
    mentions = [at("Voters praised Ann Reed.", "Ann Reed"), at("Acme shares plunge", "Acme")]
    assert toward.predict_proba(mentions) == [toward.predict_proba([mention])[0] for mention in mentions]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Ann Reed accused John Doe of lying to voters, and he was booed.", "John Doe"),
        ("Acme gains 5%; Globex's slump deepens", "Globex"),
        ("“You cannot trust her,” said the head of Acme.", "her"),
        ("Reed.", "Reed"),
    ],
)
def test_the_parts_add_up_to_the_log_odds(toward: TargetClassifier, text: str, target: str) -> None:
    mention = at(text, target)
    why = toward.explain(*mention)
    assert why.base + sum(part.logit for part in why.parts) == pytest.approx(why.tone.logit, abs=1e-6)
    assert [why.tone] == toward.tones([mention])


def test_the_verb_says_most_of_its_object(toward: TargetClassifier) -> None:
    text = "Ann Reed accused John Doe of lying."
    why = toward.explain(*at(text, "John Doe"))
    lowest = min(why.parts, key=lambda part: part.logit)
    assert text[slice(*lowest.span)] in ("accused", "lying")


def test_a_span_outside_the_text_is_refused(toward: TargetClassifier) -> None:
    with pytest.raises(ValueError, match="not inside its text"):
        toward.predict([("Short.", (3, 20))])


@pytest.mark.parametrize("span", [(0, 0), (0, 3), (2, 2)])
@pytest.mark.parametrize("text", ["   ", "abc", "!!!", "\ud800\0a"])
def test_any_span_of_any_text_has_a_tone(toward: TargetClassifier, text: str, span: tuple[int, int]) -> None:
    assert sum(toward.predict_proba([(text, span)])[0]) == pytest.approx(1)


def test_a_name_is_found_whole_and_by_its_last_word() -> None:
    text = "Ann Reed won. Reeds grow; Reed smiled. An Ann Reedson left."
    assert [text[a:b] for a, b in mentions_of(text, "Ann Reed")] == ["Ann Reed", "Reed"]
