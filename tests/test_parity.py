"""The page of agreement with other engines: printed by its script, and true."""

import contextlib
import importlib.util
import io
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "parity.md"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("parity", ROOT / "benchmarks" / "parity.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["parity"] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    yield module
    del sys.modules["parity"]


@pytest.fixture(scope="module")
def cells(script):
    """(figure, values of the engines that have it, ours) of each row of both tables."""
    found = []
    for same, row in script.rows():
        _, figure, *engines, ours = (cell.strip() for cell in row.strip("|").split("|"))
        found.append((same, figure, [float(v) for v in engines if v], ours))
    return found


def test_page_holds_what_the_script_prints(script):
    assert script.tables() in PAGE.read_text("utf-8")


def test_where_engines_agree_ours_is_the_same_or_undefined(cells):
    compared = 0
    for same, figure, engines, ours in cells:
        if not same or ours.startswith("undefined"):
            continue
        mine = max(abs(float(value)) for value in ours.split(" and "))
        theirs = abs(engines[0])
        if figure == "selection rate ratio":
            mine, theirs = (min(v, 1 / v) if v else v for v in (mine, theirs))
        assert mine == pytest.approx(theirs, abs=2e-4), (figure, engines, ours)
        compared += 1
    assert compared >= 35


def test_nothing_is_a_number_with_us_where_a_denominator_is_empty(cells):
    odd = [c for c in cells if not c[0] and any(v != v for v in c[2])]  # noqa: PLR0124 - NaN

    assert len(odd) >= 8
    assert all(ours.startswith("undefined") for *_, ours in odd)


def test_example_of_reconciling_prints_what_the_page_says():
    text = PAGE.read_text("utf-8")
    code, printed = re.search(
        r"```python\n(from rai_check\.conventions.*?)```\n\n```\n(.*?)```", text, re.DOTALL
    ).groups()
    out = io.StringIO()

    with contextlib.redirect_stdout(out):
        exec(code, {})  # noqa: S102 - the example of our own page

    assert out.getvalue() == printed
