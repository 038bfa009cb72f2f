"""A wheel built from the repository carries its policies and the worked example."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = "import sys; from rai_check.cli import main; main(sys.argv[1:])"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The wheel's content alone, away from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    command += ["--disable-pip-version-check", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = folder.glob("rai_check-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def rai_check(unpacked, folder, *words):
    done = subprocess.run(
        [sys.executable, "-P", "-c", CODE, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_wheel_holds_no_tests_and_no_caches(unpacked):
    names = [str(p.relative_to(unpacked)) for p in unpacked.rglob("*") if p.is_file()]

    assert "rai_check/py.typed" in names
    assert "rai_check/_policies/baseline.yaml" in names
    assert not [n for n in names if "__pycache__" in n or n.startswith("tests")]


def test_policies_of_the_wheel_are_found(unpacked, tmp_path):
    code, out, err = rai_check(unpacked, tmp_path, "policy", "check", "uk-local-government")

    assert code == 0, err
    assert "uk-local-government extends baseline: 17 controls" in out


def test_demo_of_the_wheel_runs(unpacked, tmp_path):
    code, out, err = rai_check(unpacked, tmp_path, "demo")

    assert code == 0, err
    assert "Do not release" in out
    assert (tmp_path / "rai-demo" / "send-annual-review" / "after" / "rai-output").is_dir()
