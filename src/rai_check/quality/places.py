"""Which tables and columns data quality is about, and how a column is named in a report."""

from rai_check.headings import is_ordinary
from rai_check.project import Project, Role, RoleTable
from rai_check.tables import shown

_TESTS = {Role.GOLDEN_CASES, Role.REFERENCE}
"""Made-up cases, in which an impossible date may be the point, and counts of a population."""


def tables_of_people(project: Project) -> tuple[RoleTable, ...]:
    """The tables whose rows are of people or their cases, in the order of the project file.

    Raises:
        DataError: one of them cannot be read.
    """
    names = (n for n, spec in project.file.tables.items() if spec.role not in _TESTS)
    return tuple(project.named(name) for name in names)


def place_of(table: RoleTable, column: str) -> str:
    """Table and column, as findings and measurements name them."""
    return f"{table.name}.{safe_name(table, column)}"


def safe_name(table: RoleTable, column: str) -> str:
    """The name of a column, or its position where nobody declared it and it may be data.

    A table spread out by person has names or identifiers for column names, and one without a
    header has the first person's data. So a name that nobody declared is shown only where some
    column of the table is declared, and only if it is an ordinary heading.
    """
    held = [one.name for one in table.data.columns]
    if column in table.spec.columns or column not in held:
        return shown(column)
    headed = any(name in table.spec.columns for name in held)
    alike = sum(shown(name) == shown(column) for name in held) > 1
    plain = headed and is_ordinary(column) and not alike
    return shown(column) if plain else _position(held, column)


def _position(held: list[str], column: str) -> str:
    return f"column {held.index(column) + 1}"
