"""`tamis run` as a process: killed, interrupted, without space, with hostile input, in a pipe."""

import ast
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

TAMIS = [sys.executable, "-c", "from tamis.cli import main; main()"]
STEP = '''
import time
import tamis

class Slow(tamis.Step):
    """Take a moment; do what the text says."""

    def find(self, doc):
        time.sleep(0.0005)
        if "raise" in doc.text:
            raise RuntimeError("boom")
        if "drop" in doc.text:
            yield tamis.Drop("asked to")
        if "sleep" in doc.text:
            time.sleep(600)
        if doc.text:
            yield doc.cut((0, 1), "first")

@tamis.hookimpl
def tamis_steps():
    return {"slow": Slow}
'''


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "slow.py").write_text(STEP)
    (tmp_path / "p.yaml").write_text("plugins: [./slow.py]\noptions: {timeout_per_document: 2}\nsteps: [slow]\n")
    with (tmp_path / "in.jsonl").open("w") as file:
        for i in range(3000):
            what = {1: "raise", 2000: "drop"}.get(i, "fine")
            print(json.dumps({"id": i, "text": f"{what} {i} " + "words " * 700}), file=file)
    return tmp_path


def command(*args):
    return [*TAMIS, "run", "p.yaml", "--allow-local-plugins", *args]


def outputs(folder, stem="out"):
    return {end: (folder / f"{stem}{end}.jsonl").read_bytes() for end in ("", ".rejects", ".failed")}


def test_a_run_that_is_killed_again_and_again_ends_with_the_same_bytes(folder):
    subprocess.run(command("in.jsonl", "-o", "whole.jsonl", "-j", "2"), capture_output=True)
    again = command("in.jsonl", "-o", "out.jsonl", "-j", "2", "--resume")
    chance = random.Random(1)
    for _ in range(3):
        child = subprocess.Popen(again, start_new_session=True, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.5, 2.5))
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        assert not (folder / "out.jsonl").exists() or outputs(folder) == outputs(folder, "whole")
    ended = subprocess.run(again, capture_output=True, text=True)
    assert ended.returncode == 1, ended.stderr
    assert "read 3000 = clean 2998 + rejects 1 + failed 1" in ended.stderr
    assert outputs(folder) == outputs(folder, "whole")
    assert not (folder / "out.parts").exists()
    assert not list(folder.rglob("*.tmp*"))


def test_ctrl_c_leaves_a_run_that_can_go_on(folder):
    child = subprocess.Popen(
        command("in.jsonl", "-o", "out.jsonl"),
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # it may be ignored where tests run
    )
    while not (folder / "out.parts" / "00000.json").exists() and child.poll() is None:
        time.sleep(0.02)
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=30)
    assert child.returncode == 130, said
    assert "--resume" in said
    assert "Traceback" not in said
    assert not (folder / "out.jsonl").exists()
    ended = subprocess.run(command("in.jsonl", "-o", "out.jsonl", "--resume"), capture_output=True, text=True)
    assert "read 3000 = clean 2998" in ended.stderr


def test_workers_end_with_the_run(folder):
    child = subprocess.Popen(command("in.jsonl", "-o", "out.jsonl"), stderr=subprocess.DEVNULL)
    workers = []
    while not workers and child.poll() is None:
        time.sleep(0.05)
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(child.pid)], capture_output=True, text=True)
        workers = found.stdout.split()
    time.sleep(0.5)
    child.kill()
    child.wait()
    deadline = time.monotonic() + 20
    while [pid for pid in workers if Path(f"/proc/{pid}").exists()] and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_a_document_that_hangs_is_ended(folder):
    (folder / "hang.jsonl").write_text('{"id": "a", "text": "one"}\n{"id": "b", "text": "sleep"}\n{"text": "two"}\n')
    ended = subprocess.run(command("hang.jsonl", "-o", "out.jsonl"), capture_output=True, text=True)
    assert "read 3 = clean 2 + rejects 0 + failed 1" in ended.stderr
    record = json.loads((folder / "out.failed.jsonl").read_text())
    assert (record["id"], record["step"], record["error"]) == ("b", "slow", "TimeoutError: took longer than 2 s")


@pytest.mark.parametrize("room", [100_000, 4_000_000])  # too little for a part, too little for the merge
def test_a_full_disk_is_a_clear_error_and_the_run_can_go_on(folder, room):
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, -1)); "
    small = [sys.executable, "-c", limit + "from tamis.cli import main; main()", *command("in.jsonl")[3:]]
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}  # it writes, too
    ended = subprocess.run([*small, "-o", "out.jsonl"], capture_output=True, text=True, env=bare)
    assert ended.returncode == 2
    assert "File too large" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (folder / "out.jsonl").exists()
    assert not list(folder.rglob("*.tmp"))
    ended = subprocess.run(command("in.jsonl", "-o", "out.jsonl", "--resume"), capture_output=True, text=True)
    assert "read 3000 = clean 2998" in ended.stderr


def test_records_flow_through_a_pipe_in_order(folder):
    lines = "\n".join(json.dumps({"id": str(i), "text": "raise" if i == 3 else f"text {i}"}) for i in range(50))
    ended = subprocess.run(command("-", "-o", "-", "-j", "2"), input=lines, capture_output=True, text=True)
    assert [json.loads(line)["id"] for line in ended.stdout.splitlines()] == [str(i) for i in range(50) if i != 3]
    assert "-:4: slow: RuntimeError: boom" in ended.stderr
    assert ended.returncode == 1


def test_a_record_comes_out_of_a_pipe_before_the_next_document_goes_in(folder):
    run = subprocess.Popen(command("-", "-o", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    for number in range(30):
        print(json.dumps({"id": str(number), "text": "One of many."}), file=run.stdin, flush=True)
        assert json.loads(run.stdout.readline())["id"] == str(number)
    run.stdin.close()
    assert run.wait(timeout=30) == 0


def test_a_reader_that_stops_ends_the_run(folder):
    text = "".join(json.dumps({"id": str(i), "text": f"text {i}"}) + "\n" for i in range(20_000))
    (folder / "many.jsonl").write_text(text)
    run = subprocess.Popen(command("many.jsonl", "-o", "-"), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    run.stdout.readline()
    run.stdout.close()
    assert run.wait(timeout=30) == 1
    assert b"Traceback" not in run.stderr.read()


HOSTILE = [
    b'{"id":"ok1","text":"A plain sentence."}',
    b'{"text":"\xff\xfe"}',
    b'{"text":"a\x00b"}',
    b'{"text":' + b"[" * 5000 + b"]" * 5000 + b"}",
    b'{"id":"ok1","text":"The same id."}',
    b'{"id":"../../etc/passwd","text":""}',
    b'{"text":"' + b"word " * 2_000_000 + b'"}',
    b'\xef\xbb\xbf{"id":"bom","text":"mark"}',
    b'{"id":"zalgo","text":"' + "\u202ee\u0301".encode() * 3000 + b'"}',
    b'{"id":"last","text":"The final document must still be there."}',
]


def test_hostile_lines_cost_only_themselves_in_little_memory(folder):
    (folder / "hostile.jsonl").write_bytes(b"\n".join(HOSTILE) + b"\n")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, -1)); "
    tight = [sys.executable, "-c", limit + "from tamis.cli import main; main()", *command("hostile.jsonl")[3:]]
    ended = subprocess.run([*tight, "-o", "out.jsonl"], capture_output=True, text=True)
    assert ended.returncode == 1, ended.stderr
    clean = [json.loads(line)["id"] for line in (folder / "out.jsonl").read_text().splitlines()]
    assert clean == ["ok1", "ok1", "../../etc/passwd", "bom", "zalgo", "last"]
    failed = [json.loads(line)["source"] for line in (folder / "out.failed.jsonl").read_text().splitlines()]
    assert failed == [f"hostile.jsonl:{number}" for number in (2, 3, 4, 7)]


def test_a_dry_run_reads_a_sample_only(folder):
    with (folder / "in.jsonl").open("r+b") as file:
        file.truncate(1 << 40)  # a terabyte of nothing after the documents
    ended = subprocess.run(command("in.jsonl", "--dry-run"), capture_output=True, text=True, timeout=120)
    assert "1,099,511,627,776 bytes" in ended.stdout
    assert "read 10 = clean 9 + rejects 0 + failed 1" in ended.stdout


def test_resume_redoes_at_most_one_shard_a_worker(folder):
    child = subprocess.Popen(command("in.jsonl", "-o", "out.jsonl", "-j", "2"), start_new_session=True)
    while len(list((folder / "out.parts").glob("0*.json"))) < 2 and child.poll() is None:
        time.sleep(0.02)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    begun = {path.name[:5] for path in (folder / "out.parts").glob("0*")}
    done = {path.stem: path.stat().st_mtime_ns for path in (folder / "out.parts").glob("0*.json")}
    assert len(begun - set(done)) <= 2
    code = "from pathlib import Path\nfrom tamis.runner import Recipe, run\n"
    code += "seen = lambda progress: print({p.stem: p.stat().st_mtime_ns for p in Path('out.parts').glob('0*.json')})\n"
    code += "run(Recipe('p.yaml', (), True), ['in.jsonl'], 'out.jsonl', workers=2, resume=True, on_progress=seen)\n"
    again = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.items() <= ast.literal_eval(again.stdout.splitlines()[-1]).items()
