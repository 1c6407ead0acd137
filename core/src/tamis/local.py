"""Plugins that are a file beside a pipeline: loaded on request only, because loading runs their code."""

from __future__ import annotations

import sys
from hashlib import sha256
from importlib.util import module_from_spec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

from tamis.errors import PluginError


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
