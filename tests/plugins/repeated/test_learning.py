"""What recurs is learnt whatever the order of the documents and the parts they are counted in."""

import random

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

import tamis.errors
from tamis import Document
from tamis_repeated import Census
from tamis_repeated import Tally
from tamis_repeated import learn
from tamis_repeated.sketch import Sketch
from tamis_repeated.units import digest
from tamis_repeated.units import normal


def memory_of(docs, **options):
    return learn(lambda: docs, megabytes=1, **options)


def in_parts(parts, at_least=2, share=0.02, key="all"):
    tallies = []
    for part in parts:
        tallies.append(Tally(key, 1))
        for doc in part:
            tallies[-1].add(doc)
    first = tallies[0]
    for other in tallies[1:]:
        first.merge(other)
    counts = []
    for part in parts:
        counts.append(Census(first, at_least, share))
        for doc in part:
            counts[-1].add(doc)
    second = counts[0]
    for other in counts[1:]:
        second.merge(other)
    return second.memory()


def test_the_furniture_of_each_host_is_learnt(pages):
    memory = memory_of(pages)
    assert set(memory.sources) == {"courier.example", "tribune.example", "bote.example"}
    assert set(memory.sources["courier.example"].recurring) == {
        "home",
        "world",
        "sport",
        "weather",
        "sign up for our morning briefing, each weekday at 0 in your inbox",
        "© the portreath courier",
    }


def test_a_sentence_glued_into_paragraphs_is_learnt(pages):
    recurring = memory_of(pages).sources["tribune.example"].recurring
    assert recurring["stay with us for more on this developing story as it happens."] == 10


def test_nothing_of_the_articles_is_learnt(pages):
    for source in memory_of(pages).sources.values():
        assert not any("item" in unit for unit in source.recurring)


def test_the_order_of_the_documents_makes_no_difference(pages):
    shuffled = random.Random(3).sample(pages, len(pages))
    assert memory_of(shuffled).to_json() == memory_of(pages).to_json()


@pytest.mark.parametrize("workers", [2, 3, 7])
def test_parts_that_are_merged_make_the_same_memory(pages, workers):
    whole = in_parts([pages], key="host")
    assert in_parts([pages[i::workers] for i in range(workers)], key="host").to_json() == whole.to_json()


lines = st.lists(
    st.sampled_from(["One line.", "Two lines.", "A third one", "Four", "Five of them! And more."]), max_size=5
)


@settings(max_examples=20, deadline=None)
@given(st.lists(lines, min_size=1, max_size=12), st.randoms(use_true_random=False), st.integers(1, 3))
def test_any_order_and_any_parts_give_the_same_memory(texts, dice, parts):
    docs = [Document("\n".join(text), str(i)) for i, text in enumerate(texts)]
    shuffled = dice.sample(docs, len(docs))
    split = [shuffled[i::parts] for i in range(parts)]
    assert in_parts(split).to_json() == in_parts([docs]).to_json()


def test_a_page_scraped_many_times_counts_once():
    same = [
        Document("A line of the one page that came back.", str(i), {"url": "https://a.example/1"}) for i in range(9)
    ]
    assert memory_of(same).sources == {}


def test_without_urls_pages_of_the_same_text_count_once():
    same = [Document("A line of the one page that came back.", str(i)) for i in range(9)]
    assert memory_of(same).sources == {}


def test_the_id_is_the_url_where_it_is_a_web_address():
    docs = [
        Document(f"Subscribe to the Gazette today\nNews {'abcde'[i]}", f"https://gazette.example/{i}") for i in range(5)
    ]
    assert memory_of(docs).sources["gazette.example"].recurring == {"subscribe to the gazette today": 5}


def test_a_field_of_the_meta_can_be_the_source():
    docs = [Document(f"Subscribe to the Gazette today\nNews {'abcde'[i]}", meta={"paper": "Gazette"}) for i in range(5)]
    assert set(memory_of(docs, key="meta.paper").sources) == {"Gazette"}


def test_another_key_is_refused():
    with pytest.raises(tamis.errors.ConfigError, match="found 'hots'"):
        Tally("hots", 1)


def test_what_two_pages_quote_is_not_learnt(pages):
    quoted = "“We shall not close a single station on this line,” the minister told parliament on Monday."
    docs = [Document(f"{quoted}\n{doc.text}", doc.id, doc.meta) if i < 2 else doc for i, doc in enumerate(pages)]
    assert all(normal(quoted) not in source.recurring for source in memory_of(docs).sources.values())


def test_documents_that_change_between_the_scans_are_an_error(pages):
    scans = iter([pages, pages[:-1]])
    with pytest.raises(tamis.errors.RunError, match="changed between the two scans"):
        learn(lambda: next(scans), megabytes=1)


def test_a_sketch_never_counts_too_low():
    sketch = Sketch(1)
    for i in range(2_000):
        for _ in range(i % 5):
            sketch.add(digest(str(i)))
    assert all(sketch.count(digest(str(i))) >= i % 5 for i in range(2_000))


def test_a_sketch_stops_at_its_most_also_when_merged():
    one, two = Sketch(1), Sketch(1)
    for _ in range(200):
        one.add(digest("a"))
        two.add(digest("a"))
    one.merge(two)
    assert one.count(digest("a")) == 255


def test_half_a_character_is_learnt_saved_and_read(tmp_path):
    docs = [Document(f"Half \ud800 a character of them\nNews {'abcde'[i]}", str(i)) for i in range(5)]
    memory = memory_of(docs)
    memory.save(tmp_path / "memory.json")
    assert type(memory).load(tmp_path / "memory.json") == memory
