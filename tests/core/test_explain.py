"""A document on the terminal."""

import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from tamis import Document
from tamis import Drop
from tamis import Edit
from tamis import Label
from tamis import Mark
from tamis.commands.explain import explain
from tamis.document import Failure
from tamis.report.terminal import show


def shown(doc, **options):
    console = Console(file=io.StringIO(), width=200, highlight=False)
    show(doc, console=console, **options)
    return console.file.getvalue()


def document():
    doc = Document("Read also. The [b]news[/b] of colour.", id="7")
    cut = [doc.cut((0, 11), "read_also", 0.9), Mark((0, 11), "rule:7", "names other news")]
    doc = doc.apply("cutter", [*cut, Label("topics", ["a"], 0.5, {"a": 0.5})])
    return doc.apply("marker", [Mark((4, 11), "odd", "why it is odd"), Edit((19, 25), "color", "spelling")])


def test_cuts_marks_and_what_was_put_in_stand_in_brackets_where_there_is_no_colour():
    text = shown(document())
    assert "[-Read also.-] The {[b]news}" in text
    assert "[+color+][-colour-]" in text


def test_a_legend_says_what_was_cut_and_who_marked():
    text = shown(document())
    assert "cut  [-read_also-] 11  [-spelling-] 1\n" in text, "colour has one letter more than color"
    assert "marked by  {marker}" in text


def test_colour_takes_the_place_of_brackets():
    console = Console(file=io.StringIO(), width=200, force_terminal=True, color_system="standard")
    show(document(), console=console)
    text = console.file.getvalue()
    assert "[-" not in text
    assert re.search("\x1b\\[9;[0-9]+mRead also", text), "struck through"


@pytest.mark.parametrize("variable", ["NO_COLOR", "TERM"])
def test_a_reader_who_wants_no_colour_gets_brackets(variable, monkeypatch):
    monkeypatch.setenv(variable, {"NO_COLOR": "1", "TERM": "dumb"}[variable])
    console = Console(file=io.StringIO(), width=200, force_terminal=True)
    show(document(), console=console)
    assert "[-Read also.-]" in console.file.getvalue()


def test_labels_come_with_score_and_bars():
    [line] = [line for line in shown(document()).splitlines() if "topics" in line]
    assert line.split() == ["topics", "a", "score", "0.50"]
    assert "0.50 ━━━━━━━━━━ " in shown(document())


def test_every_finding_comes_with_its_reason_score_and_rule():
    text = shown(document())
    assert "«Read also.» 0.90  names other news (rule:7)" in text
    assert "«[b]news»  why it is odd" in text
    assert "«colour»  replaced by “color”" in text


def test_a_mark_that_only_explains_a_cut_is_no_finding_of_its_own():
    assert shown(document()).count("rule:7") == 1


def test_the_same_words_for_the_same_reason_are_counted():
    doc = Document("a b a a").apply("s", [Mark((i, i + 1), "letter", "why") for i in (0, 4, 6)])
    assert "letter 3×" in shown(doc)
    assert shown(doc).count("«a» 3×  why") == 1


def test_much_evidence_is_cut_short_unless_asked_for():
    doc = Document("abcdefghijklmnop").apply("s", [Mark((i, i + 1), "letter") for i in range(16)])
    assert "and 10 more" in shown(doc)
    assert "more" not in shown(doc, steps=["s"])


def test_markup_and_controls_of_the_terminal_in_a_document_stay_text():
    text = shown(Document("[b]news[/b] \x1b[31mred\u202e \x9b31m"))
    assert "[b]news[/b] ␛[31mred⟨U+202E⟩ ⟨U+009B⟩31m" in text


def test_only_one_step_or_sort_is_shown_where_asked_for():
    assert "marker" not in shown(document(), steps=["cutter"])
    labels = shown(document(), only="labels")
    assert "topics" in labels
    assert "Read also" not in labels


@pytest.fixture
def explained(tmp_path, monkeypatch):
    """Run `tamis explain` on two documents, or on *texts*, and return exit code and output."""
    monkeypatch.chdir(tmp_path)

    def explained(*options, texts=("a", "long enough")):
        Path("pipeline.yaml").write_text("steps: [drop: {if: len(text) < 5}]")
        Path("docs.jsonl").write_text("".join(json.dumps({"id": text, "text": text}) + "\n" for text in texts))
        return CliRunner().invoke(explain, ["pipeline.yaml", "docs.jsonl", *options], standalone_mode=False)

    return explained


def test_every_document_of_a_file_is_shown_with_a_line_between(explained):
    result = explained()
    assert result.return_value == 0
    assert result.output.count("─" * 72) == 1
    assert "dropped: len(text) < 5" in result.output
    assert "long enough\ndocs.jsonl:2 · 11 characters read, 11 left" in result.output


def test_a_page_is_written_also_into_a_folder_that_is_not_there(explained):
    assert explained("--html", "new/page.html").return_value == 0
    assert "<h1>a</h1>" in Path("new/page.html").read_text()


@pytest.mark.parametrize(
    ("options", "texts", "message"),
    [
        (["--step", "dropp"], "a", "no step 'dropp' - did you mean 'drop'?"),
        ([], "", "docs.jsonl holds no document"),
        (["--html", "x.html"], "", "docs.jsonl holds no document"),
        (["--html", "pipeline.yaml/x.html"], "a", "cannot be written"),
    ],
)
def test_what_cannot_be_explained_is_an_error_that_says_why(explained, options, texts, message):
    assert message in str(explained(*options, texts=texts).exception)


def test_a_drop_and_a_failure_are_shown():
    assert "dropped: too short" in shown(Document("x").apply("a", [Drop("too short")]))
    assert "failed in step 'b': boom" in shown(Document("x").failed(Failure("b", "boom")))
