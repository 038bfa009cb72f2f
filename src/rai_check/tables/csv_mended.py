"""CSV files with rows of several widths, read row by row: notes below the table, or faults.

Reports write titles and notes without delimiters, and some programs end some rows with more of
them. A row too short, or too long by more than blank cells, is refused, unless it is one of the
totals and notes after the last row.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, BinaryIO

from rai_check.tables.csv_faults import BLOCK, Row, fits, ragged, rows_of
from rai_check.tables.csv_layout import Layout
from rai_check.tables.csv_sieve import Sieve
from rai_check.tables.grid_cells import Cells, clean
from rai_check.tables.grid_footer import FOOTER_ROWS, footer
from rai_check.tables.grid_rows import is_lone, must_be_named
from rai_check.tables.source import BATCH_ROWS

if TYPE_CHECKING:
    import pyarrow as pa


def mended(
    file: BinaryIO, layout: Layout, sieve: Sieve, *, skip: int
) -> Iterator["pa.RecordBatch"]:
    """Yield the rows of the table from `skip` on.

    Args:
        file: read from its start.
        layout: of the file.
        sieve: a new one.
        skip: rows of the table that have been passed on before.

    Raises:
        DataError: a row in the table is broken.
    """
    rows = islice(_kept(file, layout, sieve), skip, None)
    block: list[Sequence[str]] = []
    size = 0
    for row in rows:
        block.append(row.cells)
        size += sum(map(len, row.cells))
        if len(block) == BATCH_ROWS or size > BLOCK:
            yield _batch(block, layout.head.kept)
            block, size = [], 0
    if block:
        yield _batch(block, layout.head.kept)


def _kept(file: BinaryIO, layout: Layout, sieve: Sieve) -> Iterator[Row]:
    """Yield the rows of the table."""
    held: deque[Row] = deque()
    rows = rows_of(file, layout)
    above: Sequence[str] = ()
    for row in rows:
        if sieve.suspected(row.cells):
            before: Cells = tuple(map(clean, above))
            if sieve.judged(tuple(map(clean, row.cells)), before, row.number) is not None:
                continue
        above = row.cells
        held.append(row)
        if len(held) > FOOTER_ROWS:
            yield _checked(held.popleft(), layout, sieve, chain(held, rows))
    cells_held = [tuple(map(clean, row.cells)) for row in held]
    whys = footer(layout.head, cells_held, width=layout.width)
    for at, (row, cells, why) in enumerate(zip(held, cells_held, whys, strict=True), start=1):
        if why is None:
            sieve.found.lone = is_lone(layout.head, cells)
            yield _checked(row, layout, sieve, islice(held, at, None))
        else:
            sieve.found.tally.add(why, row.number)
            sieve.found.totals.discard(row.number)


def _checked(row: Row, layout: Layout, sieve: Sieve, others: Iterable[Row]) -> Row:
    if not fits(row.cells, layout.width):
        width = len(row.cells)
        raise ragged(row, layout, sum(len(other.cells) == width for other in others))
    sieve.found.longer += len(row.cells) > layout.width
    if len(layout.head.kept) < layout.width:
        must_be_named(layout.head, [clean(cell) for cell in row.cells], row.number)
    return row


def _batch(rows: Sequence[Sequence[str]], kept: Sequence[int]) -> "pa.RecordBatch":
    import pyarrow as pa

    arrays = [pa.array([row[at] for row in rows], pa.string()) for at in kept]
    return pa.RecordBatch.from_arrays(arrays, names=[f"f{at}" for at in kept])
