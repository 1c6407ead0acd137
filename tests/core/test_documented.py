"""What is not documented: hooks with their arguments, settings, commands, labels, kinds, errors, what is exported."""

import importlib
import inspect
import re
import sys
from pathlib import Path
from typing import get_args
from typing import get_type_hints

import click
import pytest

import tamis
import tamis.errors
import tamis.testing
from tamis import hookspecs
from tamis.cli import COMMANDS
from tamis.config.sections import Options
from tamis.config.sections import Read
from tamis.config.sections import Write
from tamis.host import Host

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
HOOKS = [name for name in vars(hookspecs) if name.startswith("tamis_")]
OURS = {"tamis", *(f"tamis-{path.name.replace('_', '-')}" for path in (ROOT / "plugins").iterdir())}
STEPS = {name: step for name, step in Host().steps.items() if Host().provider(name).distribution in OURS}


@pytest.fixture(scope="module")
def pages():
    return {path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8") for path in DOCS.rglob("*.md")}


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_has_a_page_with_its_exact_arguments(pages, hook):
    arguments = ", ".join(inspect.signature(getattr(hookspecs, hook)).parameters)
    for page in (f"hooks/{hook}.md", "hooks/index.md"):
        assert f"`{hook}({arguments})`" in pages[page]


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_has_an_example_with_its_exact_arguments(pages, hook):
    arguments = ", ".join(inspect.signature(getattr(hookspecs, hook)).parameters)
    assert f"@tamis.hookimpl\ndef {hook}({arguments}):" in pages[f"hooks/{hook}.md"]


def test_no_page_is_about_a_hook_that_there_is_none_of():
    assert {path.stem for path in (DOCS / "hooks").glob("tamis_*.md")} == set(HOOKS)


@pytest.mark.parametrize("name", STEPS)
def test_every_setting_of_a_step_says_what_it_is_for(name):
    fields = STEPS[name].model_fields
    assert [key for key, field in fields.items() if not (field.description or "").strip()] == []


@pytest.mark.parametrize("model", [Read, Write, Options])
def test_every_setting_of_core_is_in_the_reference(pages, model):
    for key, field in model.model_fields.items():
        assert f"| `{field.alias or key}` |" in pages["reference/sections.md"]
        assert (field.description or "").strip()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_reference(pages, command):
    assert f"## tamis {command}\n" in pages["reference/commands.md"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_a_command_has_a_help(command):
    module, _, name = COMMANDS[command][0].partition(":")
    found = getattr(importlib.import_module(module), name)
    assert found.help
    assert [option.name for option in found.params if isinstance(option, click.Option) and not option.help] == []


@pytest.mark.parametrize("name", STEPS)
def test_every_step_is_in_the_reference(pages, name):
    assert f"## {name}\n" in pages["reference/steps.md"]


@pytest.mark.parametrize("name", [name for name, step in STEPS.items() if step.gives])
def test_every_label_is_described(pages, name):
    for label in STEPS[name].gives:
        assert f"| `{label}` |" in pages["reference/labels.md"]


def test_every_kind_of_cut_is_described(pages):
    [kinds, _] = get_args(get_type_hints(STEPS["boilerplate"])["kinds"])
    for kind in get_args(kinds):
        assert f"| `{kind}` |" in pages["reference/labels.md"]


def test_every_kind_of_the_golden_documents_is_described(pages):
    for seed in tamis.testing.load_seeds(ROOT / "seeds"):
        for found in (*seed.cuts, *seed.artefacts):
            assert f"| `{found.kind}` |" in pages["reference/labels.md"]


def test_every_check_of_the_test_kit_is_described(pages):
    for name in tamis.testing.CHECKS:
        assert f"| `{name}` |" in pages["reference/checks.md"]


@pytest.mark.parametrize("module", [tamis, tamis.testing, tamis.errors])
def test_everything_exported_has_a_docstring(module):
    names = getattr(module, "__all__", ["suggest", "closest", *_errors()])
    bare = [
        name for name in names if callable(getattr(module, name)) and not (getattr(module, name).__doc__ or "").strip()
    ]
    assert bare == []


def test_every_public_name_and_error_is_in_the_reference(pages):
    names = [name for name in tamis.__all__ if callable(getattr(tamis, name))]
    for name in (*names, *_errors()):
        assert re.search(rf"^\| `{name}\b", pages["reference/python.md"], re.MULTILINE), name


def test_every_public_method_of_a_document_has_a_docstring():
    members = {name: member for name, member in vars(tamis.Document).items() if not name.startswith("_")}
    bare = [name for name, member in members.items() if name not in tamis.Document.__slots__ and not member.__doc__]
    assert bare == []


def test_every_page_is_in_the_menu(pages):
    menu = set(re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    assert menu == set(pages)


def test_no_kind_of_error_is_missing_from_the_tree():
    assert [name for name in _errors() if name not in (sys.modules["tamis.errors"].__doc__ or "")] == []


def _errors():
    found = vars(tamis.errors).items()
    return [name for name, error in found if isinstance(error, type) and issubclass(error, Exception)]
