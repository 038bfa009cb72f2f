"""Shared by the tests of tables: files written and tables opened for one test, then closed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rai_check.tables import Table, from_frame, open_table

WriteFile = Callable[..., Path]
OpenFile = Callable[..., Table]


@pytest.fixture
def write(tmp_path: Path) -> WriteFile:
    def write_file(content: str | bytes, name: str = "cases.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture
def opened() -> Iterator[Callable[[Table], Table]]:
    tables: list[Table] = []

    def keep(table: Table) -> Table:
        tables.append(table)
        return table

    yield keep
    for table in tables:
        table.close()


@pytest.fixture
def read(write: WriteFile, opened: Callable[[Table], Table]) -> OpenFile:
    def read_file(content: str | bytes, name: str = "cases.csv", **options: Any) -> Table:
        return opened(open_table(write(content, name), name="cases", **options))

    return read_file


@pytest.fixture
def framed(opened: Callable[[Table], Table]) -> Callable[[object], Table]:
    return lambda frame: opened(from_frame(frame, name="cases"))
