"""A memory of a step: learnt from files in any parts, saved whole, and read only where it is one."""

import json
import os
from dataclasses import replace

import click
import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from tamis.errors import InputError
from tamis.errors import ModelError
from tamis.memory import MemoryKind
from tamis.memory import MemoryStep
from tamis.memory import learn_from
from tamis.memory import learning_options

KIND = MemoryKind("demo", version=1, about="demonstrations", command="tamis demo")
GOOD = {"format": "demo", "version": 1, "names": ["é", "a\ud800"]}


class Texts:
    """Learns all texts."""

    def __init__(self):
        self.seen = set()

    def add(self, doc):
        self.seen.add(doc.text)

    def merge(self, other):
        self.seen |= other.seen


class Times:
    """Counts the documents, and knows the processes that did."""

    def __init__(self):
        self.documents, self.processes = 0, set()

    def add(self, doc):
        self.documents += 1
        self.processes.add(os.getpid())

    def merge(self, other):
        self.documents += other.documents
        self.processes |= other.processes


def names(path, state):
    return state["names"]


@pytest.fixture
def written(tmp_path):
    def written(state):
        path = tmp_path / "memory.json"
        path.write_text(state if isinstance(state, str) else json.dumps(state), encoding="utf-8")
        return path

    return written


@pytest.fixture
def files(tmp_path):
    paths = []
    for name, lines in {"a": ['{"text": "One."}', "no json"], "b": ['{"text": "Two."}'], "c": []}.items():
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines))
        paths.append(str(tmp_path / f"{name}.jsonl"))
    return paths


def test_a_memory_comes_back_as_it_was_saved(tmp_path):
    KIND.save(tmp_path / "memory.json", {"names": GOOD["names"]})
    assert KIND.load(tmp_path / "memory.json", names) == GOOD["names"]
    assert [path.name for path in tmp_path.iterdir()] == ["memory.json"]


def test_a_memory_that_cannot_be_written_leaves_the_old_one(tmp_path):
    KIND.save(tmp_path / "memory.json", {"names": ["old"]})
    with pytest.raises(TypeError):
        KIND.save(tmp_path / "memory.json", {"names": object()})
    assert KIND.load(tmp_path / "memory.json", names) == ["old"]
    assert [path.name for path in tmp_path.iterdir()] == ["memory.json"]


def test_a_file_that_changes_is_read_again(written):
    assert KIND.load(written({**GOOD, "names": ["one"]}), names) == ["one"]
    assert KIND.load(written({**GOOD, "names": ["two", "three"]}), names) == ["two", "three"]


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"format": NaN}', "NaN is no JSON number"),
        ([], '"format" should be "demo"'),
        ({**GOOD, "format": "other"}, '"format" should be "demo"'),
        ({**GOOD, "version": 2}, '"version" should be 1, found 2'),
    ],
)
def test_what_is_no_memory_is_refused_with_the_cure(written, state, message):
    with pytest.raises(ModelError) as error:
        KIND.load(written(state), names)
    assert message in str(error.value)
    assert "no memory of demonstrations" in str(error.value)
    assert "learn it anew: tamis demo FILES..." in str(error.value)


def test_a_missing_memory_is_to_be_learnt_first(tmp_path):
    with pytest.raises(ModelError, match=r"learn it first: tamis demo FILES\.\.\. -o"):
        KIND.load(tmp_path / "none.json", names)


def test_a_file_that_is_too_large_is_not_read(written):
    with pytest.raises(ModelError, match="at most 10; learn less"):
        replace(KIND, most_bytes=10).load(written(GOOD), names)


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_files_are_learnt_by_any_number_of_workers(files, workers):
    learnt, scan = learn_from(files, Texts(), workers)
    assert (learnt.seen, scan.documents, scan.unread) == ({"One.", "Two."}, 2, 1)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_is_learnt_once_however_often_it_is_named(files, tmp_path, workers):
    learnt, scan = learn_from([*files, str(tmp_path), f"{tmp_path}/./a.jsonl"], Times(), workers)
    assert (learnt.documents, scan.unread) == (2, 1)


def test_the_files_of_a_folder_are_shared_out(files, tmp_path):
    learnt, _ = learn_from([str(tmp_path)], Times(), 2)
    assert len(learnt.processes) == 2


def test_the_fields_to_read_can_be_named(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"body": "One."}\n')
    assert learn_from([str(tmp_path / "a.jsonl")], Texts(), text="body")[0].seen == {"One."}


def test_documents_that_cannot_be_read_are_told_with_the_reason(files, capsys):
    _, scan = learn_from(files, Texts())
    assert scan.tell() == 1
    named, counted = capsys.readouterr().err.splitlines()
    assert named.startswith(f"{files[0]}:2: UnreadableError: not JSON")
    assert counted == "1 documents could not be read"


@pytest.mark.parametrize(
    ("lines", "why"),
    [('{"txt": "One."}\n', r"none of 1 documents can be read: .*:1: .* did you mean 'txt'\?"), ("", "no document")],
)
def test_where_nothing_can_be_read_nothing_is_learnt(tmp_path, lines, why):
    (tmp_path / "a.jsonl").write_text(lines)
    with pytest.raises(InputError, match=f"nothing is learnt: .*{why}"):
        learn_from([str(tmp_path / "a.jsonl")], Texts())


def test_a_memory_that_cannot_be_written_is_refused_before_anything_is_read(tmp_path):
    @click.command()
    @learning_options
    def demo(**given):
        raise AssertionError("was called")

    found = CliRunner().invoke(demo, ["a.jsonl", "-o", str(tmp_path / "none" / "m.json")])
    assert found.exit_code == 2
    assert "is no folder that can be written to" in found.output


def test_commands_share_their_arguments(files, tmp_path):
    @click.command()
    @learning_options
    def demo(files, output, workers, **read):
        click.echo(json.dumps([len(files), output.name, workers, read]))

    found = CliRunner().invoke(demo, [*files, "-o", str(tmp_path / "m.json"), "-j", "2", "--text", "body"])
    assert json.loads(found.output) == [3, "m.json", 2, {"format": None, "text": "body", "id": "id"}]


class Knows(MemoryStep):
    """Know names."""

    kind = KIND


def test_a_step_takes_a_memory_by_its_head_and_leaves_the_rest_to_the_first_document(tmp_path):
    path = tmp_path / "memory.json"
    KIND.save(path, {"names": []})
    path.write_text(path.read_text() + "{torn")
    assert Knows(memory=str(path)).memory == str(path)


def test_a_step_takes_a_memory_whose_entries_stand_in_another_order(written):
    path = written({"names": [], "version": 1, "format": "demo"})
    assert Knows(memory=str(path)).memory == str(path)


@pytest.mark.parametrize("state", ["{torn", {"format": "other", "version": 1}, {"format": "demo", "version": 11}])
def test_a_step_refuses_what_is_no_memory(written, state):
    with pytest.raises(ValidationError, match="learn it anew: tamis demo FILES"):
        Knows(memory=str(written(state)))
