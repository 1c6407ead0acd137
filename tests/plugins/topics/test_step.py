"""The step `topics`: label, marks, thresholds, abstaining, and what may not change its answer."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from pydantic import ValidationError

import tamis
from tamis import Document
from tamis import Label
from tamis import Mark
from tamis.errors import PipelineErrors
from tamis_topics import TopicClassifier
from tamis_topics import Topics

DEAL = (
    "Norway and Germany sign hydrogen accord\n"
    "The foreign ministers of Norway and Germany signed an agreement in Oslo on a pipeline that is to carry hydrogen"
    " to German power plants. The talks between the two governments had lasted two years, diplomats said.\n"
    "The pipeline will be three hundred kilometres long, and the operator of the gas grid is to build it by 2034."
)
TARIFFS = (
    "Exports of olive oil to the United States fell by a third after the new import tariff, customs figures show. The"
    " exporters' association fears that the duties will close the market to its members."
)
MATCH = "The striker scored twice as the home side won the cup. The coach praised the energy of his young players."


def label(doc: Document, step: Topics | None = None) -> Label:
    return next(found for found in (step or Topics()).find(doc) if isinstance(found, Label))


def topics(text: str) -> Sequence[str]:
    value = label(Document(text)).value
    assert isinstance(value, list)
    return value


def test_topics_are_a_sorted_list_with_probabilities_by_name() -> None:
    found = label(Document(DEAL))
    assert found.value == ["diplomacy", "energy"]
    assert list(found.scores) == ["diplomacy", "energy", "trade"]
    assert found.score == max(found.scores["diplomacy"], found.scores["energy"])


def test_a_text_on_none_of_them_gets_an_empty_list() -> None:
    assert topics(MATCH) == []
    assert topics("") == []


def test_a_tariff_is_trade() -> None:
    assert topics(TARIFFS) == ["trade"]


@pytest.mark.parametrize(
    "text",
    [
        "The new energy drink sells well among students, its maker says; doctors warn of the caffeine.",
        "The consul's son ran over a pensioner and cannot be tried, the court said, since he has diplomatic immunity.",
        "The club will trade its best striker for a goalkeeper and cash before the transfer window closes.",
        "She is the new brand ambassador of the perfume house.",
        "The trade union calls its members out on strike after the talks on pay failed.",
        "The power struggle in the party ended with the resignation of its leader.",
    ],
)
def test_words_that_only_sound_like_a_topic_give_none(text: str) -> None:
    assert topics(text) == []


def test_the_words_that_weigh_most_are_marked() -> None:
    marks = [found for found in Topics(marks=3).find(Document(DEAL)) if isinstance(found, Mark)]
    words = {DEAL[mark.span[0] : mark.span[1]].lower() for mark in marks if mark.name == "topic:energy"}
    assert {mark.name for mark in marks} == {"topic:diplomacy", "topic:energy"}
    assert len([mark for mark in marks if mark.name == "topic:energy"]) == 3
    assert words & {"pipeline", "gas", "power", "hydrogen", "grid", "plants"}
    assert all(mark.score is not None and mark.score > 0 for mark in marks)


def test_no_marks_where_none_are_asked_for() -> None:
    assert [type(found) for found in Topics(marks=0).find(Document(DEAL))] == [Label]


def test_one_threshold_counts_for_all() -> None:
    assert label(Document(DEAL), Topics(threshold=0.0)).value == ["diplomacy", "energy", "trade"]
    assert label(Document(DEAL), Topics(threshold=1.0)).value == []


def test_a_threshold_by_topic_leaves_the_others() -> None:
    assert label(Document(DEAL), Topics(threshold={"energy": 1.0})).value == ["diplomacy"]


def test_it_abstains_within_the_band_and_keeps_its_scores() -> None:
    score = label(Document(DEAL)).scores["trade"]
    found = label(Document(DEAL), Topics(threshold={"trade": score + 0.01}, abstain=0.05))
    assert found.value is None
    assert found.scores["trade"] == score


@pytest.mark.parametrize("wrong", [{"threshold": 1.5}, {"abstain": 0.7}, {"marks": -1}, {"treshold": 0.5}])
def test_impossible_settings_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Topics(**wrong)


def test_a_batch_gives_what_each_document_gives_alone() -> None:
    docs = [Document(text) for text in (DEAL, MATCH, "", TARIFFS, DEAL * 30)]
    assert [list(found) for found in Topics().find_batch(docs)] == [list(Topics().find(doc)) for doc in docs]


def test_the_step_pickles_as_its_settings() -> None:
    step = Topics(threshold=0.7)
    assert list(pickle.loads(pickle.dumps(step)).find(Document(DEAL))) == list(step.find(Document(DEAL)))
    assert len(pickle.dumps(step)) < 1000


def test_a_title_beside_the_text_counts() -> None:
    body = "It is to be three hundred kilometres long and ready in ten years."
    bare = label(Document(body)).scores["energy"]
    assert label(Document(body, meta={"title": "Oil pipeline approved"})).scores["energy"] > bare


def test_ones_own_model_is_named_by_its_path(tmp_path: Path) -> None:
    sport = [f"The striker scored a goal in match {number}." for number in range(6)]
    art = [f"The museum shows canvas {number} of the painter." for number in range(6)]
    model = TopicClassifier(min_df=1).fit(sport + art, [["sport"]] * 6 + [["art"]] * 6)
    model.save(tmp_path / "mine.joblib")
    found = label(Document("The striker scored the goal of the match."), Topics(model=str(tmp_path / "mine.joblib")))
    assert found.value == ["sport"]


@pytest.mark.parametrize("text", [DEAL, TARIFFS, MATCH])
def test_a_doubled_text_keeps_its_topics(text: str) -> None:
    assert topics(f"{text}\n{text}") == topics(text)


@pytest.mark.parametrize("text", [DEAL, TARIFFS, MATCH])
def test_casing_quotes_and_line_ends_do_not_matter(text: str) -> None:
    assert topics(text.upper()) == topics(text)
    assert topics(text.replace("\n", "\r\n\r\n")) == topics(text)
    assert label(Document(text.replace("'", "’"))).scores == label(Document(text)).scores


def test_what_an_earlier_step_cut_decides_nothing() -> None:
    footer = "\nRelated posts\nOil price: OPEC ministers meet on crude output, exports and tariffs"
    doc = Document(MATCH + footer)
    cleaned = doc.apply("boilerplate", [doc.cut((len(MATCH), len(doc.text)), "related_posts")])
    assert label(cleaned) == label(Document(MATCH))


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_probabilities_and_spans_inside_it(text: str) -> None:
    for found in Topics(threshold=0.0).find(Document(text)):
        if isinstance(found, Label):
            assert all(0 <= score <= 1 for score in found.scores.values())
        else:
            assert 0 <= found.span[0] < found.span[1] <= len(text)


@pytest.mark.parametrize("text", ["\ud800", "\0\0", "a" * 10_000, "\u202eoil\u202c", "oil\r\ngas", "石油 天然气"])
def test_hostile_texts_are_judged_too(text: str) -> None:
    assert isinstance(topics(text), list)


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ("{model: nope.joblib}", "topics.model: there is no file 'nope.joblib'"),
        ("{threshold: {enrgy: 0.5}}", "the model has no topic 'enrgy' - did you mean 'energy'"),
    ],
)
def test_what_the_model_does_not_have_is_a_mistake_of_the_pipeline(settings, why):
    with pytest.raises(PipelineErrors, match=why):
        tamis.loads(f"steps: [{{topics: {settings}}}]")
