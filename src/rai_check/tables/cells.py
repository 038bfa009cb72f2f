"""Cells put together: rows, or groups of them, counted by the text form of their keys.

Rows are grouped by the values as stored, which is quick, and the few distinct values are then
written as text; groups whose keys are written alike become one cell.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rai_check.tables.interface import Cells, Cut, IsIn, Known, Sums

if TYPE_CHECKING:
    import pyarrow as pa

Key = str | Cut | IsIn | Known
"""What rows can be grouped by; a predicate gives "1", "0" or, where it is unknown, nothing."""
_FLAT = 2**62
_DIRECT = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coded:
    """Values as small whole numbers: places in `texts` (null: missing), its length for missing.

    Two of `texts` may be alike, and some may be of no row.
    """

    texts: "pa.Array"
    codes: np.ndarray

    @property
    def size(self) -> int:
        """How many codes there can be."""
        return len(self.texts) + 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Groups:
    """Rows, or groups of `n` rows each, by coded keys; the last key is the unit if there is one."""

    keys: tuple[Coded, ...]
    n: np.ndarray
    sums: Mapping[str, Sums]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Partition:
    """Entries put together where all their codes are equal, parts in the order of the codes.

    Attributes:
        first: for each part, one of its entries; no entry (-1) for the one part of no keys where
            there are no entries.
        size: for each part, how many entries it has.
        flat: for each entry, a number for its codes.
        of_flat: for each such number, the part.
    """

    first: np.ndarray
    size: np.ndarray
    flat: np.ndarray
    of_flat: np.ndarray

    def part(self) -> np.ndarray:
        """Return for each entry its part."""
        return np.asarray(self.of_flat[self.flat])

    def whole(self, values: np.ndarray) -> np.ndarray:
        """Sum int64 or Python ints over each part, exactly."""
        if len(self.first) == len(values):
            return np.asarray(values[self.first])
        sums = np.zeros(len(self.first), dtype=values.dtype)
        np.add.at(sums, self.part(), values)
        return sums


def partition(keys: Sequence[np.ndarray], sizes: Sequence[int], entries: int) -> Partition:
    """Put entries together by their codes; of no keys there is one part."""
    flat, size = _flat(keys, sizes, entries)
    if size > max(_DIRECT, 2 * entries):
        _, first, flat, counts = np.unique(
            flat, return_index=True, return_inverse=True, return_counts=True
        )
        return Partition(first=first, size=counts, flat=flat, of_flat=np.arange(len(first)))
    counts, one_of = np.bincount(flat, minlength=size), np.full(size, -1, dtype=np.int64)
    one_of[flat] = np.arange(entries)
    held = counts > 0 if keys else np.ones(1, dtype=bool)
    return Partition(first=one_of[held], size=counts[held], flat=flat, of_flat=np.cumsum(held) - 1)


def cells_of(groups: Groups, by: Sequence[Key], *, unit: bool = False) -> Cells:
    """Return the cells of groups: keys in order, groups that are alike put together."""
    axes = [_axis(key) for key in groups.keys]
    codes, sizes = [codes for _, codes in axes], [len(texts) + 1 for texts, _ in axes]
    parts = partition(codes, sizes, len(groups.n))
    of_unit = None
    if unit:
        last = codes.pop()[parts.first]
        texts, _ = axes.pop()
        of_unit = np.where(last == len(texts), -1, _closed_up(last, len(texts) + 1))
    here = [_present(texts, key[parts.first]) for (texts, _), key in zip(axes, codes, strict=True)]
    empty = np.zeros((len(parts.first), 0), dtype=np.int32)
    return Cells(
        by=tuple(by),  # type: ignore[arg-type] # predicates are keys within this package only
        keys=tuple(texts for texts, _ in here),
        codes=np.column_stack([codes for _, codes in here]).astype(np.int32) if here else empty,
        n=parts.whole(groups.n),
        sums={name: _together(sums, parts) for name, sums in groups.sums.items()},
        unit=of_unit,
    )


def coded(column: "pa.Array") -> "tuple[pa.Array, np.ndarray]":
    """Return the distinct values of an array and each entry's place, their number for missing."""
    found = column.dictionary_encode()
    places = found.indices.fill_null(len(found.dictionary))
    return found.dictionary, places.to_numpy(zero_copy_only=False)


def _flat(keys: Sequence[np.ndarray], sizes: Sequence[int], entries: int) -> tuple[np.ndarray, int]:
    """Number every combination of codes; numbers rise as the codes do, first key first."""
    short = math.prod(sizes) <= np.iinfo(np.int32).max
    flat: np.ndarray = np.zeros(entries, dtype=np.int32 if short else np.int64)
    size = 1
    for codes, more in zip(keys, sizes, strict=True):
        if size * more > _FLAT:
            held, flat = np.unique(flat, return_inverse=True)
            size = len(held)
        flat *= more
        flat += codes
        size *= more
    return flat, size


def _axis(key: Coded) -> "tuple[pa.Array, np.ndarray]":
    """Return the distinct texts in order, and each entry's place among them."""
    import pyarrow.compute as pc

    texts, places = coded(key.texts)
    order = pc.array_sort_indices(texts).to_numpy()
    ranks = np.empty(len(texts) + 1, dtype=np.int64)
    ranks[order] = np.arange(len(texts))
    ranks[len(texts)] = len(texts)
    of_code = np.append(ranks[places], len(texts))
    return texts.take(order), of_code[key.codes]


def _present(texts: "pa.Array", codes: np.ndarray) -> tuple[tuple[str | None, ...], np.ndarray]:
    """Leave out texts that no cell has; say None for missing only if one is."""
    held = _held(codes, len(texts) + 1)
    keys = texts.filter(held[:-1]).to_pylist()
    return tuple([*keys, None] if held[-1] else keys), _closed_up(codes, len(held))


def _held(codes: np.ndarray, size: int) -> np.ndarray:
    held = np.zeros(size, dtype=bool)
    held[codes] = True
    return held


def _closed_up(codes: np.ndarray, size: int) -> np.ndarray:
    """Number codes again, in their order and from nought, without those that no cell has."""
    return np.asarray((np.cumsum(_held(codes, size)) - 1)[codes])


def _together(sums: Sums, parts: Partition) -> Sums:
    return Sums(
        known=parts.whole(sums.known),
        total=parts.whole(sums.total),
        squares=parts.whole(sums.squares),
    )
