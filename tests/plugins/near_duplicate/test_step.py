"""The label names the first document that a document repeats."""

import pytest

import tamis
import tamis.testing
from tamis import Document
from tamis_near_duplicate import NearDuplicate
from tamis_near_duplicate import learn

LONG = " ".join(f"word{i} and" for i in range(150))


@pytest.fixture
def learnt(tmp_path):
    def learnt(docs, threshold=0.4, **options):
        path = tmp_path / "duplicates.json"
        learn(docs, **options).save(path)
        return NearDuplicate(memory=str(path), threshold=threshold)

    return learnt


def label(step, doc):
    [label] = step.find(doc)
    return label


def test_the_copies_get_the_id_of_the_first_and_the_others_none(learnt, pages):
    step = learnt(pages)
    first = min((doc for doc in pages if doc.id.startswith("wire")), key=lambda doc: doc.source)
    for doc in pages:
        copy = doc.id.startswith("wire") and doc is not first
        assert label(step, doc).value == (first.id if copy else None)


def test_the_score_is_the_estimated_jaccard_similarity(learnt, pages):
    step = learnt(pages)
    for doc in pages:
        found = label(step, doc)
        assert found.value is None or 0.4 <= found.score <= 1.0
        assert found.value is not None or 0.0 <= found.score < 0.4


def test_the_step_says_what_was_learnt(learnt, pages):
    step = learnt(pages)
    copies = {copy: first.id for first in learn(pages).firsts for copy in first.copies}
    assert {doc.id: label(step, doc).value for doc in pages} == {doc.id: copies.get(doc.id) for doc in pages}


def test_an_exact_copy_is_told_from_the_first_by_its_id(learnt):
    docs = [Document(LONG, name, source=f"x:{i}") for i, name in enumerate(["a", "b"])]
    step = learnt(docs)
    assert [label(step, doc).value for doc in docs] == [None, "a"]


def test_an_exact_copy_of_the_same_id_is_told_by_its_source(learnt):
    docs = [Document(LONG, "a", source=f"x:{i}") for i in range(2)]
    step = learnt(docs)
    assert [label(step, doc).value for doc in docs] == [None, "a"]


def test_the_first_is_itself_wherever_its_file_was_moved(learnt):
    step = learnt([Document(LONG, name, source=f"x:{i}") for i, name in enumerate(["a", "b"])])
    assert label(step, Document(LONG, "a", source="elsewhere:7")).value is None


def test_a_text_that_an_earlier_step_has_cleaned_is_found(learnt, pages):
    step = learnt(pages)
    doc = next(doc for doc in pages if doc.id == "wire-8")
    cleaned = doc.apply("earlier", [doc.cut((0, doc.text.index("\n\n") + 2), "title")])
    assert label(step, cleaned).value == label(step, doc).value


def test_a_higher_threshold_leaves_copies_out(learnt, pages):
    step = learnt(pages, threshold=1.0)
    assert {label(step, doc).value for doc in pages} == {None}


def test_a_document_to_come_is_compared_with_all_that_were_kept(learnt, pages):
    step = learnt([doc for doc in pages if doc.id == "wire-0"], keep_all=True)
    assert label(step, next(doc for doc in pages if doc.id == "wire-5")).value == "wire-0"


def test_no_documents_learnt_is_no_document_repeated(learnt):
    assert label(learnt([]), Document(LONG)).value is None


def test_copies_can_be_dropped_by_the_label(learnt, pages):
    step = learnt(pages)
    pipe = tamis.loads(
        f"steps:\n  - use: near_duplicate\n    with: {{memory: '{step.memory}'}}\n"
        "  - use: drop\n    with: {if: near_duplicate != null}\n"
    )
    assert sum(pipe(doc).dropped is not None for doc in pages) == 9


def test_the_checks_for_authors_of_plugins_pass(learnt, pages):
    tamis.testing.check_step(learnt(pages), pages[:6])
