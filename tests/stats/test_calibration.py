import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_1samp, ttest_ind

from rai_check.stats.calibration import (
    ScoreSums,
    calibration_error,
    in_the_large,
    in_the_large_gap,
)
from rai_check.stats.estimate import estimate_p
from rai_check.stats.one_proportion import wilson

SCALE = 10**6
CASES = st.lists(st.tuples(st.integers(0, SCALE), st.booleans()), min_size=2, max_size=40)


def sums(scores, outcomes) -> ScoreSums:
    """From scores in millionths."""
    units = [int(score) for score in scores]
    return ScoreSums(
        n=len(units),
        events=int(np.sum(outcomes)),
        scores=sum(units),
        squares=sum(u * u for u in units),
        products=sum(u for u, y in zip(units, outcomes, strict=True) if y),
        scale=SCALE,
    )


def drawn(generator, n: int, beta: tuple[float, float], shift: float = 0.0) -> ScoreSums:
    scores = np.rint(generator.beta(*beta, n) * SCALE)
    return sums(scores, generator.random(n) < scores / SCALE + shift)


def test_in_the_large_by_hand() -> None:
    # scores .2 .4 .6 .8, outcomes 0 1 0 1: differences -.2 .6 -.6 .2, mean 0, sum of squares .8,
    # variance .8/3, over 4 = 1/15. Wilson's 90% limits for 2 of 4 reach, with z = 1.644854,
    # z/(1 + z^2/4) sqrt(.25/4 + (z/8)^2) = .3176 to either side; over z, squared, .0373, less
    # .25/4 is below 0, so nothing is added.
    got = in_the_large(sums([200_000, 400_000, 600_000, 800_000], [0, 1, 0, 1]))
    assert (got.value, got.df, got.link) == (0.0, 3.0, "identity")
    assert got.se == pytest.approx(math.sqrt(1 / 15))


def test_in_the_large_without_events_is_not_certain() -> None:
    # twenty scores of .1, no event: the differences do not vary at all. Wilson's 90% limit for 0 of
    # 20 is z^2 / (20 + z^2) = .119158, over z = 1.644854 a standard error of .072443
    got = in_the_large(sums([100_000] * 20, [0] * 20))
    assert got.value == pytest.approx(-0.1)
    assert got.se == pytest.approx(0.072443, abs=1e-6)


@given(CASES)
def test_in_the_large_is_a_careful_t_test(cases: list[tuple[int, bool]]) -> None:
    scores, outcomes = zip(*cases, strict=True)
    got, differences = (
        in_the_large(sums(scores, outcomes)),
        np.subtract(outcomes, np.divide(scores, SCALE)),
    )
    assert got.value == pytest.approx(differences.mean(), abs=1e-12)
    least = differences.std(ddof=1) / math.sqrt(len(cases))
    assert got.se >= least * (1 - 1e-6)
    assert 0.0 < got.se <= math.hypot(least, 0.5)


def test_in_the_large_gap_is_welch_where_events_are_many() -> None:
    generator = np.random.default_rng(4)
    scores, scores0 = (np.rint(generator.uniform(0, 1, k) * SCALE) for k in (2000, 6000))
    hits, hits0 = (generator.random(s.size) < s / SCALE for s in (scores, scores0))
    got = in_the_large_gap(sums(scores, hits), sums(scores0, hits0))
    expected = ttest_ind(hits - scores / SCALE, hits0 - scores0 / SCALE, equal_var=False)
    assert got.value / got.se == pytest.approx(expected.statistic, rel=0.01)
    assert got.df == pytest.approx(expected.df, rel=0.05)
    alone = ttest_1samp(hits - scores / SCALE, 0.0)
    own = in_the_large(sums(scores, hits))
    assert own.value / own.se == pytest.approx(alone.statistic, rel=0.01)


def test_in_the_large_of_one_score_is_a_score_test_of_a_rate() -> None:
    # 40 of 100 events and every score at Wilson's upper 90% limit, which the score test of a rate
    # just rejects at 5%: 1.645 standard errors
    limit = round(wilson(40, 100, level=0.9).high * SCALE)
    got = in_the_large(sums([limit] * 100, [1] * 40 + [0] * 60))
    assert got.value / got.se == pytest.approx(-1.644854, rel=0.006)


def test_calibration_error_by_hand() -> None:
    # bins of 10 with 3 events and mean score .2, and of 30 with 15 and .6; one case alone, at .9;
    # one empty. De-biased: 10 (.01 - .21/9) + 30 (.01 - .25/29) = -.133333 + .041379, over 40 it is
    # -.0022989. Naive: every distance is .1.
    got = calibration_error([10, 30, 1, 0], [3, 15, 1, 0], [2.0, 18.0, 0.9, 0.0])
    assert got.squared == pytest.approx(-0.0022989, abs=1e-7)
    assert (got.root, got.bins, got.left_out) == (0.0, 2, 1)
    assert got.ece == pytest.approx(0.1)


def test_calibration_error_scale_does_not_matter() -> None:
    fine = calibration_error([10, 30], [3, 15], [2_000_000, 18_000_000], scale=SCALE)
    assert fine == calibration_error([10, 30], [3, 15], [2.0, 18.0])


def test_calibration_error_of_lone_cases_is_unknown() -> None:
    got = calibration_error([1, 1], [0, 1], [0.2, 0.7])
    assert (got.squared, got.root, got.bins, got.left_out) == (None, None, 0, 2)
    assert got.ece == pytest.approx(0.25)


@pytest.mark.parametrize("shift", [0.0, 0.1])
@pytest.mark.parametrize("n", [50, 300])
def test_calibration_error_is_unbiased_and_the_naive_one_is_not(shift: float, n: int) -> None:
    # ten bins, scores 0.05 to 0.85, rates `shift` above: the squared error is shift squared
    generator, scores = np.random.default_rng(8), np.arange(0.05, 0.86, 0.1)
    sizes = np.full(scores.size, n // 10)
    hits = generator.binomial(sizes, scores + shift, size=(4000, scores.size))
    found = [calibration_error(sizes, row, sizes * scores) for row in hits]
    squared = np.array([one.squared for one in found])
    error = squared.std() / math.sqrt(squared.size)
    assert squared.mean() == pytest.approx(shift**2, abs=4 * error)
    naive = np.mean([one.ece for one in found])
    assert naive > shift + (0.1 if (shift, n) == (0.0, 50) else 0.0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"n": 1, "events": 0}, "n must be at least 2"),
        ({"events": 9}, "n must be at least 2 and events from 0 to n"),
        ({"products": -1}, "products must be"),
        ({"products": 3 * SCALE}, "products must be"),
        ({"scores": 8 * SCALE, "squares": 64 * SCALE**2}, "scores must lie between 0 and 1"),
    ],
)
def test_impossible_sums_are_refused(change: dict[str, int], message: str) -> None:
    words = {"n": 5, "events": 2, "scores": 2 * SCALE, "squares": 10**12, "products": SCALE}
    with pytest.raises(ValueError, match=f"^{message}"):
        ScoreSums(**words | change, scale=SCALE)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([2, 3], [1, 4], [1.0, 1.0]), "events must not exceed n"),
        (([0], [0], [0.0]), "n must not all be 0"),
        (([2], [1], [2.5]), "scores must lie between 0 and 1"),
        (([2], [1], [math.nan]), "scores must lie between 0 and 1"),
        (([2, 1], [1], [1.0]), "must have the same bins"),
        (([2.0], [1], [1.0]), "n must be a list of whole numbers"),
    ],
)
def test_impossible_bins_are_refused(arguments: tuple, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        calibration_error(*arguments)


def errs(n: int, beta: tuple[float, float], repetitions: int) -> float:
    """The largest one-sided error of 5% tests, alone and against the rest, of right scores."""
    generator, wrong = np.random.default_rng(2), np.zeros(4)
    rest = [drawn(generator, 3000, beta) for _ in range(10)]
    for i in range(repetitions):
        group = drawn(generator, n, beta)
        for k, got in enumerate((in_the_large(group), in_the_large_gap(group, rest[i % 10]))):
            words = {"df": got.df, "link": "identity", "bound": 0.0}
            p = estimate_p(got.value, got.se, side="above", **words)
            wrong[2 * k : 2 * k + 2] += p < 0.05, p > 0.95
    return float(wrong.max()) / repetitions


def test_in_the_large_keeps_its_size() -> None:
    # 600 repetitions: three standard errors of 5% are 2.7 points
    assert errs(100, (2, 8), 600) < 0.077


@pytest.mark.slow
@pytest.mark.parametrize("beta", [(2, 38), (2, 8), (5, 5), (0.3, 0.7)])
@pytest.mark.parametrize("n", [30, 100, 400])
def test_in_the_large_keeps_its_size_closely(n: int, beta: tuple[float, float]) -> None:
    # 3,000 repetitions: three standard errors of 5% are 1.2 points
    assert errs(n, beta, 3000) < 0.067
