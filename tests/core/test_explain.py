"""A document on the terminal."""

import io

from rich.console import Console

from tamis import Document
from tamis import Drop
from tamis import Edit
from tamis import Label
from tamis import Mark
from tamis.document import Failure
from tamis.explain import show


def shown(doc, **options):
    console = Console(file=io.StringIO(), width=200, highlight=False)
    show(doc, console=console, **options)
    return console.file.getvalue()


def document():
    doc = Document("Read also. The [b]news[/b] of colour.", id="7")
    doc = doc.apply("cutter", [doc.cut((0, 11), "read_also", 0.9), Label("topics", ["a"], 0.5, {"a": 0.5})])
    return doc.apply("marker", [Mark((4, 11), "odd", "why it is odd"), Edit((19, 25), "color", "spelling")])


def test_cuts_stand_in_brackets_that_are_read_without_colour():
    text = shown(document())
    assert "[-Read also. -]" in text
    assert "[+color+][-colour-]" in text
    assert "cut: read_also spelling" in text


def test_every_finding_has_its_step_and_reason():
    text = shown(document())
    assert "cutter: 0:11 read_also  score 0.900  «Read also.»" in text
    assert "marker: 15:22 odd: why it is odd" in text
    assert "cutter: topics = ['a']  score 0.500  (a 0.500)" in text


def test_markup_of_the_terminal_in_a_document_stays_text():
    assert "[b]news[/b]" in shown(document())


def test_only_one_step_or_sort_is_shown_where_asked_for():
    assert "marker" not in shown(document(), steps=["cutter"])
    assert "cutter: 0:11" not in shown(document(), only="labels")


def test_a_drop_and_a_failure_are_shown():
    assert "dropped: too short" in shown(Document("x").apply("a", [Drop("too short")]))
    assert "failed in step 'b': boom" in shown(Document("x").failed(Failure("b", "boom")))
