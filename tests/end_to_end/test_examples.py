"""The examples do what they say, on the documents of this project."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SEED = ROOT / "seeds" / "01-bouillante-geothermal.txt"
TAMIS = [sys.executable, "-c", "from tamis.cli import main; main()"]
PIPELINES = sorted(path.name for path in EXAMPLES.glob("*.yaml"))


def _run(*command, stdin=""):
    done = subprocess.run([*map(str, command)], input=stdin, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("name", PIPELINES)
def test_every_example_pipeline_is_well_formed(name):
    assert "well formed" in _run(*TAMIS, "check", EXAMPLES / name)


@pytest.mark.parametrize("name", [name for name in PIPELINES if name not in ("monitor.yaml", "corpus.yaml")])
def test_every_example_pipeline_runs_on_the_seeds(name, tmp_path):
    seeds = sorted((ROOT / "seeds").glob("0*.txt"))
    _run(*TAMIS, "run", EXAMPLES / name, *seeds, "-o", tmp_path / "out.jsonl")
    ends = [tmp_path / f"out{end}.jsonl" for end in ("", ".rejects", ".failed")]
    assert sum(path.read_text(encoding="utf-8").count("\n") for path in ends if path.exists()) == len(seeds)


def test_the_corpus_says_why_each_page_was_left_out(tmp_path):
    pages = [
        {"url": "1", "body": "Zu kurz.", "headline": "Kurz"},
        {"url": "2", "body": SEED.read_text(encoding="utf-8")},
    ]
    (tmp_path / "pages.jsonl").write_text("".join(json.dumps(page) + "\n" for page in pages))
    _run(*TAMIS, "run", EXAMPLES / "corpus.yaml", tmp_path / "pages.jsonl", "-o", tmp_path / "out.jsonl")
    rejects = (tmp_path / "out.rejects.jsonl").read_text(encoding="utf-8")
    assert "not surely English" in rejects
    assert "only the beginning of the article" in rejects


def test_the_monitor_reads_a_stream_and_writes_one():
    lines = [
        {"id": "1", "text": "OPEC cut its oil output again on Monday, a disaster for importers, said the minister."}
    ]
    found = _run(
        *TAMIS, "run", EXAMPLES / "monitor.yaml", "-", stdin="".join(json.dumps(line) + "\n" for line in lines)
    )
    assert [json.loads(line)["id"] for line in found.splitlines()] == ["1"]


def test_the_classifiers_answer_for_each_file():
    lines = _run(
        sys.executable, EXAMPLES / "classify.py", SEED, ROOT / "seeds" / "28-ballyduff-camogie-final.txt"
    ).splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "01-bouillante-geothermal.txt",
        "28-ballyduff-camogie-final.txt",
    ]
    assert "energy" in lines[0]
    assert "machine-translated" in lines[0]


def test_topics_can_be_trained_on_golden_documents(tmp_path):
    printed = _run(sys.executable, EXAMPLES / "train_topics.py", ROOT / "seeds", tmp_path / "mine.joblib")
    assert printed.count("gold:") >= 9
    assert (tmp_path / "mine.joblib").is_file()


def test_every_cut_has_its_reason_and_can_be_undone():
    printed = _run(sys.executable, EXAMPLES / "why.py", SEED)
    assert "boilerplate: paywall at" in printed
    assert "undone, it is as it was read: True" in printed
