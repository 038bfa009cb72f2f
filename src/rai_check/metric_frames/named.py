"""What a metric of another library is, and what it needs before its number means anything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

from rai_check.metric_frames.formulas import Floats, Outcomes
from rai_check.reconcile import Metric

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Among: TypeAlias = Literal["everyone", "needed", "not needed", "picked", "passed over"]
Kind: TypeAlias = Literal["labels", "ranks", "means"]
WHO: Mapping[Among, str] = MappingProxyType({
    "everyone": "of whom enough is known",
    "needed": "who needed the outcome",
    "not needed": "who did not need the outcome",
    "picked": "who was picked",
    "passed over": "who was passed over",
})  # fmt: skip
LEAST: Mapping[Kind, int] = MappingProxyType({"labels": 10, "ranks": 20, "means": 30})
"""Fewest rows (units, where rows repeat them) in each denominator on each side.

20 of either class for ranks, as for the AUC; 30 for means of scores, whose losses are skewed.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One metric of fairlearn or scikit-learn.

    Attributes:
        id: its name there.
        title: what a reader calls it.
        home: where it is.
        kind: made of labels, of the order of scores, or a mean of something of each score.
        among: its denominators; where one is empty there is no value, whatever the library says.
        value: the same metric for many tables at once.
        rate: id of our rate among whose denominator its groups are counted, where made of labels.
        needs_truth: whether it looks at the truth.
        within_1: whether its scores must be from 0 to 1.
        fixed: arguments of the metric, so that a group of one class is no special case.
    """

    id: str
    title: str
    home: Literal["fairlearn.metrics", "sklearn.metrics"]
    kind: Kind
    among: tuple[Among, ...]
    value: Callable[[Floats, Outcomes], Floats]
    rate: str = "accuracy"
    needs_truth: bool = True
    within_1: bool = False
    fixed: tuple[tuple[str, object], ...] = ()

    @property
    def least(self) -> int:
        """Fewest in each denominator on each side of a comparison."""
        return LEAST[self.kind]

    @property
    def function(self) -> Metric:
        """The metric itself; loads its library."""
        if self.home == "fairlearn.metrics":
            from fairlearn import metrics
        else:
            from sklearn import metrics
        return partial(getattr(metrics, self.id), **dict(self.fixed))


def belongs(among: Among, at: Outcomes) -> "NDArray[np.bool_]":
    """Which cells are in a denominator."""
    import numpy as np

    if among == "everyone":
        return np.ones(len(at.said), dtype=np.bool_)
    by, state = _STATES[among]
    return np.equal(at.truth if by == "truth" else at.said, state)


_STATES: Mapping[Among, tuple[str, int]] = MappingProxyType({
    "needed": ("truth", 1), "not needed": ("truth", 0),
    "picked": ("said", 1), "passed over": ("said", 0),
})  # fmt: skip
