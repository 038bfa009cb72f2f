"""Exact tests of small tables, run only where they can change an outcome. Pure.

An exact p costs a search; a lower bound on it costs next to nothing. A p_fail that is at least
alpha fails nothing (adjusting only makes it larger) and leans to nothing, so the bound itself is
recorded. Likewise a p_pass that is at least alpha, or any p_pass of a line that something else
already keeps from passing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from rai_check.policy.model import Limit
from rai_check.stats.arguments import Effect, Floats, Side, mirrored
from rai_check.stats.exact import exact_p
from rai_check.stats.exact_screen import exact_at_least_array
from rai_check.weighing.weighed import BEYOND, INSIDE, BoundTest, End, bounds_of

Counts: TypeAlias = tuple[int, int, int, int]
"""x of n in the group, x0 of n0 in the comparison."""
Found: TypeAlias = tuple[float, bool]
"""A p value, and whether it is a lower bound."""
_MEMO = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """A table to be tested exactly: by its own counts, or by others on the safe side of them."""

    above: Counts
    """Counts to test for an effect above a bound with."""
    below: Counts
    can_pass: bool
    """Whether nothing else keeps the line from passing."""
    scored: tuple[BoundTest, ...] = ()
    """Tests whose p the one recorded is never below, in the order of the limit's bounds."""


def exact_tests(
    tables: Sequence[Small], limit: Limit, effect: Effect, method: str, *, alpha: float
) -> list[tuple[BoundTest, ...]]:
    """Test small tables at each bound of a limit, exactly where the answer could be below alpha."""
    bounds = bounds_of(limit)
    fails = [_at_least(tables, effect, bound, BEYOND[end]) for end, bound in bounds]
    insides = [_at_least(tables, effect, bound, INSIDE[end]) for end, bound in bounds]
    return [
        _Table(table=table, bounds=bounds, effect=effect, alpha=alpha).tests(
            method, [float(p[i]) for p in fails], [float(p[i]) for p in insides]
        )
        for i, table in enumerate(tables)
    ]


def _at_least(tables: Sequence[Small], effect: Effect, bound: float, side: Side) -> Floats:
    """Lower bounds on the exact p of every table."""
    counts = np.array([t.above if side == "above" else t.below for t in tables], dtype=np.int64)
    return exact_at_least_array(*counts.T, effect=effect, bound=bound, side=side)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    table: Small
    bounds: list[tuple[End, float]]
    effect: Effect
    alpha: float

    def tests(self, method: str, fails: list[float], insides: list[float]) -> tuple[BoundTest, ...]:
        """The tests at every bound, from lower bounds on their p values."""
        for i, test in enumerate(self.table.scored):
            fails[i], insides[i] = max(fails[i], test.fail), max(insides[i], test.inside)
        failing = [self._fail(i, p) for i, p in enumerate(fails)]
        return tuple(
            BoundTest(
                end=end,
                bound=bound,
                method=method,
                fail=fail[0],
                inside=inside[0],
                fail_bounded=fail[1],
                inside_bounded=inside[1],
            )
            for (end, bound), fail, inside in zip(
                self.bounds, failing, self._insides(insides), strict=True
            )
        )

    def _fail(self, i: int, least: float) -> Found:
        if least >= self.alpha:
            return least, True
        return max(least, self._exact(i, BEYOND[self.bounds[i][0]])), False

    def _insides(self, least: list[float]) -> list[Found]:
        """Every p_pass of the line: one not below alpha rules a pass out, and ends the search."""
        found: list[Found] = [(p, True) for p in least]
        for i, p in enumerate(least):
            if self.table.can_pass and max(q for q, _ in found) < self.alpha:
                found[i] = max(p, self._exact(i, INSIDE[self.bounds[i][0]])), False
        return found

    def _exact(self, i: int, side: Side) -> float:
        """The exact p on one side, asked as "above" of the table or of its mirror image.

        The same comparison seen from its other group is then the same question, asked once.
        """
        bound = self.bounds[i][1]
        if side == "above":
            return _exact_above(self.table.above, self.effect, bound)
        x, n, x0, n0 = self.table.below
        return _exact_above((x0, n0, x, n), self.effect, mirrored(self.effect, bound))


@lru_cache(maxsize=_MEMO)
def _exact_above(counts: Counts, effect: Effect, bound: float) -> float:
    return exact_p(*counts, effect=effect, bound=bound, side="above")
