"""Who may import whom, one name in its homes, and nothing heavy at start-up."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import rai_check
from rai_check.check import HEADINGS
from rai_check.registry import builtin_ids, get_check

ROOT = Path(rai_check.__file__).parent
STDLIB_ONLY = {
    "canonical", "capabilities", "dates", "errors", "files", "given_names", "headings", "history",
    "judgement",
    "measured", "measurement", "outcome", "reading", "shipped", "two_readers",
    "values",
}  # fmt: skip
# third-party library → the parts of the package that may import it
HEAVY = {
    "duckdb": {"tables"},
    "pyarrow": {"tables", "models"},
    "fairlearn": {"metric_frames", "reconcile"},
    "shap": {"models"},
    "sklearn": {"metric_frames", "models", "reconcile"},
    "skops": {"models"},
    "presidio_analyzer": {"recognisers"},
    "spacy": {"recognisers"},
    "jinja2": {"reports"},
    "click": {"cli"},
    "pytest": {"pytest_plugin", "pytest_items", "pytest_assess"},
    "pandas": {"models", "tables"},
    "scipy": {"stats"},
    "yaml": {"documents", "intake"},
    "python_calamine": {"tables"},
    "holidays": {"derive"},
}
PLAIN = {
    "canonical", "capabilities", "dates", "errors", "files", "given_names", "headings",
    "judgement", "measured", "measurement", "outcome", "reading", "two_readers",
}  # fmt: skip
# part → parts of the package that it may import, beside the plain ones
MAY: dict[str, set[str]] = {
    **{name: set() for name in (*PLAIN, "shipped", "stats", "documents", "reconcile", "values")},
    "tables": {"values"},
    "derive": {"documents", "protected", "tables", "values"},
    "judgement": {"stats"},
    "check": {"project"},
    "registry": {"check", "checks"},
    "models": {"check", "project", "tables"},
    "recognisers": {"project", "stats", "tables"},
    "conventions": set(),
    "fairness": {"check", "project", "reconcile", "stats", "tables"},
    "metric_frames": {"check", "fairness", "project", "reconcile", "stats", "tables"},
    "checks": {
        "check", "fairness", "metric_frames", "models", "project", "quality", "recognisers",
        "references", "stats", "tables",
    },
    "project": {"check", "derive", "documents", "models", "tables", "values"},
    "references": {"check", "project", "tables"},
    "quality": {"check", "fairness", "project", "recognisers", "stats", "tables", "values"},
    "intake": {"project", "protected", "recognisers", "tables", "values"},
    "survey": {
        "fairness", "intake", "project", "protected", "quality", "reports", "stats", "tables",
        "values",
    },
    "policy": {"check", "documents", "registry", "shipped"},
    "statements": {"documents"},
    "weighing": {"policy", "stats"},
    "weigh": {"policy", "weighing"},
    "drafts": {"policy", "weigh", "weighing"},
    "families": {"drafts", "policy", "stats", "weighing"},
    "deciding": {"drafts", "policy", "weighing"},
    "cover": {"policy", "statements"},
    "promised": {"policy", "statements"},
    "judge": {
        "cover", "deciding", "drafts", "families", "policy", "promised", "statements",
    },
    "history": set(),
    "examples": {"shipped"},
    "assessment": {"policy", "statements"},
    "provenance": {"assessment", "policy", "project"},
    "binding": {"assessment", "policy", "project", "provenance"},
    "measuring": {
        "assessment", "binding", "check", "history", "policy", "project", "promised",
        "provenance", "registry", "statements",
    },
    "assess": {
        "assessment", "binding", "cover", "history", "judge", "measuring", "policy", "project",
        "statements",
    },
    "protected": set(),
    "disclosed": {"assessment", "disclosed_inputs", "disclosed_lines", "protected"},
    "disclosed_lines": {"protected"},
    "disclosed_inputs": {"protected"},
    "disclosure": {
        "assessment", "disclosed", "disclosed_inputs", "policy", "promised", "protected",
        "stats", "weighing",
    },
    "reports": {
        "assessment", "check", "disclosed", "disclosed_inputs", "disclosure", "protected",
        "registry",
    },
    "pytest_items": set(),
    "pytest_shown": {"assess", "assessment", "disclosed", "disclosure", "judge", "pytest_assess",
        "pytest_items", "reports",
    },
    "pytest_assess": {
        "assess", "assessment", "binding", "measuring", "policy", "project", "promised",
        "provenance", "pytest_items", "reports",
    },
    "pytest_plugin": {"assessment", "pytest_assess", "pytest_items", "pytest_shown"},
}  # fmt: skip
FREE = {"__init__", "__main__", "cli"}
"""The public names, and the command line, which sees everything."""


def part_of(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Modules that a file imports anywhere in it, type checking included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module == "rai_check":
                found |= {f"rai_check.{alias.name}" for alias in node.names}
    return found


FILES = sorted(ROOT.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_one_way(path):
    part = part_of(path)
    ours = {m.split(".")[1] for m in imports(path) if m.startswith("rai_check.")} - {part}
    theirs = {m.split(".")[0] for m in imports(path)} - {"rai_check"}

    assert part in FREE or ours <= MAY[part] | PLAIN
    if part in STDLIB_ONLY:
        assert theirs <= set(sys.stdlib_module_names)
    for library, homes in HEAVY.items():
        assert library not in theirs or part in homes


def test_judge_can_do_no_input_or_output():
    forbidden = {"os", "pathlib", "io", "time", "random", "socket", "subprocess", "json", "sys"}
    names = ("judge", "deciding", "families", "drafts", "weigh", "cover", "judgement")
    for path in [*(ROOT / f"{name}.py" for name in names), *(ROOT / "weighing").glob("*.py")]:
        assert not imports(path) & forbidden, path


@pytest.mark.parametrize("id_", builtin_ids())
def test_check_has_one_name_and_a_whole_page(id_):
    check = get_check(id_)

    assert (ROOT / "checks" / f"{id_.replace('-', '_')}.py").is_file()
    assert (Path(__file__).parent / "checks" / f"test_{id_.replace('-', '_')}.py").is_file()
    headings = [line for line in check.doc.splitlines() if line in HEADINGS]
    assert headings == list(HEADINGS)


def loaded(code: str) -> set[str]:
    """Top-level modules loaded by a fresh interpreter that runs `code`."""
    script = f"{code}\nimport sys; print(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_importing_the_package_loads_the_standard_library_only():
    extra = loaded("import rai_check") - loaded("") - set(sys.stdlib_module_names)

    assert extra == {"rai_check"}


def test_importing_the_pytest_plugin_adds_only_ours_to_pytest():
    extra = loaded("import pytest, rai_check.pytest_plugin") - loaded("import pytest")

    assert extra - set(sys.stdlib_module_names) == {"rai_check"}


def test_help_imports_nothing_heavy():
    code = "from rai_check.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"

    assert not loaded(code) & {"numpy", "pandas", "pydantic", "yaml", "duckdb", "jinja2", "scipy"}


def test_public_names_are_sorted_and_load():
    assert rai_check.__all__ == sorted(rai_check.__all__)
    for name in rai_check.__all__:
        assert getattr(rai_check, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        rai_check.nothing  # noqa: B018 - the look-up is the test
