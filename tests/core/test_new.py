"""`tamis new`: a plugin package that passes its own tests, and refusals that say why."""

import os
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from tamis import scaffold
from tamis.commands.new import new
from tamis.errors import ConfigError
from tamis.host import Host


@pytest.fixture(scope="module")
def host():
    return Host()


def _installed(package):
    """Return the environment in which *package* is installed, without the time that an installer takes."""
    source = package / "src"
    name = package.name.replace("-", "_")
    metadata = source / f"{name}-0.1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package.name}\nVersion: 0.1.0\n")
    entry = re.search(r"^\w+ = \"tamis_\w+\"$", (package / "pyproject.toml").read_text(), re.MULTILINE)[0]
    (metadata / "entry_points.txt").write_text(f"[tamis]\n{entry.replace(chr(34), '')}\n")
    return {**os.environ, "PYTHONPATH": str(source)}


@pytest.mark.parametrize("kind", scaffold.KINDS)
def test_the_tests_of_a_new_package_pass_at_once(kind, tmp_path, host):
    scaffold.write("sea-news", kind, tmp_path)
    package = tmp_path / "tamis-sea-news"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "pyproject.toml", "tests"]
    done = subprocess.run(command, cwd=package, env=_installed(package), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_code_of_new_packages_is_tidy_and_typed(tmp_path):
    for kind in scaffold.KINDS:
        scaffold.write(f"sea-{kind}", kind, tmp_path)
    sources = [f"tamis-sea-{kind}/src" for kind in scaffold.KINDS]
    for command in (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy", "--strict", *sources]):
        run = [sys.executable, "-m", *command]
        done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_command_prints_the_files_and_one_command_to_install(tmp_path):
    result = CliRunner().invoke(new, ["sea-news", "--folder", str(tmp_path)])
    assert result.exit_code == 0
    assert "wrote" in result.output
    assert result.output.count("pip install") == 1
    assert f'python -m pip install -e "{tmp_path}/tamis-sea-news[test]"' in result.output


@pytest.mark.parametrize("name", ["sea-news", "sea_news", "tamis-sea-news", "tamis_sea_news"])
def test_every_spelling_of_a_name_makes_the_same_package(name, tmp_path, host):
    made = scaffold.write(scaffold.check_name(name, host), "step", tmp_path)
    paths = {path.relative_to(tmp_path).as_posix() for path in made}
    assert {"tamis-sea-news/src/tamis_sea_news/__init__.py", "tamis-sea-news/tests/test_sea_news.py"} <= paths


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "should be a name"),
        ("Sea", "should be a name"),
        ("7seas", "should be a name"),
        ("sea news", "should be a name"),
        ("sea--news", "should be a name"),
        ("../sea", "should be a name"),
        ("mer-éclat", "should be a name"),
        ("a" * 41, "at most 40"),
        ("none", "means something else in a pipeline"),
        ("when", "means something else in a pipeline"),
        ("title", "means something else in a pipeline"),
        ("read", "means something else in a pipeline"),
        ("topics", "step 'topics' is given by tamis-topics"),
        ("drop", "step 'drop' is given by tamis "),
        ("jsonl", "format 'jsonl' is given by tamis "),
        ("models", "tamis-models .* is installed"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_the_reason(name, message, host):
    with pytest.raises(ConfigError, match=message):
        scaffold.check_name(name, host)


def test_what_is_there_is_never_overwritten(tmp_path):
    (tmp_path / "tamis-sea").mkdir()
    with pytest.raises(ConfigError, match="is there already: nothing was written"):
        scaffold.write("sea", "step", tmp_path)
    assert list((tmp_path / "tamis-sea").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_an_error_that_says_so(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be written"):
        scaffold.write("sea", "step", tmp_path / "file")


def test_every_template_is_used_and_leaves_nothing_to_fill_in(tmp_path):
    for kind in scaffold.KINDS:
        made = scaffold.write(f"sea-{kind}", kind, tmp_path)
        assert all("@sea" not in text and "@id@" not in text for text in (path.read_text() for path in made))
