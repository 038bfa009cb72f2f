"""Names in messages: cleaned, cut, and looked up with a hint."""

from collections.abc import Callable

import pytest

from rai_check.errors import DataError
from rai_check.tables import Column, Table, require, shown
from rai_check.tables.names import checked_names

OpenFile = Callable[..., Table]


def test_shown_replaces_when_name_has_control_or_direction_marks() -> None:
    assert shown("a\x1b[31m\u202eb\nc") == "a?[31m?b?c"


def test_shown_cuts_when_name_is_long() -> None:
    assert shown("x" * 61) == "x" * 59 + "…"
    assert shown("x" * 60) == "x" * 60


def test_checked_names_strips_when_names_have_blanks() -> None:
    assert checked_names([" a ", "b\t"], "f.csv") == ("a", "b")


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ([], "f.csv has no columns"),
        (["a", " "], "column 2 has no name"),
        (["a", "b", "a ", "b"], "columns 1, 3, columns 2, 4"),
    ],
)
def test_checked_names_refuses_when_names_are_missing_or_repeated(
    names: list[str], message: str
) -> None:
    with pytest.raises(DataError, match=message):
        checked_names(names, "f.csv")


def test_require_returns_column_when_it_is_there(read: OpenFile) -> None:
    assert require(read("Sex,sex\nM,F\n"), "sex") == Column("sex", "text")


def test_require_suggests_a_near_name_and_shows_no_other_when_column_is_missing(
    read: OpenFile,
) -> None:
    table = read(",".join(f"col{i}" for i in range(15)) + ",ethnicity\n")
    with pytest.raises(DataError) as caught:
        require(table, "Ethnicity")
    message = str(caught.value)
    assert message == (
        "Column 'Ethnicity' is not among the 16 columns of table 'cases' (cases.csv). "
        "Did you mean 'ethnicity'?"
    )


def test_require_shows_no_value_when_the_header_is_missing(read: OpenFile) -> None:
    table = read("invite,Jane Fictional,QQ123456C\nwait,Joe Fictional,QQ123457C\n", header_row=1)
    with pytest.raises(DataError, match="Is its first row the header") as caught:
        require(table, "tool_says")
    assert "Fictional" not in str(caught.value)
    assert "QQ" not in str(caught.value)


@pytest.mark.parametrize(
    "use",
    [
        lambda t: t.counts(["x"]),
        lambda t: t.counts([], unit="x"),
        lambda t: t.distinct("x"),
        lambda t: t.count_distinct("x"),
        lambda t: t.numeric_profile("x"),
        lambda t: t.sample("x", 1, "k"),
        lambda t: t.batches(["x"]),
    ],
)
def test_every_method_refuses_at_once_when_column_is_missing(
    read: OpenFile, use: Callable[[Table], object]
) -> None:
    table = read("a\n1\n")
    with pytest.raises(DataError, match="'x' is not among the 1 column of table"):
        use(table)
