"""The tool's decisions beside today's: the same groups under both, in one table or in two."""

from dataclasses import dataclass, replace

import numpy as np

from rai_check.check import Missing
from rai_check.fairness.compare import refusal
from rai_check.fairness.cube import Cube, cube_of
from rai_check.fairness.matching import matched
from rai_check.fairness.metrics import METRICS, States
from rai_check.fairness.outcomes import NO, YES
from rai_check.fairness.tally import REST, Counted, GroupCount, count
from rai_check.measurement import UNDECLARED, Paired, Undefined
from rai_check.project.columns import Meaning
from rai_check.project.project import Project
from rai_check.project.table_file import Role

_BOTH: States = frozenset({(NO, NO), (NO, YES), (YES, NO), (YES, YES)})
_SAME_CASES = replace(
    METRICS["selection"],
    among=_BOTH,
    usable=_BOTH,
    nobody="whose decisions by the tool and by today's process are both known",
)
TOOL = replace(_SAME_CASES, id="tool", event=frozenset({(YES, NO), (YES, YES)}))
"""Selection by the tool among cases that have both answers; the second axis is today's."""
TODAY = replace(_SAME_CASES, id="today", event=frozenset({(NO, YES), (YES, YES)}))
"""Selection by today's process among the same cases."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Process:
    """One way of deciding: its cube and its groups."""

    cube: Cube
    counted: Counted

    def cells(self, group: GroupCount, left_out: GroupCount) -> tuple[int, ...]:
        """Places of a group's cells; of everyone else's, where that is what it is."""
        if group.labels != (REST,):
            return group.cells
        column = self.cube.columns.index(self.counted.columns[0])
        known = np.flatnonzero(self.cube.codes[:, column] >= 0)
        return tuple(np.setdiff1d(known, left_out.cells).tolist())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Side:
    """A group, or everyone else: its counts under the tool and under today's process."""

    now: GroupCount
    before: GroupCount
    cells: tuple[int, ...]
    """Places of its rows in the tool's cube."""
    cells0: tuple[int, ...]
    """Places of its rows in today's."""

    @property
    def lacking(self) -> str:
        """Under which process nobody is there to count."""
        return "has a decision by today's process" if self.now.n else "has a decision by the tool"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Processes:
    """The tool and today's process, with the same groups in the same order."""

    tool: Process
    today: Process
    refusal: Undefined | None

    @property
    def paired(self) -> bool:
        """Whether the same cases are behind both."""
        return self.tool.cube is self.today.cube

    @property
    def designed(self) -> bool:
        """Whether rows of either repeat units or carry weights."""
        cubes = self.tool.cube, self.today.cube
        return any(cube.unit is not None or cube.weights is not None for cube in cubes)

    def side(self, group: GroupCount, left_out: GroupCount | None = None) -> Side:
        """A group of the tool's under both; everyone but `left_out`, where that is what it is."""
        labels = (left_out or group).labels
        mine = next(g for g in self.today.counted.groups if g.labels == labels)
        rest = group.labels == (REST,)
        return Side(
            now=group,
            before=self.today.counted.rest(mine) if rest else mine,
            cells=self.tool.cells(group, left_out or group),
            cells0=self.today.cells(group if rest else mine, mine),
        )

    def unmatched(self, group: GroupCount) -> bool:
        """Whether nothing says which group of one table it is in the other."""
        return not self.paired and any(label.startswith(UNDECLARED) for label in group.labels)

    def pairs(self, side: Side) -> Paired:
        """The four kinds of cases that have both answers; there must be one."""
        kinds = self.tool.cube.counts[list(side.cells)].sum(axis=0)
        return Paired(
            both=int(kinds[YES, YES]),
            only=int(kinds[YES, NO]),
            only0=int(kinds[NO, YES]),
            neither=int(kinds[NO, NO]),
        )

    def lesser(self) -> Counted:
        """The groups as the tool's, with what is known of the one that is known for less."""
        now, before = self.tool.counted, self.today.counted
        groups = tuple(
            min((g, replace(g, usable=b.usable, rows=b.rows)), key=_share)
            for g, b in zip(now.groups, before.groups, strict=True)
        )
        table = min((now, before), key=lambda one: one.known / one.total if one.total else 1.0)
        notes = tuple(dict.fromkeys((*now.notes, *before.notes)))
        return replace(now, groups=groups, known=table.known, total=table.total, notes=notes)


def _share(group: GroupCount) -> float:
    return group.usable / group.rows if group.rows else 1.0


def processes(project: Project, by: str, *, pool_below: int) -> Processes:
    """Count the tool's decisions and today's by group.

    The same cases where a column of the decisions table means `today`; otherwise the cases of the
    table with the role `current_process`.

    Raises:
        Missing: when neither is declared, or as `cube_of`.
    """
    if project.table(Role.DECISIONS).columns(Meaning.TODAY):
        return _same_cases(project, by, pool_below)
    if project.has(Role.CURRENT_PROCESS):
        return _two_tables(project, by, pool_below)
    raise Missing(
        "nothing says what today's process decides: declare a column that means 'today', "
        "or a table with the role 'current_process'"
    )


def _same_cases(project: Project, by: str, pool_below: int) -> Processes:
    table = project.table(Role.DECISIONS)
    cube = cube_of(table, (by,), truth=Meaning.TODAY)
    now, before = (count(cube, (by,), metric, pool_below=pool_below) for metric in (TOOL, TODAY))
    return Processes(
        tool=Process(cube=cube, counted=now),
        today=Process(cube=cube, counted=before),
        refusal=refusal(table, cube, TOOL) or cube.truth,
    )


def _two_tables(project: Project, by: str, pool_below: int) -> Processes:
    tables = [project.table(role) for role in (Role.DECISIONS, Role.CURRENT_PROCESS)]
    cubes = [cube_of(table, (by,)) for table in tables]
    selection = METRICS["selection"]
    alone = [count(cube, (by,), selection, pool_below=0) for cube in cubes]
    undeclared = {g.labels for one in alone for g in one.groups if g.label.startswith(UNDECLARED)}
    now, before = matched(*alone, pool_below=pool_below, alone=undeclared)
    refused = [refusal(table, cube, selection) for table, cube in zip(tables, cubes, strict=True)]
    return Processes(
        tool=Process(cube=cubes[0], counted=now),
        today=Process(cube=cubes[1], counted=before),
        refusal=refused[0] or refused[1],
    )
