"""The reader of Parquet files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from rai_check.tables.digests import file_digest
from rai_check.tables.files import must_be_unchanged, opened, state
from rai_check.tables.foreign import guarded
from rai_check.tables.names import shown
from rai_check.tables.source import BATCH_ROWS, ReadOptions, Source, columns_of

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq


@contextmanager
def parquet_source(path: Path, _options: ReadOptions) -> Iterator[Source]:
    """Open a Parquet file.

    Raises:
        DataError: it is not Parquet, is damaged, or has columns that cannot be used.
    """
    where = shown(path.name)
    with opened(path) as file:
        before = state(file)
        fingerprint = file_digest(file)
        parquet = parquet_file(file, where)
        yield Source(
            where=where,
            columns=columns_of(parquet.schema_arrow, where),
            batches=_batches(parquet, where),
            fingerprint=fingerprint,
        )
        must_be_unchanged(file, before, where)


def parquet_file(file: BinaryIO, where: str) -> "pq.ParquetFile":
    """Read what the end of a Parquet file says of it.

    Raises:
        DataError: it is not Parquet, or is damaged; `where` is its name.
    """
    import pyarrow.parquet as pq

    message = f"{where} is not a Parquet file, or is damaged"
    return guarded(lambda: pq.ParquetFile(file), message)


def _batches(parquet: "pq.ParquetFile", where: str) -> Iterator["pa.RecordBatch"]:
    batches = parquet.iter_batches(batch_size=BATCH_ROWS)
    message = f"{where} is damaged: its rows cannot be read"
    while (batch := guarded(lambda: next(batches, None), message)) is not None:
        yield batch
