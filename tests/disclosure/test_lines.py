"""Plans and deciding intervals of lines, from what may be shown."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.disclosed import PublicLine
from rai_check.disclosure.lines import public_lines
from rai_check.disclosure.shower import Shower
from rai_check.judgement import LimitUsed, Line, Planning, ShownInterval
from rai_check.measurement import Estimate, Evidence, Measurement, TwoProportions, Undefined, where
from rai_check.outcome import Outcome
from rai_check.protected import PEOPLE
from rai_check.stats.power import rows_needed
from rai_check.stats.power_arrays import rows_needed_array, smallest_detectable_array
from rai_check.stats.two_proportions import score_interval

RATIO = LimitUsed(of="ratio", min=0.8, max=1.25, prevalence=None, breach="fail", whose="ours")
TRUE = Planning(rate=0.777, planned=True, rows_needed=777, below=0.777, above=0.777)
BY = ShownInterval(low=0.777, high=0.777, level=0.9, method="sentinel")
NOBODY = Undefined(code="nobody", text="nobody whose prediction is known")


def line(evidence: Evidence, *, expected: float | None = 0.4, **fields: object) -> Line:
    m = Measurement(
        metric="selection rate",
        evidence=evidence,
        where=where(sex="male"),
        against="rest",
        planned_rate=expected,
        known=400,
        total=400,
    )
    found = Line(
        check="c",
        outcome=Outcome.INCONCLUSIVE,
        code="undecided",
        reason="",
        measurement=m,
        limit=RATIO,
        planning=replace(TRUE, planned=expected is not None),
    )
    return replace(found, **fields)  # type: ignore[arg-type]  # a builder for tests


def shown(*lines: Line) -> tuple[PublicLine, ...]:
    return public_lines(Shower(level=0.95, people=PEOPLE, small=frozenset()), lines)


def two(x: int, n: int, x0: int, n0: int) -> TwoProportions:
    return TwoProportions(x=x, n=n, x0=x0, n0=n0)


def test_plan_at_the_planned_rate_rests_on_the_sizes_shown() -> None:
    (found,) = shown(line(two(131, 341, 1_111, 2_788)))

    # 341 and 2,788 are shown as 340 and 2,790
    assert found.planning is not None
    share = 340 / 3_130
    words = {"effect": "ratio", "share": share, "power": 0.9}
    each = [rows_needed_array(0.4, b, **words) for b in (0.8, 1.25)]
    assert found.planning.rows_needed == max(int(rows) for rows in each)
    below, above = smallest_detectable_array(340, 2_790, 0.4, effect="ratio")
    assert (found.planning.below, found.planning.above) == pytest.approx((below, above))
    assert (found.planning.rate, found.planning.planned) == (0.4, True)


def test_plan_without_a_planned_rate_takes_the_rate_shown() -> None:
    (found,) = shown(line(two(131, 341, 1_111, 2_788), expected=None))

    assert found.planning is not None
    assert found.planning.rate == pytest.approx((130 + 1_110) / (340 + 2_790))
    assert not found.planning.planned


def test_plan_without_a_planned_rate_is_not_made_where_the_rate_is_hidden() -> None:
    assert shown(line(two(4, 61, 1_524, 3_691), expected=None))[0].planning is None


@given(st.integers(0, 9), st.integers(0, 9))
def test_plan_where_events_are_few_rests_on_sizes_and_the_planned_rate_alone(
    a: int, b: int
) -> None:
    found = [shown(line(two(x, 61, 1_524, 3_691)))[0].planning for x in (a, b)]

    assert found[0] is not None
    assert found[0].sized
    assert found[0] == found[1]


@pytest.mark.parametrize("n", [1, 5, 9])
def test_plan_of_a_small_group_is_that_of_an_empty_one(n: int) -> None:
    few, none = shown(line(two(1, n, 900, 3_000)), line(NOBODY, code="nobody"))

    # nearest bound of 0.80 and 1.25 against a comparison that is large beside the group
    needed = max(rows_needed(0.4, bound, effect="ratio", power=0.9) or 0 for bound in (0.8, 1.25))
    assert few == none
    assert few.planning is not None
    assert few.planning.rows_needed == needed
    assert not few.planning.sized
    assert (few.planning.below, few.planning.above) == (None, None)


def test_interval_that_decided_is_worked_out_again_at_its_level() -> None:
    decided = {"outcome": Outcome.PASS, "code": "decided", "decided_by": BY}
    (found,) = shown(line(two(758, 1_841, 483, 1_288), **decided))
    expected = score_interval(760, 1_840, 485, 1_290, effect="ratio", level=0.9)

    assert found.decided_by is not None
    assert (found.decided_by.low, found.decided_by.high) == (expected.low, expected.high)
    assert found.decided_by.level == 0.9


def test_interval_that_decided_is_hidden_with_the_counts() -> None:
    fields = {"outcome": Outcome.FAIL, "code": "decided", "decided_by": BY}
    (found,) = shown(line(two(4, 400, 900, 3_000), **fields))

    assert found.decided_by is None


def test_plan_of_an_estimate_follows_from_what_is_shown_of_it() -> None:
    days = LimitUsed(of="value", min=-7, max=7, prevalence=None, breach="fail", whose="ours")
    made = line(Estimate(value=3.20771, se=1.10412, df=None), limit=days)
    assert made.measurement is not None
    (found,) = shown(replace(made, measurement=replace(made.measurement, unit="days")))

    # 1.10 x (1.96 + 0.84) = 3.08
    assert found.planning is not None
    assert found.planning.rate is None
    assert found.planning.above == pytest.approx(1.10 * (1.959964 + 0.841621), rel=1e-5)


def test_no_number_of_the_assessment_itself_is_shown() -> None:
    found = shown(
        line(two(131, 341, 1_111, 2_788), decided_by=BY),
        line(two(4, 61, 1_524, 3_691), decided_by=BY),
        line(NOBODY, code="nobody"),
    )

    assert "777" not in repr(found)
