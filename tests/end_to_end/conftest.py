"""A fresh environment with nothing but core, for packages that are built and installed as their users do."""

import os
import subprocess
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Environment:
    """A virtual environment apart from the one that runs the tests."""

    folder: Path

    @property
    def programs(self):
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    def run(self, *command, cwd=None):
        """Run *command*, a program of this environment, and return it with its output as one text."""
        drop = ("PYTHONPATH", "PYTHONHOME", "PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST")
        env = {name: value for name, value in os.environ.items() if name not in drop and not name.startswith("COV_")}
        env |= {"PATH": f"{self.programs}{os.pathsep}{env['PATH']}", "NO_COLOR": "1", "VIRTUAL_ENV": str(self.folder)}
        program, *arguments = command
        return subprocess.run(
            [str(self.programs / program), *map(str, arguments)],
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )

    def pip(self, *arguments):
        """Run pip and fail where it does."""
        done = self.run("python", "-m", "pip", *arguments[:1], "-q", "--disable-pip-version-check", *arguments[1:])
        assert done.returncode == 0, done.stdout
        return done


@pytest.fixture(scope="session")
def root():
    return Path(__file__).parents[2]


@pytest.fixture(scope="session")
def environment(tmp_path_factory, root):
    """Return a new environment with core, built as a wheel, its dependencies, pytest, and what builds packages."""
    made = Environment(tmp_path_factory.mktemp("environment"))
    venv.create(made.folder, with_pip=True)
    made.pip("install", "-c", root / "constraints.txt", "flit_core>=3.11,<5", "pytest")
    wheels = tmp_path_factory.mktemp("wheels")
    made.pip("wheel", "--no-deps", "--no-build-isolation", "-w", wheels, root / "core")
    made.pip("install", "-c", root / "constraints.txt", *wheels.glob("*.whl"))
    return made
