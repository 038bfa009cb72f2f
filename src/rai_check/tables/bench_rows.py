"""What a bench is filled from: the rows of a table of any kind, and texts of ours."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from rai_check.tables.duckdb_table import DuckDBTable
from rai_check.tables.engine import Engine
from rai_check.tables.interface import Table
from rai_check.tables.source import BATCH_ROWS, Source

if TYPE_CHECKING:
    import pyarrow as pa


def engine_with(table: Table) -> Engine:
    """Return an engine that holds the rows of a table as text; the table is done with.

    Raises:
        DataError: its rows cannot be read as text.
    """
    if isinstance(table, DuckDBTable):
        return table.handed_over()
    names = [column.name for column in table.columns]
    batches = table.batches(names, BATCH_ROWS)
    source = Source(where=table.source, columns=table.columns, batches=batches)
    try:
        return DuckDBTable(source, name=table.name).handed_over()
    finally:
        table.close()


def pairs_of_texts(pairs: Iterable[tuple[str, str | None]]) -> "Iterator[pa.RecordBatch]":
    """Yield pairs of texts in batches of two columns, "k" and "v"."""
    import pyarrow as pa

    schema = pa.schema([("k", pa.string()), ("v", pa.string())])
    rest = iter(pairs)
    while some := list(islice(rest, BATCH_ROWS)):
        arrays = [pa.array(values, pa.string()) for values in zip(*some, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)
