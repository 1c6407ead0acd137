"""Which documents repeat which is learnt whatever the order of the documents and the parts they are read in."""

import random

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tamis import Document
from tamis_near_duplicate import Signatures
from tamis_near_duplicate import learn

LONG = " ".join(f"word{i} and" for i in range(150))


def in_parts(parts):
    signed = []
    for part in parts:
        signed.append(Signatures())
        for doc in part:
            signed[-1].add(doc)
    for other in signed[1:]:
        signed[0].merge(other)
    return signed[0].memory()


def test_wire_copy_under_ten_mastheads_is_one_text(pages):
    [first] = learn(pages).firsts
    wire = {doc.id for doc in pages if doc.id.startswith("wire")}
    assert {first.id, *first.copies} == wire
    assert len(first.copies) == 9


def test_two_articles_on_the_same_event_are_two_texts(pages):
    assert not any("same-event" in (first.id, *first.copies) for first in learn(pages).firsts)


def test_the_first_is_the_first_by_path_and_line():
    docs = [Document(LONG, f"line {line}", source=f"a.jsonl:{line}") for line in (10, 9, 100)]
    [first] = learn(docs).firsts
    assert (first.id, first.copies) == ("line 9", ("line 10", "line 100"))


@pytest.mark.parametrize("dates", [("2024-05-02", "2024-05-01", None), (20, 3, "2024"), (2.5, 1e-9, [])])
def test_the_first_is_the_first_by_a_field_where_one_is_named(dates):
    docs = [Document(LONG, f"{i}", {"date": date}, f"a.jsonl:{i}") for i, date in enumerate(dates)]
    [first] = learn(docs, order="date").firsts
    assert (first.id, first.copies) == ("1", ("0", "2"))


def test_the_order_of_reading_makes_no_difference(pages):
    shuffled = random.Random(5).sample(pages, len(pages))
    assert learn(shuffled).to_json() == learn(pages).to_json()


@pytest.mark.parametrize("workers", [2, 3, 7])
def test_parts_that_are_merged_make_the_same_memory(pages, workers):
    assert in_parts([pages[i::workers] for i in range(workers)]).to_json() == learn(pages).to_json()


VOCABULARY = [f"w{i}" for i in range(60)]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(5, 60)), min_size=1, max_size=12),
    st.randoms(use_true_random=False),
    st.integers(1, 3),
)
def test_any_order_and_any_parts_give_the_same_memory(slices, dice, parts):
    docs = [
        Document(" ".join(VOCABULARY[start : start + length]) or "w", str(i), source=f"a.jsonl:{i}")
        for i, (start, length) in enumerate(slices)
    ]
    shuffled = dice.sample(docs, len(docs))
    assert in_parts([shuffled[i::parts] for i in range(parts)]) == in_parts([docs])


def test_a_document_read_twice_does_not_repeat_itself(pages):
    assert learn(pages + pages).to_json() == learn(pages).to_json()


def test_short_texts_must_be_more_alike():
    formula = "The bank raised its prime rate to {} percent from {} percent on {}, effective at once, a spokesman said."
    dates = [("7", "6", "Monday"), ("8", "7", "Friday"), ("8", "7", "Friday")]
    docs = [Document(formula.format(*date), str(i), source=f"a:{i}") for i, date in enumerate(dates)]
    [first] = learn(docs).firsts
    assert (first.id, first.copies) == ("1", ("2",))


def test_texts_without_words_repeat_nothing():
    assert learn([Document("", "a"), Document(" \n", "b"), Document("…", "c")]).firsts == ()


def test_documents_that_nothing_repeats_are_kept_where_asked(pages):
    assert len(learn(pages, keep_all=True).firsts) == len(pages) - 9
