"""Aggregates by hand: groups, measures in three-valued logic, units, samples, batches."""

import hashlib
import math
import random
from collections.abc import Callable

import pyarrow as pa
import pytest

from rai_check.errors import DataError, UsageError
from rai_check.tables import And, AtLeast, CountRow, IsIn, Known, Not, Predicate, Table

OpenFile = Callable[..., Table]

CASES = """pupil,group,decision,score
p1,A,Yes,0.9
p1,A,No,0.4
p2,A,,text
p3,B,yes,1e3
p3,B,Yes,
,,No,nan
"""


def _sum(table: Table, predicate: Predicate) -> int:
    (row,) = table.counts([], {"it": predicate}).rows
    return row.sums[0]


def test_counts_sums_each_measure_when_grouped(read: OpenFile) -> None:
    counts = read(CASES).counts(
        ["group"], {"yes": IsIn("decision", ("Yes",)), "known": Known("decision")}, unit="pupil"
    )
    # A: 3 rows, one "Yes", two decided, pupils p1 and p2; B: 2 rows, "yes" is not "Yes"
    assert counts.by == ("group",)
    assert counts.measures == ("yes", "known")
    assert counts.rows == (
        CountRow(key=("A",), n=3, sums=(1, 2), units=2),
        CountRow(key=("B",), n=2, sums=(1, 2), units=1),
        CountRow(key=(None,), n=1, sums=(0, 1), units=0),
    )


def test_counts_gives_integers_when_read(read: OpenFile) -> None:
    row = read(CASES).counts(["group"], {"yes": IsIn("decision", ("Yes",))}).rows[0]
    assert type(row.n) is int
    assert type(row.sums[0]) is int
    assert row.units is None


def test_counts_gives_one_row_when_not_grouped(read: OpenFile) -> None:
    assert read(CASES).counts([]).rows == (CountRow(key=(), n=6),)
    assert read("a\n").counts([], {"k": Known("a")}).rows == (CountRow(key=(), n=0, sums=(0,)),)


def test_counts_gives_no_row_when_grouped_and_empty(read: OpenFile) -> None:
    assert read("a,b\n").counts(["a", "b"]).rows == ()


def test_counts_orders_by_code_point_when_keys_are_mixed(read: OpenFile) -> None:
    table = read("a,b\nz,1\nÉ,1\nZ,1\na,2\na,\na,1\n,1\n")
    keys = [row.key for row in table.counts(["a", "b"]).rows]
    assert ["".join(part or "-" for part in key) for key in keys] == [
        "Z1",
        "a1",
        "a2",
        "a-",
        "z1",
        "É1",
        "-1",
    ]


def test_units_counts_distinct_people_when_they_have_many_rows(read: OpenFile) -> None:
    rows = read(CASES).units(["group"], "pupil").rows
    assert [(row.key, row.units) for row in rows] == [(("A",), 2), (("B",), 1), ((None,), 0)]


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        (Known("decision"), 5),
        (Not(Known("decision")), 1),
        (IsIn("decision", ("Yes", "yes")), 3),
        (Not(IsIn("decision", ("Yes", "yes"))), 2),  # the missing one is in neither
        (IsIn("decision", (" Yes ",)), 2),  # declared values go through the same text form
        (AtLeast("score", 0.4), 3),  # 0.9, 0.4, 1e3
        (Not(AtLeast("score", 0.5)), 1),  # 0.4; "text", blank and "nan" are unknown
        (AtLeast("score", -math.inf), 3),
        (And(()), 6),
        (And((Known("decision"), AtLeast("score", 0.5))), 2),
        # not (missing and false): false and unknown is false, so its negation holds
        (Not(And((IsIn("decision", ("Yes",)), Known("score")))), 4),
    ],
)
def test_measure_counts_only_where_it_surely_holds(
    read: OpenFile, predicate: Predicate, expected: int
) -> None:
    assert _sum(read(CASES), predicate) == expected


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        *((text, 0) for text in ("1e999", "inf", "1_000", "1,000", "0x1F", "true", "\u0661")),
        *((text, 1) for text in (".5", "5.", "+5", "5E0", " 7 ")),
    ],
)
def test_at_least_takes_a_number_when_written_plainly(
    read: OpenFile, text: str, holds: int
) -> None:
    assert _sum(read(f'a\n"{text}"\n'), AtLeast("a", 0.5)) == holds


def test_is_in_holds_when_there_are_many_values(read: OpenFile) -> None:
    table = read("a\n" + "".join(f"v{i}\n" for i in range(3_000)))
    assert _sum(table, IsIn("a", tuple(f"v{i}" for i in range(1_000, 21_000)))) == 2_000


def test_numeric_profile_splits_rows_when_column_is_mixed(read: OpenFile) -> None:
    cells = ["1", "-2.5", "0", '""', "NaN", "-nan", "inf", "-Infinity", "1e999", "text", "12 %"]
    profile = read(
        "a,b\n" + "\n".join(f"{cell},c{at}" for at, cell in enumerate(cells))
    ).numeric_profile("a")
    assert (profile.known, profile.negative, profile.missing) == (3, 1, 1)
    assert (profile.nan, profile.infinite, profile.not_numeric) == (2, 3, 2)


def test_distinct_streams_values_in_order_when_read(read: OpenFile) -> None:
    values = read('a,n\nb,1\nB,1\nb,1\n"",1\né,1\n').distinct("a")
    assert next(values) == ("B", 1)
    assert list(values) == [("b", 2), ("é", 1), (None, 1)]


def test_distinct_may_be_left_when_other_questions_follow(read: OpenFile) -> None:
    table = read("a\n" + "".join(f"{i}\n" for i in range(30_000)))
    values = table.distinct("a")
    next(values)
    assert table.count_distinct("a") == 30_000
    assert next(values) == ("1", 1)


def test_labels_come_back_whole_when_there_are_100_000(framed: Callable[[object], Table]) -> None:
    labels = [f"label {i:06d}" for i in range(100_000)]
    table = framed(pa.table({"a": labels}))
    assert table.count_distinct("a") == 100_000
    assert [row.key[0] for row in table.counts(["a"]).rows] == labels


def test_sample_is_the_same_when_rows_are_shuffled_or_repeated(
    framed: Callable[[object], Table],
) -> None:
    values = [f"v{i}" for i in range(500)]
    shuffled = random.Random(1).sample(values * 2, 1_000)  # noqa: S311 - no secret
    first = framed(pa.table({"a": values})).sample("a", 20, "seed")
    assert framed(pa.table({"a": shuffled})).sample("a", 20, "seed") == first
    assert framed(pa.table({"a": values})).sample("a", 20, "other") != first


def test_sample_orders_by_keyed_hash_when_worked_in_python(read: OpenFile) -> None:
    values = ["a", "b", "é", "long value", "1"]
    prefix = hashlib.blake2b(b"seed", digest_size=32).hexdigest()
    expected = sorted(values, key=lambda v: hashlib.sha256((prefix + v).encode()).hexdigest())
    assert read("a\n" + "\n".join(values)).sample("a", 3, "seed") == tuple(expected[:3])


def test_sample_gives_every_value_when_there_are_fewer(read: OpenFile) -> None:
    assert sorted(read('a\nx\ny\n""\n').sample("a", 9, "k")) == ["x", "y"]


def test_batches_keep_file_order_when_many(framed: Callable[[object], Table]) -> None:
    table = framed(pa.table({"a": range(150_000), "b": ["x"] * 150_000}))
    batches = list(table.batches(["b", "a"], 7_000))
    assert batches[0].schema.names == ["b", "a"]
    assert max(batch.num_rows for batch in batches) <= 7_000
    values = [v for batch in batches for v in batch.column("a").to_pylist()]
    assert values == [str(i) for i in range(150_000)]


@pytest.mark.parametrize(
    "use",
    [
        lambda t: t.batches([]),
        lambda t: t.batches(["a"], 0),
        lambda t: t.sample("a", 0, "k"),
    ],
)
def test_method_refuses_when_asked_for_nothing(
    read: OpenFile, use: Callable[[Table], object]
) -> None:
    with pytest.raises(UsageError, match="or more"):
        use(read("a\n1\n"))


HOSTILE = [
    '"; DROP TABLE data; --',
    "it's",
    'say ""hello""',
    "line\nbreak",
    "naïve ☃ \U0001f600",
    "c1",
    "data",
    "?",
    "$1",
    "a\\b",
    "Sex",
    "sex",
]


def test_every_method_works_when_names_are_hostile(framed: Callable[[object], Table]) -> None:
    table = framed(pa.table([pa.array([str(i), None]) for i in range(12)], names=HOSTILE))
    assert [column.name for column in table.columns] == HOSTILE
    for i, name in enumerate(HOSTILE):
        measures = {name: And((Known(name), AtLeast(name, i), IsIn(name, (str(i), "'; --"))))}
        assert table.counts([name], measures, unit=name).rows[0] == CountRow(
            key=(str(i),), n=1, sums=(1,), units=1
        )
        assert list(table.distinct(name)) == [(str(i), 1), (None, 1)]
        assert table.sample(name, 1, name) == (str(i),)
        assert table.numeric_profile(name).known == 1
        assert next(table.batches([name])).schema.names == [name]
    assert table.counts(HOSTILE).rows[0].key == tuple(str(i) for i in range(12))


def test_values_are_values_when_they_look_like_sql(read: OpenFile) -> None:
    hostile = "'; DROP TABLE data; --"
    table = read(f'a\n"{hostile}"\nx\n')
    assert _sum(table, IsIn("a", (hostile,))) == 1
    assert table.rows == 2


def test_value_is_refused_when_longer_than_one_mebibyte(
    framed: Callable[[object], Table],
) -> None:
    assert framed(pa.table({"a": ["x" * 2**20]})).rows == 1
    with pytest.raises(DataError, match="column 'a' holds a value longer than 1 MiB"):
        framed(pa.table({"a": ["x" * (2**20 + 1)]}))


def test_table_says_so_when_closed(read: OpenFile) -> None:
    table = read("a\n1\n")
    values = table.distinct("a")
    table.close()
    table.close()
    with pytest.raises(DataError, match="has been closed"):
        table.count_distinct("a")
    with pytest.raises(DataError):
        next(values)
