"""Predicates refuse what could only be a mistake."""

import math
import subprocess
import sys

import pytest

from rai_check.errors import UsageError
from rai_check.tables import AtLeast, Column, IsIn


@pytest.mark.parametrize("values", [(), "Yes", ("Yes", " ")])
def test_is_in_refuses_when_values_cannot_match(values: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="'decision'"):
        IsIn("decision", values)


def test_at_least_refuses_when_threshold_is_nan() -> None:
    with pytest.raises(UsageError, match="not a number"):
        AtLeast("score", math.nan)


def test_no_heavy_library_is_loaded_when_tables_are_imported() -> None:
    code = (
        "import sys, rai_check.tables\n"
        "print([m for m in ('duckdb', 'pyarrow', 'pandas', 'polars', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_column_is_frozen_when_assigned_to() -> None:
    with pytest.raises(AttributeError):
        Column("sex", "text").name = "other"  # type: ignore[misc] # the point of the test
