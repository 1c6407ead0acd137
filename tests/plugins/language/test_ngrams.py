"""The n-grams of words, and that none of them depends on its neighbours."""

from __future__ import annotations

from tamis_language.ngrams import ngrams
from tamis_language.ngrams import ngrams_by_word


def test_a_word_has_the_ngrams_of_one_to_five_places_and_itself() -> None:
    hashes, owners = ngrams_by_word(["abcd"])
    # " abcd ": 4 of one letter, 5 of two places, 4 of three, 3 of four, 2 of five, and the whole word
    assert len(hashes) == len(set(hashes.tolist())) == 19
    assert set(owners.tolist()) == {0}


def test_a_word_has_the_same_ngrams_in_any_company() -> None:
    alone, _ = ngrams_by_word(["letters"])
    among, owners = ngrams_by_word(["some", "letters", "here"])
    assert sorted(alone.tolist()) == sorted(among[owners == 1].tolist())


def test_one_letter_is_no_ngram_twice() -> None:
    assert len(ngrams(["a"])[0]) == 4  # "a", " a", "a ", " a "


def test_no_words_have_no_ngrams() -> None:
    hashes, owners = ngrams_by_word([])
    assert len(hashes) == len(owners) == 0


def test_hashes_are_the_same_on_every_machine() -> None:
    assert [value % 1_000_003 for value in ngrams(["a"])[0].tolist()] == [720618, 124975, 155891, 58748]
