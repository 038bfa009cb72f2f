"""Whether values are missing more often in one group than in others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rai_check.errors import RaiCheckError
from rai_check.fairness.tally import count
from rai_check.project import RoleTable
from rai_check.project.table_file import TableFile
from rai_check.protected import PEOPLE
from rai_check.quality.gaps import gap_counts
from rai_check.reports.numerals import percent, points
from rai_check.stats.two_proportions import score_interval
from rai_check.survey.model import Notice, Sort
from rai_check.survey.said import LEVEL
from rai_check.survey.seen import Seen
from rai_check.tables import Table, shown

APART = 0.05
"""Difference of two shares from which a gap is told; ours, as in the control DP-14."""
MOST_TOLD, _POOLED = 5, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gap:
    """A group's missing values of a column against everyone else's: `x` of `n`, `x0` of `n0`."""

    column: str
    by: str
    group: str
    x: int
    n: int
    x0: int
    n0: int

    @property
    def apart(self) -> float:
        """Difference of the two shares."""
        return self.x / self.n - self.x0 / self.n0

    def is_wide(self, tests: int) -> bool:
        """Whether `APART` more are missing than elsewhere, and more than chance would have.

        Fewer missing than elsewhere is the other group's gap. Of so many `tests` each is held to
        its share of the error (Bonferroni), so that a file of many columns raises no false alarm.
        """
        if self.apart < APART:
            return False
        level = 1.0 - (1.0 - LEVEL) / tests
        found = score_interval(self.x, self.n, self.x0, self.n0, effect="difference", level=level)
        return (found.low or 0.0) > 0

    def says(self) -> str:
        """In a sentence; without numbers where one of the counts may not be shown."""
        own, rest = PEOPLE.pair(self.x, self.n, self.x0, self.n0)
        group = f"{self.group} ({self.by})"
        if own.rate is None or rest.rate is None:
            return f"missing more often for {group} than for everyone else, by 5 points or more"
        sizes = [round(part.value or 0) for part in (own.x, own.n, rest.x, rest.n)]
        found = score_interval(*sizes, effect="difference", level=LEVEL)
        return (
            f"missing for {percent(own.rate)} of {group} against {percent(rest.rate)} of everyone "
            f"else: {points(own.rate - rest.rate)} points apart (95% interval "
            f"{points(found.low or 0.0)} to {points(found.high or 0.0)})"
        )


def gap_notices(table: Table, columns: Sequence[Seen]) -> Iterator[Notice]:
    """Yield the widest gaps that chance alone does not explain, at most `MOST_TOLD`.

    Decided on exact counts, said in protected ones.
    """
    holes = [one for one in columns if 0 < one.missing < one.rows and not one.telling]
    groups = [one for one in columns if one.codes is not None and not one.telling]
    every = [gap for by in groups for gap in _gaps(table, by, holes)]
    found = [gap for gap in every if gap.is_wide(len(every))]
    found.sort(key=lambda gap: (-gap.apart, gap.column, gap.by, gap.group))
    do = "Find out why; results worked out from it are of different people in each group."
    for gap in found[:MOST_TOLD]:
        yield Notice(sort=Sort.LOOK, kind="uneven-gap", column=gap.column, says=gap.says(), do=do)


def _gaps(table: Table, by: Seen, holes: Sequence[Seen]) -> Iterator[_Gap]:
    codes = by.codes
    others = [one for one in holes if one.name != by.name]
    if codes is None or not others:
        return
    named = [one.name for one in others]
    try:
        counted = list(gap_counts(_declared(table, by.name, codes[0].id, named), by.name, named))
    except RaiCheckError:  # too many values that the list does not have: told already
        return
    for one, gap in zip(others, counted, strict=True):
        tally = count(gap.cube, (by.name,), gap.metric, pool_below=_POOLED)
        for group in tally.groups:
            rest = tally.rest(group)
            if group.n and rest.n:
                yield _Gap(
                    column=one.shown, by=by.shown, group=shown(group.label),
                    x=group.x, n=group.n, x0=rest.x, n0=rest.n,
                )  # fmt: skip


def _declared(table: Table, by: str, codes: str, others: Sequence[str]) -> RoleTable:
    """The table as if a project declared its group column and nothing else of the others."""
    columns = {by: {"means": "group", "codes": codes}, **{o: {"means": "other"} for o in others}}
    content = {"path": "file", "role": "log", "columns": columns}
    return RoleTable(name=table.name, spec=TableFile.model_validate(content), data=table)
