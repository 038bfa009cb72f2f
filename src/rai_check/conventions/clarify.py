"""SageMaker Clarify (smclarify 0.5): each group d, its "facet", with everyone else, a."""

import math
from collections.abc import Sequence

from rai_check.conventions import quantities as q
from rai_check.conventions.confusion import Confusion, Figure, ieee, pooled


def figures(groups: Sequence[Confusion], _reference: Confusion | None) -> tuple[Figure, ...]:
    """Clarify's measures that rest on counts, for each group as the facet.

    DPPL, RD, DAR, DCA and AD are a - d; SD, DRR, DCR and TE are d - a; DI is d / a; CI is the
    difference in size over the sum. 0/0 is 0.0 and x/0 infinite.
    """
    return tuple(figure for d in groups for figure in _of(d, groups))


def _of(d: Confusion, groups: Sequence[Confusion]) -> list[Figure]:
    a = pooled("everyone else", (g for g in groups if g is not d))
    held = [
        ("CI", (a.n - d.n) / (a.n + d.n), ""),
        ("DPPL", a.picked / a.n - d.picked / d.n, q.DIFFERENCE),
        ("DI", _divide(d.picked / d.n, a.picked / a.n), q.RATIO),
        ("RD", _less(_divide(a.tp, a.needed), _divide(d.tp, d.needed)), q.OPPORTUNITY),
        ("SD", _less(_specificity(d), _specificity(a)), q.FPR_DIFFERENCE),
        ("DAR", _less(_divide(a.tp, a.picked), _divide(d.tp, d.picked)), ""),
        ("DRR", _less(_divide(d.tn, d.passed_over), _divide(a.tn, a.passed_over)), ""),
        ("DCA", _less(_divide(a.needed, a.picked), _divide(d.needed, d.picked)), ""),
        ("DCR", _less(_rejection(d), _rejection(a)), ""),
        ("AD", (a.tp + a.tn) / a.n - (d.tp + d.tn) / d.n, ""),
        ("TE", _less(_divide(d.fn, d.fp), _divide(a.fn, a.fp)), ""),
    ]
    return [Figure(name=n, value=v, group=d.label, quantity=what) for n, v, what in held]


def _specificity(g: Confusion) -> float:
    return _divide(g.tn, g.not_needed)


def _rejection(g: Confusion) -> float:
    return _divide(g.not_needed, g.passed_over)


def _divide(top: float, bottom: float) -> float:
    return 0.0 if top == 0 == bottom else ieee(top, bottom)


def _less(one: float, other: float) -> float:
    """Subtract; of two that are infinite the difference is 0.0."""
    return 0.0 if one == other == math.inf else one - other
