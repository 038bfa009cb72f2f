"""The mean of two error rates, worked by hand; its intervals simulated."""

import math

import numpy as np
import pytest

from projects import GROUP, PREDICTION, TRUTH, decisions, open_project, rows
from rai_check.checks.balanced_error import balanced_error
from rai_check.measurement import Proportion, where

# a: misses 5 of 20, picks 8 of 80 wrongly; b: 20 of 40 and 30 of 60
LINES = rows(
    a_yes_yes=15, a_no_yes=5, a_yes_no=8, a_no_no=72,
    b_yes_yes=20, b_no_yes=20, b_yes_no=30, b_no_no=30,
)  # fmt: skip
COLUMNS = {"group": GROUP, "says": PREDICTION, "truth": TRUTH}


def measure(
    folder, lines=LINES, header="group,says,truth", *, pool_below=10, against="rest", **columns
):
    tables = {"decisions": decisions(**{**COLUMNS, **columns})}
    project = open_project(folder, lines=lines, header=header, tables=tables)
    return balanced_error(project, by="group", against=against, pool_below=pool_below)


def judged(result):
    return {dict(m.where)["group"]: m for m in result.measurements if not m.information}


def variance(*counts):
    """Sum over (x, n) of p (1 - p) / n with p = (x + 1) / (n + 2), a quarter of it."""
    rates = [((x + 1) / (n + 2), n) for x, n in counts]
    return sum(p * (1 - p) / n for p, n in rates) / 4


def test_difference_of_the_means_with_its_standard_error(tmp_path):
    found = judged(measure(tmp_path))

    # a misses 25% and picks 10% wrongly, half of their sum is 0.175; b has 50% of both
    assert found["Group A"].evidence.value == pytest.approx(0.175 - 0.5)
    assert found["Group B"].evidence.value == pytest.approx(0.5 - 0.175)
    expected = math.sqrt(variance((5, 20), (8, 80), (20, 40), (30, 60)))
    assert found["Group A"].evidence.se == pytest.approx(expected)
    assert (found["Group A"].metric, found["Group A"].against) == ("balanced error rate", "rest")


def test_degrees_of_freedom_are_those_of_satterthwaite(tmp_path):
    parts = [variance(c) for c in ((5, 20), (8, 80), (20, 40), (30, 60))]
    expected = sum(parts) ** 2 / sum(
        v**2 / df for v, df in zip(parts, (19, 79, 39, 59), strict=True)
    )

    assert judged(measure(tmp_path))["Group A"].evidence.df == pytest.approx(expected)


def test_no_error_at_all_is_not_certain(tmp_path):
    lines = rows(a_yes_yes=20, a_no_no=20, b_yes_yes=20, b_no_no=20)

    found = judged(measure(tmp_path, lines))["Group A"].evidence

    assert found.value == 0
    assert found.se == pytest.approx(math.sqrt(4 * (1 / 22) * (21 / 22) / 20 / 4))


def test_two_rates_and_their_mean_are_beside_it(tmp_path):
    beside = {
        (m.metric, m.where): m.evidence for m in measure(tmp_path).measurements if m.information
    }

    a = where(group="Group A")
    assert beside["false negative rate of each group", a] == Proportion(x=5, n=20)
    assert beside["false positive rate of each group", a] == Proportion(x=8, n=80)
    assert beside["balanced error rate of each group", a].value == pytest.approx(0.175)


def test_groups_with_few_of_either_kind_are_put_together(tmp_path):
    labels = {**GROUP, "labels": {"a": "A", "b": "B", "c": "C"}}
    lines = [*LINES, *rows(c_yes_yes=9, c_yes_no=50, c_no_no=50)]

    found = judged(measure(tmp_path, lines, group=labels))

    assert set(found) == {"A", "B", "small groups together"}
    assert found["small groups together"].members == ("C",)
    assert found["small groups together"].evidence.code == "too_few"
    assert found["A"].evidence.kind == "estimate"


def test_nobody_of_one_kind_is_undefined(tmp_path):
    lines = rows(a_yes_no=30, a_no_no=30, b_yes_yes=20, b_no_yes=20, b_no_no=30)

    found = judged(measure(tmp_path, lines))

    assert found["small groups together"].evidence.code == "nobody"
    assert found["Group B"].evidence.code == "nobody_beside"


def test_reference_and_pairs(tmp_path):
    against = measure(tmp_path, against="Group B")

    assert set(judged(against)) == {"Group A"}
    assert against.absent() == ()
    pairs = [m for m in measure(tmp_path, against="all-pairs").measurements if not m.information]
    assert [m.evidence.value for m in pairs] == pytest.approx([-0.325, 0.325])


def test_truth_of_the_picked_alone_is_not_enough(tmp_path):
    table = {**decisions(**COLUMNS), "outcome_known": "selected"}
    project = open_project(
        tmp_path, lines=LINES, header="group,says,truth", tables={"decisions": table}
    )

    result = balanced_error(project, by="group")

    assert {m.evidence.code for m in result.measurements} == {"selected"}


UNIT = {"header": "group,says,truth,who", "who": {"means": "unit"}}


def test_rows_that_repeat_a_person_widen_it(tmp_path):
    alone = judged(measure(tmp_path))["Group A"].evidence
    lines = [f"{line},{i // 2}" for i, line in enumerate(LINES)]

    found = judged(measure(tmp_path, lines, **UNIT))["Group A"].evidence

    assert found.value == pytest.approx(alone.value)
    assert found.se > alone.se
    assert found.df == 9  # the 20 of a who needed it are 10 people


def test_few_people_with_many_rows_are_too_few(tmp_path):
    lines = [f"{line},{i // 4}" for i, line in enumerate(LINES)]

    found = judged(measure(tmp_path, lines, pool_below=2, **UNIT))

    assert {m.evidence.code for m in found.values()} == {"too_few"}


def test_sampling_weights_move_the_rates(tmp_path):
    # every row that the tool got wrong in group a stands for two
    heavy = [f"{line},{2 if line in {'a,no,yes', 'a,yes,no'} else 1}" for line in LINES]

    found = judged(measure(tmp_path, heavy, header="group,says,truth,w", w={"means": "weight"}))[
        "Group A"
    ].evidence

    # (10/25 + 16/88) / 2 in place of (5/20 + 8/80) / 2
    assert found.value == pytest.approx((10 / 25 + 16 / 88) / 2 - 0.5)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sizes", "rates"),
    [
        ((10, 10, 1000, 1000), (0.3, 0.1, 0.3, 0.1)),
        ((10, 50, 100, 500), (0.5, 0.5, 0.5, 0.5)),
        ((20, 20, 200, 200), (0.9, 0.05, 0.9, 0.05)),
        ((100, 100, 1000, 1000), (0.3, 0.1, 0.3, 0.1)),
    ],
)
def test_interval_holds_the_truth(sizes, rates):
    from rai_check.fairness.balanced import weighted_sum
    from rai_check.stats.estimate import estimate_interval

    rng = np.random.default_rng(11)
    truth = (rates[0] + rates[1] - rates[2] - rates[3]) / 2
    held, above, below, runs = 0, 0, 0, 3000
    for _ in range(runs):
        x = [int(rng.binomial(n, p)) for n, p in zip(sizes, rates, strict=True)]
        counts = list(zip(x, sizes, strict=True))
        found = weighted_sum(counts, (0.5, 0.5, -0.5, -0.5))
        arguments = {"df": found.df, "link": "identity"}
        wide = estimate_interval(found.value, found.se, **arguments)
        one_sided = estimate_interval(found.value, found.se, level=0.9, **arguments)
        held += wide.low <= truth <= wide.high
        above += one_sided.low > truth
        below += one_sided.high < truth

    assert held / runs > 0.935
    assert max(above, below) / runs < 0.075
