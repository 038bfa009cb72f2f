"""Tables of scores: the histogram of each group, by the truth."""

from typing import TYPE_CHECKING

import numpy as np

from rai_check.fairness import GroupCount, count, refusal
from rai_check.fairness.estimates import no_numbers, of_number, weighted
from rai_check.fairness.metrics import Metric
from rai_check.fairness.numbers import Numbers
from rai_check.fairness.outcomes import NO, UNKNOWN, YES
from rai_check.fairness.scores import of_score, out_of_range, ranked_scores
from rai_check.measurement import Undefined
from rai_check.metric_frames.formulas import Floats, Outcomes
from rai_check.metric_frames.named import Named
from rai_check.metric_frames.tables import Tables, UnitRows, with_unknown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rai_check.project.role_table import RoleTable


def score_tables(table: "RoleTable", by: str, named: Named, *, pool_below: int) -> Tables:
    """Count scores, and the truth where it is needed, in each group of a column.

    Raises:
        Missing, DataError: as `ranked_scores`.
    """
    scores = ranked_scores(table, by)
    if named.needs_truth:
        metric = of_score(named.title, "whose score and truth are both known")
    else:
        metric = of_number(named.title, "whose score is known")
    counted = count(scores.cube, (by,), metric, pool_below=pool_below)
    groups = with_unknown(counted)
    said = scores.values()
    used = np.flatnonzero(np.isfinite(said))
    counts = _by_group(scores, groups, used, named)
    return Tables(
        counted=counted,
        groups=groups,
        at=_outcomes(said[used], named),
        counts=counts,
        weights=counts,
        squares=None,
        repeated=_unit_rows(scores, groups, used, named),
        refusal=_refusal(table, scores, named, metric),
        notes=(f"Scores were counted in {len(used):,} steps, each at its mean.",),
    )


def _outcomes(said: Floats, named: Named) -> Outcomes:
    if not named.needs_truth:
        return Outcomes(truth=np.zeros(len(said)), said=said)
    return Outcomes(truth=np.repeat([0.0, 1.0], len(said)), said=np.tile(said, 2))


def _by_group(
    scores: Numbers, groups: tuple[GroupCount, ...], used: "NDArray[np.int64]", named: Named
) -> Floats:
    """Groups x cells: the bins in use, where the truth is needed once for each of its states."""
    states = [(NO,), (YES,)] if named.needs_truth else [(NO, YES, UNKNOWN)]
    cells = len(states) * len(used)
    held = [
        np.concatenate([scores.of(group).histogram(*state)[used] for state in states])
        for group in groups
    ]
    return np.array(held, dtype=np.float64).reshape(len(groups), cells)


def _unit_rows(
    scores: Numbers, groups: tuple[GroupCount, ...], used: "NDArray[np.int64]", named: Named
) -> UnitRows | None:
    if not scores.repeated:
        return None
    entries = [scores.entries_of(group) for group in groups]
    if named.needs_truth:
        entries = [one.with_truth() for one in entries]
    n = np.concatenate([one.n for one in entries])
    truth = np.concatenate([one.truth for one in entries]) == YES
    place = np.searchsorted(used, np.concatenate([one.bin for one in entries]))
    return UnitRows(
        unit=np.concatenate([one.unit for one in entries]),
        group=np.repeat(np.arange(len(groups)), [len(one.n) for one in entries]),
        cell=place + (truth * len(used) if named.needs_truth else 0),
        n=n.astype(np.float64),
    )


def _refusal(table: "RoleTable", scores: Numbers, named: Named, metric: Metric) -> Undefined | None:
    if named.needs_truth and (found := refusal(table, scores.cube, metric)):
        return found
    if found := no_numbers(scores) or weighted(table, named.title):
        return found
    return out_of_range(scores) if named.within_1 else None
