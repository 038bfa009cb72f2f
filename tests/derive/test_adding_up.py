"""Rows in, less rows lost, are rows out; and what stays is what a plain computation keeps."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rai_check.errors import DataError
from rai_check.reading import StepNote
from rai_check.tables.engine import Engine

rows_of = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", ""]),
        st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 20)),
        st.sampled_from(["x", "y", ""]),
    ),
    max_size=25,
)
STEPS = [
    {"period": {"column": "on", "from": "2026-01-03", "to": "2026-01-15"}},
    {"keep": {"column": "kind", "values": ["x", "y"]}},
    {"one_per": {"key": ["n"]}},
    {"join": {"with": "o", "on": {"ref": "k"}, "take": ["v"], "each": "many to one",
              "unmatched": "drop"}},
    {"last_event": {"unit": "ref", "by": "n_on"}},
]  # fmt: skip


def kept(rows):
    """The numbers of the rows that stay, by plain Python."""
    first, last = date(2026, 1, 3), date(2026, 1, 15)
    left = [
        (n, ref)
        for n, (ref, on, kind) in enumerate(rows)
        if on and first <= on <= last and kind and ref in {"a", "b"}
    ]
    return sorted(max(n for n, other in left if other == ref) for ref in {ref for _, ref in left})


def adds_up(note: StepNote) -> bool:
    return note.rows_in - sum(line.rows for line in note.left_out) == note.rows_out


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows_of)
def test_rows_add_up_and_those_kept_are_the_right_ones(through, values, rows):
    rows = [("a", date(2026, 1, 3), "x"), *rows]  # a join that matches nothing is an error
    lines = [
        f"{n},{date.fromordinal(740_000 + n)},{ref},{on or ''},{kind}"
        for n, (ref, on, kind) in enumerate(rows)
    ]
    others = {"o": (["k,v", "a,1", "b,2", "d,3"], {})}
    table = through("n,n_on,ref,on,kind", lines, STEPS, others=others)

    assert all(adds_up(note) for note in table.steps)
    assert [a.rows_out for a in table.steps[:-1]] == [b.rows_in for b in table.steps[1:]]
    assert values(table, "n") == [str(n) for n in kept(rows)]
    assert table.data.rows == table.steps[-1].rows_out


def test_a_refused_step_leaves_no_file_behind(through, monkeypatch):
    made = []
    before = Engine.__init__

    def noted(self, *args, **kwargs):
        before(self, *args, **kwargs)
        made.append(self.directory)

    monkeypatch.setattr(Engine, "__init__", noted)
    with pytest.raises(DataError, match="there is no column"):
        through("n,m", ["1,2"], [{"one_per": {"key": ["k"]}}])

    assert made
    assert not any(folder.exists() for folder in made)
