"""The cube of counts: known answers, degenerate tables, and one definition for every source."""

import datetime as dt
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rai_check.errors import DataError
from rai_check.tables import Cells, Cut, Table, from_frame, open_table

OpenFile = Callable[..., Table]
OpenFrame = Callable[[object], Table]
OpenAll = Callable[[pa.Table], list[Table]]


@pytest.fixture
def everywhere(tmp_path: Path, opened: Callable[[Table], Table]) -> OpenAll:
    """Open the same data as a CSV file, a Parquet file, a stream and three kinds of frame."""

    def open_all(table: pa.Table) -> list[Table]:
        pandas = table.to_pandas()
        pandas.to_csv(tmp_path / "t.csv", index=False)
        pq.write_table(table, tmp_path / "t.parquet")
        files = [open_table(tmp_path / name, name="t") for name in ("t.csv", "t.parquet")]
        frames = [pandas, pl.DataFrame(pl.from_arrow(table)), table, table.to_reader()]
        return [opened(t) for t in (*files, *(from_frame(frame, name="t") for frame in frames))]

    return open_all


def _rows(cells: Cells) -> list[tuple[object, ...]]:
    """Every cell as its keys and its n."""
    return [
        (*(cells.keys[k][code] for k, code in enumerate(codes)), int(n))
        for codes, n in zip(cells.codes, cells.n, strict=True)
    ]


CASES = pa.table(
    {
        "row": ["r1", "r2", "r3", "r4", "r5", "r6"],  # a row of a text file that is blank is none
        "group": ["B", "A", None, " A", "", "A"],
        "yes": pa.array([1, 0, 1, 1, None, 1], pa.int64()),
        "score": [0.5, 0.25, float("nan"), 0.5, None, 0.75],
        "person": ["p1", "p2", "p2", "p2 ", None, "p1"],
    }
)


def test_cells_count_every_combination_when_worked_by_hand(everywhere: OpenAll) -> None:
    for table in everywhere(CASES):
        cells = table.cells(["group", "yes"])
        # " A" is A; an empty text and None are both missing, which comes last
        assert cells.keys == (("A", "B", None), ("0", "1", None))
        assert _rows(cells) == [
            ("A", "0", 1),
            ("A", "1", 2),
            ("B", "1", 1),
            (None, "1", 1),
            (None, None, 1),
        ]
        assert cells.codes.dtype == np.int32
        assert cells.n.dtype == np.int64
        assert cells.unit is None


def test_cells_sum_and_cut_numbers_when_worked_by_hand(everywhere: OpenAll) -> None:
    for table in everywhere(CASES):
        cells = table.cells([Cut("score", (0.5, 0.75))], sums=["score", "yes"])
        assert _rows(cells) == [("0", 1), ("1", 2), ("2", 1), (None, 2)]
        assert cells.sums["score"].total.tolist() == [250_000, 1_000_000, 750_000, 0]
        assert cells.sums["score"].known.tolist() == [1, 2, 1, 0]
        assert cells.sums["yes"].total.tolist() == [0, 2_000_000, 1_000_000, 1_000_000]


def test_cells_are_of_one_unit_each_when_asked(everywhere: OpenAll) -> None:
    for table in everywhere(CASES):
        cells = table.cells(["group"], unit="person")
        assert cells.unit is not None
        # p1 is unit 0, p2 (also "p2 ") unit 1
        found = list(zip(_rows(cells), cells.unit.tolist(), strict=True))
        assert found == [
            (("A", 1), 0),
            (("A", 2), 1),
            (("B", 1), 0),
            ((None, 1), 1),
            ((None, 1), -1),
        ]


def test_cells_are_one_when_there_is_no_key(everywhere: OpenAll) -> None:
    for table in everywhere(CASES):
        cells = table.cells([], sums=["yes"])
        assert (cells.keys, cells.codes.shape) == ((), (1, 0))
        assert (cells.n.tolist(), cells.sums["yes"].total.tolist()) == ([6], [4_000_000])


def test_cells_are_none_when_the_table_is_empty(everywhere: OpenAll) -> None:
    for table in everywhere(CASES.slice(0, 0)):
        cells = table.cells(["group", "yes"], sums=["score"], unit="person")
        assert (cells.keys, cells.codes.shape) == (((), ()), (0, 2))
        assert (len(cells.n), len(cells.sums["score"].total)) == (0, 0)
        assert table.cells([]).n.tolist() == [0]
        assert table.counts([], unit="person").rows[0].n == 0


def test_cells_are_of_a_missing_key_when_nothing_is_known(everywhere: OpenAll) -> None:
    gone = pa.table({"a": pa.nulls(3, pa.string()), "b": pa.nulls(3, pa.float64()), "c": [1, 2, 1]})
    for table in everywhere(gone):
        cells = table.cells(["a", Cut("b", (0.0,)), "c"], sums=["b"])
        assert cells.keys == ((None,), (None,), ("1", "2"))
        assert cells.n.tolist() == [2, 1]
        assert cells.sums["b"].known.tolist() == [0, 0]


def test_column_of_no_type_is_missing_when_parquet_or_frame(
    tmp_path: Path, opened: Callable[[Table], Table]
) -> None:
    nulls = pa.table({"a": pa.nulls(3), "b": [1, 2, 3]})
    pq.write_table(nulls, tmp_path / "t.parquet")
    frame = from_frame(nulls, name="t")
    for table in (opened(open_table(tmp_path / "t.parquet", name="t")), opened(frame)):
        assert table.cells(["a"], sums=["a"]).keys == ((None,),)
        assert list(table.distinct("a")) == [(None, 3)]
        assert table.count_distinct("a") == 0
        assert table.numeric_profile("a").missing == 3


def test_key_counts_once_when_it_is_given_twice(everywhere: OpenAll) -> None:
    for table in everywhere(CASES):
        cells = table.cells(["group", "group", Cut("yes", (1.0,)), Cut("yes", (1.0,))])
        assert cells.keys[0] == cells.keys[1]
        assert (cells.codes[:, 0] == cells.codes[:, 1]).all()
        assert (cells.codes[:, 2] == cells.codes[:, 3]).all()
        assert cells.n.sum() == 6
        assert [row.key for row in table.counts(["yes", "yes"]).rows] == [
            ("0", "0"),
            ("1", "1"),
            (None, None),
        ]


def test_unit_may_be_a_key_too(everywhere: OpenAll) -> None:
    for table in everywhere(CASES):
        cells = table.cells(["person"], unit="person")
        assert cells.keys == (("p1", "p2", None),)
        assert cells.unit is not None
        assert cells.unit.tolist() == [0, 1, -1]
        assert cells.n.tolist() == [2, 3, 1]


@pytest.mark.parametrize(
    "ask",
    [
        lambda t: t.cells(["gruop"]),
        lambda t: t.cells([Cut("gruop", (0.0,))]),
        lambda t: t.cells(["yes"], sums=["gruop"]),
        lambda t: t.cells(["yes"], unit="gruop"),
        lambda t: t.counts(["gruop"]),
        lambda t: t.distinct("gruop"),
        lambda t: t.count_distinct("gruop"),
        lambda t: t.numeric_profile("gruop"),
        lambda t: t.sample("gruop", 1, "key"),
        lambda t: list(t.batches(["gruop"])),
    ],
)
def test_column_is_suggested_when_there_is_a_near_one(
    everywhere: OpenAll, ask: Callable[[Table], object]
) -> None:
    for table in everywhere(CASES):
        with pytest.raises(DataError, match="Did you mean 'group'"):
            ask(table)


def test_table_says_so_when_closed_wherever_it_lies(everywhere: OpenAll) -> None:
    for table in everywhere(CASES):
        values = table.distinct("person")
        table.close()
        table.close()
        asked: list[Callable[[Table], object]] = [
            lambda t: t.cells(["group"]),
            lambda t: t.count_distinct("yes"),
            lambda t: t.sample("group", 1, "key"),
            lambda t: list(t.batches(["group"])),
        ]
        for ask in asked:
            with pytest.raises(DataError, match="has been closed"):
                ask(table)
        del values


def test_groups_are_all_there_when_there_are_100_000(everywhere: OpenAll) -> None:
    labels = [f"group {i:06d}" for i in range(100_000)]
    for table in everywhere(pa.table({"a": labels, "b": [i % 7 for i in range(100_000)]})):
        cells = table.cells(["a", "b"])
        assert list(cells.keys[0]) == labels
        assert cells.codes[:, 0].tolist() == list(range(100_000))
        assert (cells.n == 1).all()


def test_cells_are_right_when_combinations_outnumber_a_machine_word(framed: OpenFrame) -> None:
    rng = np.random.default_rng(1)
    columns = {f"c{i}": rng.integers(0, 50_000, 3_000) for i in range(6)}  # 50,000^6 > 2^63
    frame = pd.DataFrame(columns)
    frame = pd.concat([frame, frame.head(1_000)])
    cells = framed(frame).cells(list(columns))
    expected = Counter(zip(*(frame[name].astype(str) for name in columns), strict=True))
    assert _rows(cells) == [(*key, n) for key, n in sorted(expected.items())]


def test_mixed_pandas_column_is_grouped_by_its_text(framed: OpenFrame) -> None:
    mixed = [1, "x ", 2.0, None, True, np.nan, "2", "TRUE", dt.date(2024, 1, 2)]
    cells = framed(pd.DataFrame({"a": pd.Series(mixed, dtype=object)})).cells(["a"])
    assert _rows(cells) == [
        ("1", 1),
        ("2", 2),
        ("2024-01-02", 1),
        ("true", 2),
        ("x", 1),
        (None, 2),
    ]


def test_categories_that_no_row_has_are_not_keys(framed: OpenFrame) -> None:
    kinds = pd.Categorical(["b", "b ", None], categories=["z", "b", "a", "b "])
    cells = framed(pd.DataFrame({"a": kinds})).cells(["a"])
    assert cells.keys == (("b", None),)
    assert cells.n.tolist() == [2, 1]


NUMBER = st.none() | st.integers(-16, 24).map(lambda i: i / 8) | st.just(float("nan"))
ROWS = st.lists(
    st.tuples(
        st.none() | st.sampled_from(["A", "A ", "a", "", "1", "1.0", "true", "TRUE", "é"]),
        st.none() | st.integers(-2, 300),
        NUMBER,
        st.none() | st.booleans(),
        st.none() | st.sampled_from(["p1", "p2", " p2", "p3"]),
    ),
    max_size=25,
)
FORMS = {"A ": "A", "1.0": "1", "TRUE": "true", "": None, " p2": "p2"}
EDGES = (0.0, 0.5, 1.0)
Row = tuple[str | None, int | None, float | None, bool | None, str | None]


def _expected(rows: list[Row]) -> Counter[tuple[str | None, ...]]:
    """Work the cells in plain Python, by the rules of the text form."""
    found: Counter[tuple[str | None, ...]] = Counter()
    for text, whole, score, yes, person in rows:
        place = None
        if score is not None and score == score:  # noqa: PLR0124 - NaN is not itself
            place = str(sum(edge <= score for edge in EDGES))
        key = (
            FORMS.get(text, text) if text is not None else None,
            None if whole is None else str(whole),
            place,
            None if yes is None else str(yes).lower(),
            FORMS.get(person, person) if person is not None else None,
        )
        found[key] += 1
    return found


@settings(max_examples=10, deadline=None)
@given(ROWS)
@example([])
@example([("A", 1, 0.5, True, "p2"), ("A ", 1, 0.5, True, " p2"), ("", 300, None, None, None)])
def test_cells_are_those_worked_in_python_from_every_source(rows: list[Row]) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * 5
    kinds = [pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.string()]
    names = ["text", "whole", "score", "yes", "person"]
    arrays = [pa.array(values, kind) for values, kind in zip(columns, kinds, strict=True)]
    table = pa.table(arrays, names=names)
    expected = _expected(rows)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        path = Path(folder) / "t.parquet"
        pq.write_table(table, path)
        sources = [open_table(path, name="t"), from_frame(table, name="t")]
        sources += [from_frame(frame, name="t") for frame in (table.to_pandas(), table.to_reader())]
        for source in sources:
            stack.enter_context(closing(source))
            cells = source.cells(["text", "whole", Cut("score", EDGES), "yes"], unit="person")
            assert cells.unit is not None
            persons = [name for name, _ in source.distinct("person") if name is not None]
            units = [None if unit < 0 else persons[unit] for unit in cells.unit]
            found = [
                (*row[:4], unit, row[4]) for row, unit in zip(_rows(cells), units, strict=True)
            ]
            assert {key[:5]: key[5] for key in found} == expected
            assert len(found) == len(expected)
