"""Which population a group column is compared with: the project's own table, or a shipped one."""

from rai_check.check import Missing
from rai_check.errors import did_you_mean
from rai_check.project import Meaning, Project, Role, RoleTable
from rai_check.project.grouping import grouping
from rai_check.project.project import is_given
from rai_check.references.population import POPULATIONS, Population
from rai_check.references.reference import Reference

POPULATION_FACT = "reference_population"
"""Fact of the project that names a shipped population."""
SAMPLE_FACT = "reference_is"
"""Fact of the project: `sample` where its reference table is a sample, else `population`."""


def find_reference(project: Project, by: str, named: str | None = None) -> Reference:
    """Return what a group column of the decisions table is compared with.

    Args:
        project: its tables and facts.
        by: the group column.
        named: id of a shipped population, where the policy names one.

    Raises:
        Missing: nothing is declared, or nothing that has the groups of this column.
        DataError: the reference table cannot be read.
    """
    spec = project.table(Role.DECISIONS).spec.columns.get(by)
    if spec is None or spec.means is not Meaning.GROUP:
        raise Missing(f"column {by!r} is not declared as a group of the decisions table")
    if project.has(Role.REFERENCE):
        table = project.table(Role.REFERENCE)
        if (column := _column_for(project, table, by)) is not None:
            return _of_table(project, table, column)
    name = named or project.file.facts.get(POPULATION_FACT)
    if not is_given(name):
        raise Missing(
            f"no reference for column {by!r}: add a table with 'role: reference' that has such a "
            f"group column and a 'means: count' column, or name a shipped population under "
            f"'facts', {POPULATION_FACT}: {', '.join(POPULATIONS)}"
        )
    population = _shipped(str(name).strip())
    found = population.under(spec)
    if found is None:
        raise Missing(
            f"{population.title} has no counts for the groups of column {by!r}: say its "
            "'characteristic' and a code list that fits ('codes'), or supply a reference table"
        )
    return found


def _shipped(name: str) -> Population:
    if name not in POPULATIONS:
        near = did_you_mean(name, POPULATIONS)
        raise Missing(f"there is no shipped population {name!r}.{near} There is: {_ids()}")
    return POPULATIONS[name]


def _ids() -> str:
    return ", ".join(POPULATIONS)


def _column_for(project: Project, table: RoleTable, by: str) -> str | None:
    """The reference table's group column of the same name, or the one of its characteristic."""
    groups = table.columns(Meaning.GROUP)
    if by in groups:
        return by
    asked = project.table(Role.DECISIONS).spec.columns[by].characteristic
    alike = [g for g in groups if asked and table.spec.columns[g].characteristic is asked]
    return alike[0] if len(alike) == 1 else None


def _of_table(project: Project, table: RoleTable, column: str) -> Reference:
    """Counts of the reference table, where every one of its values is declared."""
    groups = grouping(table, column)
    if groups.undeclared:
        raise Missing(
            f"the reference table {table.name!r} has {groups.undeclared} values of column "
            f"{column!r} that nothing declares, such as a row of totals; declare them, or keep "
            "only the rows that are meant with 'derive'"
        )
    counts = dict.fromkeys(groups.promised, 0)
    left_out = 0
    for row in table.data.counts((column,)).rows:
        label = groups.label(row.key[0])
        if label is None:
            left_out += row.n
        else:
            counts[label] = counts.get(label, 0) + row.n
    if not any(counts.values()):
        raise Missing(f"column {column!r} of the reference table {table.name!r} has no known group")
    notes = (f"{left_out} rows of the reference have no known group and are left out.",)
    return Reference(
        people=f"the reference table {table.name!r}",
        counts=counts,
        sampled=_is_sample(project),
        notes=notes if left_out else (),
    )


def _is_sample(project: Project) -> bool:
    said = (project.file.facts.get(SAMPLE_FACT) or "population").strip().lower()
    if said not in {"population", "sample"}:
        raise Missing(f"the fact {SAMPLE_FACT!r} must be 'population' or 'sample'")
    return said == "sample"
