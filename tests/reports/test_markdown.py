import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from rai_check.assessment import Assessment
from rai_check.reports import markdown


def test_markdown_has_the_headings_that_papers_use(case: tuple[str, Assessment]) -> None:
    headings = re.findall(r"^## (.*)$", markdown.render(case[1]), re.MULTILINE)

    many = ["Groups not assessed, or not alone"] if case[0] == "kinds" else []
    assert headings == [
        "Verdict",
        "Equalities implications",
        "Data protection implications",
        "Risk",
        "Controls",
        "Covered and outstanding",
        "Basis of this report",
        *many,
    ]


def test_markdown_table_has_as_many_cells_in_every_row(case: tuple[str, Assessment]) -> None:
    rows = [r for r in markdown.render(case[1]).splitlines() if r.startswith("|")]

    assert len(rows) == 2 + len(case[1].judgement.items)
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}


def test_markdown_when_hostile_holds_no_markup(make: SimpleNamespace) -> None:
    text = markdown.render(make.everything())

    assert not re.search(r"(?<!\\)<", text)
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize(
    ("heading", "control"),
    [
        ("Equalities implications", "FA-06"),
        ("Data protection implications", "DP-03"),
        ("Risk", "TE-04"),
    ],
)
def test_markdown_puts_a_control_under_the_heading_it_bears_on(
    make: SimpleNamespace, heading: str, control: str
) -> None:
    text = markdown.render(make.everything())
    section = text.partition(f"## {heading}")[2].partition("\n## ")[0]

    assert control in section


def test_markdown_says_every_open_control_once_in_a_paragraph(make: SimpleNamespace) -> None:
    text = markdown.render(make.everything())

    for item in make.everything().judgement.items:
        if item.outcome.junit in {"failure", "error"}:
            name = item.id.replace("[", "\\[").replace("]", "\\]").replace("_", "\\_")
            assert text.count(f"({name}).**") == 1


def test_markdown_when_nothing_of_a_kind_was_judged_says_so(make: SimpleNamespace) -> None:
    assert "No control of this kind was judged." in markdown.render(make.incomplete())


def test_markdown_takes_headings_from_themes_not_from_ids(make: SimpleNamespace) -> None:
    judged = replace(make.rules(), theme="equalities")
    text = markdown.render(make.assessment(judged))
    section = text.partition("## Equalities implications")[2].partition("\n## ")[0]

    assert "TE-04" in section
