"""Comparisons of every kind as they may be shown: by hand, and the same whatever is hidden."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.disclosed import BY_TODAY, BY_TOOL, PublicMeasurement
from rai_check.disclosure.shower import Shower
from rai_check.measurement import (
    Change,
    Design,
    Evidence,
    Measurement,
    Paired,
    Strata,
    TwoProportions,
    where,
)
from rai_check.protected import PEOPLE, Mask
from rai_check.stats.change import change_interval, log_ratio
from rai_check.stats.paired import paired_interval
from rai_check.stats.strata import common_effect, common_interval
from rai_check.stats.two_proportions import score_interval
from rai_check.stats.weighted import design_interval

small = st.integers(0, 9)


def measured(evidence: Evidence, **fields: object) -> Measurement:
    given_ = {"metric": "selection rate", "where": where(sex="male"), "against": "rest"}
    return Measurement(evidence=evidence, **(given_ | fields))  # type: ignore[arg-type]  # a builder for tests


def shown(evidence: Evidence, *beside: Measurement, **fields: object) -> PublicMeasurement:
    show = Shower(level=0.95, people=PEOPLE, small=frozenset(), beside=beside)
    return show.measurement(measured(evidence, **fields), None)


def ends(found: PublicMeasurement) -> tuple[float | None, float | None]:
    assert found.interval is not None
    return found.interval.low, found.interval.high


def designed(units: int, *, x: int = 101, n: int = 303, weighted: bool = False) -> TwoProportions:
    design = Design(
        rate=0.3333,
        rate0=0.4117,
        effective=n / 1.62,
        effective0=920.5,
        correlation=0.04,
        units=units,
        units0=700,
        weighted=weighted,
    )
    return TwoProportions(x=x, n=n, x0=758, n0=1_841, design=design)


def test_repeated_rows_are_shown_from_protected_counts_and_a_rounded_design_effect() -> None:
    found = shown(designed(120))

    # 101 of 303 is shown as 100 of 305; 1.62 is rounded to 1.6 and 305 / 1.6 to 191;
    # 1,841 / 920.5 = 2.0 and 1,840 / 2.0 = 920; 120 units are 120; 0.04 is no correlation
    assert found.own is not None
    assert found.other is not None
    assert (found.own.rate, found.own.effective, found.other.effective) == (100 / 305, 191, 920)
    expected = design_interval(
        100 / 305, 191, 760 / 1_840, 920, correlation=0.0, df=119, effect="ratio"
    )
    assert ends(found) == pytest.approx((expected.low, expected.high))
    assert found.effect == pytest.approx((100 / 305) / (760 / 1_840))


def test_repeated_rows_of_fewer_than_ten_people_are_hidden_and_so_is_the_rest() -> None:
    found = shown(designed(9))

    assert found.own is not None
    assert found.own.n.mask is Mask.FEW
    assert found.other is not None
    assert found.other.n.mask is Mask.WITHHELD
    assert found.effect is None
    assert found.interval is None


def test_events_of_fewer_than_ten_people_on_average_are_withheld() -> None:
    # 20 of 300 rows of 100 people: as many rows as about 7 people have
    found = shown(designed(100, x=20, n=300))

    assert found.own is not None
    assert found.own.n.value == 300
    assert found.own.x.mask is Mask.WITHHELD
    assert found.effect is None


@given(st.integers(1, 9), st.integers(1, 9))
def test_what_is_shown_is_the_same_whatever_a_small_number_of_people_is(a: int, b: int) -> None:
    assert shown(designed(a)) == shown(designed(b))


def test_weighted_rates_are_no_finer_than_rounded_counts_would_be() -> None:
    found = shown(designed(303, weighted=True))

    # 0.3333 of 305 is 101.7, shown as 100; 0.4117 of 1,840 is 757.5, shown as 760
    assert found.own is not None
    assert found.other is not None
    assert (found.own.rate, found.other.rate) == (100 / 305, 760 / 1_840)
    assert found.own.weighted is not None


STRATA = ((40, 160, 210, 800), (31, 90, 300, 820))


def stratified(*tables: tuple[int, int, int, int]) -> Strata:
    return Strata(tables=tuple(TwoProportions(x=a, n=b, x0=c, n0=d) for a, b, c, d in tables))


def test_strata_show_rounded_sums_and_the_common_effect_to_two_figures() -> None:
    found = shown(stratified(*STRATA))

    # 40 + 31 = 71 of 250 and 510 of 1,620
    assert found.own is not None
    assert found.other is not None
    assert (found.own.x.value, found.own.n.value) == (70, 250)
    assert (found.other.x.value, found.other.n.value) == (510, 1_620)
    tables = ([40, 31], [160, 90], [210, 300], [800, 820])
    true = common_effect(*tables, effect="ratio").value
    assert found.effect == float(f"{true:.2g}")
    expected = common_interval(*tables, effect="ratio")
    assert ends(found) == (float(f"{expected.low:.2g}"), float(f"{expected.high:.2g}"))
    assert found.strata == 2


def test_small_strata_stay_in_the_common_effect() -> None:
    # 30 strata of 4 and 12 people, no one of which could be shown by itself
    tables = tuple((1 if i % 2 else 2, 4, 6, 12) for i in range(30))
    found = shown(stratified(*tables))

    cells = ([t[k] for t in tables] for k in range(4))
    assert found.effect == pytest.approx(common_effect(*cells, effect="ratio").value, abs=0.01)


def test_a_lone_stratum_is_shown_as_any_comparison_is() -> None:
    found = shown(stratified((41, 162, 212, 801)))

    assert found.effect == (40 / 160) / (210 / 800)


def test_strata_when_a_sum_is_small_show_nothing_of_it() -> None:
    found = shown(stratified((4, 30, 200, 800), (3, 25, 210, 820)))

    assert found.own is not None
    assert found.own.x.mask is Mask.FEW
    assert found.effect is None
    assert found.interval is None


def test_paired_answers_show_both_rates_of_the_same_cases() -> None:
    found = shown(Paired(both=150, only=42, only0=21, neither=300))

    # 192 and 171 of 513 are shown as 190 and 170 of 515; 42 and 21 as 40 and 20
    assert found.own is not None
    assert found.other is not None
    assert (found.own.x.value, found.other.x.value, found.own.n.value) == (190, 170, 515)
    assert found.effect == pytest.approx(190 / 170)
    expected = paired_interval(150, 40, 20, 305, effect="ratio")
    assert ends(found) == pytest.approx((expected.low, expected.high))


@given(small, small)
def test_paired_answers_show_the_same_whatever_a_few_of_them_are(a: int, b: int) -> None:
    """192 and 183 of 513 by each answer, of which `only0` cannot be told."""
    pairs = [shown(Paired(both=183 - x, only=9 + x, only0=x, neither=321 - x)) for x in (a, b)]

    assert pairs[0].interval is None
    assert pairs[0] == pairs[1]


def gap(by: str, counts: tuple[int, int, int, int]) -> Measurement:
    x, n, x0, n0 = counts
    evidence = TwoProportions(x=x, n=n, x0=x0, n0=n0)
    return measured(evidence, metric=f"selection rate{by}", information=True)


CHANGE = Change(now=0.123, now_se=0.1, before=0.456, before_se=0.1, correlation=0.42)
OF_CHANGE = {"metric": "change of the gap in selection rate"}


def test_change_is_worked_out_from_the_counts_shown_of_both_gaps() -> None:
    beside = gap(BY_TOOL, (192, 513, 154, 475)), gap(BY_TODAY, (171, 513, 171, 475))
    found = shown(CHANGE, *beside, **OF_CHANGE)

    # 190 / 515 against 155 / 475, and 170 / 515 against 170 / 475
    now, was = math.log(190 / 515 / (155 / 475)), math.log(170 / 515 / (170 / 475))
    assert found.effect == pytest.approx(math.exp(abs(now) - abs(was)))
    ses = log_ratio(190, 515, 155, 475).se, log_ratio(170, 515, 170, 475).se
    expected = change_interval(now, ses[0], was, ses[1], 0.4)
    assert ends(found) == pytest.approx((expected.low, expected.high))
    assert found.before is not None


@pytest.mark.parametrize("hidden", [(4, 75, 154, 475), (192, 513, 171, 176)])
def test_change_when_a_count_behind_it_is_small_is_not_shown(
    hidden: tuple[int, int, int, int],
) -> None:
    beside = gap(BY_TOOL, (192, 513, 154, 475)), gap(BY_TODAY, hidden)

    assert shown(CHANGE, *beside, **OF_CHANGE).effect is None
    assert shown(CHANGE, beside[0], **OF_CHANGE).effect is None
    assert shown(CHANGE, **OF_CHANGE).effect is None


def test_change_when_not_about_people_is_shown_as_it_is() -> None:
    found = shown(CHANGE, about_people=False, **OF_CHANGE)

    assert found.effect == pytest.approx(math.exp(0.123 - 0.456))


def test_comparison_of_rows_that_stand_alone_has_the_plain_score_interval() -> None:
    found = shown(TwoProportions(x=83, n=288, x0=758, n0=1_841))
    expected = score_interval(85, 290, 760, 1_840, effect="ratio")

    assert ends(found) == (expected.low, expected.high)
