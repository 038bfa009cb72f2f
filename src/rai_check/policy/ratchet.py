"""The ratchet: a policy that extends another may tighten it, never loosen it."""

from rai_check.documents import Path_
from rai_check.outcome import Severity, Stage
from rai_check.policy.model import Control, Floors, Limit, Part, Policy, Waivable

Fault = tuple[Path_, str]


def loosened(parent: Policy, child: Policy) -> Fault | None:
    """Return where and how `child` is looser than `parent`, or None.

    Controls cannot be removed (merging only adds), so this compares those of the parent.
    """
    if fault := _whole(parent, child):
        return fault
    for stage in Stage:
        lost = set(parent.gating(stage)) - set(child.gating(stage))
        if lost:
            return ("gates", stage.value), f"{min(lost).value!r} controls gate at {stage.value!r}."
    for name, control in parent.controls.items():
        if fault := _control(control, child.controls[name]):
            key, sentence = fault
            return ("controls", name, *key), f"{name}: {sentence}"
    return None


def _whole(parent: Policy, child: Policy) -> Fault | None:
    """What holds for all controls together."""
    for field in ("alpha", "level"):
        if getattr(child, field) != (was := getattr(parent, field)):
            return (field,), f"{field!r} is {was:g} in the policy extended and stays so."
    for family, size in parent.families.items():
        if child.families[family] > size:
            text = f"family {family!r} cannot grow beyond {size}: more tests make fails rarer."
            return ("families", family), text
    most = parent.max_attempts
    if most is not None and (child.max_attempts is None or child.max_attempts > most):
        return ("max_attempts",), f"'max_attempts' cannot go above {most}."
    return None


def _control(old: Control, new: Control) -> Fault | None:
    order = list(Severity)
    if order.index(new.severity) > order.index(old.severity):
        return ("severity",), f"severity cannot go below {old.severity.value!r}."
    if not old.stage.includes(new.stage):
        return ("stage",), f"it cannot be left until after {old.stage.value!r}."
    if (new.per, new.family) != (old.per, old.family):
        return ("per",), "'per' and 'family' stay as in the policy extended."
    if old.waivable == "never" and new.waivable != "never":
        return ("waivable",), "it can never be waived."
    if isinstance(old.waivable, Waivable) and isinstance(new.waivable, Waivable):
        wider = set(new.waivable.roles) - set(old.waivable.roles)
        if wider or new.waivable.max_days > old.waivable.max_days:
            return ("waivable",), "no further roles may waive it, and for no longer."
    for field in ("justifiable", "mitigable"):
        if set(getattr(new, field)) - set(getattr(old, field)):
            return (field,), f"no further roles may be added to {field!r}."
    if new.applies_when != old.applies_when:
        return ("applies_when",), "when it applies stays as in the policy extended."
    return _floors(old.floors, new.floors) or _parts(old.parts, new.parts)


def _floors(old: Floors, new: Floors) -> Fault | None:
    for field in ("units", "known_share"):
        if getattr(new, field) < getattr(old, field):
            return (
                "floors",
                field,
            ), f"the floor {field!r} cannot go below {getattr(old, field):g}."
    for field in ("exact_below_units", "exact_below_events"):
        if getattr(new, field) != getattr(old, field):
            return ("floors", field), f"{field!r} stays as in the policy extended."
    return None


def _parts(old: tuple[Part, ...], new: tuple[Part, ...]) -> Fault | None:
    if len(new) != len(old):
        text = "the parts stay as in the policy extended: more tests make fails rarer. "
        return ("parts",), f"{text}Write a control of your own instead."
    for index, (was, now) in enumerate(zip(old, new, strict=False)):
        same = (was.check, was.metric, was.applies_when) == (
            now.check,
            now.metric,
            now.applies_when,
        )
        if not same or was.with_ != now.with_:
            text = f"part {index + 1} must measure as in the policy extended."
            return ("parts", index), text
        if was.limit and now.limit and _wider(was.limit, now.limit):
            return (
                "parts",
                index,
                "limit",
            ), f"the limit of part {index + 1} can only be tightened."
    return None


def _wider(old: Limit, new: Limit) -> bool:
    if old.of != new.of or new.recall > old.recall:
        return True
    if old.breach == "fail" and new.breach != "fail":
        return True
    if new.prevalence is not None and new.prevalence > (old.prevalence or 0):
        return True
    lower = old.min is not None and (new.min is None or new.min < old.min)
    return lower or (old.max is not None and (new.max is None or new.max > old.max))
