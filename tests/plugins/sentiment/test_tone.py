"""`SentimentClassifier`: the tone of a text, what it rests on, and what must not change it."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tamis import Document
from tamis.errors import ModelError
from tamis_sentiment import SentimentClassifier
from tamis_sentiment import shipped
from tamis_sentiment.reading import MOVEMENTS
from tamis_sentiment.reading import movements
from tamis_sentiment.reading import turning
from tamis_sentiment.tone import Tone

BAD = (
    "Explosion kills nine at fireworks factory\nNine workers were killed and dozens injured when an explosion destroyed"
    " a fireworks factory on Monday. Police arrested the owner, who is accused of ignoring warnings. “We lost"
    " everything,” said a widow. Residents fear that toxic smoke will contaminate the river.",
    "Bank collapses after fraud scandal\nThe lender filed for bankruptcy on Friday after prosecutors charged two of its"
    " directors with fraud. Thousands of savers may lose their money. Shares in rival banks plunged. Critics accused"
    " the regulator of failing to act, and unions warned of heavy job losses.",
    "Flood leaves hundreds homeless\nTorrential rain flooded three villages in the north, destroying homes and killing"
    " at least four people. Rescue teams searched for the missing. The governor declared a state of emergency and"
    " warned that the danger had not passed. Farmers said the harvest was ruined.",
    "Gunman attacks market\nA gunman opened fire at a crowded market and shot five people dead, police said. The"
    " attacker was detained. Witnesses described panic and chaos. The mayor condemned the brutal violence, and a"
    " suspect is under investigation for terrorism.",
)
GOOD = (
    "Village celebrates new school\nFamilies celebrated the opening of a beautiful new school, built with generous"
    " donations. Volunteers were honoured with a prize. “We are proud and happy,” said the head teacher. Pupils"
    " enjoyed a concert, and the mayor praised the great success of the project.",
    "Runner wins gold medal\nThe young runner won the gold medal and set a new record in a brilliant final. Fans"
    " cheered and her coach praised the wonderful victory. She thanked her family for their support and said she was"
    " delighted with the best race of her life.",
    "Scientists welcome promising treatment\nA new treatment has cured most patients in a successful trial, doctors"
    " said. The breakthrough gives hope to thousands of families. The award-winning team was congratulated by"
    " colleagues and will receive a grant to help more people.",
)
PLAIN = (
    "Committee sets date for vote\nThe committee will meet on Tuesday to discuss the agenda for the next session. The"
    " vote is scheduled for 12 May, a spokesman said. The registration of candidates ends in April, and the list will"
    " be published by the ministry.",
)


@pytest.fixture(scope="module")
def tones() -> SentimentClassifier:
    return SentimentClassifier.load()


@pytest.mark.parametrize(
    ("texts", "label"), [(BAD, "negative"), (GOOD, "positive"), (PLAIN, "neutral")], ids=["bad", "good", "plain"]
)
def test_news_has_the_tone_of_what_it_reports(tones: SentimentClassifier, texts: tuple[str, ...], label: str) -> None:
    assert tones.predict(texts) == [label] * len(texts)


def test_probabilities_sum_to_one_and_stand_in_the_order_of_the_classes(tones: SentimentClassifier) -> None:
    for row, label in zip(tones.predict_proba(BAD + GOOD), tones.predict(BAD + GOOD), strict=True):
        assert sum(row) == pytest.approx(1)
        assert tones.classes_[row.index(max(row))] == label


@pytest.mark.parametrize("text", [*BAD, *GOOD, *PLAIN, "", "No. “Not good” at all!", "one"])
def test_the_parts_and_the_base_sum_to_the_logit(tones: SentimentClassifier, text: str) -> None:
    why = tones.explain(text)
    assert why.base + sum(part.logit for part in why.parts) == pytest.approx(why.tone.logit, abs=1e-6)


def test_each_part_stands_on_its_word(tones: SentimentClassifier) -> None:
    text = "The flood killed two people."
    worst = min(tones.explain(text).parts, key=lambda part: part.logit)
    assert text[worst.span.start : worst.span.end] == "killed"


def without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text


def test_deleting_the_top_evidence_moves_the_score_more_than_deleting_random_words(tones: SentimentClassifier) -> None:
    draw = random.Random(7)
    wins = trials = 0
    for text in BAD + GOOD:
        why = tones.explain(text)
        sign = 1 if why.tone.logit > 0 else -1
        top = sorted(why.parts, key=lambda part: -sign * part.logit)[:3]
        moved = abs(tones.tones([without(text, [part.span for part in top])])[0].logit - why.tone.logit)
        for _ in range(10):
            some = draw.sample(why.parts, 3)
            other = abs(tones.tones([without(text, [part.span for part in some])])[0].logit - why.tone.logit)
            trials += 1
            wins += moved > other
    assert wins >= 0.95 * trials


@pytest.mark.parametrize("text", [*BAD, *GOOD, *PLAIN])
def test_a_text_doubled_keeps_its_tone(tones: SentimentClassifier, text: str) -> None:
    assert tones.predict([f"{text}\n{text}"]) == tones.predict([text])


@pytest.mark.parametrize(
    "boilerplate",
    [
        "\nRead also: the weather for the week.",
        "\n© 2021 The Daily. All rights reserved.",
        "\nSign up for our newsletter. Follow us on social media.",
    ],
)
def test_appended_boilerplate_keeps_the_tone(tones: SentimentClassifier, boilerplate: str) -> None:
    texts = BAD + GOOD
    assert tones.predict([text + boilerplate for text in texts]) == tones.predict(texts)


@pytest.mark.parametrize("text", [*BAD, *GOOD])
@pytest.mark.parametrize(
    "marks", ["«»", "„“", "““", '""', "“ "], ids=["guillemets", "german", "unbalanced", "straight", "open"]
)
def test_the_kind_of_quotation_marks_keeps_the_tone(tones: SentimentClassifier, text: str, marks: str) -> None:
    assert tones.predict([text.replace("“", marks[0]).replace("”", marks[1])]) == tones.predict([text])


@pytest.mark.parametrize(("one", "other"), [("Anna Schmidt", "Bolat Nazarov"), ("Trump", "Macron"), ("Texas", "Lagos")])
def test_who_is_named_does_not_change_the_tone(tones: SentimentClassifier, one: str, other: str) -> None:
    text = "{} met the families of the victims on Sunday and praised the volunteers who saved lives."
    first, second = tones.tones([text.format(one), text.format(other)])
    assert first.label == second.label
    assert abs(first.score - second.score) < 0.12


def test_a_negated_word_counts_otherwise_than_a_plain_one(tones: SentimentClassifier) -> None:
    plain, negated = tones.tones(["The plan was a success.", "The plan was not a success."])
    assert negated.score < plain.score


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("Unemployment fell to its lowest level in ten years.", "Unemployment rose to its highest level in ten years."),
        ("Operating profit rose to EUR 13.1 mn from EUR 8.7 mn.", "Operating profit fell to EUR 8.7 mn from 13.1."),
        (
            "Net sales were EUR 7.1 mn versus EUR 4.9 mn a year ago.",
            "Net sales were EUR 4.9 mn versus EUR 7.1 mn a year ago.",
        ),
        ("The net loss narrowed to $3 million.", "The net loss widened to $3 million."),
        ("Carmaker raises guidance on strong demand", "Carmaker cuts guidance on weak demand"),
    ],
)
def test_whether_a_rise_is_good_depends_on_what_rises(tones: SentimentClassifier, better: str, worse: str) -> None:
    assert tones.predict([better, worse]) == ["positive", "negative"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Sales were 13.1 million, compared with 8.7 million in 2007.", "x:wanted+="),
        ("Sales were 0.9 bn, against 1,200 mn a year earlier.", "x:wanted-="),
        ("Debt was 5 million from 7 million.", "x:unwanted-="),
        ("Sales in 2008 were higher than in 2007.", "x:wanted+"),
        ("Profit was 3 million from a loss of 5 million.", None),
        ("The firm slipped to a loss.", None),
        ("The firm cut its loss.", "x:unwanted-<"),
        ("The distance was 3 miles from 5 towns.", None),
    ],
)
def test_numbers_are_compared_where_a_thing_rises_or_falls(text: str, key: str | None) -> None:
    segments = Document(text).segments
    reading = shipped.tone_model().read(segments)
    turns = [turning(shipped.tone_model().lexicon.word(word)) for word in segments.words.texts]
    found = [MOVEMENTS[code] for _, code in movements(turns, segments.words.texts, reading.sentences)]
    assert found == ([key] if key else [])


def test_a_document_in_which_good_and_bad_balance_is_neutral() -> None:
    assert Tone(0.45, 0.2, 0.35, (0.8, 0.6)).label == "negative"
    assert Tone(0.45, 0.2, 0.35, (0.8, 0.6), balance=0.25).label == "neutral"
    assert Tone(0.7, 0.1, 0.2, (1.9, 0.7), balance=0.25).label == "negative"


@pytest.mark.parametrize("text", [*BAD, *GOOD, *PLAIN])
def test_the_same_text_without_its_title_keeps_its_tone(tones: SentimentClassifier, text: str) -> None:
    assert tones.predict([text.split("\n", 1)[1]]) == tones.predict([text])


def test_an_answer_does_not_depend_on_the_batch(tones: SentimentClassifier) -> None:
    texts = [*BAD, *GOOD, *PLAIN]
    alone = [tones.predict_proba([text])[0] for text in texts]
    assert tones.predict_proba(texts) == alone
    assert tones.predict_proba(texts[::-1])[::-1] == alone


def test_an_answer_is_the_same_to_the_bit_under_another_hash_seed() -> None:
    script = (
        "from tamis_sentiment import SentimentClassifier\n"
        f"print(SentimentClassifier.load().predict_proba({BAD + GOOD!r}))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "\ud800", "a\0b", "\u202eabc", "x" * 10_000, "!" * 10_000, "“" * 5_000, "\r\n" * 999, "漢字かな"],
)
def test_any_text_has_a_tone(tones: SentimentClassifier, text: str) -> None:
    assert sum(tones.predict_proba([text])[0]) == pytest.approx(1)


def test_a_text_that_says_nothing_is_neutral(tones: SentimentClassifier) -> None:
    assert tones.predict([""]) == ["neutral"]


def test_a_file_that_is_no_tone_model_is_refused(tmp_path: Path) -> None:
    from tamis.learn import save

    save(tmp_path / "other.joblib", {"kind": "tamis other"})
    with pytest.raises(ModelError, match="no tone model"):
        SentimentClassifier.load(tmp_path / "other.joblib")


def test_importing_the_plugin_imports_nothing_heavy() -> None:
    script = "import sys, tamis_sentiment; print(*{'numpy', 'sklearn', 'joblib'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []


def test_one_text_is_no_list_of_texts(tones: SentimentClassifier) -> None:
    with pytest.raises(TypeError, match="found one str"):
        tones.predict("The dam broke.")
