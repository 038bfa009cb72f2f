"""What a policy allows and a careful author may not have meant: advice, never a refusal."""

from collections.abc import Iterator

from rai_check.policy.model import Control, Limit, Part, Policy
from rai_check.registry import get_check


def advice(policy: Policy) -> tuple[str, ...]:
    """Sentences about limits that say less than they seem to, each with the control's id."""
    return tuple(
        f"{name}: {sentence}"
        for name, control in policy.controls.items()
        for sentence in _of_control(control)
    )


def _of_control(control: Control) -> Iterator[str]:
    """Advice on every limit of two rates; means and scores are of another scale."""
    held = [(part, part.limit) for part in control.parts if part.limit and _compares_rates(part)]
    for part, limit in held:
        if (limit.min is None) != (limit.max is None) and "truth" not in get_check(
            part.check
        ).needs:
            yield _one_sided(part, limit)
    for part, limit in held:
        beside = {bound.of for other, bound in held if _alike(other, part)}
        if limit.of == "difference" and not beside & {"ratio", "odds"}:
            yield (
                f"the limit of {part.check!r} is a difference alone, which says nothing where "
                "rates are low (of two rates under it, one may be many times the other); "
                "put a part with a limit of 'ratio' beside it."
            )
        if beside == {"odds"}:
            yield (
                f"the limit of {part.check!r} is an odds ratio alone, which is easily taken for a "
                "ratio of rates (80% against 83% is an odds ratio of 0.82); "
                "put a part with a limit of 'ratio' or 'difference' beside it."
            )


def _compares_rates(part: Part) -> bool:
    return {*get_check(part.check).limits} - {"odds"} == {"ratio", "difference"}


def _one_sided(part: Part, limit: Limit) -> str:
    have, lack, far = ("min", "max", "above") if limit.max is None else ("max", "min", "below")
    return (
        f"the limit of {part.check!r} has {have!r} and no {lack!r}, so a group far {far} everyone "
        "else passes; leave it so only where harm can lie on one side alone."
    )


def _alike(one: Part, other: Part) -> bool:
    """Whether two parts hold the same measurement, if on another scale."""
    return (one.check, one.metric, one.with_) == (other.check, other.metric, other.with_)
