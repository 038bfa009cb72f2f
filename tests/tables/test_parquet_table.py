"""A Parquet file or frame, asked where it lies, answers as the same rows loaded as text do."""

import datetime as dt
import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rai_check.errors import DataError
from rai_check.tables import And, AtLeast, Cut, IsIn, Known, Not, Table, from_frame, open_table
from rai_check.tables.duckdb_table import DuckDBTable
from rai_check.tables.frame_table import FrameTable
from rai_check.tables.parquet import parquet_source
from rai_check.tables.parquet_table import ParquetTable
from rai_check.tables.source import ReadOptions

Opened = Callable[[Table], Table]

TEXTS = ["A", " A", "A\u3000", "", " ", "1.0", "01", "0.50", " .5 ", "TRUE", "nan", "-inf", "1e999"]
TEXTS += ["2024-01-02 00:00:00", "2024-01-02", "5e-1", "\x1c0.5\x85", "9" * 25, "é"]
UTC, LONDON = pa.timestamp("us", "UTC"), pa.timestamp("us", "Europe/London")
MOMENTS = st.none() | st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2100, 1, 1))  # noqa: DTZ001 - as files hold them
TYPES: dict[str, tuple[pa.DataType, st.SearchStrategy[object]]] = {
    "text": (pa.string(), st.none() | st.sampled_from(TEXTS)),
    "coded": (pa.dictionary(pa.int8(), pa.string()), st.none() | st.sampled_from(TEXTS)),
    "large": (pa.large_string(), st.none() | st.sampled_from(TEXTS)),
    "tiny": (pa.int8(), st.none() | st.integers(-128, 127)),
    "whole": (pa.int64(), st.none() | st.integers(-(2**63), 2**63 - 1)),
    "huge": (pa.uint64(), st.none() | st.integers(0, 2**64 - 1)),
    "double": (pa.float64(), st.none() | st.floats() | st.sampled_from([0.5, 1.0, -0.0, 1e16])),
    "single": (pa.float32(), st.none() | st.floats(width=32) | st.sampled_from([0.5, 97474816.0])),
    "half": (pa.float16(), st.none() | st.sampled_from([np.float16(0.1), np.float16(2)])),
    "money": (
        pa.decimal128(20, 4),
        st.none() | st.decimals(-(10**15), 10**15, places=4) | st.just(Decimal("0.5000")),
    ),
    "yes": (pa.bool_(), st.none() | st.booleans()),
    "day": (pa.date32(), st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))),
    "moment": (pa.timestamp("us"), MOMENTS),
    "thousandth": (
        pa.timestamp("ms"),
        MOMENTS.map(lambda m: m and m.replace(microsecond=m.microsecond // 1000 * 1000)),
    ),
    "fine": (pa.timestamp("ns"), st.none() | st.integers(0, 2**61)),
    "instant": (UTC, MOMENTS),
    "local": (LONDON, MOMENTS),
    "precise": (pa.timestamp("ns", "Europe/London"), st.none() | st.integers(0, 2**61)),
    "time": (pa.time64("us"), st.none() | st.times()),
    "nothing": (pa.null(), st.none()),
}
ODD = ("half", "time")
USUAL = tuple(sorted({*TYPES} - {*ODD, "precise"}))  # some engines see it as Arrow does, some not
ROWS = st.lists(st.tuples(*(values for _, values in TYPES.values())), max_size=10)


def _table(rows: list[tuple[object, ...]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(TYPES)
    kinds = [kind for kind, _ in TYPES.values()]
    arrays = [pa.array(values, kind) for values, kind in zip(columns, kinds, strict=True)]
    return pa.table(arrays, names=list(TYPES))


def _loaded(path: Path) -> Table:
    with parquet_source(path, ReadOptions()) as source:
        return DuckDBTable(source, name="t")


def _answers(table: Table, name: str) -> list[object]:
    wanted = ("0.5", "1", "A", "true", "2024-01-02", "1e+16", "97474820", "-5", "0")
    measures = {
        "high": AtLeast(name, 0.5),
        "low": Not(AtLeast(name, 97474820.0)),
        "one of": IsIn(name, wanted),
        "none of": Not(IsIn(name, ("nothing such",))),
        "known": Known(name),
        "unknown": Not(Known(name)),
        "both": And((Known(name), Not(IsIn(name, wanted)))),
    }
    cells = table.cells([name, Cut(name, (-1.0, 0.0, 0.1, 0.5, 97474820.0))], unit=name)
    assert cells.unit is not None
    return [
        (cells.keys, cells.codes.tolist(), cells.n.tolist(), cells.unit.tolist()),
        table.counts([name], measures, unit=name),
        table.counts([], measures, unit=name),
        list(table.distinct(name)),
        table.count_distinct(name),
        table.numeric_profile(name),
        table.sample(name, 3, "key"),
        [batch.to_pydict() for batch in table.batches([name], 4)],
    ]


def _sums(table: Table, name: str) -> object:
    try:
        sums = table.cells(["yes"], sums=[name]).sums[name]
    except DataError as refused:
        return str(refused).partition(", column")[2]
    return sums.known.tolist(), sums.total.tolist(), sums.squares.tolist()


def _must_agree(held: pa.Table, folder: Path, names: Iterable[str]) -> None:
    """Ask a file and a frame, where they lie, what is also asked of the file loaded as text."""
    path = folder / "t.parquet"
    pq.write_table(held, path)
    with closing(_loaded(path)) as loaded, ExitStack() as stack:
        lying = [open_table(path, name="t"), from_frame(held, name="t")]
        assert [type(table) for table in lying] == [ParquetTable, FrameTable]
        assert lying[0].fingerprint() == loaded.fingerprint()
        for table in lying:
            stack.enter_context(closing(table))
            for name in names:
                assert _answers(table, name) == _answers(loaded, name), (table.source, name)
                assert _sums(table, name) == _sums(loaded, name), (table.source, name)


FIXED: dict[str, list[object]] = {
    **{name: [*TEXTS, None] for name in ("text", "coded", "large")},
    "tiny": [-128, 0, 1, None],
    "whole": [-(2**63), 2**63 - 1, 2**53 + 1, 1, 0, None],
    "huge": [2**64 - 1, 2**53 + 1, 1, None],
    "double": [0.1, 0.5, 1.0, -0.0, 0.0, 1e16, 1e-5, float("nan"), float("-inf"), 5e-324, None],
    "single": [np.float32(0.1), 0.5, -0.0, 97474816.0, 2744867.75, float("inf"), None],
    "half": [np.float16(0.1), np.float16(2), None],
    "money": [Decimal("0.5000"), Decimal("-0.0001"), Decimal("1.0000"), None],
    "yes": [True, False, None],
    "day": [dt.date(2024, 1, 2), dt.date(1900, 1, 1), None],
    "moment": [dt.datetime(2024, 1, 2), dt.datetime(2024, 7, 2, 3, 4, 5, 600), None],  # noqa: DTZ001 - as files hold them
    "thousandth": [dt.datetime(2024, 1, 2), dt.datetime(2024, 7, 2, 3, 4, 5, 6000), None],  # noqa: DTZ001 - as above
    "fine": [2**60 + 1, 0, None],
    # an hour that comes twice when summer time ends, and either side of 1900's odd offsets
    **{
        name: [dt.datetime(2024, 10, 27, 0, 30), dt.datetime(2024, 10, 27, 1, 30), None]  # noqa: DTZ001 - as above
        for name in ("instant", "local")
    },
    "precise": [2**60 + 1, 0, None],
    "time": [dt.time(1, 2, 3), dt.time(1, 2, 3, 400), None],
    "nothing": [None],
}


@pytest.mark.parametrize("without", [0, 1], ids=["some missing", "none missing"])
@pytest.mark.parametrize("name", TYPES)
def test_answers_are_those_of_the_loaded_file_whatever_the_type(
    tmp_path: Path, name: str, without: int
) -> None:
    values = FIXED[name][: len(FIXED[name]) - without]
    yes = pa.array([i % 2 == 0 for i in range(len(values))])
    held = {"yes": yes, name: pa.array(values, TYPES[name][0])}
    _must_agree(pa.table(held), tmp_path, [name])


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(ROWS)
def test_answers_are_those_of_the_loaded_file_when_many_are_tried(
    rows: list[tuple[object, ...]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _must_agree(_table(rows), Path(folder), TYPES)


@pytest.mark.parametrize("name", USUAL)
def test_file_is_not_loaded_when_its_types_are_usual(
    tmp_path: Path, opened: Opened, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pq.write_table(_table([tuple([None] * len(TYPES))]), tmp_path / "t.parquet")
    table = opened(open_table(tmp_path / "t.parquet", name="t"))

    def forbidden(_: object) -> None:
        raise AssertionError("the file was loaded")

    monkeypatch.setattr(ParquetTable, "_text", forbidden)
    answers = _answers(table, name)
    assert answers[5].missing == 1  # type: ignore[attr-defined] # a NumericProfile


@pytest.mark.parametrize("name", ODD)
def test_file_is_loaded_once_when_a_type_is_odd(tmp_path: Path, opened: Opened, name: str) -> None:
    pq.write_table(_table([tuple([None] * len(TYPES))]), tmp_path / "t.parquet")
    table = opened(open_table(tmp_path / "t.parquet", name="t"))
    assert isinstance(table, ParquetTable)
    _answers(table, name)
    loaded = table._loaded
    assert loaded is not None
    table.cells([name, "text"])
    assert table._loaded is loaded


def test_file_is_read_again_when_there_are_several_row_groups(
    tmp_path: Path, opened: Opened
) -> None:
    numbers = list(range(25_000))
    pq.write_table(pa.table({"a": numbers}), tmp_path / "t.parquet", row_group_size=999)
    table = opened(open_table(tmp_path / "t.parquet", name="t"))
    values = [v for batch in table.batches(["a"], 700) for v in batch.column(0).to_pylist()]
    assert values == [str(number) for number in numbers]
    assert table.note.rows == table.rows == 25_000


HOSTILE = ["a*b.parquet", "a?.parquet", "a[1].parquet", "it's.parquet", 'say "x".parquet']
HOSTILE += ["x=1.parquet", "new\nline.parquet", "é☃.parquet", "{a,b}.parquet", "~.parquet"]
HOSTILE += ["%41.parquet", "s3:.parquet", "back\\slash.parquet", "**.parquet", " .parquet"]


@pytest.mark.skipif(os.name == "nt", reason="this system has no such names")
@pytest.mark.parametrize("name", HOSTILE)
def test_only_the_file_itself_is_read_when_its_name_is_hostile(
    tmp_path: Path, opened: Opened, name: str
) -> None:
    for other in ("aXb.parquet", "a1.parquet", "aX.parquet", "A.parquet", "a.parquet"):
        pq.write_table(pa.table({"v": ["other"]}), tmp_path / other)
    pq.write_table(pa.table({"v": ["this"]}), tmp_path / name)
    table = opened(open_table(tmp_path / name, name="t"))
    assert table.cells(["v"]).keys == (("this",),)


@pytest.mark.skipif(os.name == "nt", reason="this system has no such names")
def test_file_is_read_when_its_name_is_not_text(tmp_path: Path, opened: Opened) -> None:
    pq.write_table(pa.table({"v": ["this"]}), tmp_path / "t.parquet")
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.parquet"))
    (tmp_path / "t.parquet").rename(odd)
    assert opened(open_table(odd, name="t")).cells(["v"]).keys == (("this",),)


def test_file_is_found_when_the_working_folder_changes(
    tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    pq.write_table(pa.table({"v": ["this"]}), tmp_path / "t.parquet")
    monkeypatch.chdir(tmp_path)
    table = opened(open_table(Path("t.parquet"), name="t"))
    monkeypatch.chdir("/")
    assert table.count_distinct("v") == 1


def test_no_other_file_can_be_read_by_the_engine_when_one_may(
    tmp_path: Path, opened: Opened
) -> None:
    for name in ("t.parquet", "other.parquet"):
        pq.write_table(pa.table({"v": ["this"]}), tmp_path / name)
    table = opened(open_table(tmp_path / "t.parquet", name="t"))
    assert isinstance(table, ParquetTable)
    others = ("other.parquet", "*.parquet", f"../{tmp_path.name}/other.parquet")
    for statement in (
        *(f"FROM read_parquet('{tmp_path}/{other}')" for other in others),
        "SELECT * FROM read_text('/etc/hostname')",
        f"COPY (SELECT 1 AS a) TO '{tmp_path}/new.parquet'",
        "SET allowed_paths = ['/']",
        "INSTALL httpfs",
        "LOAD parquet_extras",
    ):
        with pytest.raises(DataError):
            table._file.engine.rows(statement)
    assert sorted(p.name for p in tmp_path.glob("*.parquet")) == ["other.parquet", "t.parquet"]


def test_columns_stay_apart_when_names_differ_only_in_case(tmp_path: Path, opened: Opened) -> None:
    names = ["Sex", "sex", 'say "x"', "c0", "a.b", "data", "filename"]
    pq.write_table(pa.table([[str(i)] for i in range(7)], names=names), tmp_path / "t.parquet")
    table = opened(open_table(tmp_path / "t.parquet", name="t"))
    assert table.cells(names).keys == tuple((str(i),) for i in range(7))
    assert next(table.batches(["sex", "Sex"])).to_pydict() == {"sex": ["1"], "Sex": ["0"]}


def _ways(table: Table) -> list[Callable[[], object]]:
    return [
        table.fingerprint,
        lambda: table.cells(["a"]),
        lambda: table.counts(["a"], {"known": Known("a")}),
        lambda: table.count_distinct("a"),
        lambda: table.count_distinct("b"),
        lambda: list(table.distinct("a")),
        lambda: table.numeric_profile("b"),
        lambda: list(table.batches(["a"])),
        lambda: table.cells(["odd"]),
    ]


@pytest.mark.parametrize("way", range(9))
@pytest.mark.parametrize("change", ["written", "replaced", "removed"])
def test_use_is_refused_when_the_file_has_changed(
    tmp_path: Path, opened: Opened, way: int, change: str
) -> None:
    path = tmp_path / "t.parquet"
    held = pa.table({"a": ["x", "y"], "b": [1, 2], "odd": [dt.time(1), dt.time(2)]})
    pq.write_table(held, path)
    table = opened(open_table(path, name="t"))
    table.fingerprint()
    if change == "removed":
        path.unlink()
    else:
        target = path if change == "written" else tmp_path / "new"
        pq.write_table(held, target)
        os.utime(target, ns=(1, 1))
        target.replace(path)
    with pytest.raises(DataError, match=r"t\.parquet"):
        _ways(table)[way]()


def test_file_is_refused_when_damage_shows_later(tmp_path: Path, opened: Opened) -> None:
    path = tmp_path / "t.parquet"
    secret = [f"Ermintrude {i}" for i in range(50_000)]
    pl.DataFrame({"a": secret, "b": range(50_000)}).write_parquet(path, row_group_size=10_000)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4_000] = b"\xff" * 4_000
    path.write_bytes(content)
    table = opened(open_table(path, name="t"))
    with pytest.raises(DataError, match="is damaged") as caught:
        table.cells(["a", "b"])
    assert "Ermintrude" not in str(caught.value)
    assert caught.value.__context__ is None


def test_value_is_refused_when_longer_than_one_mebibyte_in_a_file(
    tmp_path: Path, opened: Opened
) -> None:
    pq.write_table(pa.table({"a": ["x" * (2**20 + 1)]}), tmp_path / "t.parquet")
    table = opened(open_table(tmp_path / "t.parquet", name="t"))
    for ask in (lambda: table.cells(["a"]), lambda: list(table.batches(["a"]))):
        with pytest.raises(DataError, match="column 'a' holds a value longer than 1 MiB"):
            ask()


def test_nothing_is_left_when_a_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spill))
    path = tmp_path / "t.parquet"
    pl.DataFrame({"a": [f"value {i}" for i in range(10_000)]}).write_parquet(path)
    content = bytearray(path.read_bytes())
    content[4:2_000] = b"\xff" * 1_996
    path.write_bytes(content)
    with pytest.raises(DataError, match="is damaged"):
        open_table(path, name="t")
    assert list(spill.iterdir()) == []


def test_two_columns_are_streamed_side_by_side(tmp_path: Path, opened: Opened) -> None:
    values = pa.table({"a": [f"a{i:05d}" for i in range(30_000)], "b": range(30_000)})
    pq.write_table(values, tmp_path / "t.parquet")
    table = opened(open_table(tmp_path / "t.parquet", name="t"))
    first, second = table.distinct("a"), table.distinct("b")
    pairs = list(zip(first, second, strict=True))
    assert pairs[0] == (("a00000", 1), ("0", 1))
    assert len(pairs) == 30_000
