"""The fixtures that pytest gets from tamis: `pipeline` and `run_pipeline`."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tamis.pipeline import Pipeline
    from tamis.testing.run import Outcome


@pytest.fixture
def pipeline() -> Callable[..., Pipeline]:
    """Return a function that makes a pipeline of YAML text or of the path of a file.

    def test_shouting_is_cut(pipeline):
        assert pipeline("steps: [shout]")("STOP ALL THE PRESSES. The news.").text == ". The news."
    """

    def make(yaml: str | Path, *, sets: Iterable[str] = (), allow_local_plugins: bool = False) -> Pipeline:
        import tamis

        if isinstance(yaml, Path):
            return tamis.load(yaml, sets=tuple(sets), allow_local_plugins=allow_local_plugins)
        return tamis.loads(yaml, sets=tuple(sets), allow_local_plugins=allow_local_plugins)

    return make


@pytest.fixture
def run_pipeline(tmp_path: Path) -> Callable[..., Outcome]:
    """Return a function that runs `tamis run` on texts (or files by name) in a temporary folder.

    def test_a_run_cuts_shouting(run_pipeline):
        outcome = run_pipeline("steps: [shout]", ["STOP ALL THE PRESSES. The news."])
        assert (outcome.exit_code, outcome.texts) == (0, [". The news."])
    """

    def run(yaml: str | Path, inputs: Mapping[str, str | bytes] | Iterable[str], *options: str) -> Outcome:
        from tamis.testing.run import run_pipeline as run_in

        return run_in(yaml, inputs, *options, folder=tmp_path)

    return run
