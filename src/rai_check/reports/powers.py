"""Who may decide about what is open, by the policy; nothing is offered that could not work."""

from rai_check.disclosed import Powers, PublicItem, PublicLine
from rai_check.measurement import Asked
from rai_check.outcome import Outcome
from rai_check.reports.numerals import day, listed, plural
from rai_check.reports.unassessed import is_undeclared

DECIDABLE = frozenset({Outcome.FAIL, Outcome.MISSING, Outcome.INCONCLUSIVE})
_NO_STATEMENT = "can be covered by no statement"
_NEITHER = "can be neither waived nor justified"
_SUPPLY = "can only be supplied"
_LEANS = "an unadjusted test already says fail"
_LEANING = f"{_NO_STATEMENT}, since {_LEANS}"
_PUT_RIGHT = f"{_NO_STATEMENT}, since it can be put right in the data or the project"
_DECLARE = "is to be put right by declaring the values that nothing declares, and not mitigated"
_CLOSED = frozenset({_NO_STATEMENT, _NEITHER, _LEANING, _PUT_RIGHT, _DECLARE})
"""What is said where no statement could cover a line."""


def may_decide(item: PublicItem) -> str:
    """What the policy lets people decide about the open lines of a control, as a predicate."""
    lines = [x for x in item.lines if x.outcome in DECIDABLE and not x.covered_by]
    ways = sorted(
        {
            ("where too little is known", _DECLARE)
            if is_undeclared(line, item)
            else _way(line, item.powers)
            for line in lines
        }
    )
    closed = [(when, what) for when, what in ways if what in _CLOSED]
    if closed and len(ways) > 1:  # whatever may be done about the rest, the control stays open
        when, what = closed[0]
        return f"{what} {when}".rstrip()
    first, *rest = ways
    if not rest:
        return first[1]
    return "; ".join(f"{when} it {what}" if when else what for when, what in ways)


def powers_sentence(item: PublicItem) -> str:
    """Who may decide about a control that is open."""
    if item.standing not in DECIDABLE:
        return ""
    return f"By the policy this control {may_decide(item)}."


def _way(line: PublicLine, powers: Powers) -> tuple[str, str]:
    """(where this is so, if said beside others; what may be done) about one line."""
    justified = _by("justified", powers.justifiers)
    waived = _by(f"waived for up to {plural(powers.waiver_days, 'day')}", powers.waivers)
    if line.code == "asked":
        asked = line.measurement.asked if line.measurement else None
        waived = waived if line.outcome is Outcome.MISSING else ""
        return "", f"is met {_answer(asked)}{f', or may be {waived}' if waived else ''}"
    if line.outcome is Outcome.MISSING:
        return "where it is missing", _may([waived], _SUPPLY)
    if line.outcome is Outcome.FAIL:
        ways = [justified if line.tests else "", waived if line.limit else ""]
        return "", _may(ways, _NEITHER)
    if line.leans:
        if not justified and not waived:
            return "", _LEANING
        way = _may([justified, waived], "")
        return "where it leans to failing", f"{way}, but not mitigated, since {_LEANS}"
    if line.measurement is not None and line.measurement.mendable:
        return "where it could not be measured", _PUT_RIGHT
    accepted = _by("accepted", powers.mitigators)
    way = f"may go ahead with a mitigation {accepted}" if accepted else _NO_STATEMENT
    return "where the data cannot tell", way


def _by(done: str, roles: tuple[str, ...]) -> str:
    return f"{done} by the {listed(roles, 'or')}" if roles else ""


def _may(ways: list[str], otherwise: str) -> str:
    found = [way for way in ways if way]
    return f"may be {', or '.join(found)}" if found else otherwise


def _answer(asked: Asked | None) -> str:
    """How a control is met that asks for a statement: ``by a sign-off by the head of service``."""
    if asked is None:
        return "by the statement that it asks for"
    by = f"by the {listed(asked.roles, 'or')}" if asked.roles else "by a person in authority"
    if asked.statement == "in-date":
        return "when every statement that has expired is renewed or withdrawn"
    if asked.statement == "justification":
        return f"when every confirmed disparity is justified {by}"
    if asked.statement == "sign-off":
        return f"by a sign-off of this evidence {by}"
    dated = []
    if asked.max_age_days is not None:
        dated.append(f"of the last {plural(asked.max_age_days, 'day')}")
    if asked.not_before is not None:
        dated.append(f"dated {day(asked.not_before)} or later")
    rests = f", resting on a document {listed(dated)}" if dated else ""
    return f"by an attestation {by}{rests}"
