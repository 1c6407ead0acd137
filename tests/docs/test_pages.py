"""The pages of the documentation: their blocks do what they say, the generated ones follow the code."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


def _load(name):
    spec = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


blocks = _load("blocks")
PAGES = [path.relative_to(DOCS).as_posix() for path in sorted(DOCS.rglob("*.md")) if path.name != "tutorial.md"]


@pytest.mark.parametrize("page", PAGES)
def test_the_blocks_of_a_page_do_what_it_says(page, tmp_path):
    known = set(sys.modules)
    runner = blocks.Runner(tmp_path, Path(sys.executable).parent)
    try:
        runner.page((DOCS / page).read_text(encoding="utf-8"))
    finally:
        for name in set(sys.modules) - known:
            if str(tmp_path) in str(getattr(sys.modules[name], "__file__", None)):
                del sys.modules[name]
    assert runner.wrong == [], "\n".join(runner.wrong)


def test_the_generated_pages_follow_the_code():
    done = subprocess.run(
        [sys.executable, str(DOCS / "generate.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", [*PAGES, "tutorial.md"])
def test_the_links_of_a_page_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]*(?:#[^)]*)?)\)", (DOCS / page).read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        path = (DOCS / page).parent / name if name else DOCS / page
        assert path.is_file(), target
        headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert not anchor or anchor in [re.sub(r"\W+", "-", heading.lower()).strip("-") for heading in headings], target


def test_a_block_that_is_not_run_says_why():
    runner = blocks.Runner(Path.cwd(), Path(sys.executable).parent)
    runner.page("<!-- not run:  -->\n```python\n1 / 0\n```\n")
    assert runner.wrong != []


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ("```console\n$ echo one\none\n```\n", 0),
        ("```console\n$ echo one\ntwo\n```\n", 1),
        ("```console\n$ echo one two\none...\n```\n", 0),
        ("```pycon\n>>> 1 + 1\n2\n```\n", 0),
        ("```pycon\n>>> 1 + 1\n3\n```\n", 1),
        ("```pycon\n>>> 1 / 0\nZeroDivisionError: division by zero\n```\n", 0),
        ("```python\n1 / 0\n```\n", 1),
        ('```text title="a.txt"\nx\n```\n\n```console\n$ cat a.txt\nx\n```\n', 0),
        ("```console\n$ echo 1 &&\n> echo 2\n1\n2\n$ false\n$ echo $?\n1\n```\n", 0),
    ],
)
def test_blocks_are_held_against_what_they_print(page, wrong, tmp_path):
    runner = blocks.Runner(tmp_path, Path(sys.executable).parent)
    runner.page(page)
    assert len(runner.wrong) == wrong, runner.wrong
