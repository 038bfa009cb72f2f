import math

import pytest

from rai_check.disclosed import PublicMeasurement
from rai_check.disclosure.information import information
from rai_check.disclosure.lines import public_lines
from rai_check.disclosure.shower import Shower
from rai_check.disclosure.texts import reason_of
from rai_check.judgement import LimitUsed, Line
from rai_check.measurement import (
    Estimate,
    Evidence,
    Exact,
    Finding,
    Measurement,
    Paired,
    Proportion,
    Sampled,
    TwoProportions,
    Undefined,
    where,
)
from rai_check.outcome import Outcome
from rai_check.protected import PEOPLE, Count, Mask, Part
from rai_check.stats.one_proportion import wilson
from rai_check.stats.two_proportions import score_interval

POINTS = LimitUsed(of="difference", min=-0.1, max=0.1, prevalence=None, breach="fail", whose="ours")
ODDS = LimitUsed(of="odds", min=0.8, max=1.25, prevalence=None, breach="fail", whose="ours")


def shower(*small: tuple[tuple[str, str], ...]) -> Shower:
    return Shower(level=0.95, people=PEOPLE, small=frozenset(small))


def measured(evidence: Evidence, **fields: object) -> Measurement:
    return Measurement(metric="selection rate", evidence=evidence, **fields)  # type: ignore[arg-type]  # a builder for tests


def shown(evidence: Evidence, **fields: object) -> PublicMeasurement:
    return shower().measurement(measured(evidence, **fields), None)


def test_comparison_when_large_is_worked_out_from_rounded_counts() -> None:
    # 83 of 288 and 758 of 1,841 are shown as 85 of 290 and 760 of 1,840
    found = shown(TwoProportions(x=83, n=288, x0=758, n0=1_841))

    assert found.effect == pytest.approx((85 / 290) / (760 / 1_840))
    expected = score_interval(85, 290, 760, 1_840, effect="ratio")
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (expected.low, expected.high)


def test_comparison_when_the_limit_is_a_difference_is_a_difference() -> None:
    m = measured(TwoProportions(x=40, n=100, x0=100, n0=200))
    line = Line(
        check="c", outcome=Outcome.FAIL, code="decided", reason="", measurement=m, limit=POINTS
    )

    found = shower().measurement(m, line)

    assert found.effect_of == "difference"
    assert found.effect == pytest.approx(-0.1)


def held(evidence: Evidence, limit: LimitUsed, **fields: object) -> PublicMeasurement:
    m = measured(evidence, **fields)
    line = Line(
        check="c", outcome=Outcome.FAIL, code="decided", reason="", measurement=m, limit=limit
    )
    return shower().measurement(m, line)


def test_comparison_when_the_limit_is_of_odds_is_their_ratio_from_rounded_counts() -> None:
    # 83 of 288 and 758 of 1,841 are shown as 85 of 290 and 760 of 1,840: 85 to 205, 760 to 1,080
    found = held(TwoProportions(x=83, n=288, x0=758, n0=1_841), ODDS)

    assert found.effect_of == "odds"
    assert found.effect == pytest.approx(85 * 1_080 / (205 * 760))
    expected = score_interval(85, 290, 760, 1_840, effect="odds")
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (expected.low, expected.high)


def test_comparison_when_all_have_the_event_has_no_odds_to_show() -> None:
    found = held(TwoProportions(x=100, n=100, x0=150, n0=200), ODDS, about_people=False)

    assert found.effect is None
    assert found.interval is not None
    assert found.interval.high is None


def test_pair_of_answers_has_no_odds_and_is_shown_as_a_ratio() -> None:
    found = held(Paired(both=400, only=40, only0=60, neither=500), ODDS)

    assert found.effect_of == "ratio"
    assert found.effect == pytest.approx(440 / 460)


def test_comparison_when_one_count_is_small_has_no_rate_effect_or_interval() -> None:
    found = shown(TwoProportions(x=4, n=61, x0=1_524, n0=3_691))

    assert found.own is not None
    assert found.own.x.mask is Mask.FEW
    assert found.effect is None
    assert found.interval is None


def test_proportion_when_not_about_people_keeps_its_own_interval() -> None:
    found = shown(Proportion(x=22, n=24), about_people=False)

    assert found.effect == 22 / 24
    assert found.interval is not None
    assert found.interval.low == wilson(22, 24).low


def test_known_share_when_nearly_all_is_known_is_masked() -> None:
    found = shown(Exact(value=500), known=497, total=500)

    assert found.known == Part(
        x=Count(value=None, mask=Mask.ALL_BUT_FEW), n=Count(value=500, rounded=True)
    )


def test_exact_when_it_is_a_ratio_is_shown_unless_its_group_is_small() -> None:
    group = where(ethnic_group="Roma")
    m = Measurement(
        metric="largest ratio below 1 that would have been seen",
        evidence=Exact(value=0.71),
        where=group,
    )

    assert shower().measurement(m, None).quantity == Count(value=0.71)
    assert shower(group).measurement(m, None).quantity == Count(value=None, mask=Mask.WITHHELD)


def test_sampled_when_about_people_hides_hits_and_any_bound_made_from_them() -> None:
    found = shown(Sampled(hits=3, looked=2_000, population=14_021))

    assert found.own is not None
    assert found.own.x.mask is Mask.FEW
    assert found.population == Count(value=14_020, rounded=True)
    assert found.interval is None


@pytest.mark.parametrize("known", [None, 9])
def test_estimate_about_people_without_ten_known_is_not_shown(known: int | None) -> None:
    found = shown(Estimate(value=0.3, se=0.1), known=known, total=known)

    assert found.effect is None
    assert found.interval is None


def test_estimate_on_a_log_scale_is_shown_on_the_scale_of_the_effect() -> None:
    found = shown(Estimate(value=math.log(2), se=0.1, link="log"), about_people=False)

    assert found.effect == pytest.approx(2)
    assert found.interval is not None
    assert found.interval.low == pytest.approx(2 * math.exp(-1.959964 * 0.1), rel=1e-5)


def test_estimate_with_few_degrees_of_freedom_is_not_shown_for_people() -> None:
    assert shown(Estimate(value=0.3, se=0.1, df=4), known=50, total=60).effect is None


def test_finding_about_people_has_a_protected_count() -> None:
    found = shower().finding(Finding(place="t.c", kind="NHS number", shape="", count=3))

    assert found.count == Count(value=None, mask=Mask.FEW)


def test_text_of_a_check_about_people_loses_small_counts() -> None:
    found = shown(Undefined(code="x", text="only 3 rows have a date, 12 rows have none"))

    assert found.undefined == "only fewer than 10 rows have a date, 10 rows have none"


def test_text_keeps_digits_that_count_nothing() -> None:
    found = shown(Exact(value=50), notes=("See section 4 of ISO 1234-2 and fairlearn 0.13.",))

    assert found.notes == ("See section 4 of ISO 1234-2 and fairlearn 0.13.",)


@pytest.mark.parametrize("code", ["unknown_share", "sampled"])
def test_reason_made_from_true_counts_is_left_out(code: str) -> None:
    line = Line(
        check="c", outcome=Outcome.INCONCLUSIVE, code=code, reason="known for 59.6% of rows"
    )

    assert not reason_of(line)


NOBODY = Undefined(code="nobody", text="nobody to measure the selection rate on")
FEW, WITHHELD = Count(value=None, mask=Mask.FEW), Count(value=None, mask=Mask.WITHHELD)


def test_rate_of_nobody_about_people_is_one_of_a_small_group() -> None:
    found = shown(NOBODY, against="rest")

    assert (found.kind, found.own, found.undefined) == ("two_proportions", Part(x=FEW, n=FEW), "")
    assert found.other == Part(x=WITHHELD, n=WITHHELD)
    assert shown(NOBODY).kind == "proportion"


def test_comparison_with_nobody_withholds_the_group_and_hides_the_other() -> None:
    found = shown(Undefined(code="nobody_beside", text="nobody to compare with"), against="B")

    assert found.own == Part(x=WITHHELD, n=WITHHELD)
    assert found.other == Part(x=FEW, n=FEW)


def test_rate_of_nobody_when_not_about_people_keeps_its_reason() -> None:
    assert shown(NOBODY, about_people=False).undefined == NOBODY.text


@pytest.mark.parametrize("code", ["nobody", "too_few", "undecided"])
def test_line_of_a_small_group_that_cannot_be_told_reads_alike(code: str) -> None:
    evidence = NOBODY if code == "nobody" else TwoProportions(x=1, n=4, x0=90, n0=400)
    m = measured(evidence, against="rest")
    line = Line(check="c", outcome=Outcome.INCONCLUSIVE, code=code, reason="nobody", measurement=m)
    found = public_lines(shower(), [line])[0]

    assert (found.code, found.reason, found.tests) == ("too_few", "", ())


def test_line_of_a_small_group_that_is_decided_keeps_its_code() -> None:
    m = measured(TwoProportions(x=0, n=8, x0=390, n0=400), against="rest")
    line = Line(check="c", outcome=Outcome.FAIL, code="decided", reason="", measurement=m)

    assert public_lines(shower(), [line])[0].code == "decided"


def test_ratio_that_an_empty_group_has_not_is_withheld_as_of_a_small_one() -> None:
    group = where(ethnic_group="Roma")
    of = {"metric": "largest ratio below 1 that would have been seen", "where": group}
    none = Measurement(evidence=Undefined(code="too_few", text="no size"), **of)  # type: ignore[arg-type]  # a builder for tests
    some = Measurement(evidence=Exact(value=0.7), **of)  # type: ignore[arg-type]  # as above

    assert shower(group).measurement(none, None) == shower(group).measurement(some, None)
    assert shower().measurement(none, None).undefined == "no size"


def test_information_leaves_out_rates_of_small_groups_as_checks_do_of_empty_ones() -> None:
    rates = tuple(
        Measurement(
            metric="selection rate of each group",
            evidence=Proportion(x=x, n=n),
            where=where(sex=label),
            information=True,
        )
        for label, x, n in (("A", 40, 100), ("B", 3, 8), ("C", 4, 60))
    )
    found = information(shower(), rates, ())

    assert [m.where for m in found] == [where(sex="A"), where(sex="C")]
    assert information(shower(), rates[1:2], ()) == ()
