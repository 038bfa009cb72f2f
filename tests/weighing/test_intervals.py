"""The interval of the rule that decided agrees with the rule."""

import pytest

from builders import control, judged, measured, policy
from rai_check.measurement import Design, Estimate, Measurement, Paired, Proportion, Strata, where
from rai_check.measurement import TwoProportions as Two
from rai_check.outcome import Outcome
from rai_check.policy.model import Limit
from rai_check.stats.two_proportions import score_interval
from rai_check.weighing.intervals import Asked, deciding_intervals

FAIL, PASS = Outcome.FAIL, Outcome.PASS


def lines(*evidence, of="ratio", low="0.8", high="1.25"):
    part = {
        "check": "selection-rate",
        "limit": {"of": of, "min": low, "max": high, "whose": "convention"},
    }
    rules = policy({"AA-01": control(parts=[part], per="group")})
    labels = tuple(f"g{i}" for i in range(len(evidence)))
    return judged(rules, measured("AA-01", *evidence, group="e", labels=labels)).items[0].lines


def test_pass_has_the_interval_at_twice_alpha_and_it_lies_inside_the_limit():
    # 437 of 1,000 against 500 passes at 0.05 though its 95% interval reaches below 0.80
    (line,) = lines(Two(x=437, n=1000, x0=500, n0=1000))

    assert line.outcome is PASS
    assert line.decided_by.level == pytest.approx(0.9)
    assert 0.8 < line.decided_by.low < line.decided_by.high < 1.25
    assert (line.interval.level, line.interval.low < 0.8) == (0.95, True)


def test_odds_that_pass_or_fail_have_the_interval_of_their_own_tests():
    # 5,000 and 10,000 of twice as many each; 6% against 50%, by the exact test
    alike, apart = Two(x=5000, n=10_000, x0=10_000, n0=20_000), Two(x=2, n=30, x0=50, n0=100)
    (good,), (bad,) = lines(alike, of="odds"), lines(apart, of="odds")

    assert (good.outcome, bad.outcome) == (PASS, FAIL)
    assert 0.8 < good.decided_by.low < good.decided_by.high < 1.25
    assert good.decided_by.method == "Miettinen-Nurminen score of odds"
    assert bad.decided_by.high < 0.8
    assert bad.interval.method == "exact unconditional Boschloo"
    assert bad.hypotheses[0].method == "exact unconditional"


def test_fail_has_the_interval_adjusted_as_its_p_and_it_lies_beyond_the_bound():
    # two tests each of three groups: the smallest p shares alpha with 6, the next with 5
    worse, bad, alike = (
        Two(x=480, n=2000, x0=1000, n0=2000),
        Two(x=540, n=2000, x0=1000, n0=2000),
        Two(x=1000, n=2000, x0=1000, n0=2000),
    )
    found = lines(worse, bad, alike)

    assert [line.outcome for line in found] == [FAIL, FAIL, PASS]
    assert [line.decided_by.level for line in found] == pytest.approx(
        [1 - 0.1 / 6, 1 - 0.1 / 5, 0.9]
    )
    for line in found[:2]:
        assert line.decided_by.high < 0.8


def test_barely_failing_line_has_an_interval_that_barely_leaves_the_bound_out():
    # 56 of 200 against 45%: p at 0.80 is 0.0127, below 0.05 / 2 alone (see test_judge)
    (line,) = lines(Two(x=56, n=200, x0=900, n0=2000))

    assert line.outcome is FAIL
    assert 0.75 < line.decided_by.high < 0.8


def test_line_that_no_test_decided_has_no_such_interval():
    (line,) = lines(Two(x=3, n=20, x0=300, n0=1000))

    assert line.outcome is Outcome.INCONCLUSIVE
    assert line.decided_by is None
    assert line.interval.method == "MOVER-R"


@pytest.mark.parametrize(
    ("evidence", "outcome"),
    [(Two(x=0, n=30, x0=500, n0=1000), FAIL), (Two(x=40, n=40, x0=999, n0=1000), PASS)],
)
def test_line_that_exact_tests_decided_has_exact_intervals(evidence, outcome):
    (line,) = lines(evidence, low="0.8")

    assert line.outcome is outcome
    assert line.interval.method == line.decided_by.method == "exact unconditional score"
    inside = line.decided_by.low > 0.8 and line.decided_by.high < 1.25
    assert inside if outcome is PASS else line.decided_by.high < 0.8


def test_small_design_that_is_decided_keeps_what_either_of_its_tests_allows():
    design = Design(rate=0.02, rate0=0.5, effective=45.5, effective0=900.0, units=40, units0=800)

    (line,) = lines(Two(x=2, n=100, x0=500, n0=1000, design=design))

    assert line.outcome is FAIL
    assert line.decided_by.method == "exact unconditional on effective counts"
    assert line.decided_by.high < 0.8


def test_every_kind_of_evidence_has_the_interval_of_its_own_test():
    two = Two(x=30, n=100, x0=90, n0=300)
    kinds = [
        (two, "Koopman score"),
        (Strata(tables=(two, two)), "stratified"),
        (Paired(both=300, only=30, only0=20, neither=650), "Tang-Tang-Chan"),
        (Proportion(x=3, n=10), "Clopper-Pearson"),
        (Estimate(value=0.1, se=0.1, link="log"), "normal"),
    ]
    asked = [Asked(evidence=e, effect="ratio", exact=False, level=0.9) for e, _ in kinds]

    found = deciding_intervals(asked)

    for interval, (_, name) in zip(found, kinds, strict=True):
        assert name in interval.method
        assert interval.level == 0.9


def test_levels_are_each_lines_own_though_inverted_together():
    two = Two(x=30, n=100, x0=90, n0=300)
    levels = (0.9, 0.99, 0.9999)

    found = deciding_intervals(
        [Asked(evidence=two, effect="difference", exact=False, level=level) for level in levels]
    )

    for interval, level in zip(found, levels, strict=True):
        alone = score_interval(30, 100, 90, 300, effect="difference", level=level)
        assert (interval.low, interval.high) == pytest.approx((alone.low, alone.high))
        assert interval.level == level


def test_pairs_tested_exactly_have_no_interval_of_that_test():
    few = Paired(both=500, only=2, only0=1, neither=497)

    (line,) = lines(few)

    assert line.outcome is PASS
    assert line.decided_by is None
    assert line.interval is not None
    assert Limit(of="ratio", min=0.8, whose="x").min < line.interval.low
    assert Measurement(metric="m", evidence=few, where=where(e="g0")) == line.measurement
