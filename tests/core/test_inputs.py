"""Inputs: which files are read, each once, and what becomes of one that cannot be."""

import gzip

import pytest

from tamis.errors import InputError
from tamis.formats import Format
from tamis.formats import Reading
from tamis.formats import builtin_formats
from tamis.formats import read
from tamis.formats.inputs import InputFile
from tamis.formats.inputs import expand
from tamis.runner import Recipe
from tamis.runner import run
from tamis.runner.plan import make_shards

FORMATS = builtin_formats()


def corrupt(path):
    """Write a packed file whose content is damaged."""
    packed = bytearray(gzip.compress(b"The minister met the ambassador. " * 20))
    packed[10] = 0xFF  # no such kind of block
    path.write_bytes(packed)
    return path


@pytest.mark.parametrize("named", [True, False])
def test_a_corrupt_packed_file_is_a_failed_document(tmp_path, named):
    corrupt(tmp_path / "a.txt.gz")
    [doc] = read(tmp_path / "a.txt.gz" if named else tmp_path, FORMATS)
    assert doc.source == str(tmp_path / "a.txt.gz")
    assert doc.error.error.startswith("error: Error -3 while decompressing data")


class Broken(Format):
    """Breaks down wherever it is asked."""

    suffixes = (".txt",)

    def plan(self, path, name, reading):
        raise RuntimeError("no plan")

    def pieces(self, part, reading):
        raise RuntimeError("no pieces")


@pytest.mark.parametrize("named", [True, False])
def test_a_format_that_breaks_down_costs_only_the_file(tmp_path, named):
    path = tmp_path / "a.txt"
    path.touch()
    [shard] = make_shards([InputFile(str(path), "broken", 0, 0, named)], {"broken": Broken()}, Reading())
    assert [part.path for part in shard.slices] == [str(path)]
    [doc] = read(path if named else tmp_path, {"broken": Broken()})
    assert doc.error.error == "RuntimeError: no pieces"


def test_a_named_file_that_its_format_refuses_is_an_input_error(tmp_path):
    (tmp_path / "a.csv").write_text("id\n1\n")
    with pytest.raises(InputError, match="no column 'text'"):
        list(read(tmp_path / "a.csv", FORMATS))


def test_a_file_is_read_once_under_the_first_of_its_names(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").touch()
    (tmp_path / "linked").symlink_to("texts")
    given = ["texts/a.txt", "./texts/a.txt", str(tmp_path / "texts"), "texts/../texts/*.txt", "linked/a.txt"]
    assert [file.path for file in expand(given, FORMATS, Reading()).files] == ["texts/a.txt"]


def test_the_results_of_runs_in_a_folder_are_read_only_where_they_are_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.yaml").write_text("steps: []\n")
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("News.")
    (tmp_path / "news" / "x.manifest.json").write_text("{}")
    for _ in range(2):
        run(Recipe("p.yaml"), ["news"], "news/out.jsonl")
    assert [file.path for file in expand(["news"], FORMATS, Reading()).files] == ["news/a.txt"]
    assert [file.path for file in expand(["news/out.jsonl"], FORMATS, Reading()).files] == ["news/out.jsonl"]
    (tmp_path / "news" / "a.txt").unlink()
    with pytest.raises(InputError, match=r"nothing to read in news.*; the results of a run are read if you name them"):
        expand(["news"], FORMATS, Reading())


def test_a_link_is_a_file_of_its_own(tmp_path):
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert len(expand([str(tmp_path)], FORMATS, Reading()).files) == 2
