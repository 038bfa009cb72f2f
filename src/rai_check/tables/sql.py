"""Predicates as SQL: values are bound as parameters, identifiers quoted by one function."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from rai_check.tables.interface import And, AtLeast, IsIn, Known, Not, Predicate
from rai_check.tables.text import text_forms_of

# DuckDB's cast also takes "1_000" and " 1 "; another engine's takes other things. We say what we
# take: ASCII digits, a point, an exponent.
NUMBER = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?"
NAN = r"[+-]?[nN][aA][nN]"
INFINITE = r"[+-]?[iI][nN][fF]([iI][nN][iI][tT][yY])?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sql:
    """A piece of SQL and the values of its question marks, in order."""

    text: str
    parameters: tuple[object, ...] = ()


def quoted(identifier: str) -> str:
    """Return an identifier as SQL: the only place where a name becomes part of a statement."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as SQL; for what is ours or a path. Values from data are parameters."""
    return "'" + text.replace("'", "''") + "'"


def tally(weight: str | None, condition: str | None = None) -> str:
    """Return SQL for the number of rows, or the sum of their `weight`, where a condition holds."""
    where = f" FILTER (WHERE {condition})" if condition is not None else ""
    return f"count(*){where}" if weight is None else f"coalesce(sum({weight}){where}, 0)::BIGINT"


def number(place: str) -> str:
    """Return SQL for the double that a quoted text column spells, null where it spells none."""
    return f"CASE WHEN regexp_full_match({place}, '{NUMBER}') THEN TRY_CAST({place} AS DOUBLE) END"


def finite(place: str) -> str:
    """Return SQL for the finite number in a quoted text column, null where there is none."""
    return f"CASE WHEN isfinite({number(place)}) THEN {number(place)} END"


def condition(predicate: Predicate, place: Callable[[str], str]) -> Sql:
    """Return the SQL of a predicate; `place` gives the quoted identifier of a column's name."""
    match predicate:
        case IsIn(column, values):
            forms = sorted({form for form in text_forms_of(values) if form is not None})
            return Sql(
                text=f"{place(column)} IN (SELECT unnest(?::VARCHAR[]))", parameters=(forms,)
            )
        case Known(column):
            return Sql(text=f"{place(column)} IS NOT NULL")
        case AtLeast(column, threshold):
            return Sql(
                text=f"({finite(place(column))}) >= ?::DOUBLE", parameters=(float(threshold),)
            )
        case And(parts):
            return _all([condition(part, place) for part in parts])
        case Not(part):
            inner = condition(part, place)
            return Sql(text=f"NOT ({inner.text})", parameters=inner.parameters)
        case _:
            assert_never(predicate)


def _all(parts: list[Sql]) -> Sql:
    text = " AND ".join(f"({part.text})" for part in parts) or "TRUE"
    return Sql(text=text, parameters=tuple(value for part in parts for value in part.parameters))
