"""What importing tamis costs, and which way the imports of core go."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import tamis

SOURCE = Path(tamis.__file__).parent

#: A module may import those before it, never those after it.
ORDER = [
    "errors",
    "models",
    "text",
    "pieces",
    "findings",
    "document",
    "step",
    "memory.kinds",
    "memory.step",
    "memory.learning",
    "expression",
    "when",
    "drop",
    "hookspecs",
    "builtin",
    "local",
    "host",
    "account",
    "pipeline",
    "config.nodes",
    "config.syntax",
    "config.places",
    "config.settings",
    "config.sections",
    "config.entries",
    "config.layers",
    "config.chain",
    "config.loading",
    "config.schema",
    "api",
    "sklearn",
    "records",
    "formats.base",
    "formats.lines",
    "formats.jsonl",
    "formats.csv",
    "formats.text",
    "formats.registry",
    "formats.inputs",
    "runner.protocol",
    "runner.supervisor",
    "runner.recipe",
    "runner.disk",
    "runner.parts",
    "runner.batches",
    "runner.tasks",
    "runner.worker",
    "runner.plan",
    "runner.pool",
    "runner.local",
    "runner.stream",
    "runner.engine",
    "runner.piped",
    "runner.merging",
    "runner.runs",
    "report.charts",
    "report.stretches",
    "report.evidence",
    "report.labels",
    "report.pages",
    "report.terminal",
    "report.document",
    "report.seen",
    "report.run",
    "report.compare",
    "report.diff",
    "scaffold",
    "commands",
    "cli",
]

#: What stands beside the order: kits that use all of core, and the names of packages.
BESIDE = ("learn", "testing", "__main__")


def imported_by(statement):
    code = f"import sys; {statement}; print(*sorted(sys.modules))"
    return set(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split())


@pytest.mark.parametrize("statement", ["import tamis", "import tamis.cli", "import tamis; tamis.Document('x').words"])
def test_core_imports_nothing_heavy(statement):
    heavy = {"sklearn", "numpy", "joblib", "langdetect", "trafilatura", "pydantic", "rich", "yaml"}
    loaded = imported_by(statement)
    assert not heavy & loaded
    assert not {name for name in loaded if name.startswith("tamis_")}


def test_the_pipeline_imports_no_model_and_no_plugin():
    loaded = imported_by("import tamis; tamis.Pipeline, tamis.load")
    assert not {"sklearn", "numpy", "joblib", "langdetect", "trafilatura"} & loaded
    assert not {name for name in loaded if name.startswith("tamis_")}


def top_level_imports(path):
    """Names of the modules of tamis that importing *path* imports at once."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("tamis."):
            yield node.module.removeprefix("tamis.")
            yield from (f"{node.module}.{alias.name}".removeprefix("tamis.") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "tamis":
            yield from (alias.name for alias in node.names)


def holds(name, imported):
    """Return whether importing *imported* imports the module or package *name*."""
    return f"{imported}.".startswith(f"{name}.") or f"{name}.".startswith(f"{imported}.")


@pytest.mark.parametrize("name", ORDER)
def test_imports_of_core_go_one_way(name):
    later = ORDER[ORDER.index(name) + 1 :]
    path = SOURCE / name.replace(".", "/")
    for module in [path.with_suffix(".py"), *path.glob("**/*.py")]:
        if module.exists():
            upward = [each for each in top_level_imports(module) for after in later if holds(after, each)]
            assert not upward, module.name


#: What a module calls of those after it, imported where it is called: a convenience of the public API, or a registry.
CALLED_LATER = {
    "document": {"report", "records"},  # a notebook shows it; to_record, from_record
    "pipeline": {"runner.stream"},  # Pipeline.stream(workers=...)
    "memory.learning": {"formats", "host"},  # learns from what the installed formats read
    "builtin": {"formats", "runner.local"},  # what core itself registers
    "host": {"formats"},  # holds what a plugin gives against it
    "api": {"formats"},  # tamis.read
}


def late_imports(path):
    """Names of the modules of tamis that *path* imports inside functions, but for those that only types need."""
    tree = ast.parse(path.read_text())
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tamis."):
                    yield node.module.removeprefix("tamis.")


@pytest.mark.parametrize("name", [name for name in ORDER if (SOURCE / f"{name.replace('.', '/')}.py").exists()])
def test_a_module_calls_later_ones_only_as_is_said_here(name):
    later = ORDER[ORDER.index(name) + 1 :]
    called = set(late_imports(SOURCE / f"{name.replace('.', '/')}.py"))
    assert {each for each in called if any(holds(after, each) for after in later)} == CALLED_LATER.get(name, set())


def test_every_module_of_core_has_its_place_in_the_order():
    names = [".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in SOURCE.rglob("*.py")]
    homeless = [name for name in names if not any(f"{name}.".startswith(f"{each}.") for each in (*ORDER, *BESIDE))]
    assert [name for name in homeless if not name.endswith("__init__")] == []


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_is_short_and_says_what_it_is_for(path):
    text = path.read_text()
    assert len(text.splitlines()) <= 300
    assert ast.get_docstring(ast.parse(text)), "the first line says what the module is for"


def test_the_public_names_are_sorted_and_all_there():
    assert tamis.__all__ == sorted(tamis.__all__, key=lambda name: (name[0].islower(), name))
    for name in tamis.__all__:
        assert getattr(tamis, name) is not None
    assert set(tamis.__all__) <= set(dir(tamis))


def test_an_unknown_public_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        tamis.nothing  # noqa: B018
