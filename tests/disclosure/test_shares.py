"""A share of a known population as it may be shown: by hand, and the same whatever is hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.disclosed import PublicMeasurement
from rai_check.disclosure.places import few, small_places
from rai_check.disclosure.shower import Shower
from rai_check.judgement import Judged, Line
from rai_check.measurement import Exact, Measurement, Share, where
from rai_check.outcome import Outcome, Severity, Stage
from rai_check.protected import PEOPLE, Mask
from rai_check.reports.clauses import figures
from rai_check.weighing.shares import share_interval

ENGLAND = (5_426_423, 56_490_065)


def measured(x: int, n: int, x0: int, n0: int) -> Measurement:
    return Measurement(
        metric="share of records",
        evidence=Share(x=x, n=n, x0=x0, n0=n0),
        where=where(ethnic_group="Asian"),
        against="the people of England, Census 2021",
        size=n,
    )


def shown(x: int, n: int, x0: int, n0: int) -> PublicMeasurement:
    show = Shower(level=0.95, people=PEOPLE, small=frozenset())
    return show.measurement(measured(x, n, x0, n0), None)


def test_ratio_and_interval_are_of_the_counts_shown() -> None:
    found = shown(67, 803, *ENGLAND)

    # 67 of 803 is shown as 65 of 805, and 5,426,423 as 5,426,425
    assert found.own is not None
    assert found.other is not None
    assert (found.own.x.value, found.own.n.value) == (65, 805)
    assert (found.other.x.value, found.other.n.value) == (5_426_425, 56_490_065)
    assert found.effect == pytest.approx(65 / 805 / (5_426_425 / 56_490_065))
    interval = share_interval(Share(x=65, n=805, x0=5_426_425, n0=56_490_065), level=0.95)
    assert found.interval == interval
    assert figures(found).startswith(
        "Asian: 65 of 805 records are of this group (8%), against 5,426,425 of 56,490,065 of the "
        "people of England, Census 2021 (10%); ratio 0.84 (95% interval"
    )


@given(st.integers(0, 9), st.integers(0, 9))
def test_few_of_a_group_are_shown_alike(one: int, other: int) -> None:
    assert shown(one, 800, *ENGLAND) == shown(other, 800, *ENGLAND)
    found = shown(one, 800, *ENGLAND)
    assert found.effect is None
    assert found.interval is None
    assert found.own is not None
    assert found.own.x.mask is Mask.FEW


@given(st.integers(1, 9), st.integers(1, 9))
def test_few_of_the_reference_are_shown_alike_and_complete_nothing(one: int, other: int) -> None:
    assert shown(60, 800, one, 200) == shown(60, 800, other, 200)
    found = shown(60, 800, one, 200)
    assert found.effect is None
    assert found.own is not None
    assert found.own.x.mask is Mask.WITHHELD


def test_few_records_in_all_are_few() -> None:
    assert few(shown(3, 8, *ENGLAND))
    assert not few(shown(60, 800, *ENGLAND))


@pytest.mark.parametrize(("x", "small"), [(9, True), (10, False), (795, True)])
def test_place_of_few_hides_what_was_worked_out_there(x: int, small: bool) -> None:  # noqa: FBT001 - a case of the table
    m = measured(x, 800, *ENGLAND)
    residual = Measurement(
        metric="distance from the expected share of records, as a ratio to its standard deviation",
        evidence=Exact(value=-3.0),
        where=m.where,
        unit="ratio",
        information=True,
    )
    line = Line(
        check="representative", outcome=Outcome.FAIL, code="decided", reason="", measurement=m
    )
    judged = Judged(
        id="FA-04[ethnic_group]",
        control="FA-04",
        group="ethnic_group",
        title="Data resembles residents",
        why="w",
        source="s",
        owner="o",
        theme="equalities",
        severity=Severity.MEDIUM,
        stage=Stage.APPROVE,
        gates=False,
        outcome=Outcome.FAIL,
        standing=Outcome.FAIL,
        lines=(line,),
        information=(residual,),
    )
    places = small_places(judged)
    assert (m.where in places) is small
    show = Shower(level=0.95, people=PEOPLE, small=places)
    quantity = show.measurement(residual, None).quantity
    assert quantity is not None
    assert (quantity.value is None) is small
