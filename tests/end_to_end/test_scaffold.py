"""`tamis new` in a fresh environment: the commands that it prints work as they are printed."""

import shlex

import pytest

pytestmark = pytest.mark.xdist_group("environment")


@pytest.mark.parametrize("kind", ["step", "classifier", "format"])
def test_a_new_package_passes_its_tests_after_the_one_command_it_prints(environment, tmp_path, kind):
    printed = environment.run("tamis", "new", f"sea-{kind}", "--kind", kind, cwd=tmp_path)
    assert printed.returncode == 0, printed.stdout
    install, test, run = (shlex.split(line) for line in printed.stdout.splitlines() if line.startswith("  "))
    assert [install[:4], test[:3], run[:2]] == [
        ["python", "-m", "pip", "install"],
        ["python", "-m", "pytest"],
        ["tamis", "run"],
    ]
    for command in (install, test, run):
        done = environment.run(*command, cwd=tmp_path)
        assert done.returncode == 0, done.stdout
    assert (tmp_path / "clean.jsonl").read_text(encoding="utf-8").count("\n") == 1
    environment.pip("uninstall", "-y", f"tamis-sea-{kind}")


def test_a_second_package_of_the_same_name_is_refused(environment, tmp_path):
    environment.run("tamis", "new", "sea", cwd=tmp_path)
    again = environment.run("tamis", "new", "sea", cwd=tmp_path)
    assert again.returncode == 2
    assert "tamis-sea is there already: nothing was written" in again.stdout
