"""Random tables, written in every way that councils write them, come back cell for cell."""

import csv
import io
import re
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rai_check.tables.csv_reader import csv_source
from rai_check.tables.source import ReadOptions

NAMES = ["Case ref", "Received", "What was asked", "Team", "Cost"]
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12) | st.sampled_from(
    ['say "x"', "a,b;c|d", "line\rone", "line\r\ntwo", "line\nthree", "\u00a0", "Total", "=1+1"]
)
ROWS = st.lists(st.tuples(TEXT, TEXT, st.integers(0, 9_999)), min_size=3, max_size=30)
ABOVE = ["", "Requests for information", "Run on:,02/07/2025", "Team:,all", ",,,,"]
_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
BELOW = ["", ",,,,", "Total,,,,99", "Source: a made-up council", "Page 1 of 1", "* provisional"]


class Written(NamedTuple):
    """How a file is written."""

    encoding: str
    end: str
    delimiter: str
    above: list[str]
    below: list[str]
    blank_every: int
    spacer: bool
    last_end: bool


WRITTEN = st.builds(
    Written,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    above=st.lists(st.sampled_from(ABOVE), max_size=5),
    below=st.lists(st.sampled_from(BELOW), max_size=4),
    blank_every=st.integers(2, 9),
    spacer=st.booleans(),
    last_end=st.booleans(),
)


def _line(cells: list[str], how: Written) -> str:
    line = io.StringIO()
    cells = [*cells, ""] if how.spacer else cells
    csv.writer(line, delimiter=how.delimiter, lineterminator="", quoting=csv.QUOTE_ALL).writerow(
        cells
    )
    return line.getvalue()


def _file(rows: list[list[str]], how: Written) -> tuple[bytes, int]:
    """Return the bytes of a file, and its number of rows."""
    lines = [text.replace(",", how.delimiter) for text in how.above] + [_line(NAMES, how)]
    for at, row in enumerate(rows, start=1):
        lines += [_line(row, how)] + ([""] if at % how.blank_every == 0 else [])
    lines += [text.replace(",", how.delimiter) for text in how.below]
    text = how.end.join(lines) + (how.end if how.last_end else "")
    count = len(lines) - (not how.last_end and lines[-1] == "")  # no line after the last end
    return text.encode(how.encoding, "replace"), count


def _may_be_utf_8(content: bytes) -> bool:
    """Say whether Windows-1252 text holds a letter of UTF-8 by chance: nothing tells them apart."""
    return _LETTER.search(content) is not None


def _must_come_back(values: list[tuple[str, str, int]], how: Written) -> None:
    rows = [
        [f"FOI-{at:04d}", f"{at % 28 + 1:02d}/04/2025", asked, team, f"{cost}.50"]
        for at, (asked, team, cost) in enumerate(values)
    ]
    # UTF-16 without a mark is told by its NULs, which letters far from Latin do not have
    codec = "cp1252" if how.encoding.endswith("e") else how.encoding
    rows = [[c.encode(codec, "replace").decode(codec) for c in row] for row in rows]
    content, count = _file(rows, how)
    assume(how.encoding != "cp1252" or not _may_be_utf_8(content))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(content)
        with csv_source(path, ReadOptions()) as source:
            found = [list(r.values()) for b in source.batches for r in b.to_pylist()]
            note = source.note(len(found))
    assert [column.name for column in source.columns] == NAMES
    assert found == rows
    assert note.header_rows == (len(how.above) + 1,)
    assert note.delimiter == how.delimiter
    out = sum(each.rows for each in note.left_out)
    assert note.rows_in == count == len(found) + len(note.header_rows) + out


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, WRITTEN)
def test_table_comes_back_cell_for_cell(values: list[tuple[str, str, int]], how: Written) -> None:
    _must_come_back(values, how)


@pytest.mark.slow
@settings(max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, WRITTEN)
def test_table_comes_back_when_many_are_tried(
    values: list[tuple[str, str, int]], how: Written
) -> None:
    _must_come_back(values, how)
