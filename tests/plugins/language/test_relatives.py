"""Near relatives are told apart by words that one of them writes otherwise."""

import pytest

from tamis_language import LanguageDetector
from tamis_language.relatives import parse
from tamis_language.relatives import weighed


def test_a_telling_word_makes_the_relatives_that_write_otherwise_less_probable():
    scores = weighed({"hr": 0.5, "bs": 0.5}, ["tisućama"])
    assert list(scores) == ["hr", "bs"]
    assert scores["hr"] > 0.8
    assert sum(scores.values()) == pytest.approx(1)


def test_words_that_relatives_share_change_nothing():
    scores = {"hr": 0.7, "bs": 0.3}
    assert weighed(scores, ["predsjednik", "vlade"]) is scores


def test_a_language_without_near_relatives_is_left_as_it_is():
    scores = {"sk": 0.6, "cs": 0.4}
    assert weighed(scores, ["tisuć"]) is scores


def test_a_relative_that_was_left_out_as_improbable_comes_back():
    scores = weighed({"hr": 1.0}, ["hiljadama", "sedmice", "univerziteta", "muzika", "fudbalski", "januara"])
    assert next(iter(scores)) == "bs"


def test_no_language_comes_in_that_is_not_allowed():
    assert set(weighed({"hr": 1.0}, ["hiljadama"], frozenset(["hr", "en"]))) == {"hr"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tko je u srpnju otkrio da sveučilište nema tisuću knjiga u knjižnici?", "hr"),
        ("Ko je u julu otkrio da univerzitet nema hiljadu knjiga u biblioteci?", "bs"),
        ("Syarikat itu berkata peratus jualan telefon di universiti naik pada bulan Ogos.", "ms"),
        ("Perusahaan itu berkata persen penjualan telepon di universitas naik pada bulan Agustus.", "id"),
        ("O goberno do concello dixo onte que a xente terá máis traballo en febreiro.", "gl"),
    ],
)
def test_relatives_are_told_apart(text, language):
    assert LanguageDetector().detect(text).language == language


def test_a_line_of_another_form_is_refused():
    with pytest.raises(ValueError, match="expected a line like 'hr"):
        parse(["# a comment", "hr: tko"])
