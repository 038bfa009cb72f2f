"""One statement of SQL groups all rows by their keys and sums their numbers, exactly."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rai_check.tables.cells import Coded, Groups, Key, coded
from rai_check.tables.cuts import cut_sql
from rai_check.tables.fixed import AGGREGATES, aggregates, fixed_sql, from_aggregates
from rai_check.tables.interface import Cut, IsIn, Known, Sums
from rai_check.tables.sql import quoted, tally
from rai_check.tables.stored import Held, is_in, known, number, singles
from rai_check.tables.text import text_form, text_forms_of

if TYPE_CHECKING:
    import pyarrow as pa

    from rai_check.tables.engine import Engine

_STREAMED = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows in an engine.

    Attributes:
        engine: it holds or reads them as the relation `data`.
        held: gives a column by its name.
        written: gives values of a named column, as the engine returns them, in text form.
        place: says where a column is, for messages.
        weight: a quoted identifier: how many rows each stands for; None for one each.
    """

    engine: "Engine"
    held: Callable[[str], Held]
    written: "Callable[[str, pa.Array], pa.Array]"
    place: Callable[[str], str]
    weight: str | None = None


def grouped(rows: Rows, keys: Sequence[Key], sums: Sequence[str] = ()) -> Groups:
    """Group rows by their keys, as stored; a column may be among the keys more than once.

    Raises:
        DataError: a number to be summed is too large.
    """
    columns = list(rows.engine.table(_statement(rows, keys, sums), _STREAMED).columns)
    codes = [_coded(rows, key, columns.pop(0).combine_chunks()) for key in keys]
    n = np.asarray(columns.pop(0), dtype=np.int64)
    found: dict[str, Sums] = {}
    for i, name in enumerate(sums):
        numbers = columns[i * AGGREGATES : (i + 1) * AGGREGATES]
        found[name] = from_aggregates([c.to_pylist() for c in numbers], rows.place(name))
    return Groups(keys=tuple(codes), n=n, sums=found)


def _statement(rows: Rows, keys: Sequence[Key], sums: Sequence[str]) -> str:
    """Name keys ("k0", …) and numbers ("v0", in millionths "s0") one by one, then aggregate."""
    relation = quoted("data")
    for i, key in enumerate(keys):
        relation = _with_key(rows, key, relation, f"k{i}")
    wanted = [tally(rows.weight)]
    for i, name in enumerate(sums):
        value = number(rows.held(name))
        relation = f"(SELECT *, {value} AS v{i}, {fixed_sql(value)} AS s{i} FROM {relation})"  # noqa: S608 - identifiers of ours
        wanted += aggregates(f"v{i}", f"s{i}", rows.weight)
    named = [f"k{i}" for i in range(len(keys))]
    tail = f" GROUP BY {', '.join(named)}" if named else ""
    return f"SELECT {', '.join([*named, *wanted])} FROM {relation}{tail}"  # noqa: S608 - as above


def _with_key(rows: Rows, key: Key, relation: str, into: str) -> str:
    held = rows.held(key if isinstance(key, str) else key.column)
    if isinstance(key, Cut):
        edges = singles(key.edges) if held.stored == "single" else key.edges
        return cut_sql(number(held), edges, relation, into)
    match key:
        case Known():
            value = f"CAST({known(held)} AS INTEGER)"
        case IsIn() if (told := is_in(held, key.values)) is not None:
            value = f"CAST(({told}) AS INTEGER)"
        case _:
            value = held.place
    return f"(SELECT *, {value} AS {into} FROM {relation})"  # noqa: S608 - identifiers of ours


def _coded(rows: Rows, key: Key, column: "pa.Array") -> Coded:
    values, codes = coded(column)
    if isinstance(key, str):
        return Coded(texts=rows.written(key, values), codes=codes)
    if isinstance(key, IsIn) and is_in(rows.held(key.column), key.values) is None:
        return Coded(texts=flags(key, rows.written(key.column, values)), codes=codes)
    return Coded(texts=text_form(values), codes=codes)


def flags(key: IsIn | Known, texts: "pa.Array") -> "pa.Array":
    """Return "1" for texts of which the predicate holds, "0" where not, null where unknown."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(key, Known):
        return pc.if_else(texts.is_valid(), "1", "0")
    forms = pa.array(sorted({form for form in text_forms_of(key.values) if form is not None}))
    found = pc.if_else(pc.is_in(texts, forms.cast(texts.type)), "1", "0")
    return pc.if_else(texts.is_valid(), found, pa.scalar(None, pa.string()))
