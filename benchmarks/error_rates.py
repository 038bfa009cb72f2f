"""How often each rule errs: the four-fifths point rule beside the procedure of this package.

Every scenario draws samples of a council's size and holds each group against everyone else with
ratio limits of 0.80 and 1.25 (`procedure.py`, which a test holds to the judge itself). Printed:
a tool that treats everyone alike; one group at exactly a limit; one group at half the rate; and
repeated incidents of the same people, with the unit declared and ignored.

Run: ``python benchmarks/error_rates.py [--repetitions 2000] [--seed 20261123]``
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from population import FIVE, GROUPS, Shares
from procedure import ALPHA, HIGH, LOW, Decided, Flags, Whole, decide

from rai_check.stats.arguments import Side
from rai_check.stats.clusters import two_clustered_rates
from rai_check.stats.two_proportions import score_p
from rai_check.stats.weighted import design_p

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Percentages of repetitions."""

    point_fail: float
    fail: float
    passed: float
    blamed: float = 0.0
    """One group of interest failed."""


def simulate(
    rates: Floats, shares: Floats, *, n: int, repetitions: int, seed: int, group: int = 0
) -> Rates:
    """Return how often each rule fails and passes when groups have these rates and shares."""
    generator = np.random.default_rng(seed)
    sizes = generator.multinomial(n, shares, size=repetitions)
    events = generator.binomial(sizes, rates)
    found = decide(events, sizes)
    return _rates(events, sizes, found, group)


def _rates(events: Floats, sizes: Floats, found: Decided, group: int) -> Rates:
    with np.errstate(invalid="ignore", divide="ignore"):
        shown = np.where(sizes > 0, events / sizes, np.nan)
    point = np.nanmin(shown, axis=1) < LOW * np.nanmax(shown, axis=1)
    return Rates(
        point_fail=100 * float(point.mean()),
        fail=100 * float(found.fail.mean()),
        passed=100 * float(found.passed.mean()),
        blamed=100 * float(found.guilty[:, group].mean()),
    )


def alike(base: float, shares: Shares) -> Floats:
    """Return the same rate for every group."""
    return np.full(len(shares.shares), base)


def one_at(base: float, ratio: float) -> Floats:
    """Return rates of the five groups, the 6% one at `ratio` of everyone else."""
    return np.array([base, min(1.0, ratio * base), base, base, base])


def clustered(
    base: float, ratio: float, *, repetitions: int, seed: int, uneven: bool = False
) -> Floats:
    """How often two groups at exactly a limit wrongly fail and wrongly pass, in per cent.

    400 people have 5 incidents each (or, `uneven`, from 1 to 300 by Pareto's law: most have one
    or two), intra-class correlation 0.3; about a fifth of them are in a group whose rate is
    `ratio` of the others', which is at the limit itself.

    Returns:
        (fails, passes) in rows: the unit ignored, and the unit declared.
    """
    generator = np.random.default_rng(seed)
    wrong = np.zeros((2, 2))
    for _ in range(repetitions):
        group = generator.random(PEOPLE) < SHARE
        rate = np.where(group, ratio * base, base)
        spread = (1 - CORRELATION) / CORRELATION
        within = generator.beta(rate * spread, (1 - rate) * spread)
        each = np.full(PEOPLE, EACH)
        if uneven:
            each = np.minimum(300, generator.pareto(1.2, PEOPLE) + 1).astype(np.int64)
        events = generator.binomial(each, within).astype(float)
        for i, p in enumerate((_by_row(events, each, group), _by_unit(events, each, group))):
            wrong[i, 0] += len(LIMITS) * min(p(bound, out) for bound, out, _ in LIMITS) < ALPHA
            wrong[i, 1] += max(p(bound, inside) for bound, _, inside in LIMITS) < ALPHA
    return 100 * wrong / repetitions


def _by_row(events: Floats, each: Whole, group: Flags) -> Callable[[float, Side], float]:
    """p-values as if every incident were another person's."""
    table = (events[group].sum(), each[group].sum(), events[~group].sum(), each[~group].sum())
    cells = tuple(int(cell) for cell in table)
    return lambda bound, side: float(score_p(*cells, effect="ratio", bound=bound, side=side))


def _by_unit(events: Floats, each: Whole, group: Flags) -> Callable[[float, Side], float]:
    """p-values with the unit declared."""
    found = two_clustered_rates(
        np.where(group, events, 0), np.where(group, each, 0),
        np.where(group, 0, events), np.where(group, 0, each),
    )  # fmt: skip
    sides = (found.group.rate, found.group.effective, found.rest.rate, found.rest.effective)
    return lambda bound, side: design_p(
        *sides,
        correlation=found.correlation,
        df=max(1, min(_alike(each[group]), _alike(each[~group])) - 1),
        effect="ratio",
        bound=bound,
        side=side,
    )


def _alike(each: Whole) -> int:
    """Units that count alike."""
    return int(each.sum() ** 2 / (each**2).sum())


PEOPLE, EACH, SHARE, CORRELATION = 400, 5, 0.2, 0.3
LIMITS: tuple[tuple[float, Side, Side], ...] = ((LOW, "below", "above"), (HIGH, "above", "below"))
SIZES = (300, 1000, 5000, 20_000, 50_000)
BASES = (0.1, 0.3, 0.5, 0.7)


def _row(cells: Sequence[object]) -> None:
    print(
        "| " + " | ".join(str(c) if not isinstance(c, float) else f"{c:.1f}" for c in cells) + " |",
        flush=True,
    )


def table_alike(repetitions: int, seed: int) -> None:
    """Print a tool that treats everyone alike."""
    print("\n### A tool that treats everyone alike\n")
    _row(("groups", "rate", "rows", "four-fifths rule fails", "ours fails", "ours passes"))
    _row(["---"] * 6)
    for shares in GROUPS:
        draws = repetitions if len(shares.shares) < 100 else repetitions // 4  # noqa: PLR2004 - many groups take long
        for base in BASES:
            for n in SIZES:
                got = simulate(
                    alike(base, shares), shares.shares, n=n, repetitions=draws, seed=seed
                )
                _row((shares.name, str(base), f"{n:,}", got.point_fail, got.fail, got.passed))


def table_limit(repetitions: int, seed: int) -> None:
    """Print one group at exactly a limit."""
    print("\n### The 6% group at exactly a limit\n")
    _row(
        (
            "ratio",
            "rate",
            "rows",
            "four-fifths rule fails",
            "ours wrongly fails",
            "ours wrongly passes",
        )
    )
    _row(["---"] * 6)
    for ratio in (LOW, HIGH):
        for base in BASES:
            for n in SIZES:
                got = simulate(
                    one_at(base, ratio), np.array(FIVE), n=n, repetitions=repetitions, seed=seed
                )
                _row((f"{ratio:.2f}", str(base), f"{n:,}", got.point_fail, got.fail, got.passed))


def table_half(repetitions: int, seed: int) -> None:
    """Print one group at half the rate."""
    print("\n### A 6% group at half the rate\n")
    _row(("rate", "rows", "four-fifths rule passes", "ours finds it", "ours wrongly passes"))
    _row(["---"] * 5)
    for base in BASES:
        for n in SIZES:
            got = simulate(
                one_at(base, 0.5), np.array(FIVE), n=n, repetitions=repetitions, seed=seed, group=1
            )
            _row((str(base), f"{n:,}", 100 - got.point_fail, got.blamed, got.passed))


def table_clustered(repetitions: int, seed: int, *, uneven: bool = False) -> None:
    """Print repeated incidents."""
    each = "From 1 to 300 incidents" if uneven else "Five incidents"
    print(f"\n### {each} a person, intra-class correlation 0.3, one group at exactly a limit\n")
    _row(
        (
            "ratio",
            "rate",
            "unit ignored: wrongly fails",
            "wrongly passes",
            "unit declared: wrongly fails",
            "wrongly passes",
        )
    )
    _row(["---"] * 6)
    for ratio in (LOW, HIGH):
        for base in (0.1, 0.3, 0.5):
            found = clustered(base, ratio, repetitions=repetitions, seed=seed, uneven=uneven)
            _row((f"{ratio:.2f}", str(base), *map(float, found.ravel())))


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repetitions", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20_261_123)
    options = parser.parse_args()
    draws = f"{options.repetitions:,} repetitions a row (a quarter for 252 groups)"
    print(f"{draws}, seed {options.seed}; per cent")
    for table in (table_alike, table_limit, table_half, table_clustered):
        table(options.repetitions, options.seed)
    table_clustered(options.repetitions, options.seed, uneven=True)


if __name__ == "__main__":
    main()
