"""Rows that are not there, or there twice."""

from collections.abc import Iterator, Sequence
from hashlib import blake2b

from rai_check.survey.keys import key_notices
from rai_check.survey.model import Notice, Sort
from rai_check.survey.said import some
from rai_check.survey.seen import Seen
from rai_check.tables import Table

MOST_ROWS = 2_000_000
"""Rows up to which whole rows are compared."""
_SEPARATOR, _MISSING = "\x1f", "\x1e"


def row_notices(table: Table, columns: Sequence[Seen]) -> Iterator[Notice]:
    """Yield what is odd about whole rows."""
    if not table.rows:
        says = "the file has a header and no rows"
        do = "Export it again, and look at the filter of the export."
        yield Notice(sort=Sort.MEND, kind="no-rows", column=None, says=says, do=do)
        return
    keys = [one for one in columns if one.is_key]
    yield from key_notices(columns)
    if table.note.rows <= MOST_ROWS and (twice := repeated_rows(table)):
        says = f"{some(twice)} are the same as another in every column"
        do = "Take them out at the source, or declare a key and 'one_per' if they are no events."
        sort = Sort.LOOK if keys else Sort.KNOW
        yield Notice(sort=sort, kind="rows-repeat", column=None, says=says, do=do)


def repeated_rows(table: Table) -> int:
    """Rows beyond the first of those that agree in every column."""
    seen: set[bytes] = set()
    rows = 0
    for batch in table.batches([column.name for column in table.columns]):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            text = _SEPARATOR.join(_MISSING if value is None else value for value in row)
            seen.add(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest())
            rows += 1
    return rows - len(seen)
