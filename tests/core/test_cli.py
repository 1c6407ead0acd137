"""The command line: exit codes, what is printed where, help."""

import json
import re
import subprocess
import sys
from importlib.metadata import version

import pytest

import tamis
from tamis import cli
from tamis.commands import table
from tamis.errors import suggest
from tamis.records import to_line
from tamis.records import to_record

PLUGIN = '''
import tamis

class Shout(tamis.Step):
    """Cut a word."""
    word: str = "LOUD "
    """What to cut."""

    def find(self, doc):
        at = doc.text.find(self.word)
        if "BOOM" in doc.text:
            raise RuntimeError("boom")
        if "DROP" in doc.text:
            yield tamis.Drop("asked to")
        if at >= 0:
            yield doc.cut((at, at + len(self.word)), "shouting")

@tamis.hookimpl
def tamis_steps():
    return {"shout": Shout}
'''


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shout.py").write_text(PLUGIN)
    (tmp_path / "news.yaml").write_text("plugins: [./shout.py]\nsteps:\n  - shout\n")
    (tmp_path / "in.jsonl").write_text('{"id": "1", "text": "LOUD news"}\n')
    return tmp_path


def call(capsys, *args):
    """Run `tamis ARGS`; return the exit code, standard output and standard error."""
    with pytest.raises(SystemExit) as end:
        cli.main(list(args))
    out = capsys.readouterr()
    return end.value.code, out.out, out.err


def run(capsys, *args):
    return call(capsys, "run", "news.yaml", *args, "--allow-local-plugins")


def records(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_help_lists_every_command(capsys):
    code, out, _ = call(capsys, "--help")
    assert code == 0
    for name in cli.COMMANDS:
        assert f"\n  {name} " in out


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_has_help(capsys, name):
    code, out, _ = call(capsys, name, "--help")
    assert code == 0
    assert out.startswith(f"Usage: tamis {name}")


def test_an_unknown_command_is_answered_with_the_closest(capsys):
    code, _, err = call(capsys, "explian")
    assert code == 2
    assert "did you mean 'explain'?" in err


def test_a_run_writes_clean_rejects_and_failed_and_prints_the_account(capsys, folder):
    (folder / "in.jsonl").write_text(
        '{"id": "1", "text": "LOUD news"}\n{"id": "2", "text": "DROP"}\n{"id": "3", "text": "BOOM"}\n'
    )
    code, _, err = run(capsys, "in.jsonl", "-o", "out.jsonl")
    assert code == 1
    assert "read 3 = clean 1 + rejects 1 + failed 1" in err
    assert records(folder / "out.jsonl")[0]["text"] == "news"
    assert records(folder / "out.rejects.jsonl")[0]["trail"][-1]["drop"] == "asked to"
    assert records(folder / "out.failed.jsonl")[0]["error"] == "RuntimeError: boom"


def test_a_run_that_a_document_ends_has_failed_documents_not_a_wrong_configuration(capsys, folder):
    (folder / "news.yaml").write_text("plugins: [./shout.py]\nsteps:\n  - {use: shout, on_error: fail}\n")
    (folder / "in.jsonl").write_text('{"id": "1", "text": "BOOM"}\n')
    code, _, err = run(capsys, "in.jsonl", "-o", "out.jsonl")
    assert (code, err) == (1, "step 'shout' failed on document '1': RuntimeError: boom\n")


def test_the_same_run_again_gives_the_same_bytes(capsys, folder):
    run(capsys, "in.jsonl", "-o", "out.jsonl")
    first = (folder / "out.jsonl").read_bytes()
    code, _, _ = run(capsys, "in.jsonl", "-o", "out.jsonl")
    assert code == 0
    assert (folder / "out.jsonl").read_bytes() == first


def test_files_of_no_known_format_are_counted(capsys, folder):
    (folder / "pages").mkdir()
    (folder / "pages" / "a.txt").write_text("News.")
    (folder / "pages" / "b.xyz").write_text("What is it?")
    code, _, err = run(capsys, "pages", "-o", "out.jsonl")
    assert code == 0
    assert "1 files of no known format were left out" in err


def test_a_file_to_read_in_the_place_of_the_pipeline_is_answered_with_the_command(capsys, folder):
    code, _, err = call(capsys, "run", "in.jsonl", "-o", "out.jsonl")
    assert code == 2
    assert "tamis run default in.jsonl" in err


def test_a_local_plugin_is_not_loaded_unless_allowed(capsys, folder):
    code, _, err = call(capsys, "run", "news.yaml", "in.jsonl", "-o", "out.jsonl")
    assert code == 2
    assert "--allow-local-plugins" in err
    assert not (folder / "out.jsonl").exists()


def test_set_overrides_a_setting(capsys, folder):
    run(capsys, "in.jsonl", "-o", "out.jsonl", "--set", "shout.word=news")
    assert records(folder / "out.jsonl")[0]["text"] == "LOUD "


def test_a_table_has_a_row_for_each_document(capsys, folder):
    _, out, _ = run(capsys, "in.jsonl", "-o", "out.jsonl", "--table")
    assert "shouting 5" in out
    assert "read 1 = clean 1 + rejects 0 + failed 0" in out


def test_documents_that_were_kept_without_a_step_that_failed_are_counted(capsys, folder):
    (folder / "shout.py").write_text(PLUGIN.replace("def find(self, doc):", "def find(self, doc):\n        1 / 0"))
    (folder / "news.yaml").write_text("plugins: [./shout.py]\nsteps: [{use: shout, on_error: keep}]\n")
    code, _, err = run(capsys, "in.jsonl", "-o", "out.jsonl")
    assert code == 0
    assert "shout failed on 1 documents, which were kept without it" in err


def test_a_table_reads_packed_output(capsys, folder):
    assert "1" in run(capsys, "in.jsonl", "-o", "out.jsonl.gz", "--table")[1].splitlines()[1]


@pytest.mark.parametrize(
    ("value", "cell"), [(["en", "fr"], "en, fr"), ({"a": [1]}, '{"a": [1]}'), (3, "3"), (None, "-")]
)
def test_a_table_shows_labels_of_any_value(capsys, folder, value, cell):
    names = ("language", "machine_translated", "topics", "sentiment")
    doc = tamis.Document("News", id="1").apply("odd", [tamis.Label(name, value) for name in names])
    (folder / "out.jsonl").write_bytes(to_line(to_record(doc)))
    table.show(folder / "out.jsonl", folder / "none", folder / "none")
    out = capsys.readouterr().out
    assert out.splitlines()[1].count(cell) >= 4


def test_what_a_replacement_puts_back_is_not_cut(capsys, folder):
    (folder / "shout.py").write_text(
        PLUGIN.replace(
            'yield doc.cut((at, at + len(self.word)), "shouting")', "yield tamis.Edit((0, 4), 'A LOUD', 'idiom')"
        )
    )
    _, out, _ = run(capsys, "in.jsonl", "-o", "out.jsonl", "--table")
    assert "idiom" not in out
    assert json.loads((folder / "out.log.json").read_text())["steps"]["shout"]["characters_cut"] == {}


def test_a_dry_run_tries_a_sample_and_writes_nothing(capsys, folder):
    code, out, _ = run(capsys, "in.jsonl", "-o", "out.jsonl", "--dry-run")
    assert code == 0
    assert "read 1 = clean 1" in out
    assert not (folder / "out.jsonl").exists()


def test_a_dry_run_says_where_the_output_would_go(capsys, folder):
    _, out, _ = run(capsys, "in.jsonl", "-o", "out.jsonl", "--dry-run")
    assert "output:  out.jsonl (nothing was written)" in out
    assert "give -o FILE" in run(capsys, "in.jsonl", "--dry-run")[1]


def test_a_dry_run_takes_what_cannot_be_read_in_a_folder_as_a_run_does(capsys, folder):
    (folder / "pages").mkdir()
    (folder / "pages" / "a.csv").write_text("no,columns\n1,2\n")
    (folder / "pages" / "b.txt").write_text("News.")
    _, _, err = run(capsys, "pages", "-o", "out.jsonl")
    _, out, _ = run(capsys, "pages", "-o", "out.jsonl", "--dry-run")
    [account] = [line for line in err.splitlines() if line.startswith("read 2")]
    assert account == "read 2 = clean 1 + rejects 0 + failed 1"
    assert account in out


def test_a_report_is_a_page(capsys, folder):
    run(capsys, "in.jsonl", "-o", "out.jsonl", "--report", "out.html")
    assert "1 document sieved" in (folder / "out.html").read_text()


def test_a_page_replaces_a_page_and_nothing_else(capsys, folder):
    for _ in range(2):
        assert run(capsys, "in.jsonl", "-o", "out.jsonl", "--report", "out.html")[0] == 0
    code, _, err = run(capsys, "in.jsonl", "-o", "out.jsonl", "--report", "in.jsonl")
    assert code == 2
    assert "in.jsonl is there and is no page of tamis" in err
    assert "LOUD" in (folder / "in.jsonl").read_text()


def test_an_id_cannot_write_to_the_terminal(capsys, folder):
    (folder / "in.jsonl").write_text('{"id": "a\\u001b[2K\\nread 9 = clean 9", "text": "LOUD"}\n')
    for option in ("--dry-run", "--table"):
        _, out, _ = run(capsys, "in.jsonl", "-o", "out.jsonl", option)
        assert "a\\x1b[2K\\nread 9 = clean 9" in out


@pytest.mark.parametrize("option", [["--report", "out.html"], ["--table"]])
@pytest.mark.parametrize(
    ("output", "why"),
    [
        (["-o", "-"], "tell of a whole run that is written to a file"),
        (["-o", "out.jsonl", "--shard", "1/2"], "tell of a whole run that is written to a file"),
        (["-o", "out.parquet"], "read the records back, from JSON lines: out.parquet is none"),
    ],
)
def test_what_cannot_be_shown_of_a_run_is_refused_before_it(capsys, folder, option, output, why):
    (folder / "parquet.py").write_text(
        "import tamis\n"
        "from tamis.formats.jsonl import JsonlFormat\n\n"
        "class Parquet(JsonlFormat):\n    suffixes = ('.parquet',)\n\n"
        "@tamis.hookimpl\ndef tamis_formats():\n    return {'table': Parquet()}\n"
    )
    (folder / "news.yaml").write_text("plugins: [./shout.py, ./parquet.py]\nsteps:\n  - shout\n")
    before = sorted(folder.iterdir())
    code, _, err = run(capsys, "in.jsonl", *output, *option)
    assert code == 2
    assert why in err
    assert sorted(folder.iterdir()) == before


def test_mistakes_are_printed_with_their_places_and_exit_2(capsys, folder):
    (folder / "bad.yaml").write_text("steps:\n  - dorp\n  - use: drop\n    wiht: {}\n")
    code, _, err = call(capsys, "check", "bad.yaml")
    assert code == 2
    assert "bad.yaml:2:5: no step 'dorp' is installed - did you mean 'drop'?" in err
    assert "bad.yaml:4:5" in err


def test_a_good_pipeline_checks_out(capsys, folder):
    code, out, _ = call(capsys, "check", "news.yaml", "--allow-local-plugins")
    assert code == 0
    assert "shout" in out


def test_default_is_the_default_pipeline_unless_a_file_has_that_name(folder):
    assert tamis.load("default").uses == tamis.default().uses
    (folder / "default").write_text("steps: [drop: {if: len(text) < 2}]\n")
    assert [use.id for use in tamis.load("default").uses] == ["drop"]


def test_explain_shows_the_cut_and_its_reason(capsys, folder):
    code, out, _ = call(capsys, "explain", "news.yaml", "in.jsonl", "--allow-local-plugins")
    assert code == 0
    assert "[-LOUD-] news" in out
    assert "shouting  «LOUD»" in out


def test_explain_reads_the_fields_that_the_pipeline_names(capsys, folder):
    (folder / "news.yaml").write_text("read: {text: body, id: url}\nsteps: [drop: {if: len(text) < 2}]\n")
    (folder / "in.jsonl").write_text('{"url": "https://example.org/1", "body": "Some news", "lead": "Lead"}\n')
    code, out, _ = call(capsys, "explain", "news.yaml", "in.jsonl")
    assert code == 0
    assert out.startswith("https://example.org/1")
    assert "Some news" in out
    assert "Lead" in call(capsys, "explain", "news.yaml", "in.jsonl", "--set", "read.text=lead")[1]


@pytest.mark.parametrize("pipeline", ["news.yaml", "default"])
def test_explain_of_a_pipeline_alone_asks_for_the_document(capsys, folder, pipeline):
    code, _, err = call(capsys, "explain", pipeline)
    assert code == 2
    assert f"{pipeline} is a pipeline, and no document is given: tamis explain {pipeline} DOCUMENT" in err


def test_explain_writes_a_page(capsys, folder):
    code, _, _ = call(capsys, "explain", "news.yaml", "in.jsonl", "--allow-local-plugins", "--html", "doc.html")
    assert code == 0
    assert "shouting" in (folder / "doc.html").read_text()


def test_plugins_lists_packages_with_versions(capsys):
    code, out, _ = call(capsys, "plugins")
    assert code == 0
    assert re.search(rf"^core +tamis {re.escape(tamis.__version__)}: steps drop", out, re.MULTILINE)


def test_plugins_of_a_step_shows_its_settings(capsys):
    code, out, _ = call(capsys, "plugins", "drop")
    assert code == 0
    assert re.search(r"^  if: .+\n +\w", out, re.MULTILINE), "its type, and what it is for"


def test_plugins_of_a_plugin_without_steps_shows_what_it_gives(capsys):
    code, out, _ = call(capsys, "plugins", "html")
    assert (code, out) == (0, f"html  tamis-html {version('tamis-html')}: formats html\n")


def test_plugins_of_an_unknown_name_is_answered_with_the_closest(capsys):
    code, _, err = call(capsys, "plugins", "dorp")
    assert code == 2
    assert "did you mean 'drop'?" in err


def test_schema_is_json_and_names_the_steps(capsys, folder):
    code, out, err = call(capsys, "schema")
    assert (code, out) == (0, ""), "standard output may be sent into the very file"
    assert err == "# yaml-language-server: $schema=tamis.schema.json\n"
    assert '"drop"' in (folder / "tamis.schema.json").read_text()


def test_a_schema_that_cannot_be_written_is_an_error_that_names_the_file(capsys, folder):
    code, _, err = call(capsys, "schema", "-o", "nowhere/x.json")
    assert code == 2
    assert err == "nowhere/x.json cannot be written: No such file or directory; likely cure: -o with another path\n"


def test_models_are_listed_and_verified(capsys):
    code, out, _ = call(capsys, "models")
    assert code == 0
    assert "verified" in out


def test_diff_of_two_outputs_says_what_changed(capsys, folder):
    run(capsys, "in.jsonl", "-o", "a.jsonl")
    run(capsys, "in.jsonl", "-o", "b.jsonl", "--set", "shout.word=news")
    assert call(capsys, "diff", "a.jsonl", "a.jsonl")[0] == 0
    code, out, _ = call(capsys, "diff", "a.jsonl", "b.jsonl")
    assert code == 1
    assert "1 document differs" in out
    code, out, _ = call(capsys, "diff", "a.jsonl", "b.jsonl", "--html", "d.html")
    assert (code, out) == (1, "d.html: 1 document differs\n")
    assert "1 document differs" in (folder / "d.html").read_text()


def test_a_missing_input_is_an_error_that_names_it(capsys, folder):
    code, _, err = run(capsys, "nothing.jsonl", "-o", "out.jsonl")
    assert code == 2
    assert "nothing.jsonl" in err


def test_the_command_is_installed():
    done = subprocess.run([sys.executable, "-m", "tamis", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("tamis, version")


def test_suggestions_are_the_closest_name_or_none():
    assert suggest("explian", cli.COMMANDS) == " - did you mean 'explain'?"
    assert suggest("zzz", cli.COMMANDS) == ""
