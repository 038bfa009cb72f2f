"""Exact tests are left out only where no outcome could hang on them."""

import numpy as np
import pytest

from builders import RATIO, control, judged, measured, policy
from rai_check.measurement import TwoProportions
from rai_check.outcome import Outcome
from rai_check.policy.model import Limit
from rai_check.stats.exact import exact_p
from rai_check.stats.multiple import holm
from rai_check.weighing import small
from rai_check.weighing.small import Small, exact_tests

ALPHA = 0.05
DIFFERENCE = {
    "check": "selection-rate",
    "limit": {"of": "difference", "min": "-0.3", "max": "0.3", "whose": "ours"},
}
ODDS = {
    "check": "selection-rate",
    "limit": {"of": "odds", "min": "0.5", "max": "2", "whose": "ours"},
}
PARTS = pytest.mark.parametrize(
    "part", [RATIO, DIFFERENCE, ODDS], ids=["ratio", "difference", "odds"]
)
SIDES = {"min": ("below", "above"), "max": ("above", "below")}


def random_tables(seed, count):
    """Tables below the floors; rates far enough apart that some fail and some pass."""
    random = np.random.default_rng(seed)
    for _ in range(count):
        n, n0 = int(random.integers(6, 45)), int(random.integers(30, 60))
        p, p0 = random.choice([0.02, 0.1, 0.5, 0.9, 0.98], 2)
        x, x0 = int(random.binomial(n, p)), int(random.binomial(n0, p0))
        yield TwoProportions(x=x, n=n, x0=x0, n0=n0)


def all_exact(tables, limit):
    """The procedure of docs/statistics.md with every exact p: (outcome, code, leans, rejected)."""
    p = [
        [
            [
                exact_p(t.x, t.n, t.x0, t.n0, effect=limit.of, bound=bound, side=side)
                for side in SIDES[end]
            ]
            for end, bound in (("min", limit.min), ("max", limit.max))
        ]
        for t in tables
    ]
    adjusted = iter(holm([fail for line in p for fail, _ in line]))
    found = []
    for table, line in zip(tables, p, strict=True):
        rejected = [next(adjusted) < ALPHA for _ in line]
        leans = any(fail < ALPHA for fail, _ in line)
        if any(rejected):
            found.append((Outcome.FAIL, "decided", False, rejected))
        elif table.n < 10:  # the floor of units
            found.append((Outcome.INCONCLUSIVE, "too_few", leans, rejected))
        elif all(inside < ALPHA for _, inside in line):
            found.append((Outcome.PASS, "decided", False, rejected))
        else:
            found.append((Outcome.INCONCLUSIVE, "undecided", leans, rejected))
    return found


@PARTS
@pytest.mark.parametrize("seed", range(6))
def test_outcomes_are_those_of_computing_every_exact_p(part, seed):
    tables = list(random_tables(seed, 6))
    rules = policy({"AA-01": control(parts=[part], per="group")})
    limit = rules.controls["AA-01"].parts[0].limit
    labels = tuple(f"g{i}" for i in range(len(tables)))

    lines = judged(rules, measured("AA-01", *tables, group="e", labels=labels)).items[0].lines

    found = [
        (
            line.outcome,
            line.code,
            line.leans,
            [h.p_fail_adjusted < ALPHA for h in line.hypotheses],
        )
        for line in lines
    ]
    assert found == all_exact(tables, limit)


@PARTS
def test_p_is_the_exact_one_or_a_bound_below_it_that_decides_alike(part):
    tables = list(random_tables(99, 12))
    rules = policy({"AA-01": control(parts=[part], per="group")})
    labels = tuple(f"g{i}" for i in range(len(tables)))

    lines = judged(rules, measured("AA-01", *tables, group="e", labels=labels)).items[0].lines

    bounded = 0
    for table, line in zip(tables, lines, strict=True):
        for h in line.hypotheses:
            cells = (table.x, table.n, table.x0, table.n0)
            fail, inside = (
                exact_p(*cells, effect=line.limit.of, bound=h.bound, side=side)
                for side in SIDES[h.side]
            )
            assert h.p_fail <= fail if h.p_fail_bounded else h.p_fail == pytest.approx(fail)
            assert h.p_pass <= inside if h.p_pass_bounded else h.p_pass == pytest.approx(inside)
            assert h.p_fail >= ALPHA or not h.p_fail_bounded
            assert h.p_fail_adjusted >= h.p_fail
            bounded += h.p_fail_bounded
    assert bounded >= len(tables) / 2  # the saving is real


def test_no_search_is_made_where_nothing_can_be_decided(monkeypatch):
    def refused(*_, **__):
        raise AssertionError("an exact p was searched for")

    monkeypatch.setattr(small, "_exact_above", refused)
    limit = Limit(of="ratio", min=0.8, max=1.25, whose="ours")
    # 6 of 20 against 30 of 100: the same rate, so neither bound is nearly broken, and 20 people
    # cannot show that it is kept either
    alike = (6, 20, 30, 100)

    ((low, high),) = exact_tests(
        [Small(above=alike, below=alike, can_pass=True)], limit, "ratio", "exact", alpha=ALPHA
    )

    assert low.fail_bounded
    assert low.inside_bounded
    assert high.fail_bounded
    assert min(low.fail, high.fail) >= ALPHA
    assert max(low.inside, high.inside) >= ALPHA


def test_line_that_cannot_pass_is_not_searched_for_passing():
    # 90 of 90 against 900 of 1,000 passes a difference of 0.3 either way if it may
    limit = Limit(of="difference", min=-0.3, max=0.3, whose="ours")
    table = (90, 90, 900, 1000)
    free, barred = (
        exact_tests(
            [Small(above=table, below=table, can_pass=can_pass)],
            limit,
            "difference",
            "exact",
            alpha=ALPHA,
        )[0]
        for can_pass in (True, False)
    )

    assert not any(test.inside_bounded for test in free)
    assert all(test.inside < ALPHA for test in free)
    assert all(test.inside_bounded for test in barred)


def test_table_is_asked_once_and_its_mirror_image_not_again():
    small._exact_above.cache_clear()
    limit = Limit(of="ratio", min=0.8, max=1.25, whose="ours")
    # 1 of 20 against 30 of 40: plainly below 0.80, so its p is searched for
    table, mirror = (1, 20, 30, 40), (30, 40, 1, 20)

    found = exact_tests(
        [Small(above=t, below=t, can_pass=False) for t in (table, mirror, table)],
        limit,
        "ratio",
        "exact",
        alpha=ALPHA,
    )

    assert small._exact_above.cache_info().misses == 1
    assert found[0][0].fail == found[1][1].fail == found[2][0].fail
    assert found[0][0].fail < ALPHA
