"""Tables whose rows stand for many: counts that were held back leave, and are told."""

import pytest

from rai_check.errors import DataError
from rai_check.tables import Known

COUNT = {"n": {"means": "count", "not_known": ["<10", "c"]}}


def test_rows_with_a_count_held_back_leave(through, values, lines):
    table = through("area,n", ["a,40", "b,<10", "c,c", "d,0", "e,12"], columns=COUNT)

    assert values(table, "area") == ["a", "e"]  # a count of nobody stays out as ever
    (note,) = table.steps
    assert (note.step, note.rows_in, note.rows_out) == ("count", 5, 3)
    assert lines(note.left_out) == {"whose 'n' is not known": 2}
    (total,) = table.data.counts((), {"known": Known("area")}).rows
    assert total.n == 52  # 40 + 12


def test_a_count_that_is_neither_a_number_nor_declared_is_refused(through):
    for rows in (["a,40", "b,"], ["a,40", "b,*"]):
        with pytest.raises(DataError, match="missing or not a whole number"):
            through("area,n", rows, columns=COUNT)
