"""The files of a new plugin package: templates beside this module, filled in and written where nothing is yet."""

from __future__ import annotations

import keyword
import re
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Final

from tamis.errors import ConfigError

if TYPE_CHECKING:
    from tamis.host import Host

#: What `tamis new` can begin, and what each is for.
KINDS: Final = {
    "step": "cuts, marks or labels what it finds",
    "classifier": "labels documents with a score and the words that weigh",
    "format": "reads documents from files of a kind of its own",
}
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
#: Words that mean something else in a `when` or as a key of a pipeline.
_RESERVED: Final = frozenset(
    [*map(str.lower, keyword.kwlist), *"null len text title meta use when id steps read write options tamis".split()]  # noqa: SIM905
)
#: Template and the path of what it makes; `@...@` in either is filled in.
_COMMON: Final = {
    "pyproject.toml": "pyproject.toml",
    "gitignore": ".gitignore",
    "py.typed": "src/@module@/py.typed",
}
_OF_KIND: Final = {
    "module.py": "src/@module@/__init__.py",
    "README.md": "README.md",
    "test.py": "tests/test_@id@.py",
    "pipeline.yaml": "pipeline.yaml",
    "sample": "sample.@suffix@",
}


def check_name(name: str, host: Host) -> str:
    """Return *name* without the prefix `tamis-`; ConfigError where it is no name, or another plugin has it."""
    short = name.removeprefix("tamis-").removeprefix("tamis_")
    if not _NAME.fullmatch(short) or len(short) > 40:
        raise ConfigError(
            f"'{name}' should be a name of small letters, digits and single hyphens, beginning with a letter,"
            " at most 40 long: tamis new my-step"
        )
    if short in _RESERVED:
        raise ConfigError(f"'{short}' means something else in a pipeline: choose another name")
    step = short.replace("-", "_")
    for kind, names in (("step", host.steps), ("format", host.formats), ("executor", host.executors)):
        if step in names:
            raise ConfigError(f"{kind} '{step}' is given by {host.provider(step, kind).provider}: choose another name")
    try:
        installed = metadata.version(f"tamis-{step.replace('_', '-')}")
    except metadata.PackageNotFoundError:
        return short
    raise ConfigError(f"tamis-{step.replace('_', '-')} {installed} is installed: choose another name")


def write(name: str, kind: str, parent: Path) -> list[Path]:
    """Write the package of *name* into `parent/tamis-NAME` and return the files; *kind* is one of `KINDS`.

    Raises ConfigError where something is there already; then nothing is written.
    """
    values = _values(name, kind)
    folder = parent / values["distribution"]
    if folder.exists() or folder.is_symlink():
        raise ConfigError(f"{folder} is there already: nothing was written; move it away, or choose another name")
    templates = files("tamis.scaffold")
    made: dict[Path, str] = {}
    for part, paths in (("common", _COMMON), (kind, _OF_KIND)):
        for template, target in paths.items():
            content = templates.joinpath(part, f"{template}.tmpl").read_text(encoding="utf-8")
            made[folder / _fill(target, values)] = _fill(content, values)
    try:
        for path, content in made.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{folder} cannot be written: {error}") from error
    return list(made)


def _values(name: str, kind: str) -> dict[str, str]:
    known = name.replace("-", "_")
    major, minor = metadata.version("tamis").split(".")[:2]
    bound = f"0.{int(minor) + 1}" if major == "0" else str(int(major) + 1)
    return {
        "id": known,
        "kind": kind,
        "module": f"tamis_{known}",
        "distribution": f"tamis-{known.replace('_', '-')}",
        "class": "".join(word.capitalize() for word in known.split("_")),
        "suffix": known if kind == "format" else "txt",
        "requires": f"tamis>={major}.{minor},<{bound}",
    }


def _fill(text: str, values: dict[str, str]) -> str:
    return re.sub(r"@(\w+)@", lambda match: values[match[1]], text)
