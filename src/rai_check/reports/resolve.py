"""What would resolve an inconclusive result: how many records, which mitigations, by whom."""

from rai_check.disclosed import PublicItem, PublicLine
from rai_check.outcome import Outcome
from rai_check.reports.metrics import in_sentence
from rai_check.reports.numerals import about_number, exact_percent, listed, place, plural, unit
from rai_check.reports.unassessed import MOST_NAMED, is_undeclared

_MEANS = (
    "pooling more periods",
    "coarser groups",
    "case-by-case review of the group",
    "a date to look again",
    "evidence from elsewhere",
)
"""Kinds of mitigation, in the order of `rai_check.statements.model.Mitigation`."""
_MORE = {
    "undecided": "more records",
    "too_few": "more records",
    "unknown_share": "knowing the group and the outcome of more people",
    "sampled": "looking at all of it",
}
"""What could resolve a line, by why it is open."""


def needed(item: PublicItem) -> tuple[str, ...]:
    """How many records of a group would show equal rates to be inside the limit, by metric."""
    planned = [x for x in item.lines if x.planning and x.measurement and x.limit]
    metrics = dict.fromkeys(x.measurement.metric for x in planned if x.measurement)
    several = len(metrics) > 1
    return tuple(
        row
        for name in metrics
        if (
            row := _needed(
                [x for x in planned if x.measurement and x.measurement.metric == name],
                f" ({in_sentence(name)})" if several else "",
            )
        )
    )


def _needed(lines: list[PublicLine], which: str) -> str:
    plans = [x.planning for x in lines if x.planning]
    rated = [plan for plan in plans if plan.rate is not None]
    if not rated:
        return ""
    numbers = sorted({float(f"{plan.rows_needed:.2g}") for plan in rated if plan.rows_needed})
    what = unit(lines[0].measurement.unit) if lines[0].measurement else "records"
    if not numbers:
        return f"No number of {what} would be enough to show equal rates{which}."
    many = about_number(numbers[0])
    if len(numbers) > 1:
        many = f"{many} to {about_number(numbers[-1]).removeprefix('about ')}"
    return (
        f"A group needs {many} {what} before equal rates{which} could be shown to be inside the "
        f"limit, four times in five{_at(rated[0].rate, planned=rated[0].planned)}."
    )


def _at(rate: float | None, *, planned: bool) -> str:
    """The rate that was supposed, only where it was planned: the observed one stands beside it."""
    if not planned or rate is None:
        return ", at the rate observed"
    return f", at the planned rate of {exact_percent(rate)}"


def mitigations(item: PublicItem) -> str:
    """What could resolve what the data cannot tell, or which mitigations the policy accepts.

    Where some groups may be mitigated and others may not, it names both.
    """
    open_ = [x for x in item.lines if x.outcome is Outcome.INCONCLUSIVE and not x.covered_by]
    lines = [x for x in open_ if not is_undeclared(x, item)]
    more = dict.fromkeys(_MORE[x.code] for x in lines if x.code in _MORE)
    ways = [f"{listed(more)} could resolve it"] if more else []
    may = [x for x in lines if _may_be_mitigated(x)]
    if item.powers.mitigators and may:
        who = listed(item.powers.mitigators, "or")
        of = f" for {_named(may)}" if len(may) < len(open_) and _named(may) else ""
        ways.append(f"the {who} may accept a mitigation{of} until a date: {listed(_MEANS, 'or')}")
    elif lines and item.gates:
        ways.append("the policy accepts no mitigation of it")
    return f"Where the data cannot tell, {'; '.join(ways)}." if ways else ""


def leaning(item: PublicItem) -> str:
    """Of what no mitigation may be accepted, since it leans to failing."""
    lines = [x for x in item.lines if x.leans and not x.covered_by]
    if not lines:
        return ""
    which = f" ({_named(lines)})" if _named(lines) else ""
    return (
        f"What leans to failing{which} would fail if its test stood alone, without sharing an "
        "allowance for false alarms: no mitigation of it may be accepted."
    )


def _named(lines: list[PublicLine]) -> str:
    """Groups of lines by name; of many the number."""
    names = list(dict.fromkeys(place(x.measurement.where) for x in lines if x.measurement))
    if len(names) > MOST_NAMED:
        return plural(len(names), "group")
    return listed(name for name in names if name)


def _may_be_mitigated(line: PublicLine) -> bool:
    m = line.measurement
    return m is not None and not line.leans and not m.mendable
