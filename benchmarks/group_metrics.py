"""Rates by group beside fairlearn's MetricFrame, in one process, on the same frame, values equal.

Eight rates for each of three characteristics and all 252 intersections. Ours also tests every
group against everyone else at two bounds and gives a 95% interval; fairlearn's has neither.
Resamples: ours redraws every table 1,000 times; fairlearn's bootstrap is timed on a few and
scaled (its time is linear in their number). Exact tests are timed apart.

Run: ``python benchmarks/group_metrics.py [--rows 100000] [--repetitions 5]``
"""

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
from fairlearn import metrics as fairlearn
from population import COLUMNS, RATES, SETS, decisions, declared
from sklearn.metrics import accuracy_score, precision_score

from rai_check.fairness import METRICS, Counted, count, cube_of
from rai_check.measurement import Measurement, TwoProportions
from rai_check.policy.model import Floors, Limit
from rai_check.project.role_table import RoleTable
from rai_check.project.table_file import TableFile
from rai_check.stats.resample import resamples
from rai_check.stats.two_proportions import score_interval_array, score_p_array
from rai_check.tables import from_frame
from rai_check.weigh import Against, weigh_all

THEIRS: dict[str, Callable[..., float]] = {
    "selection": fairlearn.selection_rate,
    "tpr": fairlearn.true_positive_rate,
    "fpr": fairlearn.false_positive_rate,
    "fnr": fairlearn.false_negative_rate,
    "tnr": fairlearn.true_negative_rate,
    "precision": partial(precision_score, zero_division=np.nan),
    "npv": partial(precision_score, pos_label=0, zero_division=np.nan),
    "accuracy": accuracy_score,
}
_SAME = 1e-12


def ours(frame: pd.DataFrame, spec: TableFile) -> list[Counted]:
    """Counts, rates, tests and intervals of every group by every rate."""
    table = RoleTable(name="decisions", spec=spec, data=from_frame(frame, name="decisions"))
    try:
        cube = cube_of(table, COLUMNS)
        found = [count(cube, by, METRICS[m], pool_below=0) for by in SETS for m in RATES]
    finally:
        table.data.close()
    x, n, x0, n0 = np.array(
        [(g.x, g.n, r.x, r.n) for c in found for g in c.groups if g.n and (r := c.rest(g)).n]
    ).T
    for bound in (0.8, 1.25):
        for side in ("above", "below"):
            score_p_array(x, n, x0, n0, effect="ratio", bound=bound, side=side)
    score_interval_array(x, n, x0, n0, effect="ratio")
    return found


def weighed(found: list[Counted]) -> int:
    """Weigh every comparison as the judge does, exact tests included; how many took them."""
    pairs = [(c, g, r) for c in found for g in c.groups if g.n and (r := c.rest(g)).n]
    measurements = [
        Measurement(
            metric=c.metric.name,
            evidence=TwoProportions(x=g.x, n=g.n, x0=r.x, n0=r.n),
            where=c.where(g),
            against="rest",
        )
        for c, g, r in pairs
    ]
    limit = Limit(of="ratio", min=0.8, max=1.25, whose="a convention")
    rules = Against(limit=limit, floors=Floors(), alpha=0.05, level=0.95)
    return sum(not isinstance(w, str) and w.exact for w in weigh_all(measurements, rules))


def theirs(frame: pd.DataFrame) -> list[fairlearn.MetricFrame]:
    """The same rates by MetricFrame."""
    return [
        fairlearn.MetricFrame(
            metrics=THEIRS,
            y_true=frame["truth"],
            y_pred=frame["predicted"],
            sensitive_features=frame[list(by)],
        )
        for by in SETS
    ]


def equal(found: list[Counted], frames: list[fairlearn.MetricFrame]) -> int:
    """How many values were compared; any that differs stops the script."""
    compared = 0
    for i, counted in enumerate(found):
        frame, metric = frames[i // len(RATES)], counted.metric.id
        values = frame.by_group[metric]
        for group in counted.groups:
            value = values[group.labels if len(group.labels) > 1 else group.labels[0]]
            if group.n:
                if not abs(value - group.x / group.n) < _SAME:
                    raise SystemExit(f"{metric} of {group.label} differs from fairlearn's")
                compared += 1
    return compared


def median_of(work: Callable[[], object], repetitions: int) -> float:
    """Median seconds."""
    seconds = []
    for _ in range(repetitions):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


def resampled(frame: pd.DataFrame, spec: TableFile, draws: int) -> None:
    """Redraw every table and work out all rates of every group in each draw."""
    table = RoleTable(name="decisions", spec=spec, data=from_frame(frame, name="decisions"))
    cube = cube_of(table, COLUMNS)
    table.data.close()
    masks = [(METRICS[m].x_mask().ravel(), METRICS[m].n_mask().ravel()) for m in RATES]
    weights = np.array([mask for pair in masks for mask in pair], dtype=np.float64).T
    members = [np.unique(cube.codes[:, [COLUMNS_OF[c] for c in by]], axis=0, return_inverse=True)
               for by in SETS]  # fmt: skip
    for chunk in resamples(cube.counts.reshape(-1, 9), draws, seed=1):
        per_cell = chunk @ weights
        for _, inverse in members:
            order = np.argsort(inverse.ravel(), kind="stable")
            starts = np.searchsorted(inverse.ravel()[order], np.arange(inverse.max() + 1))
            sums = np.add.reduceat(per_cell[:, order], starts, axis=1)
            with np.errstate(invalid="ignore", divide="ignore"):
                sums[..., 0::2] / sums[..., 1::2]


COLUMNS_OF = {name: i for i, name in enumerate(sorted(COLUMNS))}


def main() -> None:
    """Print times and ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--their-draws", type=int, default=2)
    options = parser.parse_args()
    frame = decisions(options.rows)
    spec = declared()
    ours(frame, spec)  # imports and first use
    mine = median_of(lambda: ours(frame, spec), options.repetitions)
    begun = time.perf_counter()
    frames = theirs(frame)
    peer = time.perf_counter() - begun
    compared = equal(ours(frame, spec), frames)
    print(f"{options.rows:,} rows, {compared:,} values equal to fairlearn's")
    print(f"rates: ours {mine * 1e3:.1f} ms with tests and intervals, fairlearn {peer:.2f} s")
    print(f"ratio: {peer / mine:,.0f}")
    groups = ours(frame, spec)
    small = weighed(groups)
    judged = median_of(lambda: weighed(groups), 3)
    print(f"judging them, exact tests of {small:,} small ones included: {judged * 1e3:.0f} ms")
    if not options.their_draws:
        return
    redrawn = median_of(lambda: resampled(frame, spec, options.draws), 3)
    begun = time.perf_counter()
    for by in SETS:
        fairlearn.MetricFrame(
            metrics=THEIRS,
            y_true=frame["truth"],
            y_pred=frame["predicted"],
            sensitive_features=frame[list(by)],
            n_boot=options.their_draws,
            ci_quantiles=[0.025, 0.975],
            random_state=1,
        )
    # one pass of point values is in it too
    each = (time.perf_counter() - begun - peer) / options.their_draws
    print(
        f"{options.draws:,} resamples: ours {redrawn:.3f} s, fairlearn "
        f"{each * options.draws:,.0f} s (scaled from {options.their_draws})"
    )
    print(f"ratio: {each * options.draws / redrawn:,.0f}")


if __name__ == "__main__":
    main()
