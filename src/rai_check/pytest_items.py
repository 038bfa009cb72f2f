"""The items that `pytest --rai` collects: one for each control, judged before any of them runs.

Standard library and pytest only: workers of pytest-xdist load this and nothing else of ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest

MARK = "rai"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What pytest shows of one control; plain values, so that they travel between processes."""

    id: str
    """Id of the item in the assessment, such as ``FA-06[ethnicity]``."""
    name: str
    """The same with nothing in it that could steer a terminal."""
    category: str = "passed"
    """Where pytest's last line counts it."""
    letter: str = "."
    word: str = "PASS"
    result: Literal["passed", "failed", "skipped"] = "passed"
    """What it is to pytest, and so to JUnit, `-x` and `--last-failed`."""
    when: Literal["setup", "call"] = "call"
    """Phase that gives the result: pytest and JUnit call a failing set-up an error."""
    text: str = ""
    """Plain text for the reader; never a data value, never a traceback."""
    properties: tuple[tuple[str, str], ...] = ()
    """For JUnit."""


SHOWN = pytest.StashKey[tuple[Shown, ...]]()
"""On the config: what is to be collected; absent until it is known."""


class RaiItem(pytest.Item):
    """One control. Running it does nothing: its result was judged with all the others."""

    def __init__(self, *, shown: Shown, **kwargs: Any) -> None:  # noqa: ANN401 - pytest's own arguments
        super().__init__(**kwargs)
        self.shown = shown
        self.user_properties.extend(shown.properties)
        self.add_marker(MARK)

    def runtest(self) -> None:
        """Do nothing; `mark` writes the result into the report."""

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it stands: the top of the project file, which has no line for a control."""
        return self.path, 0, self.name


class RaiFile(pytest.File):
    """A project file, as a collector of its controls."""

    def collect(self) -> Iterator[RaiItem]:
        """One item for each control, in the order of the assessment."""
        for shown in self.config.stash[SHOWN]:
            yield RaiItem.from_parent(self, name=shown.name, shown=shown)


def mark(report: pytest.TestReport, shown: Shown, call: pytest.CallInfo[None]) -> None:
    """Write a control's result into the report of the phase that carries it.

    A phase that something else broke or skipped is left as it is: the control was not run.
    """
    if call.when != shown.when or call.excinfo is not None:
        return
    report.__dict__.pop("wasxfail", None)  # a mark in a conftest does not change a result
    report.outcome = shown.result
    report.longrepr = None
    if shown.result == "failed":
        report.longrepr = shown.text
    elif shown.result == "skipped":
        report.longrepr = (report.location[0], 1, shown.text)
    report.__dict__["rai"] = {
        "id": shown.id,
        "category": shown.category,
        "letter": shown.letter,
        "word": shown.word,
    }


def control_run(report: pytest.TestReport) -> str | None:
    """Id of the control whose result this report carries, or None."""
    found: dict[str, str] | None = getattr(report, "rai", None)
    return found["id"] if found else None


def status(
    report: pytest.TestReport | pytest.CollectReport,
) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
    """Pytest's category, letter and word for a control; None for any other report."""
    found: dict[str, str] | None = getattr(report, "rai", None)
    if not found:
        return None
    passed = found["category"] == "passed"
    colour = "red" if report.failed else "green" if passed else "yellow"
    return found["category"], found["letter"], (found["word"], {colour: True})
