"""The test kit for authors of plugins: checks of a step, whole runs, golden documents. pytest loads it by itself.

    import tamis.testing
    from tamis_shout import Shout

    @tamis.testing.checks(Shout(), Shout(longest=5), texts=["THE WHOLE LINE SHOUTS. The news."])
    def test_shout_is_a_good_step(check):
        check()

Nothing is imported here: every test session of an environment with tamis in it loads this module.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from tamis.testing.kit import CHECKS
    from tamis.testing.kit import Check
    from tamis.testing.kit import check_step
    from tamis.testing.kit import checks
    from tamis.testing.run import Outcome
    from tamis.testing.run import run_pipeline
    from tamis.testing.seeds import Seed
    from tamis.testing.seeds import compare
    from tamis.testing.seeds import load_seeds
    from tamis.testing.subject import CheckFailed
    from tamis.testing.texts import NASTY

__all__ = [
    "CHECKS",
    "NASTY",
    "Check",
    "CheckFailed",
    "Outcome",
    "Seed",
    "check_step",
    "checks",
    "compare",
    "load_seeds",
    "run_pipeline",
]

#: Read by pytest when it loads this module.
pytest_plugins = ("tamis.testing.fixtures",)

_HOME = {
    "CHECKS": "kit",
    "NASTY": "texts",
    "Check": "kit",
    "CheckFailed": "subject",
    "Outcome": "run",
    "Seed": "seeds",
    "check_step": "kit",
    "checks": "kit",
    "compare": "seeds",
    "load_seeds": "seeds",
    "run_pipeline": "run",
}


# No `__dir__` beside it: pytest looks at every name that `dir` lists, which would import them all.
def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'tamis.testing' has no attribute {name!r}")
    value = getattr(import_module(f"tamis.testing.{_HOME[name]}"), name)
    globals()[name] = value
    return value
