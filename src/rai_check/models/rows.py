"""A sample of a table's rows that depends on a key and on what they hold, not on their order."""

import hashlib
import heapq
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from rai_check.tables import Table

Row: TypeAlias = tuple[str | None, ...]


def sample_rows(table: Table, columns: Sequence[str], n: int, *, key: str) -> list[Row]:
    """Draw `n` rows, or all where there are fewer, without replacement and each alike likely.

    A row's rank is a keyed hash of its text and of how many rows of that very text came before
    it. By its text alone, rows that are alike would be drawn together or not at all, and a sample
    from a table of few distinct rows would be many copies of one.

    Returns:
        The rows as texts in the order of `columns`, by rank. Memory grows with the number of
        distinct rows, by the size of a digest each.
    """
    secret = hashlib.blake2b(key.encode(), digest_size=32).digest()
    return [row for _, row in heapq.nsmallest(n, _ranked(table, columns, secret))]


def _ranked(table: Table, columns: Sequence[str], secret: bytes) -> Iterator[tuple[bytes, Row]]:
    before: Counter[bytes] = Counter()
    for batch in table.batches(columns):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            text = json.dumps(row).encode()
            content = hashlib.blake2b(text, key=secret, digest_size=16).digest()
            rank = content + before[content].to_bytes(8, "big")
            before[content] += 1
            yield hashlib.blake2b(rank, key=secret, digest_size=16).digest(), row
