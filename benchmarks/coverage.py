"""Coverage of the intervals that reports show, by enumeration of every table, not by chance.

Group sizes 10 to 200 against a comparison of the same size or of 1,000, both rates from 0.02 to
0.98: for each pair the probability of every table is summed where its 95% interval holds the true
effect. Printed: the mean and the least coverage over all pairs. Tables with no event on one side
count as covered by an interval without an end there, as shown to the reader.

Run: ``python benchmarks/coverage.py``
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from rai_check.stats.one_proportion import wilson
from rai_check.stats.two_proportions import (
    mover_r_array,
    newcombe_array,
    score_interval_array,
)

SIZES = (10, 20, 30, 50, 100, 200)
RATES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.98)
Floats = NDArray[np.float64]
Limits = Callable[..., tuple[Floats, Floats]]
METHODS: dict[str, tuple[str, Limits]] = {
    "Koopman score (ratio)": ("ratio", lambda *t: score_interval_array(*t, effect="ratio")),
    "MOVER-R (ratio)": ("ratio", mover_r_array),
    "Miettinen-Nurminen score (difference)": (
        "difference",
        lambda *t: score_interval_array(*t, effect="difference"),
    ),
    "Newcombe (difference)": ("difference", newcombe_array),
}


def coverages(effect: str, limits: Limits) -> Floats:
    """Coverage for every pair of sizes and rates."""
    found = []
    for n in SIZES:
        for n0 in sorted({n, 1000}):
            x, x0 = (grid.ravel() for grid in np.meshgrid(range(n + 1), range(n0 + 1)))
            low, high = limits(x, np.full(x.size, n), x0, np.full(x.size, n0))
            for p in RATES:
                for p0 in RATES:
                    truth = p / p0 if effect == "ratio" else p - p0
                    held = (low <= truth + 1e-12) & (truth - 1e-12 <= high)
                    weight = binom.pmf(x, n, p) * binom.pmf(x0, n0, p0)
                    found.append(float((weight * held).sum()))
    return np.array(found)


def wilson_coverages() -> Floats:
    """Coverage of the interval of a group's own rate."""
    found = []
    for n in SIZES:
        ends = [wilson(x, n) for x in range(n + 1)]
        low, high = np.array([e.low for e in ends]), np.array([e.high for e in ends])
        for p in np.arange(0.02, 0.99, 0.02):
            weight = binom.pmf(np.arange(n + 1), n, p)
            found += [float(weight[(low <= p) & (p <= high)].sum())]
    return np.array(found)


def main() -> None:
    """Print mean and least coverage."""
    print("| interval, 95% | mean coverage | least |\n|---|---|---|")
    for name, (effect, limits) in METHODS.items():
        found = coverages(effect, limits)
        print(f"| {name} | {found.mean():.3f} | {found.min():.3f} |", flush=True)
    own = wilson_coverages()
    print(f"| Wilson score (a group's own rate) | {own.mean():.3f} | {own.min():.3f} |")


if __name__ == "__main__":
    main()
