"""Many hypotheses at once."""

from collections.abc import Sequence
from typing import SupportsIndex

from rai_check.stats.arguments import probabilities, whole


def holm(p: Sequence[float], *, size: SupportsIndex | None = None) -> tuple[float, ...]:
    """Return Holm's step-down adjusted p-values, in the order given.

    Rejecting where the adjusted value is below alpha keeps the chance of any false rejection in
    the family at most alpha, whatever the dependence (Holm 1979, Scand J Stat 6:65).

    Args:
        p: The p-values of the members that ran.
        size: How many members the family was declared to have; those that did not run count as
            p = 1, so they make the others' values larger. None means the members that ran.

    Raises:
        ValueError: If a value is not in [0, 1], or `size` is below the number of values.
    """
    values = probabilities("p", p)
    family = len(values) if size is None else whole("size", size)
    if family < len(values):
        raise ValueError("size must not be below the number of p-values")
    adjusted, running = [0.0] * len(values), 0.0
    for rank, index in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        running = max(running, min(1.0, (family - rank) * values[index]))
        adjusted[index] = running
    return tuple(adjusted)
