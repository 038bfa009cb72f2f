"""Reports: views of an assessment. Each is `render(assessment) -> str`; none knows any data.

All but the JSON are made from a `PublicAssessment`, so that they can be shared. Nothing is
imported until a format is asked for: only the HTML needs jinja2.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from rai_check.assessment import Assessment


class Renderer(Protocol):
    """Turns an assessment into text."""

    def __call__(self, assessment: "Assessment", /) -> str:
        """Return the report."""
        ...


class Format(NamedTuple):
    """A format: how to render it, and what to call the file where nobody says."""

    render: Renderer
    file: str


def _from(module: str) -> Renderer:
    def render(assessment: "Assessment", /) -> str:
        found: str = import_module(f"rai_check.reports.{module}").render(assessment)
        return found

    return render


FORMATS: Mapping[str, Format] = {
    "terminal": Format(_from("terminal"), "assessment.txt"),
    "html": Format(_from("html.render"), "assessment.html"),
    "junit": Format(_from("junit"), "assessment-junit.xml"),
    "json": Format(_from("as_json"), "assessment.json"),
    "markdown": Format(_from("markdown"), "assessment.md"),
}
