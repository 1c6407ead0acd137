"""The expression language of `when`: what it says, what it refuses, and where."""

import pickle

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tamis import Document
from tamis import Drop
from tamis import Label
from tamis.drop import DropStep
from tamis.errors import WhenError
from tamis.when import When

NEWS = Document("A short text.", id="1", meta={"title": "Headline", "country": "fr", "n": 3, "tags": {"a": 1}}).apply(
    "demo",
    [
        Label("language", "en", 0.9),
        Label("topics", ["energy", "trade"], scores={"energy": 0.8, "trade": 0.6}),
        Label("empty", []),
        Label("machine_translated", True, 0.97),
        Label("percent_left", 42.5),
        Label("nothing", None),
        Label("pair", ("a", ("b",))),
    ],
)


@pytest.mark.parametrize(
    "source",
    [
        'language == "en"',
        "language == 'en'",
        "topics",
        "not empty",
        "machine_translated",
        "machine_translated == true and machine_translated != False",
        "percent_left > 40 and percent_left <= 42.5",
        "0 < percent_left < 50",
        "percent_left > -1",
        "len(text) == 13 and '#' not in text",
        'language in ["en", "fr"]',
        'language in ("en", "fr")',
        '"energy" in topics',
        '"sport" not in topics',
        '"short" in text',
        "len(text) == 13",
        "len(topics) == 2 and len(nothing) == 0 and len(title) == 8",
        "language.score > 0.8",
        'topics.scores["energy"] > 0.7',
        'topics.scores["sport"] == null',
        'meta.country == "fr" and meta["n"] == 3',
        "meta.tags.a == 1",
        'title == "Headline"',
        '(language == "de" or topics) and not (empty or nothing)',
        'topics == ["energy", "trade"]',
        'pair == ["a", ["b"]] and pair in [["a", ["b"]]] and "a" in pair and ["b"] in pair',
        'pair != ["a"] and pair > ["a"]',
        "true",
        "not none or None == null",
        "\n  topics\n  and language",
    ],
)
def test_an_expression_that_is_true(source):
    assert When(source)(NEWS)


@pytest.mark.parametrize(
    "source",
    [
        'language == "de"',
        "empty",
        "unheard_of",
        "unheard_of.score > 0",
        'unheard_of.scores["x"] > 0',
        "nothing > 1 or nothing <= 1",
        "language > 3",
        "3 in language",
        "percent_left in topics",
        '"x" in nothing',
        "len(percent_left) > 0",
        "meta.missing.deeper",
        'meta.country.deeper == "x"',
        "null",
    ],
)
def test_an_expression_that_is_false_and_never_an_error(source):
    assert not When(source)(NEWS)


def test_a_null_is_unequal_to_every_value_and_in_no_list():
    assert When('unheard_of != "en" and unheard_of not in ["en"] and "en" not in unheard_of')(NEWS)


def test_the_labels_read_are_named_with_their_columns():
    when = When('language == "en" and (topics or é.score > 1) and meta.x and title and len(text) > 0')
    assert when.names == {"language", "topics", "é"}
    assert when.places == {"language": 0, "topics": 22, "é": 32}


def test_two_conditions_are_equal_where_their_sources_are_and_pickle_as_these():
    when = When("topics")
    assert pickle.loads(pickle.dumps(when)) == when == When("topics")
    assert hash(when) == hash(When("topics"))
    assert (str(when), repr(when)) == ("topics", "When('topics')")
    assert when != "topics"


@pytest.mark.parametrize(
    ("source", "message", "column"),
    [
        ("", "empty", 0),
        ("   ", "empty", 0),
        ('language = "en"', "write `==`", 9),
        ("a && b", "write `and`", 2),
        ("a || b", "write `or`", 2),
        ('a == "#" # not 1\n and b', "no comment", 9),
        ("a == 'it\\'s #1' # one", "no comment", 16),
        ("!a", "write `not`", 0),
        ("a AND b", "lower case", 2),
        ('a == "x = y" b', "no expression", None),
        ("a is 1", "not `is`", 5),
        ("(a or b) == 1", "outcome of another test", 1),
        ("a in (b == c)", "outcome of another test", 6),
        ("foo(1)", "no function 'foo'", 0),
        ("lne(text)", "did you mean 'len'?", 0),
        ("len(text, 1)", "takes one value", 0),
        ("len(x=1)", "takes one value", 0),
        ("language.scroe > 1", "did you mean 'score'?", 0),
        ("mta.x", "did you mean 'meta'?", 0),
        ("text.score", "nothing here has a '.score'", 0),
        ("a.b.c", "nothing here has a '.c'", 0),
        ("topics[0]", "looked into", 0),
        ("meta[0]", "a name in quotes", 5),
        ("language in [en]", 'a text is quoted: "en"', 13),
        ("[-'a']", "`when` knows", 1),
        ("a + b", "`when` knows", 0),
        ("f'{a}' == b", "`when` knows", 0),
        ("a if b else c", "`when` knows", 0),
        ("lambda: 1", "`when` knows", 0),
        ("(a := 1)", "`when` knows", 1),
        ("__import__('os').system('true')", "there is no function", 0),
        ("a == b'x'", "`when` knows", 5),
        ("50and a", "invalid decimal literal", None),
        ("é == 'x' and len(ü) > 2 and wrong()", "there is no function 'wrong'", 28),
        ("a" * 2001, "over 2000 characters", 0),
        ("not " * 60 + "a", "nested deeper", None),
        ("(" * 300 + "a" + ")" * 300, "", None),
        ("a\x00b", "", None),
        ("\ud800", "", None),
    ],
)
def test_what_is_no_expression_is_refused_at_its_column(source, message, column):
    with pytest.raises(WhenError) as caught:
        When(source)
    assert message in str(caught.value)
    assert column is None or caught.value.column == column


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="abtopics.()[]\"'<>=!, \n-019", max_size=40) | st.text(max_size=40))
def test_any_text_is_a_condition_that_answers_or_is_refused_inside_of_it(source):
    refused = 0
    try:
        answer = When(source)(NEWS)
    except WhenError as error:
        answer, refused = False, error.column
    assert answer in (True, False)
    assert 0 <= refused <= len(source)


def test_drop_takes_out_the_documents_for_which_its_expression_is_true():
    step = DropStep.model_validate({"if": "percent_left < 50", "reason": "too little left"})
    assert list(step.find(NEWS)) == [Drop("too little left")]
    assert list(step.find(Document("no label"))) == []


def test_drop_gives_its_expression_as_the_reason_and_pickles():
    step = DropStep(if_="len(text) < 100")
    assert list(pickle.loads(pickle.dumps(step)).find(NEWS)) == [Drop("len(text) < 100")]
