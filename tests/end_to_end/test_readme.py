"""The README is true: its code runs, its pipeline is well formed, its plugin is the one in examples/."""

import re
from pathlib import Path

import pytest

import tamis

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("code", blocks("python"), ids=lambda code: code.strip().splitlines()[0][:40])
def test_the_python_in_the_readme_runs(code):
    exec(compile(code, "README.md", "exec"), {"__name__": "readme"})


def test_what_the_comments_of_the_readme_claim_holds():
    scope = {"__name__": "readme"}
    exec(next(code for code in blocks("python") if "tamis.default()" in code), scope)
    doc = scope["doc"]
    assert doc.labels["language"].value == "en"
    assert "Ferry late again" not in doc.text
    assert doc.without("boilerplate").text == doc.raw


@pytest.mark.parametrize("text", blocks("yaml"), ids=lambda text: text.splitlines()[0][:40])
def test_the_pipelines_in_the_readme_are_well_formed(text):
    assert tamis.loads(text).uses


def test_the_plugin_in_the_readme_is_the_one_in_the_examples():
    [plugin] = [code for code in blocks("python") if "class Shout" in code]
    [module] = (ROOT / "examples" / "tamis-shout").rglob("tamis_shout.py")
    assert module.read_text(encoding="utf-8") == plugin


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)#:]+)\)", README))
def test_the_links_of_the_readme_lead_somewhere(path):
    assert (ROOT / path).exists()
