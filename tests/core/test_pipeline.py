"""The chain: order, conditions, errors, batches, accounts."""

import pickle
from types import SimpleNamespace

import pytest

import tamis
from tamis import Document
from tamis import Drop
from tamis import Edit
from tamis import Group
from tamis import Label
from tamis import Mark
from tamis import Pipeline
from tamis import Use
from tamis.account import Account
from tamis.errors import ConfigError
from tamis.errors import ModelError
from tamis.errors import StepError
from tamis.host import Host
from tamis.when import When


class Cut(tamis.Step):
    """Cut a word."""

    word: str = "cut "

    def find(self, doc):
        at = doc.text.find(self.word)
        if at >= 0:
            yield doc.cut((at, at + len(self.word)), "word")


class Size(tamis.Step):
    """Label how long the text is."""

    gives = ("size",)

    def find(self, doc):
        yield Label("size", len(doc.text))


class Boom(tamis.Step):
    """Raise on a word."""

    word: str = "boom"

    def find(self, doc):
        if self.word in doc.text:
            raise RuntimeError("broken")
        return [Mark((0, 0), "seen")]


class Toss(tamis.Step):
    """Drop what holds a word."""

    word: str = "toss"

    def find(self, doc):
        return [Drop("asked to")] if self.word in doc.text else []


def test_one_text_is_no_stream_of_texts():
    with pytest.raises(TypeError, match="iterable of texts, found one str"):
        next(Pipeline([]).stream("abc"))


def test_steps_run_in_the_order_given():
    assert Pipeline([Cut(), Size()])("a cut b").labels["size"].value == 3
    assert Pipeline([Size(), Cut()])("a cut b").labels["size"].value == 7


def test_a_pipeline_takes_a_document_and_leaves_it_as_it_was():
    doc = Document("a cut b", id="7")
    assert Pipeline([Cut()])(doc).id == "7"
    assert doc.text == "a cut b"


def test_a_step_that_fails_raises_a_step_error_that_names_step_and_document():
    with pytest.raises(StepError, match="step 'boom' failed on document 'x1': RuntimeError: broken"):
        Pipeline([Boom()])(Document("boom", id="x1"))


def test_in_a_stream_a_failed_document_carries_its_error_and_the_others_go_on():
    docs = list(Pipeline([Boom(), Size()]).stream(["a", "boom", "b"]))
    assert [doc.error.step if doc.error else None for doc in docs] == [None, "boom", None]
    assert "RuntimeError: broken" in docs[1].error.error
    assert "Traceback" in docs[1].error.traceback
    assert "size" not in docs[1].labels


def test_a_dropped_document_leaves_the_chain():
    docs = list(Pipeline([Toss(), Size()]).stream(["toss", "keep"]))
    assert [doc.dropped for doc in docs] == ["asked to", None]
    assert [("size" in doc.labels) for doc in docs] == [False, True]


def test_on_error_keep_goes_on_without_the_step():
    doc = Pipeline([Use(Boom(), "boom", on_error="keep"), Size()])("boom")
    assert doc.error is None
    assert doc.labels["size"].value == 4


class Lacking(tamis.Step):
    """Want a model that is not there."""

    def find(self, doc):
        raise ModelError("no model 'lacking' is installed")


def test_a_missing_model_ends_the_stream_at_once_whatever_on_error_says():
    with pytest.raises(ModelError, match="no model 'lacking'"):
        list(Pipeline([Use(Lacking(), "lacking", on_error="keep")]).stream(["a", "b"]))


def test_on_error_fail_ends_the_stream():
    with pytest.raises(StepError):
        list(Pipeline([Use(Boom(), "boom", on_error="fail")]).stream(["boom"]))


def test_a_plugin_may_decide_what_becomes_of_a_failed_document():
    asked = []

    @tamis.hookimpl
    def tamis_failed(doc, step, error):
        asked.append((doc.raw, step, type(error)))
        return "keep"

    host = Host([SimpleNamespace(tamis_failed=tamis_failed)], installed=False)
    [doc] = Pipeline([Boom()], verdict=host.failed).stream(["boom"])
    assert doc.error is None
    assert asked == [("boom", "boom", RuntimeError)]


def test_a_condition_decides_for_each_document():
    pipeline = Pipeline([Size(), Use(Cut(), "cut", when=When("size > 5"))])
    assert [doc.text for doc in pipeline.stream(["cut a", "cut abc"])] == ["cut a", "abc"]


def test_the_condition_of_a_group_is_decided_once_on_entry():
    group = Group((Use(Cut(), "cut"), Use(Size(), "again")), when=When("size > 5"))
    doc = Pipeline([Size(), group])("cut abc")
    assert doc.labels["size"].value == 3


class Liar(tamis.Step):
    """Give a label it does not declare."""

    def find(self, doc):
        yield Label("undeclared", 1)


def test_a_label_that_the_step_does_not_declare_fails_the_document():
    [doc] = Pipeline([Liar()]).stream(["x"])
    assert "but its `gives` names nothing" in doc.error.error


class Wild(tamis.Step):
    """Give a span out of range."""

    def find(self, doc):
        yield Edit((0, 999), "", "wild")


def test_an_impossible_span_fails_only_its_document():
    [doc] = Pipeline([Wild()]).stream(["x"])
    assert doc.error.step == "wild"
    assert doc.text == "x"


class Short(Size):
    """Answer for too few documents."""

    def find_batch(self, docs):
        return [self.find(docs[0])]


class Torn(Size):
    """Fail in the middle of a batch."""

    def find_batch(self, docs):
        yield self.find(docs[0])
        raise MemoryError


@pytest.mark.parametrize("step", [Short(), Torn()])
def test_where_a_batch_fails_each_document_is_asked_for_alone(step):
    docs = list(Pipeline([step]).stream(["a", "bb", "ccc"]))
    assert [doc.labels["size"].value for doc in docs] == [1, 2, 3]


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_the_batch_size_changes_nothing(batch):
    texts = ["a cut b", "boom", "toss", "cut cut", ""] * 3
    pipeline = Pipeline([Cut(), Boom(), Toss(), Size()])
    assert [d.trail for d in pipeline.stream(texts, batch=batch)] == [d.trail for d in pipeline.stream(texts)]


def test_the_account_says_what_each_step_did():
    account = Account()
    docs = Pipeline([Cut(), Toss(), Boom()]).process([Document(t) for t in ("a cut b", "toss", "boom")], account)
    for doc in docs:
        account.end(doc)
    assert str(account) == "read 3 = clean 1 + rejects 1 + failed 1"
    assert account.steps["cut"].cut == {"word": 4}
    assert (account.steps["boom"].documents, account.steps["boom"].failed) == (2, 1)
    assert account.balanced


def test_accounts_add_up():
    one, two = Account(), Account()
    for account, texts in ((one, ["a cut b"]), (two, ["cut", "boom"])):
        for doc in Pipeline([Cut(), Boom()]).process([Document(t) for t in texts], account):
            account.end(doc)
    one.merge(two)
    assert str(one) == "read 3 = clean 2 + rejects 0 + failed 1"
    tally = one.steps["cut"].to_json()
    assert (tally["documents"], tally["findings"], tally["characters_cut"]) == (3, 1, {"word": 4})
    assert 0 < tally["p50"] <= tally["p99"]


def test_the_same_id_twice_is_an_error():
    with pytest.raises(ConfigError, match="used twice: cut"):
        Pipeline([Cut(), Cut()])


def test_a_class_instead_of_a_step_is_an_error_with_the_cure():
    with pytest.raises(TypeError, match=r"call it, Cut\(\)"):
        Pipeline([Cut])


def test_a_pipeline_pickles_as_its_steps():
    pipeline = Pipeline([Cut(word="b"), Size()])
    assert pickle.loads(pickle.dumps(pipeline))("ab").text == "a"


def test_a_document_that_ended_is_not_touched_again():
    [first] = Pipeline([Toss()]).stream(["toss cut "])
    [again] = Pipeline([Cut()]).stream([first])
    assert again.text == "toss cut "


class Slip(tamis.Step):
    """Return what a step returns by a slip."""

    gives = ("x",)

    def find(self, doc):
        return {
            "nothing": None,
            "one": doc.cut((0, 1), "first"),
            "scores": [Label("x", 1, scores=None)],
            "list": [Label("x", 1, scores=[0.1])],
        }[doc.raw]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nothing", "find returned nothing: it should yield each finding"),
        ("one", "find returned one Edit: it should yield each finding"),
        ("scores", "scores of the label 'x' should be numbers by name, found NoneType"),
        ("list", "scores of the label 'x' should be numbers by name, found list"),
    ],
)
@pytest.mark.parametrize("count", [1, 2])
def test_a_slip_of_a_step_fails_its_document_and_says_the_cure(text, said, count):
    done = Pipeline([Slip()]).process([Document(text)] * count)
    assert [said in doc.error.error for doc in done] == [True] * count


def test_a_condition_that_is_text_is_an_error_with_the_cure():
    with pytest.raises(TypeError, match=r"tamis\.When\('size > 3'\)"):
        Use(Size(), "size", when="size > 3")


def test_a_group_takes_bare_steps():
    assert Pipeline([Group((Size(),))])("text").labels["size"].value == 4


@pytest.mark.parametrize("wrong", [{"batch": 0}, {"workers": -1}])
def test_a_batch_of_nothing_and_less_than_no_workers_are_refused(wrong):
    with pytest.raises(ValueError, match="batch should be at least 1 and workers at least 0"):
        list(Pipeline([Size()]).stream(["text"], **wrong))


@pytest.mark.parametrize("workers", [0, 2])
def test_an_error_of_the_source_comes_after_the_documents_before_it(workers):
    def source():
        yield from ["one"] * 40
        raise OSError("gone")

    seen = []
    with pytest.raises(OSError, match="gone"):
        seen.extend(Pipeline([Size()]).stream(source(), workers=workers))
    assert len(seen) == 40
