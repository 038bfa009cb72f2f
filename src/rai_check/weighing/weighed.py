"""What the tests say of one measurement, and what all families of evidence share. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rai_check.errors import RaiCheckError
from rai_check.judgement import Hypothesis, ShownInterval
from rai_check.measurement import Measurement, TwoProportions
from rai_check.policy.model import Floors, Limit
from rai_check.stats.arguments import Effect, Floats, Side

End: TypeAlias = Literal["min", "max"]
BEYOND: dict[End, Side] = {"min": "below", "max": "above"}
"""Side of a bound on which the limit is broken."""
INSIDE: dict[End, Side] = {"min": "above", "max": "below"}
"""Side of a bound on which the limit is kept."""
Shortfall: TypeAlias = tuple[str, str]
"""(code, sentence) why a line cannot pass however its tests come out."""
MOST = 10**10
"""More rows than anybody has: searches among more would not end in reasonable time."""

LEAST = 1e-3
"""A smaller effective size is no size."""


class CannotWeigh(RaiCheckError):  # noqa: N818 - the judge makes it an error outcome
    """The limit of the policy does not fit the evidence of the check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundTest:
    """One bound of a limit, tested on both sides; not yet adjusted for its family."""

    end: End
    bound: float
    method: str
    fail: float
    """p for a true value beyond the bound."""
    inside: float
    """p for a true value inside it."""
    fail_bounded: bool = False
    """`fail` is a lower bound, at or above alpha."""
    inside_bounded: bool = False
    """`inside` is a lower bound."""

    def hypothesis(self, adjusted: float) -> Hypothesis:
        """The test as the assessment records it."""
        return Hypothesis(
            side=self.end,
            bound=self.bound,
            method=self.method,
            p_fail=self.fail,
            p_fail_adjusted=adjusted,
            p_pass=self.inside,
            p_fail_bounded=self.fail_bounded,
            p_pass_bounded=self.inside_bounded,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """What the tests say of one measurement; outcome and adjustment come later."""

    estimate: float | None = None
    interval: ShownInterval | None = None
    tests: tuple[BoundTest, ...] = ()
    beyond: bool | None = None
    """For evidence judged by its point: whether it is outside the limit; None where tested."""
    shortfall: Shortfall | None = None
    exact: bool = False
    """Tested exactly: `interval` is then of a quicker kind, until the tests decide something."""


def tests_of(limit: Limit, method: str, p: Callable[[float, Side], float]) -> tuple[BoundTest, ...]:
    """Test one piece of evidence at every bound of a limit, on both sides."""
    return tuple(
        BoundTest(
            end=end,
            bound=bound,
            method=method,
            fail=p(bound, BEYOND[end]),
            inside=p(bound, INSIDE[end]),
        )
        for end, bound in bounds_of(limit)
    )


def tests_of_many(
    limit: Limit, method: str, p: Callable[[float, Side], Floats]
) -> list[tuple[BoundTest, ...]]:
    """Test many comparisons at every bound of a limit, on both sides; one tuple for each."""
    columns = [
        [
            BoundTest(end=end, bound=bound, method=method, fail=fail, inside=inside)
            for fail, inside in zip(
                p(bound, BEYOND[end]).tolist(), p(bound, INSIDE[end]).tolist(), strict=True
            )
        ]
        for end, bound in bounds_of(limit)
    ]
    return list(zip(*columns, strict=True))


def bounds_of(limit: Limit) -> list[tuple[End, float]]:
    """The bounds a limit has, each a hypothesis of its own."""
    pairs: list[tuple[End, float | None]] = [("min", limit.min), ("max", limit.max)]
    return [(end, bound) for end, bound in pairs if bound is not None]


def scale_of(limit: Limit) -> Effect:
    """The scale of two rates that a limit is on; where it is not of rates, that of a ratio."""
    match limit.of:
        case "difference" | "odds" as of:
            return of
    return "ratio"


def effect_of(limit: Limit, m: Measurement, *, odds: bool = False) -> Effect:
    """The scale on which two rates are compared; `odds` if there are tests of their odds.

    Raises:
        CannotWeigh: when the limit is of anything else.
    """
    if limit.of in {"value", "change"} or (limit.of == "odds" and not odds):
        need = "'ratio', 'difference' or 'odds'" if odds else "'ratio' or 'difference'"
        what = "two rates" if odds else "rates within strata, or of pairs of answers,"
        raise CannotWeigh(f"{m.metric}: {what} need a limit of {need}.")
    if limit.of == "difference" and not all(-1 < bound < 1 for _, bound in bounds_of(limit)):
        raise CannotWeigh(f"{m.metric}: a difference of two rates needs a limit between -1 and 1.")
    return scale_of(limit)


def fits(e: TwoProportions) -> bool:
    """Whether two rates are of sizes that tests can hold."""
    sizes: list[float] = [e.n, e.n0]
    if e.design is not None:
        sizes += [e.design.effective, e.design.effective0]
    return min(sizes) >= LEAST and max(sizes) <= MOST


_COUNTED = {"exact", "proportion", "two_proportions", "strata", "paired", "sampled"}
"""Kinds of evidence whose unit is what was counted, and not what a value is in."""


def shortfall_of(m: Measurement, floors: Floors, *sizes: float) -> Shortfall | None:
    """Why too little is known for a pass: units of the denominators, or the known share."""
    if not sizes and m.size is not None:
        sizes = (m.size,)
    if not sizes and m.against is not None:
        return "too_few", "the check does not say how many units this comparison rests on"
    what = m.unit if m.evidence.kind in _COUNTED else "rows"
    if min(sizes, default=floors.units) < floors.units:
        return "too_few", f"fewer than {floors.units} {what} to measure it on"
    if m.known is not None and m.total is not None:
        share = m.known / m.total if m.total else 0.0
        if share < floors.known_share:
            need = f"{floors.known_share:.0%}"
            return "unknown_share", f"known for {share:.0%} of {what}; at least {need} is needed"
    return None
