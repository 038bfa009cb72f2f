import re
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rai_check.disclosed import PublicItem
from rai_check.disclosure import public
from rai_check.judgement import LimitUsed
from rai_check.measurement import Proportion
from rai_check.outcome import Outcome
from rai_check.reports.html.axis import WIDTH, Axis
from rai_check.reports.html.chart import charts


def shown(make: SimpleNamespace, *lines: object) -> PublicItem:
    return public(make.assessment(make.item("FA-06", *lines, group="ethnic_group"))).items[0]


def chart(item: PublicItem) -> str:
    (found,) = charts(item, "c")
    return found.svg


def svg(make: SimpleNamespace, *lines: object) -> ET.Element:
    return ET.fromstring(chart(shown(make, *lines)))  # noqa: S314 - our own text


def test_axis_when_a_ratio_puts_equality_in_the_middle() -> None:
    axis = Axis(scale="ratio", low=0.5, high=2.0)

    assert axis.x(1.0) == pytest.approx(WIDTH / 2)
    # a half and a double are as far from equality
    assert axis.x(1.0) - axis.x(0.5) == pytest.approx(axis.x(2.0) - axis.x(1.0))


def test_chart_of_odds_is_named_and_drawn_as_ratios_are(make: SimpleNamespace) -> None:
    odds = LimitUsed(of="odds", min=0.8, max=1.25, prevalence=None, breach="fail", whose="ours")
    line = make.versus(Outcome.PASS, "decided", "A", (400, 900, 2_000, 4_000), limit=odds)

    (found,) = charts(shown(make, line), "c")
    assert "odds ratio" in found.svg + found.caption
    assert Axis(scale="odds", low=0.5, high=2.0).x(1.0) == pytest.approx(WIDTH / 2)


def test_axis_when_beyond_the_chart_stays_at_its_edge() -> None:
    axis = Axis(scale="difference", low=-0.2, high=0.2)

    assert axis.x(0.9) == axis.x(0.2)


def test_chart_marks_differ_by_shape(make: SimpleNamespace) -> None:
    found = svg(
        make,
        make.versus(Outcome.FAIL, "decided", "A", (83, 288, 758, 1_840)),
        make.versus(Outcome.PASS, "decided", "B", (758, 1_840, 770, 1_912)),
        make.versus(Outcome.INCONCLUSIVE, "undecided", "C", (31, 88, 1_500, 3_664)),
    )

    assert [e.tag for e in found.iter() if e.get("class") == "mark"] == ["path", "circle"]
    assert len([e for e in found.iter("circle") if e.get("class") is None]) == 1


def test_chart_when_numbers_are_hidden_draws_no_mark(make: SimpleNamespace) -> None:
    found = svg(make, make.versus(Outcome.INCONCLUSIVE, "undecided", "Roma", (4, 61, 900, 3_000)))

    assert not list(found.iter("circle"))
    assert not list(found.iter("path"))
    assert "not shown (fewer than 10 people)" in "".join(found.itertext())


def test_chart_when_nothing_is_compared_is_absent(make: SimpleNamespace) -> None:
    assert charts(shown(make, make.gap(Outcome.ERROR, "broke")), "c") == ()


def test_chart_of_one_rate_has_an_axis_from_nought_to_all(make: SimpleNamespace) -> None:
    line = make.line(Outcome.PASS, "decided", Proportion(x=900, n=1_000), limit=make.THIRTY)

    labels = "".join(svg(make, line).itertext())
    assert "0%" in labels
    assert "100%" in labels


def test_chart_label_when_long_is_cut_and_when_hostile_is_text(make: SimpleNamespace) -> None:
    text = chart(
        shown(make, make.versus(Outcome.PASS, "decided", "<b>" + "x" * 90, (50, 90, 500, 900)))
    )

    assert "<b>" not in text
    assert "…" in text


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.tuples(*[st.integers(0, 900)] * 4))
def test_chart_keeps_everything_inside_its_frame(
    make: SimpleNamespace, cells: tuple[int, int, int, int]
) -> None:
    a, b, c, d = cells
    counts = (a, a + b + 1, c, c + d + 1)
    text = chart(shown(make, make.versus(Outcome.FAIL, "decided", "A", counts)))

    places = re.findall(r'\b(?:x|x1|x2|cx)="(-?[\d.]+)"', text)
    assert all(0 <= float(x) <= WIDTH for x in places)
    assert "nan" not in text


def test_charts_show_each_groups_own_rate_and_then_how_it_compares(make: SimpleNamespace) -> None:
    own, compared = charts(public(make.assessment(make.tried())).items[0], "c")
    tree = ET.fromstring(own.svg)  # noqa: S314 - our own text

    assert own.caption.startswith("Selected, each group, with its interval. Each dot is")
    assert compared.caption.startswith("Selected: ratio for each group, with its interval. Filled")
    assert len(list(tree.iter("circle"))) == 5
    assert len(list(tree.iter("rect"))) == 1
    assert "not known (not compared)" in "".join(tree.itertext())
    assert "limit" not in own.svg
    assert "limit 0.80" in compared.svg


def test_charts_are_one_for_each_metric(make: SimpleNamespace) -> None:
    lines = [
        make.versus(Outcome.PASS, "decided", "A", (50, 90, 50, 90), metric=name)
        for name in ("true positive rate", "false positive rate")
    ]
    found = charts(shown(make, *lines), "c")

    assert [c.caption.split(":")[0] for c in found] == [
        "Picked when needed",
        "Picked although not needed",
    ]
    assert "c-1-title" in found[0].svg
    assert "c-2-title" in found[1].svg


def test_charts_of_averages_have_their_unit(make: SimpleNamespace) -> None:
    own, compared = charts(public(make.assessment(make.waits())).items[0], "c")

    assert "days" in own.svg
    assert "limit -7 days" in compared.svg


def test_chart_of_more_groups_than_can_be_drawn_says_so(make: SimpleNamespace) -> None:
    (found,) = charts(public(make.assessment(make.crossed(41))).items[0], "c")

    assert not found.svg
    assert found.caption == (
        "Selected: 41 groups are more than a chart can show; the numbers hold them all."
    )
    assert charts(public(make.assessment(make.crossed(40))).items[0], "c")[0].svg
