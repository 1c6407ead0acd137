"""tamis.learn costs nothing until something is taken from it."""

from __future__ import annotations

import subprocess
import sys


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = (
        "import sys, tamis.learn, tamis.models, tamis_topics; print({'numpy', 'sklearn', 'joblib'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_prediction_imports_no_scikit_learn() -> None:
    code = (
        "import sys, tamis; from tamis_topics import Topics; list(Topics().find(tamis.Document('Oil fell.')));"
        "print({'sklearn', 'scipy', 'joblib'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
