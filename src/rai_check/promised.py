"""Which controls an assessment promises, and what is done about one that is not there. Pure."""

from rai_check.errors import UsageError, did_you_mean
from rai_check.measured import MeasuredItem, PartResult, Subject, item_id
from rai_check.outcome import Outcome
from rai_check.policy.model import Policy
from rai_check.statements.model import Said

Promised = tuple[tuple[str, str | None], ...]
"""(control, group column) pairs."""


def promised_items(policy: Policy, subject: Subject) -> Promised:
    """(control, group column) of every item that a full assessment at this stage has."""
    pairs: list[tuple[str, str | None]] = []
    for name, control in sorted(policy.controls.items()):
        if not subject.stage.includes(control.stage):
            continue
        groups = subject.groups if control.per == "group" and subject.groups else (None,)
        pairs += [(name, group) for group in groups]
    return tuple(pairs)


def with_unmeasured(
    items: tuple[MeasuredItem, ...], promised: Promised, partial: tuple[str, ...]
) -> tuple[MeasuredItem, ...]:
    """A promised control that was not measured is an error, unless the run says it is partial.

    Raises:
        UsageError: when a control is there twice.
    """
    have = {item.id for item in items}
    if len(have) != len(items):
        raise UsageError("the measurements hold one control twice; measure again.")
    if partial:
        return items
    lost = PartResult(check="", index=0, outcome=Outcome.ERROR, reason="it was not measured")
    absent = [(c, g) for c, g in promised if item_id(c, g) not in have]
    return (*items, *(MeasuredItem(control=c, group=g, parts=(lost,)) for c, g in absent))


def refuse_unknown(said: tuple[Said, ...], policy: Policy, promised: Promised) -> None:
    """Stop at a statement that names a control this assessment does not have.

    Raises:
        UsageError: for the first one.
    """
    known = {*policy.controls, *(item_id(c, g) for c, g in promised)}
    for one in said:
        if one.statement.control not in known:
            near = did_you_mean(one.statement.control, known)
            raise UsageError(
                f"statement {one.statement.id!r} speaks of control "
                f"{one.statement.control!r}, which this assessment does not have.{near}"
            )
