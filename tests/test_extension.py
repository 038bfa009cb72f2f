"""A real installed package adds a check through the door that the built-in ones use."""

import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from builders import SOURCE
from projects import rows, write_project
from rai_check import registry
from rai_check.errors import UsageError

HERE = Path(__file__).parent / "extension"
RULE = {
    "title": "Rows",
    "why": "W",
    "source": SOURCE,
    "severity": "high",
    "stage": "approve",
    "parts": [{"check": "row-count", "with": {"every": "2"}, "limit": {"min": 4, "whose": "o"}}],
}


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The extension, installed where only a child process sees it."""
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    command += ["--disable-pip-version-check", "--target", str(target), str(HERE)]
    subprocess.run(command, check=True, capture_output=True)
    return target


def rai_check(installed, folder, *words):
    code = "import sys; from rai_check.cli import main; main(sys.argv[1:])"
    source = Path(registry.__file__).parents[1]
    import os

    paths = os.pathsep.join([str(installed), str(source)])
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )


def test_installed_check_is_listed_explained_run_and_judged(installed, tmp_path):
    write_project(tmp_path, lines=rows(a_yes=4, b_no=4), controls={"AA-01": RULE})

    assert "row-count" in rai_check(installed, tmp_path, "list", "checks").stdout
    assert "Count the rows" in rai_check(installed, tmp_path, "explain", "row-count").stdout
    done = rai_check(installed, tmp_path, "run")
    assert done.returncode == 0, done.stderr
    (tmp_path / "decisions.csv").write_text("group,says\na,yes\n")
    assert rai_check(installed, tmp_path, "run").returncode == 1


def point(monkeypatch, name, value):
    found = [EntryPoint(name=name, value=value, group=registry.GROUP)]
    monkeypatch.setattr(registry, "entry_points", lambda **_: found)


def test_third_party_cannot_take_the_id_of_a_built_in_check(monkeypatch):
    point(monkeypatch, "selection-rate", "rai_check.checks.group_size:group_size")

    with pytest.raises(UsageError, match="'selection-rate', which is taken"):
        registry.check_ids()


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("no_such_module:x", "does not load"),
        ("os:getcwd", "is not that check"),
        ("rai_check.checks.group_size:group_size", "is not that check"),
    ],
)
def test_check_that_does_not_load_stops_the_run(monkeypatch, value, says):
    point(monkeypatch, "mine", value)

    with pytest.raises(UsageError, match=says):
        registry.get_check("mine")


def test_unknown_check_suggests_a_near_name():
    with pytest.raises(UsageError, match="Did you mean 'selection-rate'"):
        registry.get_check("selection-rates")
