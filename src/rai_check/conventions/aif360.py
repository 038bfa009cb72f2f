"""AIF360 0.6.1, `ClassificationMetric`: unprivileged less privileged, signed."""

from collections.abc import Sequence

from rai_check.conventions import quantities as q
from rai_check.conventions.confusion import Confusion, Figure, ieee, or_zero, pooled
from rai_check.errors import UsageError


def figures(groups: Sequence[Confusion], reference: Confusion | None) -> tuple[Figure, ...]:
    """Everyone but the privileged group, pooled, less (or over) the privileged group.

    TPR, FPR and FNR with an empty denominator are not a number; PPV, FDR and FOR are then 0.0.
    `equalized_odds_difference` is Python's `max(|FPR|, |TPR|)`, so a TPR that is not a number is
    lost and such an FPR wins.
    """
    if reference is None:
        raise UsageError("AIF360 compares with a privileged group; name it.")
    unprivileged = _Rates(pooled("unprivileged", (g for g in groups if g is not reference)))
    privileged = _Rates(reference)
    fpr, tpr = unprivileged.fpr - privileged.fpr, unprivileged.tpr - privileged.tpr
    ppv, fomr = unprivileged.ppv - privileged.ppv, unprivileged.fomr - privileged.fomr
    whole = [
        ("statistical_parity_difference", unprivileged.rate - privileged.rate, q.DIFFERENCE),
        ("disparate_impact", ieee(unprivileged.rate, privileged.rate), q.RATIO),
        ("equal_opportunity_difference", tpr, q.OPPORTUNITY),
        ("equalized_odds_difference", max(abs(fpr), abs(tpr)), q.ODDS),
        ("average_odds_difference", 0.5 * (fpr + tpr), q.AVERAGE_ODDS),
        ("average_abs_odds_difference", 0.5 * (abs(fpr) + abs(tpr)), ""),
        ("average_predictive_value_difference", 0.5 * (ppv + fomr), ""),
        ("false_positive_rate_difference", fpr, q.FPR_DIFFERENCE),
        ("false_negative_rate_difference", unprivileged.fnr - privileged.fnr, ""),
        ("false_discovery_rate_difference", unprivileged.fdr - privileged.fdr, ""),
        ("false_omission_rate_difference", fomr, ""),
        ("error_rate_difference", unprivileged.error - privileged.error, ""),
    ]
    return (
        *(Figure(name=name, value=value, quantity=what) for name, value, what in whole),
        *(figure for group in groups for figure in _own(group)),
    )


def _own(group: Confusion) -> list[Figure]:
    rates = _Rates(group)
    held = [
        ("selection_rate", rates.rate, q.SELECTION),
        ("true_positive_rate", rates.tpr, q.TPR),
        ("false_positive_rate", rates.fpr, q.FPR),
        ("positive_predictive_value", rates.ppv, ""),
    ]
    return [Figure(name=n, value=v, group=group.label, quantity=what) for n, v, what in held]


class _Rates:
    """Of one group."""

    def __init__(self, g: Confusion) -> None:
        self.rate = g.picked / g.n
        self.tpr, self.fnr = ieee(g.tp, g.needed), ieee(g.fn, g.needed)
        self.fpr = ieee(g.fp, g.not_needed)
        self.ppv, self.fdr = or_zero(g.tp, g.picked), or_zero(g.fp, g.picked)
        self.fomr = or_zero(g.fn, g.passed_over)
        self.error = 1.0 - (g.tp + g.tn) / g.n
