"""Whole outputs that can be read in review; RAI_CHECK_UPDATE_GOLDEN=1 writes them anew."""

import os
from pathlib import Path

import pytest

from rai_check.assessment import Assessment
from rai_check.reports import junit, markdown, terminal

GOLDEN = Path(__file__).parent / "golden"
RENDERED = {
    "txt": terminal.render,
    "verbose.txt": lambda a: terminal.render(a, verbose=True),
    "md": markdown.render,
    "xml": junit.render,
}


@pytest.mark.parametrize("suffix", RENDERED)
def test_report_is_as_it_was_reviewed(case: tuple[str, Assessment], suffix: str) -> None:
    name, assessment = case
    file = GOLDEN / f"{name}.{suffix}"
    text = RENDERED[suffix](assessment)  # type: ignore[no-untyped-call]  # a lambda among functions
    if os.environ.get("RAI_CHECK_UPDATE_GOLDEN") == "1":
        file.write_text(text, encoding="utf-8")

    assert text == file.read_text(encoding="utf-8")
