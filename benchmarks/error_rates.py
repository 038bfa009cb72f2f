"""How often each rule errs: the four-fifths point rule beside the tests of `rai_check.stats`.

Five groups of 85, 6, 4, 3 and 2% are compared, each with everyone else, against ratio limits of
0.80 and 1.25. The procedure: one-sided score tests, exact below 50 units or 5 expected events
(or non-events) in the smaller side of a comparison; fail where any Holm-adjusted p over groups
and limits is below 0.05; pass where every group is shown inside both limits at 0.05. No floor is
set for a pass and small groups are not pooled, so what is printed as PASS is the most the tests
alone would give.

Run: ``python benchmarks/error_rates.py [--repetitions 4000] [--seed 20250101]``
"""

import argparse
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rai_check.stats.arguments import Side
from rai_check.stats.exact import exact_p
from rai_check.stats.multiple import holm
from rai_check.stats.two_proportions import score_p_array

SHARES = (0.85, 0.06, 0.04, 0.03, 0.02)
LOW, HIGH, ALPHA = 0.80, 1.25, 0.05
EXACT_BELOW_UNITS, EXACT_BELOW_EVENTS = 50, 5.0
SCREEN = 0.3  # a score p above this never goes with an exact p below ALPHA (a test holds it)

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Percentages of repetitions."""

    point_fail: float
    fail: float
    passed: float


def p_values(events: Counts, sizes: Counts, *, bound: float, side: Side) -> Floats:
    """Return one p-value per repetition and group, exact where the comparison is small."""
    rest, rest_sizes = events.sum(axis=1, keepdims=True) - events, sizes.sum() - sizes
    p = score_p_array(events, sizes, rest, rest_sizes, effect="ratio", bound=bound, side=side)
    smaller = np.minimum(sizes, rest_sizes)
    pooled = events.sum(axis=1, keepdims=True) / sizes.sum()
    expected = smaller * np.minimum(pooled, 1.0 - pooled)
    small = (smaller < EXACT_BELOW_UNITS) | (expected < EXACT_BELOW_EVENTS)
    for group in np.flatnonzero((small & (p < SCREEN)).any(axis=0)):
        chosen = small[:, group] & (p[:, group] < SCREEN)
        pairs = np.column_stack((events[chosen, group], rest[chosen, group]))
        tables, which = np.unique(pairs, axis=0, return_inverse=True)
        n, n0 = int(sizes[group]), int(rest_sizes[group])
        exact = [
            exact_p(int(x), n, int(x0), n0, effect="ratio", bound=bound, side=side)
            for x, x0 in tables
        ]
        p[chosen, group] = np.array(exact)[which.ravel()]
    return p


def simulate(rates: Iterable[float], *, n: int, repetitions: int, seed: int) -> Rates:
    """Return how often each rule fails, and the procedure passes, when groups have these rates."""
    generator = np.random.default_rng(seed)
    sizes = np.round(np.array(SHARES) * n).astype(np.int64)
    events = generator.binomial(sizes, np.array(tuple(rates)), size=(repetitions, sizes.size))
    shown = events / sizes
    point = shown.min(axis=1) < LOW * shown.max(axis=1)
    against = np.hstack(
        (
            p_values(events, sizes, bound=LOW, side="below"),
            p_values(events, sizes, bound=HIGH, side="above"),
        )
    )
    fail = np.array([min(holm(row)) < ALPHA for row in against.tolist()])
    inside = np.maximum(
        p_values(events, sizes, bound=LOW, side="above"),
        p_values(events, sizes, bound=HIGH, side="below"),
    )
    passed = (inside < ALPHA).all(axis=1) & ~fail
    return Rates(
        point_fail=100 * float(point.mean()),
        fail=100 * float(fail.mean()),
        passed=100 * float(passed.mean()),
    )


def fair(base: float) -> tuple[float, ...]:
    """Return the same rate for every group."""
    return (base,) * len(SHARES)


def at_the_limit(base: float) -> tuple[float, ...]:
    """Return rates with the 6% group at exactly 0.8 of everyone else."""
    return (base, LOW * base, base, base, base)


def main() -> None:
    """Print one row per base rate and number of cases."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repetitions", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=20250101)
    options = parser.parse_args()
    print(f"{options.repetitions} repetitions a row, seed {options.seed}; all figures in %\n")
    print("|      |       | fair tool: |      |      | 6% group at exactly 0.80: |      |      |")
    print("| rate | cases | point FAIL | FAIL | PASS | point FAIL                | FAIL | PASS |")
    print("|------|-------|------------|------|------|---------------------------|------|------|")
    for base in (0.1, 0.3, 0.5):
        for n in (300, 1000, 5000):
            one, two = (
                simulate(rates, n=n, repetitions=options.repetitions, seed=options.seed)
                for rates in (fair(base), at_the_limit(base))
            )
            print(
                f"| {base:4.1f} | {n:5d} | {one.point_fail:10.1f} | {one.fail:4.1f} "
                f"| {one.passed:4.1f} | {two.point_fail:25.1f} | {two.fail:4.1f} "
                f"| {two.passed:4.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
