"""OLE compound files, as old Excel and encrypted Office files are stored: names and streams.

Only what it takes to say what such a file is and to walk the records of an .xls. Every chain of
sectors is followed for at most as many steps as the file has sectors.
Source: [MS-CFB] Compound File Binary File Format.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE = 0xFFFFFFFA
"""Sector numbers from here up are marks: free, end of chain and the like."""
_STREAM, _ROOT = 2, 5
_ENTRY = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the directory: a storage, a stream or the root."""

    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """A compound file in memory.

    Args:
        data: the whole file.

    Raises:
        ValueError: from every method, where the file is damaged.
    """

    def __init__(self, data: bytes) -> None:
        if data[:8] != MAGIC or len(data) < 512:  # noqa: PLR2004 - length of the header
            raise ValueError("not a compound file")
        shift, mini = struct.unpack_from("<HH", data, 30)
        if shift not in {9, 12} or mini != 6:  # noqa: PLR2004 - the sizes that [MS-CFB] knows
            raise ValueError("no such sector size")
        self._data, self._sector, self._mini_sector = data, 1 << shift, 1 << mini
        directory, _, self._cutoff, minifat = struct.unpack_from("<IIII", data, 48)
        self._fat = self._table(self._fat_sectors())
        self._minifat = self._table(self._chain(minifat, self._fat))
        self.entries = tuple(self._entries(self._joined(directory)))

    def names(self) -> frozenset[str]:
        """Return the names of all storages and streams, at any depth."""
        return frozenset(entry.name for entry in self.entries)

    def stream(self, *names: str) -> bytes | None:
        """Return the content of the first stream that has one of the names, None if none has."""
        wanted = {name.casefold() for name in names}
        for entry in self.entries:
            if entry.kind == _STREAM and entry.name.casefold() in wanted:
                return self._content(entry)
        return None

    def _content(self, entry: Entry) -> bytes:
        if entry.size >= self._cutoff:
            return self._joined(entry.start)[: entry.size]
        root = next((e for e in self.entries if e.kind == _ROOT), None)
        small = b"" if root is None else self._joined(root.start)
        at = [i * self._mini_sector for i in self._chain(entry.start, self._minifat)]
        return b"".join(small[i : i + self._mini_sector] for i in at)[: entry.size]

    def _fat_sectors(self) -> Iterator[int]:
        yield from self._used(struct.unpack_from("<109I", self._data, 76))
        (sector,) = struct.unpack_from("<I", self._data, 68)
        for _ in range(len(self._data) // self._sector + 1):
            if sector >= _FREE:
                return
            numbers = struct.unpack(f"<{self._sector // 4}I", self._at(sector))
            yield from self._used(numbers[:-1])
            sector = numbers[-1]

    @staticmethod
    def _used(numbers: tuple[int, ...]) -> Iterator[int]:
        return (number for number in numbers if number < _FREE)

    def _table(self, sectors: Iterator[int]) -> tuple[int, ...]:
        most = len(self._data) // self._sector + 1
        held = b"".join(self._at(sector) for sector in islice(sectors, most))
        return struct.unpack(f"<{len(held) // 4}I", held)

    def _chain(self, sector: int, table: tuple[int, ...]) -> Iterator[int]:
        for _ in range(len(table) + 1):
            if sector >= _FREE:
                return
            yield sector
            if sector >= len(table):
                raise ValueError("a chain of sectors leaves the file")
            sector = table[sector]
        raise ValueError("a chain of sectors never ends")

    def _joined(self, sector: int) -> bytes:
        return b"".join(self._at(number) for number in self._chain(sector, self._fat))

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector].ljust(self._sector, b"\0")

    @staticmethod
    def _entries(directory: bytes) -> Iterator[Entry]:
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            if kind and length <= 64:  # noqa: PLR2004 - the field of the name is 64 bytes
                name = directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
                yield Entry(name=name, kind=kind, start=start, size=size)
