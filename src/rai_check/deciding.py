"""Lines decided: what the tests of each say, under which rule, with the interval of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from rai_check.drafts import Tested, used
from rai_check.judgement import Line, ShownInterval
from rai_check.measurement import Sampled
from rai_check.outcome import Outcome
from rai_check.policy.model import Policy
from rai_check.weighing.intervals import Asked, deciding_intervals
from rai_check.weighing.weighed import scale_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the procedure makes of one line."""

    outcome: Outcome
    code: str
    reason: str
    level: float | None = None
    """Of the interval that goes with the tests that decided; None where none did."""


def decided_lines(tested: Sequence[Tested], policy: Policy, attempt: int) -> list[Line]:
    """Decide every line that was tested.

    Args:
        tested: lines of one control, their family counted.
        policy: its alpha, the level of intervals shown, and the attempts it allows.
        attempt: how many sets of data have been tried, this one included.
    """
    said = [_said(d, policy, attempt) for d in tested]
    shown, by = _intervals(tested, said, policy.level)
    return [_line(*parts, policy.alpha) for parts in zip(tested, said, shown, by, strict=True)]


def _said(d: Tested, policy: Policy, attempt: int) -> Said:
    """The procedure of docs/statistics.md: fail, else short of a floor, else pass, else open."""
    alpha, weighed = policy.alpha, d.weighed
    failed = [shared for p, shared in zip(d.adjusted, d.shared, strict=True) if p < alpha]
    if weighed.beyond or failed:
        level = 1.0 - 2.0 * alpha / min(failed) if failed else None
        return _beyond(d, level)
    if weighed.shortfall:
        code, reason = weighed.shortfall
        return Said(outcome=Outcome.INCONCLUSIVE, code=code, reason=reason)
    by_tests = bool(weighed.tests) and all(test.inside < alpha for test in weighed.tests)
    if weighed.beyond is False or by_tests:
        if _is_luck(d) and policy.max_attempts is not None and attempt > policy.max_attempts:
            return _too_many(attempt, policy.max_attempts)
        level = 1.0 - 2.0 * alpha if by_tests else None
        reason = "shown to be inside the limit"
        return Said(outcome=Outcome.PASS, code="decided", reason=reason, level=level)
    reason = "the data can neither show nor rule out a breach"
    return Said(outcome=Outcome.INCONCLUSIVE, code="undecided", reason=reason)


def _beyond(d: Tested, level: float | None) -> Said:
    if d.limit.breach == "inconclusive":
        reason = "short of what the policy asks for"
        return Said(outcome=Outcome.INCONCLUSIVE, code="too_few", reason=reason, level=level)
    reason = "shown to be outside the limit"
    return Said(outcome=Outcome.FAIL, code="decided", reason=reason, level=level)


def _is_luck(d: Tested) -> bool:
    """Whether another sample could have come out otherwise: what is counted whole could not."""
    return bool(d.weighed.tests) or isinstance(d.measurement.evidence, Sampled)


def _too_many(attempt: int, most: int) -> Said:
    reason = (
        f"attempt {attempt}, and the policy allows {most}: tried often enough, chance passes it"
    )
    return Said(outcome=Outcome.INCONCLUSIVE, code="attempts", reason=reason)


def _intervals(
    tested: Sequence[Tested], said: Sequence[Said], level: float
) -> tuple[list[ShownInterval | None], list[ShownInterval | None]]:
    """The interval shown of every line, and the one that goes with what decided it."""
    shown = [d.weighed.interval for d in tested]
    by: list[ShownInterval | None] = [None] * len(tested)
    decided = [(i, one.level) for i, one in enumerate(said) if one.level is not None]
    found = deciding_intervals([_asked(tested[i], at) for i, at in decided])
    for (i, _), interval in zip(decided, found, strict=True):
        by[i] = interval
    exact = [i for i, _ in decided if tested[i].weighed.exact]
    for i, interval in zip(
        exact, deciding_intervals([_asked(tested[i], level) for i in exact]), strict=True
    ):
        shown[i] = interval
    return shown, by


def _asked(d: Tested, level: float) -> Asked:
    return Asked(
        evidence=d.measurement.evidence,
        effect=scale_of(d.limit),
        exact=d.weighed.exact,
        level=level,
    )


def _line(
    d: Tested, said: Said, shown: ShownInterval | None, by: ShownInterval | None, alpha: float
) -> Line:
    tests = d.weighed.tests
    says_fail = any(test.fail < alpha for test in tests)
    return Line(
        check=d.check,
        outcome=said.outcome,
        code=said.code,
        reason=said.reason,
        measurement=d.measurement,
        limit=used(d.limit),
        estimate=d.weighed.estimate,
        interval=shown,
        hypotheses=tuple(test.hypothesis(p) for test, p in zip(tests, d.adjusted, strict=True)),
        decided_by=by,
        planning=d.planning,
        leans=said.outcome is Outcome.INCONCLUSIVE and says_fail,
    )
