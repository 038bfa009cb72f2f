"""Fairlearn 0.15.0: largest less smallest, smallest over largest, never signed."""

from collections.abc import Sequence

from rai_check.conventions import quantities as q
from rai_check.conventions.confusion import Confusion, Figure, ieee, or_zero


def figures(groups: Sequence[Confusion], _reference: Confusion | None) -> tuple[Figure, ...]:
    """Figures over all groups, and each group's own rates.

    A rate with an empty denominator is 0.0 (scikit-learn's normalised confusion matrix). The
    equalised odds take the worse of two with Python's `max` and `min` in the order TPR, FPR, so a
    ratio that is not a number (0/0) wins where it comes first and is lost where it comes second.
    """
    selection = [g.picked / g.n for g in groups]
    tpr = [or_zero(g.tp, g.needed) for g in groups]
    fpr = [or_zero(g.fp, g.not_needed) for g in groups]
    whole = [
        ("demographic_parity_difference", _gap(selection), q.DIFFERENCE),
        ("demographic_parity_ratio", _ratio(selection), q.RATIO),
        ("equal_opportunity_difference", _gap(tpr), q.OPPORTUNITY),
        ("equal_opportunity_ratio", _ratio(tpr), ""),
        ("equalized_odds_difference", max(_gap(tpr), _gap(fpr)), q.ODDS),
        ("equalized_odds_ratio", min(_ratio(tpr), _ratio(fpr)), ""),
        ("false_positive_rate_difference", _gap(fpr), q.FPR_DIFFERENCE),
    ]
    own = [
        ("selection_rate", selection, q.SELECTION),
        ("true_positive_rate", tpr, q.TPR),
        ("false_positive_rate", fpr, q.FPR),
    ]
    return (
        *(Figure(name=name, value=value, quantity=what) for name, value, what in whole),
        *(
            Figure(name=name, value=rate, group=group.label, quantity=what)
            for name, rates, what in own
            for group, rate in zip(groups, rates, strict=True)
        ),
    )


def _gap(rates: list[float]) -> float:
    return max(rates) - min(rates)


def _ratio(rates: list[float]) -> float:
    return ieee(min(rates), max(rates))
