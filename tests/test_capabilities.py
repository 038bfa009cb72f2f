"""A light installation: what it lacks is missing, said plainly, and never a pass."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import projects
import rai_check
from builders import SOURCE
from rai_check.capabilities import Capability, absent, missing_parts

SRC = str(Path(rai_check.__file__).parents[1])
LIGHT = """
import sys
GONE = {"presidio_analyzer", "spacy", "shap", "skops", "phonenumbers", "tldextract"}
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in GONE:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Gone())
from rai_check.cli import main
main(sys.argv[1:])
"""


def light(folder, *words):
    """The command as a light installation runs it."""
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": SRC},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("capability", Capability)
def test_nothing_is_absent_from_the_full_installation(capability):
    assert absent(capability) is None
    assert missing_parts() == ()


def test_control_that_needs_an_absent_part_is_missing_with_the_way_out(tmp_path):
    part = {"check": "personal-identifiers", "limit": {"max": "0", "whose": "ours"}}
    controls = {"AA-01": {
        "title": "T", "why": "W", "source": SOURCE, "severity": "high", "stage": "approve",
        "parts": [part],
    }}  # fmt: skip
    projects.write_project(tmp_path, lines=projects.rows(a_yes=30, b_yes=30), controls=controls)

    code, out, err = light(tmp_path, "run")

    assert code == 4, err  # refer: a person must supply something first
    assert "missing[AA-01]" in out
    assert "pip install 'rai-check[full]'" in " ".join(out.split())


def test_fairness_needs_no_more_than_the_light_installation(tmp_path):
    lines = projects.rows(a_yes=3000, a_no=3000, b_yes=3000, b_no=3000)
    projects.write_project(tmp_path, lines=lines)

    code, out, err = light(tmp_path, "run", "-v")

    assert code == 0, err
    assert "pass[AA-02[group]]" in out


def test_pages_of_checks_that_are_absent_can_still_be_read(tmp_path):
    for name in ("personal-identifiers", "feature-attribution"):
        code, out, err = light(tmp_path, "explain", name)

        assert code == 0, err
        assert "What it measures" in out
