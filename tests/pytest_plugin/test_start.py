"""What the plugin costs where nobody asked for it, and how it is found."""

import ast
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import rai_check
from rai_check.assessment import Assessment

SRC = Path(rai_check.__file__).parents[1]
Assess = Callable[..., Assessment]
Outside = Callable[[Assessment], Callable[..., pytest.RunResult]]


@pytest.mark.parametrize("module", ["pytest_plugin", "pytest_items"])
def test_module_imports_stdlib_and_pytest_only(module: str) -> None:
    tree = ast.parse((SRC / "rai_check" / f"{module}.py").read_text("utf-8"))
    names = set()
    for node in tree.body:
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module).partition(".")[0])
    assert names - set(sys.stdlib_module_names) == {"pytest"}


def test_nothing_is_loaded_or_collected_without_the_flag(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(SRC))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    (pytester.path / "rai.yaml").write_text("not: usable")
    pytester.makepyfile(
        """
        import sys

        def test_loaded(pytestconfig):
            ours = {name for name in sys.modules if name.split(".")[0] == "rai_check"}
            assert ours == {"rai_check", "rai_check.pytest_plugin"}
            heavy = {"pydantic", "yaml", "numpy", "pandas", "duckdb", "pyarrow", "jinja2", "shap"}
            assert not heavy & set(sys.modules)
            assert not pytestconfig.pluginmanager.has_plugin("rai-check-session")
        """
    )
    result = pytester.runpytest_subprocess("-p", "rai_check.pytest_plugin")
    result.assert_outcomes(passed=1)


def test_workers_load_no_part_of_the_assessment(
    assessed: Assess, outside: Outside, pytester: pytest.Pytester
) -> None:
    run = outside(assessed({"AA-01": "pass"}))
    (pytester.path / "conftest.py").write_text(
        "from pathlib import Path\n"
        "def pytest_configure(config):\n"
        "    if not hasattr(config, 'workerinput'):\n"
        "        from rai_check import assess\n"
        "        from rai_check.assessment import read_assessment\n"
        "        assess.run = lambda *_: read_assessment(Path('assessment.json'))\n"
    )
    pytester.makepyfile(
        """
        import sys

        def test_loaded():
            ours = {name for name in sys.modules if name.startswith("rai_check.")}
            assert ours == {"rai_check.pytest_plugin", "rai_check.pytest_items"}
        """
    )
    result = run("--rai", "-n", "1")
    result.assert_outcomes(passed=2)
    assert result.ret == 0


@pytest.fixture
def installed(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """A distribution that declares the entry point, as an installed rai-check does."""
    info = pytester.mkdir("site") / "entry_point_only-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: entry-point-only\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[pytest11]\nrai_check = rai_check.pytest_plugin\n")
    monkeypatch.setenv("PYTHONPATH", f"{info.parent}:{SRC}")


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("-p", "rai_check.pytest_plugin"),
        ("-p", "rai_check"),
    ],
)
@pytest.mark.usefixtures("installed")
def test_plugin_is_registered_once_however_it_is_named(
    pytester: pytest.Pytester, args: tuple[str, ...]
) -> None:
    pytester.makepyfile("def test_a(pytestconfig): assert pytestconfig.getoption('rai') is False")
    result = pytester.runpytest_subprocess("-p", "no:hypothesispytest", *args)
    result.assert_outcomes(passed=1)


@pytest.mark.usefixtures("installed")
def test_conftest_may_name_the_plugin_as_well(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("pytest_plugins = ['rai_check.pytest_plugin']")
    pytester.makepyfile("def test_a(): pass")
    pytester.runpytest_subprocess("-p", "no:hypothesispytest").assert_outcomes(passed=1)


@pytest.mark.usefixtures("installed")
def test_plugin_can_be_left_out(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_a(): pass")
    result = pytester.runpytest_subprocess("-p", "no:rai_check", "--rai")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*unrecognized arguments: --rai"])
