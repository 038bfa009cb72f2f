"""Rates that can be read off a table of predictions against the truth, each fully defined.

A rate is the share of `among` that is also `event`; both are sets of (prediction, truth) states.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from rai_check.fairness.outcomes import NO, UNKNOWN, YES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

States = frozenset[tuple[int, int]]
"""(prediction, truth) pairs."""
EVERY = (NO, YES, UNKNOWN)
KNOWN = (NO, YES)


def _states(prediction: tuple[int, ...], truth: tuple[int, ...]) -> States:
    return frozenset(product(prediction, truth))


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One rate: what it counts, among whom, and what it means where there is nobody to count.

    Its ideal is the same rate in every group. Which way a gap hurts follows from what is counted
    (`harm`), or, of those picked, from what the project declares (`positive_is`).
    """

    id: str
    name: str
    event: States
    among: States
    usable: States
    """Where everything that the metric needs is known: what a floor on the known share counts."""
    effect: Literal["ratio", "difference"]
    """The scale that a limit is usually written on; a policy may use any."""
    harm: Literal["declared", "up", "down"]
    """Which way a group is worse off: as the project declares, or where the rate goes up or down.

    Limits are two-sided unless a policy says otherwise, since one group's gain is another's loss.
    """
    concerned: States = frozenset(product(EVERY, EVERY))
    """Of which rows that share is taken: not of those passed over, for a rate among the picked."""
    needs_truth: bool = True
    among_selected: bool = False
    """Whether it can still be measured where the truth is known only for those selected."""
    nobody: str = field(default="")
    """What an empty denominator means, for the sentence "nobody ...": who there was none of."""

    def x_mask(self) -> "NDArray[np.int64]":
        """3 x 3 whole numbers (prediction by truth), 1 where an event of the metric."""
        return _mask(self.event & self.among)

    def n_mask(self) -> "NDArray[np.int64]":
        """3 x 3 whole numbers, 1 where in the denominator."""
        return _mask(self.among)

    def concerned_mask(self) -> "NDArray[np.int64]":
        """3 x 3 whole numbers, 1 where the metric is about the row or may be."""
        return _mask(self.concerned)

    def usable_mask(self) -> "NDArray[np.int64]":
        """3 x 3 whole numbers, 1 where enough is known."""
        return _mask(self.usable)


def _mask(states: States) -> "NDArray[np.int64]":
    import numpy as np

    mask = np.zeros((3, 3), dtype=np.int64)
    for prediction, truth in states:
        mask[prediction, truth] = 1
    return mask


_BOTH_KNOWN = _states(KNOWN, KNOWN)
_MAYBE_PICKED, _MAYBE_PASSED_OVER = _states((YES, UNKNOWN), EVERY), _states((NO, UNKNOWN), EVERY)
_PICKED, _PASSED_OVER = _states((YES,), KNOWN), _states((NO,), KNOWN)
_TRUE, _FALSE = _states(KNOWN, (YES,)), _states(KNOWN, (NO,))
_RIGHT = frozenset({(YES, YES), (NO, NO)})

_ALL = (
    Metric(
        id="selection",
        name="selection rate",
        event=_states((YES,), EVERY),
        among=_states(KNOWN, EVERY),
        usable=_states(KNOWN, EVERY),
        effect="ratio",
        harm="declared",
        needs_truth=False,
        nobody="whose prediction is known",
    ),
    Metric(
        id="tpr",
        name="true positive rate",
        event=_PICKED,
        among=_TRUE,
        usable=_BOTH_KNOWN,
        effect="difference",
        harm="down",
        nobody="who needed the outcome",
    ),
    Metric(
        id="fnr",
        name="false negative rate",
        event=_PASSED_OVER,
        among=_TRUE,
        usable=_BOTH_KNOWN,
        effect="difference",
        harm="up",
        nobody="who needed the outcome",
    ),
    Metric(
        id="fpr",
        name="false positive rate",
        event=_PICKED,
        among=_FALSE,
        usable=_BOTH_KNOWN,
        effect="difference",
        harm="up",
        nobody="who did not need the outcome",
    ),
    Metric(
        id="tnr",
        name="true negative rate",
        event=_PASSED_OVER,
        among=_FALSE,
        usable=_BOTH_KNOWN,
        effect="difference",
        harm="down",
        nobody="who did not need the outcome",
    ),
    Metric(
        id="precision",
        name="precision",
        event=_TRUE,
        among=_PICKED,
        usable=_PICKED,
        concerned=_MAYBE_PICKED,
        effect="ratio",
        harm="declared",
        among_selected=True,
        nobody="who was picked and whose truth is known",
    ),
    Metric(
        id="fdr",
        name="false discovery rate",
        event=_FALSE,
        among=_PICKED,
        usable=_PICKED,
        concerned=_MAYBE_PICKED,
        effect="difference",
        harm="up",
        among_selected=True,
        nobody="who was picked and whose truth is known",
    ),
    Metric(
        id="for",
        name="false omission rate",
        event=_TRUE,
        among=_PASSED_OVER,
        usable=_PASSED_OVER,
        concerned=_MAYBE_PASSED_OVER,
        effect="difference",
        harm="up",
        nobody="who was passed over and whose truth is known",
    ),
    Metric(
        id="npv",
        name="negative predictive value",
        event=_FALSE,
        among=_PASSED_OVER,
        usable=_PASSED_OVER,
        concerned=_MAYBE_PASSED_OVER,
        effect="difference",
        harm="down",
        nobody="who was passed over and whose truth is known",
    ),
    Metric(
        id="accuracy",
        name="accuracy",
        event=_RIGHT,
        among=_BOTH_KNOWN,
        usable=_BOTH_KNOWN,
        effect="difference",
        harm="down",
        nobody="whose prediction and truth are both known",
    ),
)
METRICS: Mapping[str, Metric] = MappingProxyType({metric.id: metric for metric in _ALL})
"""Every rate, by its id."""
BASE_RATE = Metric(
    id="base",
    name="base rate",
    event=_states(EVERY, (YES,)),
    among=_states(EVERY, KNOWN),
    usable=_states(EVERY, KNOWN),
    effect="ratio",
    harm="declared",
    nobody="whose truth is known",
)
"""How common the true outcome is in each group: shown beside, not compared."""
