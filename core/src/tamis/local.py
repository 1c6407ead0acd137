"""Plugins that are a file beside a pipeline: loaded on request only, because loading runs their code."""

from __future__ import annotations

import ast
import sys
import sysconfig
from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from importlib.util import module_from_spec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Final

from tamis.errors import PluginError

#: Below folders of these names is what a package manager installed.
_INSTALLED: Final = {"site-packages", "dist-packages"}


def load_module(path: Path) -> ModuleType:
    """Return the file *path* as a module, loaded once per process under a name made from its resolved path.

    Raises PluginError where it cannot be read; whatever its code raises passes through.
    """
    path = path.resolve()
    name = f"tamis_local_{path.stem}_{sha256(str(path).encode()).hexdigest()[:12]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise PluginError(f"{path} should be a Python file (.py)")
    module = module_from_spec(spec)
    sys.modules[name] = module  # steps pickle by reference to their module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def sources(path: Path) -> list[Path]:
    """Return the files whose code a local plugin runs: *path*, and what it imports that is not installed; sorted."""
    library = Path(sysconfig.get_path("stdlib")).resolve()
    found: set[Path] = set()
    left = [path.resolve()]
    while left:
        here = left.pop()
        if here in found or here.is_relative_to(library) or _INSTALLED & set(here.parts):
            continue
        found.add(here)
        for name in _imported(here):
            left += _files(name)
    return sorted(found)


def _imported(path: Path) -> Iterator[str]:
    """Yield the first names of the modules that the file *path* imports, wherever in it; not those of tamis itself."""
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):  # a file of a package that nothing imports
        return
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        yield from (first for name in names if (first := name.partition(".")[0]) != "tamis")


def _files(name: str) -> list[Path]:
    """Return the files of the module or package *name*; none where it is not there, or not written in Python."""
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        return []
    if spec is None or not (spec.origin or "").endswith(".py"):
        return []
    folders = spec.submodule_search_locations or []
    return [Path(str(spec.origin)).resolve(), *(each.resolve() for at in folders for each in Path(at).rglob("*.py"))]
