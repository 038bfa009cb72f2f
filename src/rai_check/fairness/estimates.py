"""Groups compared by what is not a rate: an estimate and its standard error, and no verdict."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from rai_check.fairness.compare import lines
from rai_check.fairness.metrics import EVERY, Metric
from rai_check.fairness.outcomes import YES
from rai_check.fairness.tally import Counted, GroupCount
from rai_check.measurement import (
    NOBODY,
    NOBODY_BESIDE,
    NOT_KNOWN,
    CheckResult,
    Estimate,
    Evidence,
    Measurement,
    Undefined,
)
from rai_check.project.columns import Meaning
from rai_check.project.role_table import RoleTable

if TYPE_CHECKING:
    from rai_check.fairness.numbers import Numbers
    from rai_check.stats.contrast import Contrast

LEAST = 30
"""Rows (units, where rows repeat them) on each side of a comparison of means.

Below it the t distribution is no guide to the mean of skewed numbers such as waits and amounts.
"""
CLUSTERED, TOO_FEW = "clustered", "too_few"


def of_number(name: str, nobody: str) -> Metric:
    """A metric among the rows whose number is known, for `count`: groups, sizes, known share."""
    known = frozenset((YES, truth) for truth in EVERY)
    return Metric(
        id=name,
        name=name,
        event=frozenset(),
        among=known,
        usable=known,
        effect="difference",
        harm="declared",
        needs_truth=False,
        nobody=nobody,
    )


def compare_estimates(
    counted: Counted,
    evidence: Callable[[GroupCount, GroupCount], Evidence],
    *,
    against: str,
    unit: str,
    least: Callable[[GroupCount, GroupCount], int],
    refusal: Undefined | None = None,
    shown: Iterable[Measurement] = (),
    notes: tuple[str, ...] = (),
) -> CheckResult:
    """Compare each group with the rest, a named group, or every other group.

    Args:
        counted: the groups, with how many rows could be used.
        evidence: of a group and what it is compared with; both have somebody.
        against: ``rest``, ``all-pairs`` or the label of a group.
        unit: what the estimate is in.
        least: smallest count behind the estimate of two sides.
        refusal: where there is one, every line is that, and nothing stands beside it.
        shown: what stands beside the lines.
        notes: whole sentences for every line.

    Raises:
        Missing: as `lines`.
    """
    metric = counted.metric

    def found(group: GroupCount, other: GroupCount) -> Evidence:
        return refusal or _nobody(metric, group, other) or evidence(group, other)

    result = lines(counted, found, against=against, least=least)
    measured = (replace(m, unit=unit, notes=(*m.notes, *notes)) for m in result.measurements)
    return replace(result, measurements=(*measured, *(() if refusal else shown)))


def _nobody(metric: Metric, group: GroupCount, other: GroupCount) -> Undefined | None:
    if not group.n:
        text = f"nobody {metric.nobody}, so the {metric.name} cannot be measured"
        return Undefined(code=NOBODY, text=text)
    if not other.n:
        return Undefined(code=NOBODY_BESIDE, text=f"nobody {metric.nobody} to compare with")
    return None


def beside(
    counted: Counted,
    group: GroupCount,
    metric: str,
    evidence: Evidence,
    unit: str = "rows",
    least: int | None = None,
) -> Measurement:
    """Something of one group alone, shown and never held against a limit."""
    return Measurement(
        metric=metric,
        evidence=evidence,
        where=counted.where(group),
        members=group.members,
        known=group.usable,
        total=group.rows,
        unit=unit,
        information=True,
        least=least,
        notes=("Shown, not compared.",) if group.label == NOT_KNOWN else (),
    )


def each(counted: Counted) -> tuple[GroupCount, ...]:
    """Every group that has somebody, and last those whose group is not known."""
    return tuple(g for g in (*counted.groups, counted.unknown) if g.n)


def extremes(
    counted: Counted,
    values: Mapping[GroupCount, float],
    evidence: Callable[[GroupCount, GroupCount], Evidence],
    unit: str,
    least: Callable[[GroupCount, GroupCount], int],
) -> Iterator[Measurement]:
    """The group with the lowest value set against that with the highest."""
    groups = sorted((g for g in values if g in counted.groups), key=lambda g: (values[g], g.label))
    if len(groups) < 2:  # noqa: PLR2004 - a pair
        return
    low, high = groups[0], groups[-1]
    found = evidence(low, high)
    if isinstance(found, Estimate):
        metric = f"{counted.metric.name}, lowest against highest"
        one = beside(counted, low, metric, found, unit, least(low, high))
        yield replace(one, against=high.label)


def estimate(found: "Contrast") -> Estimate:
    """What the statistics found, as evidence."""
    return Estimate(value=found.value, se=found.se, df=found.df, link=found.link)


def no_numbers(numbers: "Numbers") -> Undefined | None:
    """A refusal where nothing in the column is a number."""
    if numbers.all_rows.n.any() or not numbers.cube.total:
        return None
    text = f"no row has a number in column {numbers.column!r}; "
    text += "write numbers with digits and a point only, without signs or commas"
    return Undefined(code="no_numbers", text=text, mendable=True)


def below_zero(numbers: "Numbers", what: str) -> Undefined | None:
    """A refusal where what cannot be below 0 is."""
    if not (rows := int(numbers.all_rows.n[:, numbers.lower < 0].sum())):
        return None
    text = f"{rows:,} rows hold a {what} below 0 in column {numbers.column!r}; "
    text += "put them right, or declare the value under 'not_known'"
    return Undefined(code="below_zero", text=text, mendable=True)


def weighted(table: RoleTable, name: str) -> Undefined | None:
    """A refusal where rows carry sampling weights, which sums of numbers cannot take in."""
    for column in table.columns(Meaning.WEIGHT):
        text = f"rows carry sampling weights in column {column!r}, and no {name} is worked out "
        return Undefined(code="weights", text=f"{text}from weighted rows")
    return None


def constant(what: str) -> Undefined:
    """The refusal where nothing varies: that is no evidence that the truth is known."""
    return Undefined(code="constant", text=f"{what}, so how far chance could go cannot be told")


def not_above_zero(what: str) -> Undefined:
    """The refusal of a ratio to nothing."""
    text = f"a ratio needs {what} above 0; set 'effect: difference' in the policy"
    return Undefined(code="not_above_zero", text=text, mendable=True)


def too_few(what: str, least: int) -> Undefined:
    """The refusal for too little to rest a number on."""
    text = f"fewer than {least} {what} on one side, too few to say how far chance could go"
    return Undefined(code=TOO_FEW, text=text)


def clustered(name: str) -> Undefined:
    """The refusal where rows repeat people and no method for that is at hand."""
    text = f"rows repeat people, and no {name} is worked out from repeated rows; "
    return Undefined(code=CLUSTERED, text=f"{text}give one row for each person")
