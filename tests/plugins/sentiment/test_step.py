"""The step `sentiment`: its label, its marks and its settings."""

from __future__ import annotations

import pickle

import pytest
from pydantic import ValidationError

import tamis
from tamis_sentiment import Sentiment
from tamis_sentiment.speakers import speaker

TEXT = (
    "Floods killed nine people in the valley. “It is a tragedy, and many died,” said Maria Lopez."
    " Ann Reed was praised for her help."
)


def found(step: Sentiment, text: str = TEXT) -> list[tamis.Finding]:
    return list(step.find(tamis.Document(text)))


def label(findings: list[tamis.Finding], name: str) -> tamis.Label:
    return next(one for one in findings if isinstance(one, tamis.Label) and one.name == name)


def marks(findings: list[tamis.Finding], name: str) -> list[tamis.Mark]:
    return [one for one in findings if isinstance(one, tamis.Mark) and one.name == name]


def test_the_label_has_the_tone_its_score_and_the_probabilities() -> None:
    tone = label(found(Sentiment()), "sentiment")
    assert tone.value == "negative"
    assert tone.score == pytest.approx(tone.scores["positive"] - tone.scores["negative"])
    assert sum(tone.scores.values()) == pytest.approx(1)


def test_each_sentence_has_a_mark_with_its_own_tone() -> None:
    sentences = marks(found(Sentiment()), "sentiment:sentence")
    assert [TEXT[slice(*mark.span)][:6] for mark in sentences] == ["Floods", "“It is", "Ann Re"]
    assert [mark.data["value"] for mark in sentences] == ["negative", "negative", "positive"]


def test_a_quoted_sentence_says_so_and_names_its_speaker() -> None:
    first, second, _ = marks(found(Sentiment()), "sentiment:sentence")
    assert second.data["speaker"] == "Maria Lopez"
    assert first.data == {"value": "negative", "quoted": False}
    whole = marks(found(Sentiment(), "“This was a terrible mistake of the board,” Reed said."), "sentiment:sentence")
    assert whole[0].data["quoted"]
    assert whole[0].data["speaker"] == "Reed"


def test_the_evidence_is_the_weightiest_words_in_the_order_of_the_text() -> None:
    evidence = marks(found(Sentiment(evidence=3)), "sentiment:evidence")
    assert len(evidence) == 3
    assert [mark.span for mark in evidence] == sorted(mark.span for mark in evidence)
    assert "killed" in [TEXT[slice(*mark.span)] for mark in evidence]


def test_marks_can_be_left_out() -> None:
    assert [type(one) for one in found(Sentiment(sentences=False, evidence=0))] == [tamis.Label]


def test_a_tone_less_sure_than_asked_is_null_with_its_score() -> None:
    tone = label(found(Sentiment(abstain=1)), "sentiment")
    assert tone.value is None
    assert tone.score is not None


def test_no_targets_no_label_of_targets() -> None:
    assert all(one.name != "sentiment_targets" for one in found(Sentiment()) if isinstance(one, tamis.Label))


def test_named_targets_have_a_tone_each() -> None:
    value = label(found(Sentiment(targets=["Ann Reed", "Nobody Else"])), "sentiment_targets").value
    assert [(one["target"], one["value"]) for one in value] == [("Ann Reed", "positive")]
    assert TEXT[slice(*value[0]["span"])] == "Ann Reed"
    assert -1 <= value[0]["score"] <= 1


def test_targets_can_be_found_in_the_text() -> None:
    text = "On Monday the mayor praised Ann Reed. The court convicted John Doe of fraud."
    value = label(found(Sentiment(targets=True), text), "sentiment_targets").value
    assert {one["target"]: one["value"] for one in value} == {"Ann Reed": "positive", "John Doe": "negative"}


def test_a_batch_finds_what_each_document_alone_does() -> None:
    docs = [tamis.Document(text) for text in (TEXT, "", "Profit rose.", TEXT[::-1])]
    step = Sentiment(targets=True)
    assert [list(one) for one in step.find_batch(docs)] == [list(step.find(doc)) for doc in docs]


def test_it_pickles_as_its_settings() -> None:
    step = Sentiment(targets=["Ann Reed"], evidence=2)
    again = pickle.loads(pickle.dumps(step))
    assert again == step
    assert found(again) == found(step)
    assert len(pickle.dumps(step)) < 500


@pytest.mark.parametrize("settings", [{"abstain": 2}, {"evidence": -1}, {"targets": 3}, {"language": "en"}])
def test_a_wrong_setting_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Sentiment(**settings)


@pytest.mark.parametrize(
    "text", ["", "\ud800", "“" * 3_000, "A" * 10_000, "Aa " * 20_000, "not " * 20_000, "He said. " * 5_000]
)
def test_no_text_is_too_odd(text: str) -> None:
    doc = tamis.Document(text)
    assert doc.apply("sentiment", Sentiment(targets=True).find(doc)).labels["sentiment"].value


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("“We won,” said Maria Lopez.", "Maria Lopez"),
        ("Maria Lopez told reporters: “We won.”", "Maria Lopez"),
        ("According to Reed, “it is over”.", None),
        ("“It is over,” according to Reed.", "Reed"),
        ("“It is over,” he said.", None),
    ],
)
def test_a_speaker_is_named_where_the_sentence_says_so(sentence: str, name: str | None) -> None:
    assert speaker(sentence) == name
