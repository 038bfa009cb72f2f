"""Aequitas 1.1.0: each group over a reference group, and a yes or no at tau = 0.8."""

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rai_check.conventions import quantities as q
from rai_check.conventions.confusion import Confusion, Figure, ieee
from rai_check.errors import UsageError

TAU, CEILING = 0.8, 10.0
PARITIES: Mapping[str, str] = MappingProxyType({
    "Statistical Parity": "ppr", "Impact Parity": "pprev", "FDR Parity": "fdr",
    "FPR Parity": "fpr", "FOR Parity": "for", "FNR Parity": "fnr", "TPR Parity": "tpr",
    "TNR Parity": "tnr", "NPV Parity": "npv", "Precision Parity": "precision",
})  # fmt: skip
PAIRS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "TypeI Parity": ("FDR Parity", "FPR Parity"),
    "TypeII Parity": ("FOR Parity", "FNR Parity"),
    "Equalized Odds": ("FPR Parity", "TPR Parity"),
    "Unsupervised Fairness": ("Statistical Parity", "Impact Parity"),
    "Supervised Fairness": ("TypeI Parity", "TypeII Parity"),
})  # fmt: skip
_SHARED = MappingProxyType({"tpr": q.TPR, "fpr": q.FPR, "pprev": q.SELECTION})


def figures(groups: Sequence[Confusion], reference: Confusion | None) -> tuple[Figure, ...]:
    """Rates of each group, their ratios to the reference group's, and parities.

    A rate with an empty denominator is not a number, and so is what is made of it; x/0 is 10.0.
    `ppr` is a group's share of everyone picked ("statistical parity"), so that it grows with the
    size of the group; `pprev` is the selection rate. A parity made of two is not a number only
    where both are: a NaN beside a yes is a no.
    """
    if reference is None:
        raise UsageError("Aequitas compares with a reference group; name it.")
    picked = sum(g.picked for g in groups)
    base = _rates(reference, picked)
    return tuple(figure for g in groups for figure in _of(g, _rates(g, picked), base))


def _of(group: Confusion, rates: Mapping[str, float], base: Mapping[str, float]) -> list[Figure]:
    ratios = {name: _disparity(rate, base[name]) for name, rate in rates.items()}
    parity = {title: _parity(ratios[name]) for title, name in PARITIES.items()}
    for title, (one, other) in PAIRS.items():
        parity[title] = _both(parity[one], parity[other])
    held: list[tuple[str, float | bool, str]] = [
        *((name, rate, _SHARED.get(name, "")) for name, rate in rates.items()),
        *((f"{n}_disparity", r, q.RATIO if n == "pprev" else "") for n, r in ratios.items()),
        *((title, value, "") for title, value in parity.items()),
    ]
    return [Figure(name=n, value=v, group=group.label, quantity=what) for n, v, what in held]


def _rates(g: Confusion, picked: int) -> dict[str, float]:
    return {
        "ppr": ieee(g.picked, picked),
        "pprev": g.picked / g.n,
        "precision": ieee(g.tp, g.picked),
        "fdr": ieee(g.fp, g.picked),
        "for": ieee(g.fn, g.passed_over),
        "fpr": ieee(g.fp, g.not_needed),
        "fnr": ieee(g.fn, g.needed),
        "tpr": ieee(g.tp, g.needed),
        "tnr": ieee(g.tn, g.not_needed),
        "npv": ieee(g.tn, g.passed_over),
    }


def _disparity(rate: float, base: float) -> float:
    ratio = ieee(rate, base)
    return CEILING if ratio == math.inf else ratio


def _parity(ratio: float) -> float | bool:
    return math.nan if math.isnan(ratio) else TAU <= ratio <= 1 / TAU


def _both(*parts: float | bool) -> float | bool:
    return math.nan if all(math.isnan(part) for part in parts) else all(p is True for p in parts)
