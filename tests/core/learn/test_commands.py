"""`tamis train` and `tamis eval` on the user's own data: reports, files, and messages that name row and cure."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from click.testing import Result

from tamis.cli import cli


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(rows: list[dict[str, Any]], **recipe: Any) -> None:
    Path("mine.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    Path("c.yaml").write_text(json.dumps({"data": "mine.jsonl", "model": "mine.joblib", **recipe}))


def tamis(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def rows(news: SimpleNamespace) -> list[dict[str, Any]]:
    return [{"text": text, "labels": labels} for text, labels in zip(news.texts, news.labels, strict=True)]


def test_training_writes_model_card_and_picture(folder: Path, news: SimpleNamespace) -> None:
    write(rows(news), settings={"min_df": 1, "folds": 3})
    result = tamis("train", "c.yaml")
    assert result.exit_code == 0, result.output
    card = Path("mine.md").read_text()
    assert "macro-F1" in card
    assert "## Top terms" in card
    assert "| energy | 10 |" in card
    assert ET.fromstring(Path("mine.svg").read_text()).tag.endswith("svg")
    assert Path("mine.joblib").exists()


def test_training_twice_writes_the_same_bytes(folder: Path, news: SimpleNamespace) -> None:
    write(rows(news), settings={"min_df": 1, "folds": 3})
    tamis("train", "c.yaml")
    first = [Path(name).read_bytes() for name in ("mine.joblib", "mine.md", "mine.svg")]
    tamis("train", "c.yaml")
    assert [Path(name).read_bytes() for name in ("mine.joblib", "mine.md", "mine.svg")] == first


def test_a_trained_model_is_evaluated(folder: Path, news: SimpleNamespace) -> None:
    write(rows(news), settings={"min_df": 1, "folds": 3})
    tamis("train", "c.yaml")
    result = tamis("eval", "mine.joblib", "mine.jsonl")
    assert result.exit_code == 0, result.output
    assert "26 texts: macro-F1" in result.output


def test_csv_with_one_name_a_row_gives_exclusive_classes(folder: Path, news: SimpleNamespace) -> None:
    with Path("mine.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["body", "topic"])
        table.writerows(zip(news.texts, news.classes, strict=True))
    recipe = {"data": ["mine.csv"], "model": "m.joblib", "text": "body", "labels": "topic", "settings": {"min_df": 1}}
    Path("c.yaml").write_text(json.dumps(recipe))
    result = tamis("train", "c.yaml")
    assert result.exit_code == 0, result.output
    assert "| other | 8 | 0.50 |" in result.output


def test_labels_in_a_string_are_parted_by_semicolons(folder: Path, news: SimpleNamespace) -> None:
    write([{"text": row["text"], "labels": ";".join(row["labels"])} for row in rows(news)], settings={"folds": 2})
    assert "| diplomacy | 10 |" in tamis("train", "c.yaml").output


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data[:3], "3 rows, at least 8 are needed"),
        (lambda data: [{**row, "labels": ["energy"]} for row in data], "every row has the label 'energy'"),
        (lambda data: [{**row, "labels": []} for row in data], "no row has a label"),
        (lambda data: [*data, {"text": "  ", "labels": []}], "mine.jsonl:27: the text is empty"),
        (lambda data: [*data, {"text": "x", "labels": [3]}], "mine.jsonl:27: labels should be a list of names"),
        (
            lambda data: [*data, {"txt": "x", "labels": []}],
            "mine.jsonl:27: UnreadableError: no field 'text' - did",
        ),
        (lambda data: [*data, {**data[0], "labels": []}], "mine.jsonl:27: the text of mine.jsonl:1 again, with other"),
    ],
)
def test_bad_data_is_refused_with_row_and_cure(folder: Path, news: SimpleNamespace, change: Any, message: str) -> None:
    write(change(rows(news)))
    result = tamis("train", "c.yaml")
    assert result.exit_code != 0
    assert message in str(result.exception)
    assert not Path("mine.joblib").exists()


def test_texts_that_come_twice_are_noted(folder: Path, news: SimpleNamespace) -> None:
    write(rows(news) + rows(news)[:2], settings={"min_df": 1, "folds": 2})
    tamis("train", "c.yaml")
    assert "2 texts come more than once" in Path("mine.md").read_text()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "data: a\nmodel: m\nlables: x\n",
            "c.yaml:3:1: `tamis train` has no setting 'lables' - did you mean 'labels'?",
        ),
        ("data: a\nmodel: m\nsettings: {fold: 3}\n", "c.yaml:3:12: train.settings has no setting 'fold'"),
        ("data: a\nmodel: m\nsettings: {folds: -3}\n", "c.yaml:3:19: train.settings.folds: should be greater than"),
        ("data: a\nmodel: m\nsettings: {strength: 0}\n", "train.settings.strength: should be greater than 0"),
        ("data: a\nmodel: m\nsettings: {ngrams: 0}\n", "with `ngrams: 0` the model sees nothing"),
        ("data: a\nmodel: m\nsettings: {chars: [5, 2]}\n", "should be the shortest and the longest, found [5, 2]"),
        ("data: a\nmodel: m.md\n", "c.yaml:2:8: train.model: its card and its picture are written beside it"),
        ("data: a\ndata: b\nmodel: m\n", "c.yaml:2:1"),
        ("data: a\n", "the setting 'model' is missing"),
        ("[", "this '[' is never closed"),
        ("7", "should be a mapping"),
        ("", "should be a mapping"),
    ],
)
def test_a_wrong_configuration_is_refused_at_its_place(folder: Path, text: str, message: str) -> None:
    Path("c.yaml").write_text(text)
    assert message in str(tamis("train", "c.yaml").exception)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", "{"),
        ("a.jsonl", "3"),
        ("a.txt", "x"),
        ("a.txt.gz", "x"),
        ("a.csv", 'text\n"x'),
        ("gone.jsonl", None),
    ],
)
def test_unreadable_data_is_named(folder: Path, name: str, content: str | None) -> None:
    if content is not None:
        Path(name).write_text(content)
    result = tamis("eval", "topics", name)
    assert name in str(result.exception)


def test_labels_that_the_model_does_not_know_are_noted(folder: Path) -> None:
    Path("a.jsonl").write_text(json.dumps({"text": "Oil fell.", "labels": ["sport"]}) + "\n")
    assert "the model does not know sport" in tamis("eval", "topics", "a.jsonl").output


def test_training_data_may_be_packed_and_its_texts_long(folder: Path, news: SimpleNamespace) -> None:
    with gzip.open("mine.csv.gz", "wt", newline="") as file:
        table = csv.writer(file)
        table.writerow(["text", "labels"])
        table.writerows(
            (text + " so" * 70_000, ";".join(names)) for text, names in zip(news.texts, news.labels, strict=True)
        )
    Path("c.yaml").write_text("{data: mine.csv.gz, model: mine.joblib, settings: {folds: 2, features: words}}")
    assert tamis("train", "c.yaml").exit_code == 0


def test_a_word_that_yaml_once_read_as_false_names_a_column(folder: Path, news: SimpleNamespace) -> None:
    Path("mine.jsonl").write_text(
        "".join(json.dumps({"no": r["text"], "labels": r["labels"]}) + "\n" for r in rows(news))
    )
    Path("c.yaml").write_text("{data: mine.jsonl, model: mine.joblib, text: no, settings: {folds: 2, features: words}}")
    assert tamis("train", "c.yaml").exit_code == 0


def test_a_model_whose_folder_cannot_be_is_refused_before_any_work(folder: Path, news: SimpleNamespace) -> None:
    write(rows(news), model="mine.jsonl/m.joblib")
    result = tamis("train", "c.yaml")
    assert "model: mine.jsonl cannot be a folder" in str(result.exception)
    assert "fold 1" not in result.output


def test_features_that_no_text_shares_are_refused_with_a_cure(folder: Path, news: SimpleNamespace) -> None:
    write(rows(news), settings={"min_df": 100, "features": "words"})
    assert "lower `min_df`" in str(tamis("train", "c.yaml").exception)
