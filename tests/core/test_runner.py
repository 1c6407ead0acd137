"""Runs: where documents end, what is on disk meanwhile, resume, shards, refusals."""

import gzip
import hashlib
import json
import os
from contextlib import contextmanager
from pathlib import Path

import pytest

from tamis.errors import InputError
from tamis.errors import ModelError
from tamis.errors import RunError
from tamis.errors import StepError
from tamis.runner import Limits
from tamis.runner import Recipe
from tamis.runner import merge
from tamis.runner import run
from tamis.runner.parts import shard_manifest

STEP = '''
import os
import tamis

class Poison(tamis.Step):
    """Do what the text says."""
    gives = ("length",)
    word: str = "the "
    """What to cut."""

    def find(self, doc):
        if "raise" in doc.text:
            raise RuntimeError("boom")
        if "exit" in doc.text:
            os._exit(9)
        if "drop" in doc.text:
            yield tamis.Drop("asked to")
        if "surrogate" in doc.text:
            yield tamis.Label("length", "\\ud800")
        at = doc.text.find(self.word)
        if at >= 0:
            yield doc.cut((at, at + len(self.word)), "word", 1 / 3)

@tamis.hookimpl
def tamis_steps():
    return {"poison": Poison}
'''
BAD = {5: "raise", 601: "drop", 900: "surrogate", 1500: "not JSON"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tamis.runner.plan.SHARD", 60_000)
    monkeypatch.setattr("tamis.formats.lines.plan_lines.__defaults__", (50_000,))
    (tmp_path / "poison.py").write_text(STEP)
    (tmp_path / "p.yaml").write_text("plugins: [./poison.py]\nsteps:\n  - poison\n")
    write_input(tmp_path / "in.jsonl", BAD)
    return tmp_path


def write_input(path, bad):
    """Write 2000 documents; *bad* says what is in some of them."""
    lines = []
    for i in range(2000):
        text = f"Document {i} on the gas trade. " + "More words. " * (i % 20)
        lines.append(json.dumps({"id": f"d{i}", "text": f"{bad.get(i, '')}{text}"}))
    lines[1500] = "not JSON"
    path.write_text("\n".join(lines))


RECIPE = Recipe("p.yaml", (), True)


def records(path):
    return [json.loads(line) for line in Path(path).read_text().splitlines()]


def digest(out="out.jsonl"):
    stem = out.removesuffix(".jsonl")
    return [hashlib.sha256(Path(f"{stem}{end}.jsonl").read_bytes()).hexdigest() for end in ("", ".rejects", ".failed")]


@contextmanager
def standard_input(path):
    """Have standard input come from the file *path*."""
    before = os.dup(0)
    with Path(path).open("rb") as file:
        os.dup2(file.fileno(), 0)
        try:
            yield
        finally:
            os.dup2(before, 0)
            os.close(before)


def test_every_document_ends_in_exactly_one_place(folder):
    account = run(RECIPE, ["in.jsonl"], "new/out.jsonl", workers=2)
    assert str(account) == "read 2000 = clean 1996 + rejects 1 + failed 3"
    assert [record["id"] for record in records("new/out.jsonl")] == [f"d{i}" for i in range(2000) if i not in BAD]
    assert [record["id"] for record in records("new/out.rejects.jsonl")] == ["d601"]
    failed = records("new/out.failed.jsonl")
    assert [(record["id"], record["source"], record["step"]) for record in failed] == [
        ("d5", "in.jsonl:6", "poison"),
        ("d900", "in.jsonl:901", "write"),
        (None, "in.jsonl:1501", "read"),
    ]
    assert [record["error"].partition(":")[0] for record in failed] == [
        "RuntimeError",
        "PydanticSerializationError",
        "UnreadableError",
    ]
    assert sorted(path.name for path in Path("new").iterdir()) == [
        f"out.{end}" for end in ("failed.jsonl", "jsonl", "log.json", "manifest.json", "rejects.jsonl")
    ]
    log = json.loads(Path("new/out.log.json").read_text())
    assert log["account"] == {"read": 2000, "clean": 1996, "rejects": 1, "failed": 3}
    assert log["steps"]["poison"]["characters_cut"] == {"word": 4 * 1998}
    assert "RuntimeError: boom" in log["failures"][0]["traceback"]


def test_a_document_that_kills_its_worker_costs_only_itself(folder):
    write_input(folder / "in.jsonl", {600: "exit"})
    run(RECIPE, ["in.jsonl"], "out.jsonl", workers=2)
    assert [(record["id"], record["step"], record["error"]) for record in records("out.failed.jsonl")] == [
        ("d600", "poison", "WorkerDied: the process ended with status 9"),
        (None, "read", "UnreadableError: not JSON: expected ident at line 1 column 2"),
    ]
    assert [record["id"] for record in records("out.jsonl")] == [f"d{i}" for i in range(2000) if i not in (600, 1500)]


def test_the_bytes_are_the_same_for_any_number_of_workers_batch_and_way(folder):
    run(RECIPE, ["in.jsonl"], "out.jsonl", workers=1, limits=Limits(batch=1))
    expected = digest()
    run(RECIPE, ["in.jsonl"], "two.jsonl", workers=2, limits=Limits(batch=256))
    assert digest("two.jsonl") == expected
    for i in (2, 1):
        run(RECIPE, ["in.jsonl"], "parts.jsonl", shard=(i, 2))
    merge("parts.jsonl")
    assert digest("parts.jsonl") == expected
    with standard_input("in.jsonl"):
        run(RECIPE, ["-"], "piped.jsonl", workers=2)
    assert digest("piped.jsonl")[:2] == expected[:2]  # those that failed name where they were read


def interrupted(out, after=2):
    """Start a run and stop it when *after* shards are done."""
    done = []

    def stop(progress):
        done.append(progress)
        if len(done) == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(RECIPE, ["in.jsonl"], out, on_progress=stop)


def test_an_interrupted_run_goes_on_where_it_was(folder):
    run(RECIPE, ["in.jsonl"], "whole.jsonl")
    interrupted("out.jsonl")
    assert not Path("out.jsonl").exists()
    seen = []
    run(RECIPE, ["in.jsonl"], "out.jsonl", resume=True, on_progress=seen.append)
    assert digest() == digest("whole.jsonl")
    assert len(seen) <= seen[-1].shards - 2
    assert seen[-1].account.read == 2000
    assert not Path("out.parts").exists()


def test_a_run_over_an_unfinished_one_says_how_to_go_on(folder):
    interrupted("out.jsonl")
    with pytest.raises(RunError, match=r"unfinished run \(\d of \d shards done\): go on with --resume, or begin anew"):
        run(RECIPE, ["in.jsonl"], "out.jsonl")
    run(RECIPE, ["in.jsonl"], "out.jsonl", overwrite=True)
    assert len(records("out.jsonl")) == 1996


def test_resume_starts_where_there_is_nothing_and_does_nothing_where_all_is_done(folder):
    first = run(RECIPE, ["in.jsonl"], "out.jsonl", resume=True)
    before = Path("out.jsonl").stat().st_mtime_ns
    again = run(RECIPE, ["in.jsonl"], "out.jsonl", resume=True)
    assert again == first
    assert Path("out.jsonl").stat().st_mtime_ns == before


CHANGES = {
    "the pipeline changed": ("p.yaml", "    with: {word: a}\n"),
    "in.jsonl changed": ("in.jsonl", "{}"),
    "the pipeline changed; .*poison.py was": ("poison.py", "# changed\n"),
}


@pytest.mark.parametrize("state", ["unfinished", "finished"])
def test_resume_refuses_where_something_changed_and_says_what(folder, state):
    (folder / "p.yaml").write_text("plugins: [./poison.py]\nsteps:\n  - use: poison\n")
    if state == "finished":
        run(RECIPE, ["in.jsonl"], "out.jsonl")
    else:
        interrupted("out.jsonl")
    for why, (file, more) in CHANGES.items():
        before = Path(file).read_text()
        stat = Path(file).stat()
        Path(file).write_text(before + more)
        with pytest.raises(RunError, match=f"{why}.*Begin anew with --overwrite"):
            run(RECIPE, ["in.jsonl"], "out.jsonl", resume=True)
        Path(file).write_text(before)
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    run(RECIPE, ["in.jsonl"], "out.jsonl", resume=True)


def test_a_part_that_is_gone_or_torn_is_done_again(folder):
    interrupted("out.jsonl")
    part = folder / "out.parts" / "00000.clean"
    part.write_bytes(part.read_bytes()[:-1])
    assert shard_manifest("out.parts", 0) is None
    run(RECIPE, ["in.jsonl"], "out.jsonl", resume=True)
    run(RECIPE, ["in.jsonl"], "whole.jsonl")
    assert digest() == digest("whole.jsonl")


def test_merge_wants_all_shards(folder):
    run(RECIPE, ["in.jsonl"], "out.jsonl", shard=(1, 2))
    with pytest.raises(RunError, match="shards are not done"):
        merge("out.jsonl")
    with pytest.raises(RunError, match="no unfinished run"):
        merge("other.jsonl")


def test_a_limit_reads_so_many_documents(folder):
    account = run(RECIPE, ["in.jsonl"], "out.jsonl", limit=700)
    assert account.read == 700
    assert records("out.jsonl")[-1]["id"] == "d699"


def test_packed_output_is_the_same_records(folder):
    run(RECIPE, ["in.jsonl"], "out.jsonl", limit=50)
    run(RECIPE, ["in.jsonl"], "packed.jsonl.gz", limit=50)
    with gzip.open("packed.jsonl.gz") as file:
        assert file.read() == Path("out.jsonl").read_bytes()
    assert Path("packed.failed.jsonl.gz").exists()


def test_an_output_whose_namesake_would_lose_its_manifest_is_refused(folder):
    first = run(RECIPE, ["in.jsonl"], "out.jsonl", limit=50)
    with pytest.raises(RunError, match=r"out\.manifest\.json tells of out\.jsonl, and of one output only"):
        run(RECIPE, ["in.jsonl"], "out.jsonl.gz", limit=50)
    assert run(RECIPE, ["in.jsonl"], "out.jsonl", limit=50, resume=True) == first
    run(RECIPE, ["in.jsonl"], "out.jsonl.gz", limit=50, overwrite=True)
    assert Path("out.jsonl.gz").exists()


def test_a_file_of_a_folder_that_cannot_be_read_is_a_failed_record(folder):
    many = folder / "many"
    many.mkdir()
    (many / "a.txt").write_text("the end")
    (many / "broken.txt").symlink_to("nowhere")
    (many / "empty.csv").touch()
    (many / "other.csv").write_text("name,age\nx,1\n")
    account = run(Recipe("p.yaml", (), True), ["many"], "out.jsonl")
    assert str(account) == "read 3 = clean 1 + rejects 0 + failed 2"
    assert [(each["source"], each["step"]) for each in records("out.failed.jsonl")] == [
        ("many/broken.txt", "read"),
        ("many/other.csv", "read"),
    ]
    with pytest.raises(InputError, match="no column 'text'"):
        run(Recipe("p.yaml", (), True), ["many/other.csv"], "out.jsonl", overwrite=True)


def test_a_run_that_could_do_nothing_leaves_nothing(folder):
    (folder / "poison.py").write_text(
        STEP.replace("def find(self, doc):", "def find(self, doc):\n        raise ModelError('no model')").replace(
            "import tamis", "import tamis\nfrom tamis.errors import ModelError", 1
        )
    )
    with pytest.raises(ModelError, match="no model"):
        run(RECIPE, ["in.jsonl"], "out.jsonl")
    assert not (folder / "out.parts").exists()


def test_a_packed_output_without_records_can_be_unpacked(folder):
    (folder / "a.txt").write_text("the end")
    run(RECIPE, ["a.txt"], "out.jsonl.gz")
    assert gzip.decompress((folder / "out.rejects.jsonl.gz").read_bytes()) == b""


def test_small_files_share_a_shard(folder):
    (folder / "texts").mkdir()
    for i in range(30):
        (folder / "texts" / f"{i:02d}.txt").write_text(f"the {i}")
    seen = []
    run(RECIPE, ["texts"], "out.jsonl", on_progress=seen.append)
    assert seen[-1].shards == 1
    assert [record["text"] for record in records("out.jsonl")] == [str(i) for i in range(30)]


@pytest.mark.parametrize(
    ("inputs", "out", "error", "why"),
    [
        (["none.jsonl"], "out.jsonl", InputError, "none.jsonl: No such file"),
        ([], "out.jsonl", InputError, "no input"),
        (["in.jsonl"], None, RunError, "no output"),
        (["in.jsonl"], "texts", RunError, "is a folder"),
        (["in.jsonl"], "out.pdf", InputError, "no format claims"),
        (["in.jsonl"], "out.txt", InputError, "'txt' cannot be written"),
        (["in.jsonl"], "in.jsonl", RunError, "read and written"),
        (["a.csv"], "out.jsonl", InputError, "no column 'text'"),
        (["in.jsonl"], "p.yaml/out.jsonl", RunError, "p.yaml"),
    ],
)
def test_what_cannot_be_read_or_written_is_said_and_nothing_is_left_behind(folder, inputs, out, error, why):
    (folder / "texts").mkdir()
    (folder / "a.csv").write_text("id\n1\n")
    before = sorted(Path().iterdir())
    with pytest.raises(error, match=why):
        run(RECIPE, inputs, out)
    assert sorted(Path().iterdir()) == before


def test_two_runs_into_one_output_do_not_mix(folder):
    def another(progress):
        with pytest.raises(RunError, match="another run is at work"):
            run(RECIPE, ["in.jsonl"], "out.jsonl", resume=True)

    run(RECIPE, ["in.jsonl"], "out.jsonl", on_progress=another)


def test_an_executor_that_is_not_there_is_said(folder):
    with pytest.raises(RunError, match="no executor 'dusk' is installed"):
        run(RECIPE, ["in.jsonl"], "out.jsonl", executor="dusk://local")


def test_on_error_fail_stops_the_run_which_can_go_on(folder):
    (folder / "p.yaml").write_text("plugins: [./poison.py]\nsteps:\n  - {use: poison, on_error: fail}\n")
    with pytest.raises(StepError, match="step 'poison' failed on document 'd5': RuntimeError: boom"):
        run(RECIPE, ["in.jsonl"], "out.jsonl")
    assert not Path("out.jsonl").exists()
    assert not list((folder / "out.parts").glob("*.tmp"))


def test_an_output_that_would_replace_another_is_refused_before_anything_is_read(folder):
    (folder / "p.yaml").write_text("plugins: [./poison.py]\nwrite: {rejects: out.jsonl}\nsteps:\n  - poison\n")
    with pytest.raises(RunError, match="need a file each"):
        run(RECIPE, ["in.jsonl"], "out.jsonl")
    assert not (folder / "out.jsonl").exists()


def test_records_on_standard_output_leave_the_others_in_the_files_that_the_pipeline_names(folder, capfdbinary):
    write = "write: {rejects: no.jsonl, failed: bad.jsonl.gz}\n"
    (folder / "p.yaml").write_text("plugins: [./poison.py]\n" + write + "steps:\n  - poison\n")
    run(RECIPE, ["in.jsonl"], "-")
    assert len(capfdbinary.readouterr().out.splitlines()) == 1996
    assert [record["id"] for record in records("no.jsonl")] == ["d601"]
    with gzip.open("bad.jsonl.gz") as file:
        assert [json.loads(line)["source"] for line in file] == [f"in.jsonl:{line}" for line in (6, 901, 1501)]


def test_resume_refuses_where_a_file_that_a_setting_names_has_changed(folder):
    (folder / "word.txt").write_text("the ")
    (folder / "p.yaml").write_text("plugins: [./poison.py]\nsteps:\n  - {use: poison, with: {word: word.txt}}\n")
    interrupted("out.jsonl")
    (folder / "word.txt").write_text("another")
    with pytest.raises(RunError, match=r"word\.txt was \w+, is \w+.*Begin anew"):
        run(RECIPE, ["in.jsonl"], "out.jsonl", resume=True)


def test_resume_refuses_where_a_module_that_a_local_plugin_imports_has_changed(folder, monkeypatch):
    monkeypatch.syspath_prepend(str(folder))
    (folder / "words_of_ours").mkdir()
    (folder / "words_of_ours" / "__init__.py").write_text("from helper_of_ours import THE\n")
    (folder / "helper_of_ours.py").write_text("THE = 'the '\n")
    (folder / "poison.py").write_text("from words_of_ours import THE\n" + STEP)
    interrupted("out.jsonl")
    (folder / "helper_of_ours.py").write_text("THE = 'a '\n")
    with pytest.raises(RunError, match=r"the pipeline changed.*Begin anew"):
        run(RECIPE, ["in.jsonl"], "out.jsonl", resume=True)


@pytest.mark.parametrize("seconds", ["5", "null"])
def test_a_run_goes_on_under_another_bound_of_time(folder, seconds):
    interrupted("out.jsonl")
    recipe = Recipe("p.yaml", (f"options.timeout_per_document={seconds}",), True)
    assert run(recipe, ["in.jsonl"], "out.jsonl", resume=True).read == 2000


def test_names_and_messages_that_utf_8_cannot_hold_are_written_escaped(folder):
    name = os.fsdecode(b"caf\xe9.jsonl")
    (folder / name).write_text('{"text": "raise"}\n{"text": "fine"}\n')
    (folder / "poison.py").write_text(STEP.replace("boom", "\\udce9"))
    account = run(RECIPE, [name], "out.jsonl")
    assert str(account) == "read 2 = clean 1 + rejects 0 + failed 1"
    [failed] = records("out.failed.jsonl")
    assert (failed["source"], failed["error"]) == ("caf\\udce9.jsonl:1", "RuntimeError: \\udce9")
    assert records("out.jsonl")[0]["id"] == "caf\\udce9.jsonl:2"


@pytest.mark.parametrize("options", [{"resume": True}, {"shard": (1, 2)}, {"executor": "other://x"}])
def test_what_goes_through_a_pipe_goes_once_and_here(folder, options):
    for inputs, out in ((["-"], "out.jsonl"), (["in.jsonl"], "-")):
        with pytest.raises(RunError, match="goes once"):
            run(RECIPE, inputs, out, **options)
    assert not Path("out.parts").exists()


def test_a_run_from_a_pipe_that_breaks_off_leaves_nothing(folder):
    (folder / "p.yaml").write_text("plugins: [./poison.py]\nsteps:\n  - {use: poison, on_error: fail}\n")
    with standard_input("in.jsonl"), pytest.raises(StepError, match="boom"):
        run(RECIPE, ["-"], "out.jsonl")
    assert not list(folder.glob("out*"))


FORMAT = """
import os
import time
import tamis
from tamis.formats.jsonl import JsonlFormat

class Fragile(JsonlFormat):
    suffixes = (".fragile",)

    def document(self, piece, reading):
        if b"kill the reader" in piece.data:
            os._exit(7)
        if b"hold the reader" in piece.data:
            time.sleep(600)
        return super().document(piece, reading)

@tamis.hookimpl
def tamis_formats():
    return {"fragile": Fragile()}
"""


def test_a_document_whose_reading_kills_or_holds_the_worker_costs_only_itself(folder):
    (folder / "fragile.py").write_text(FORMAT)
    (folder / "p.yaml").write_text("plugins: [./poison.py, ./fragile.py]\nsteps:\n  - poison\n")
    write_input(folder / "in.fragile", {40: "kill the reader", 41: "exit", 1000: "hold the reader"})
    run(RECIPE, ["in.fragile"], "out.jsonl", workers=2, limits=Limits(timeout_per_document=3.0))
    assert [
        (record["source"], record["step"], record["error"].partition(":")[0]) for record in records("out.failed.jsonl")
    ] == [
        ("in.fragile:41", "read", "WorkerDied"),
        ("in.fragile:42", "poison", "WorkerDied"),
        ("in.fragile:1001", "read", "TimeoutError"),
        ("in.fragile:1501", "read", "UnreadableError"),
    ]
    assert len(records("out.jsonl")) == 1996


def test_a_folder_that_is_no_state_of_a_run_is_left_alone(folder):
    (folder / "novel.parts").mkdir()
    (folder / "novel.parts" / "chapter1.txt").write_text("It was")
    with pytest.raises(RunError, match="no state of a run: it holds 'chapter1"):
        run(RECIPE, ["in.jsonl"], "novel.jsonl", overwrite=True)
    assert (folder / "novel.parts" / "chapter1.txt").read_text() == "It was"


def test_a_plan_that_cannot_be_read_is_not_taken_for_none(folder):
    (folder / "out.parts").mkdir()
    (folder / "out.parts" / "plan.json").write_text("{torn")
    with pytest.raises(RunError, match="cannot be read: begin anew with --overwrite"):
        run(RECIPE, ["in.jsonl"], "out.jsonl", resume=True)


CHANGES_ITS_PIPELINE = """
import os
import tamis

class Edit(tamis.Step):
    def find(self, doc):
        with open("changing.yaml", "a") as file:
            print("# and more", file=file)
            print("options: {max_document: 1000}", file=file)
        os._exit(3)

@tamis.hookimpl
def tamis_steps():
    return {"edit": Edit}
"""


def test_a_pipeline_that_changes_while_the_run_goes_on_ends_it(folder):
    (folder / "edit.py").write_text(CHANGES_ITS_PIPELINE)
    (folder / "changing.yaml").write_text("plugins: [./edit.py]\nsteps:\n  - edit\n")
    with pytest.raises(RunError, match=r"changing\.yaml changed while the run went on"):
        run(Recipe("changing.yaml", (), True), ["in.jsonl"], "out.jsonl")
    assert not (folder / "out.jsonl").exists()


def test_the_folders_of_all_outputs_are_made(folder):
    (folder / "w.yaml").write_text(
        "plugins: [./poison.py]\nwrite: {rejects: no/r.jsonl, failed: bad/f.jsonl}\nsteps:\n  - poison\n"
    )
    run(Recipe("w.yaml", (), True), ["in.jsonl"], "out.jsonl")
    assert (folder / "no" / "r.jsonl").exists()
    assert len(records("bad/f.jsonl")) == 3
    assert not list(folder.rglob("*.tmp"))


def test_what_is_read_is_not_written_through_a_pipe_either(folder):
    (folder / "w.yaml").write_text("plugins: [./poison.py]\nwrite: {rejects: in.jsonl}\nsteps:\n  - poison\n")
    with pytest.raises(RunError, match=r"in\.jsonl is read and written in one run"):
        run(Recipe("w.yaml", (), True), ["in.jsonl"], "-")
    assert (folder / "in.jsonl").stat().st_size > 60_000


def test_a_link_to_itself_in_a_folder_costs_only_itself(folder):
    (folder / "pages").mkdir()
    (folder / "pages" / "a.txt").write_text("News.")
    (folder / "pages" / "loop.txt").symlink_to("loop.txt")
    assert str(run(RECIPE, ["pages"], "out.jsonl")) == "read 2 = clean 1 + rejects 0 + failed 1"


HUNGRY = '''
import tamis

class Eat(tamis.Step):
    """Take much memory."""

    def find(self, doc):
        bytearray(3 << 30)
        return ()

@tamis.hookimpl
def tamis_steps():
    return {"eat": Eat}
'''


@pytest.mark.parametrize(("most", "clean"), [("2 GB", 0), ("8 GB", 1), ("null", 1)])
def test_the_memory_of_a_worker_can_be_said(folder, most, clean):
    (folder / "eat.py").write_text(HUNGRY)
    (folder / "e.yaml").write_text(f"plugins: [./eat.py]\noptions: {{memory_per_worker: {most}}}\nsteps: [eat]\n")
    (folder / "a.txt").write_text("News.")
    assert run(Recipe("e.yaml", (), True), ["a.txt"], "out.jsonl").clean == clean
