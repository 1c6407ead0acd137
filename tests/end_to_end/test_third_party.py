"""A plugin of a third party, built and installed as a wheel beside core; broken ones beside it harm nothing."""

import json

import pytest

pytestmark = pytest.mark.xdist_group("environment")

PYPROJECT = """
[build-system]
requires = ["flit_core>=3.11,<5"]
build-backend = "flit_core.buildapi"

[project]
name = "{name}"
version = "{version}"
description = "A plugin with a fault."
dependencies = ["{requires}"]

[project.entry-points.tamis]
{step} = "{module}"
"""
HOOK = "import tamis\n\n\n@tamis.hookimpl\ndef {hook}():\n    return {{}}\n"
BROKEN = {
    "tamis-cannot": ("0.3.1", "tamis>=0.1", "import no_such_library\n"),
    "tamis-misspelt": ("2.0.0", "tamis>=0.1", HOOK.format(hook="tamis_stepz")),
    "tamis-tomorrow": ("7.0.0", "tamis>=99", HOOK.format(hook="tamis_steps")),
}
REASONS = {
    "tamis-cannot": "ModuleNotFoundError: No module named 'no_such_library'",
    "tamis-misspelt": "tamis_stepz",
    "tamis-tomorrow": "wants tamis>=99, installed is tamis 0.1.0",
}
LINES = [
    {"id": "1", "text": "STOP ALL THE PRESSES NOW! The ferry is back."},
    {"id": "2", "text": "THE WHOLE PAGE IS SHOUTED"},
    {"id": "3", "text": "The mayor was on board."},
]


def _wheel(environment, source, folder):
    environment.pip("wheel", "--no-deps", "--no-build-isolation", "-w", folder, source)


@pytest.fixture(scope="module")
def folder(environment, root, tmp_path_factory):
    """Return a folder with input and the bytes that a run gave before anything broken was installed."""
    folder = tmp_path_factory.mktemp("third_party")
    (folder / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in LINES))
    (folder / "core.yaml").write_text("steps:\n  - drop: {if: len(text) < 24}\n")
    (folder / "broken.yaml").write_text("steps: [cannot]\n")
    _wheel(environment, root / "examples" / "tamis-shout", folder)
    environment.pip("install", *folder.glob("tamis_shout*.whl"))
    for pipeline in (root / "examples" / "tamis-shout" / "pipeline.yaml", folder / "core.yaml"):
        done = environment.run(
            "tamis", "run", pipeline, folder / "in.jsonl", "-o", folder / f"{pipeline.stem}-before.jsonl"
        )
        assert done.returncode == 0, done.stdout
    yield folder
    environment.pip("uninstall", "-y", "tamis-shout")


@pytest.fixture(scope="module")
def broken(environment, folder):
    """Install three broken plugins beside the good one."""
    for name, (version, requires, code) in BROKEN.items():
        module = name.replace("-", "_")
        source = folder / name
        source.mkdir()
        (source / f"{module}.py").write_text(f'"""A plugin with a fault."""\n\n{code}')
        step = name.removeprefix("tamis-")
        (source / "pyproject.toml").write_text(
            PYPROJECT.format(name=name, version=version, requires=requires, step=step, module=module)
        )
    environment.pip("wheel", "--no-deps", "--no-build-isolation", "-w", folder, *(folder / name for name in BROKEN))
    wheels = [next(folder.glob(f"{name.replace('-', '_')}-*.whl")) for name in BROKEN]
    environment.pip("install", "--no-deps", *wheels)
    yield BROKEN
    environment.pip("uninstall", "-y", *BROKEN)


def _records(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_an_installed_plugin_is_used_from_a_pipeline(folder):
    clean = _records(folder / "pipeline-before.jsonl")
    assert [record["text"] for record in clean] == ["! The ferry is back.", "The mayor was on board."]
    assert clean[0]["trail"][0]["reason"] == "shouting"


def test_what_its_step_left_too_short_is_among_the_rejects(folder):
    assert [record["id"] for record in _records(folder / "pipeline-before.rejects.jsonl")] == ["2"]


def test_its_own_tests_pass_where_it_is_installed(environment, folder, root):
    tests = root / "examples" / "tamis-shout" / "tests"
    done = environment.run(
        "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "/dev/null", tests, cwd=folder
    )
    assert done.returncode == 0, done.stdout


def test_tamis_plugins_shows_its_package_and_version(environment, folder):
    assert "tamis-shout 1.0.0: steps shout" in environment.run("tamis", "plugins").stdout


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_plugin_is_named_with_version_and_reason(environment, broken, name):
    listing = environment.run("tamis", "plugins").stdout
    [line] = [line for line in listing.splitlines() if name in line]
    assert f"{name} {BROKEN[name][0]}: BROKEN: " in line
    assert REASONS[name] in line


@pytest.mark.parametrize("pipeline", ["pipeline", "core"])
def test_pipelines_that_do_not_use_broken_plugins_give_the_same_bytes(environment, folder, broken, root, pipeline):
    path = {"pipeline": root / "examples" / "tamis-shout" / "pipeline.yaml", "core": folder / "core.yaml"}[pipeline]
    done = environment.run("tamis", "run", path, folder / "in.jsonl", "-o", folder / f"{pipeline}-after.jsonl")
    assert done.returncode == 0, done.stdout
    for suffix in (".jsonl", ".rejects.jsonl", ".failed.jsonl"):
        before, after = (folder / f"{pipeline}-{when}{suffix}" for when in ("before", "after"))
        assert before.exists() == after.exists()
        assert not before.exists() or before.read_bytes() == after.read_bytes()


def test_a_pipeline_that_wants_a_broken_plugin_says_which_and_why(environment, folder, broken):
    done = environment.run("tamis", "run", folder / "broken.yaml", folder / "in.jsonl", "-o", folder / "x.jsonl")
    assert done.returncode == 2
    assert "plugin tamis-cannot 0.3.1 is broken: ModuleNotFoundError" in done.stdout
    assert not (folder / "x.jsonl").exists()
