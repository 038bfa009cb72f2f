"""One data set, five sources: CSV, Parquet, pandas, Polars and PyArrow give the same answers."""

import csv
import datetime as dt
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rai_check.tables import And, AtLeast, Cut, IsIn, Known, Not, Table, from_frame, open_table

Row = tuple[str | None, int | None, float | None, bool | None, dt.date | None, dt.datetime | None]

WORDS = ["A", " A", "A ", "a", "", "1.0", "1", "TRUE", "nan", "it's", 'say "x"', "x,y", "l\nm", "é"]
TEXTS = st.sampled_from(WORDS) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5
)
ROWS = st.lists(
    st.tuples(
        st.none() | TEXTS,
        st.none() | st.integers(-(2**53), 2**53),
        st.none() | st.integers(-8_000, 8_000).map(lambda i: i / 8) | st.just(float("inf")),
        st.none() | st.booleans(),
        st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
        st.none()
        | st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 1, 1)).map(  # noqa: DTZ001 - naive, as files hold them
            lambda moment: moment.replace(microsecond=0)
        ),
    ),
    max_size=12,
)
NAMES = ("text", "whole", "score", "yes", "day", "moment")
SCHEMA = {
    "text": pa.string(),
    "whole": pa.int64(),
    "score": pa.float64(),
    "yes": pa.bool_(),
    "day": pa.date32(),
    "moment": pa.timestamp("us"),
}


def _five(rows: list[Row], folder: Path) -> list[Callable[[], Table]]:
    values = list(zip(*rows, strict=True)) or [()] * len(NAMES)
    columns = dict(zip(NAMES, values, strict=True))
    numbered = {"row": pa.array([f"r{i}" for i in range(len(rows))], pa.string())}  # none is blank
    arrow = pa.table(numbered | {name: pa.array(columns[name], SCHEMA[name]) for name in NAMES})
    pandas = arrow.to_pandas(date_as_object=True)
    pandas["whole"] = pd.array(columns["whole"], dtype="Int64")  # a float would lose digits
    # Python's csv writer leaves a lone CR unquoted, so that its own reader finds a row's end there
    returns = any("\r" in (text or "") for text in columns["text"])
    quoting = csv.QUOTE_ALL if returns else csv.QUOTE_MINIMAL
    pandas.to_csv(folder / "t.csv", index=False, quoting=quoting)
    pq.write_table(arrow, folder / "t.parquet")
    return [
        lambda: open_table(folder / "t.csv", name="t"),
        lambda: open_table(folder / "t.parquet", name="t"),
        lambda: from_frame(pandas, name="t"),
        lambda: from_frame(pl.DataFrame(pl.from_arrow(arrow)), name="t"),
        lambda: from_frame(arrow, name="t"),
    ]


def _answers(table: Table) -> list[object]:
    measures = {
        "high": AtLeast("score", 0.5),
        "not high": Not(AtLeast("whole", 0)),
        "named": IsIn("text", ("A", "1")),
        "yes": And((Known("day"), IsIn("yes", ("True",)))),
    }
    cells = table.cells(["text", "yes", Cut("score", (-1.0, 0.5))], sums=["score"], unit="text")
    assert cells.unit is not None
    sums = cells.sums["score"]
    return [
        (cells.keys, cells.codes.tolist(), cells.n.tolist(), cells.unit.tolist()),
        (sums.known.tolist(), sums.total.tolist(), sums.squares.tolist()),
        table.rows,
        [column.name for column in table.columns],
        table.counts(["score"], measures, unit="text"),
        table.counts(NAMES, measures),
        *(list(table.distinct(name)) for name in NAMES),
        *(table.sample(name, 3, "key") for name in ("text", "moment")),
        *(table.numeric_profile(name) for name in ("text", "score", "whole", "day")),
        *(table.count_distinct(name) for name in ("text", "score", "moment")),
        [batch.to_pydict() for batch in table.batches(NAMES, 5)],
    ]


@settings(max_examples=3, deadline=None)
@given(ROWS)
@example([])
@example([("\u2028", 2**53, -0.0, None, dt.date(2024, 2, 29), dt.datetime(2024, 2, 29))])  # noqa: DTZ001 - as above
@example([(None, None, None, None, None, None), ("l\rm", 0, 1.0, True, None, None)])
def test_answers_are_equal_when_only_the_source_differs(rows: list[Row]) -> None:
    _must_agree(rows)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(ROWS)
def test_answers_are_equal_when_many_data_sets_are_tried(rows: list[Row]) -> None:
    _must_agree(rows)


def _must_agree(rows: list[Row]) -> None:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        tables = [stack.enter_context(closing(opened())) for opened in _five(rows, Path(folder))]
        answers = [_answers(table) for table in tables]
        assert all(answer == answers[0] for answer in answers[1:])
        assert len({table.fingerprint() for table in tables[2:]}) == 1  # the frames'
