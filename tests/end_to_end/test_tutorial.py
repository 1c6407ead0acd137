"""The tutorial, from an empty folder to a built package, in a fresh environment: every output is as the page says."""

import importlib.util
import sys

import pytest

pytestmark = pytest.mark.xdist_group("environment")


def test_every_command_of_the_tutorial_prints_what_the_page_says(environment, root, tmp_path):
    spec = importlib.util.spec_from_file_location("docs_blocks", root / "docs" / "blocks.py")
    blocks = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = blocks
    spec.loader.exec_module(blocks)
    runner = blocks.Runner(tmp_path, environment.programs)
    runner.page((root / "docs" / "tutorial.md").read_text(encoding="utf-8"))
    environment.pip("uninstall", "-y", "tamis-kicker")
    assert runner.wrong == [], "\n".join(runner.wrong)
