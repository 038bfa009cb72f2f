"""Shares known, by hand; "not stated" and undeclared values are not known."""

import pytest

from projects import GROUP, PREDICTION, decisions, open_project
from rai_check.check import NotApplicable
from rai_check.checks.complete_values import complete_values
from rai_check.measurement import Proportion, Undefined

RACE = {**GROUP, "characteristic": "race", "not_known": ["refused"]}


def measure(folder, of, header, lines, **columns):
    tables = {"decisions": decisions(**columns, says=PREDICTION)}
    project = open_project(folder, lines=lines, header=header, tables=tables)
    return {
        dict(m.where)["column"]: m.evidence for m in complete_values(project, of=of).measurements
    }


def test_required_column_counts_rows_with_a_value(tmp_path):
    why = {"means": "reason", "required": "always", "not_known": ["n/a"]}
    lines = ["late,yes"] * 7 + [",yes", "  ,yes", "n/a,no"]
    found = measure(tmp_path, "required", "why,says", lines, why=why)

    assert found == {"decisions.why": Proportion(x=7, n=10)}


def test_group_that_is_not_stated_or_not_declared_is_not_known(tmp_path):
    # 6 declared, 2 refused, 1 blank, 3 of a value that nothing declares
    lines = ["a,yes"] * 4 + ["b,no"] * 2 + ["refused,no"] * 2 + [",yes"] + ["q,yes"] * 3
    found = measure(tmp_path, "characteristics", "group,says", lines, group=RACE)

    assert found == {"decisions.group": Proportion(x=6, n=12)}


def test_code_lists_own_not_known_values_are_not_known(tmp_path):
    sex = {"means": "group", "characteristic": "sex", "codes": "dfe-ethnicity-5"}
    lines = ["WBRI,yes", "REFU,yes", "NOBT,no"]
    found = measure(tmp_path, "characteristics", "group,says", lines, group=sex)

    assert found == {"decisions.group": Proportion(x=1, n=3)}


def test_column_of_strangers_is_not_known_at_all(tmp_path):
    lines = [f"g{i},yes" for i in range(99)]
    found = measure(tmp_path, "characteristics", "group,says", lines, group=RACE)

    assert found == {"decisions.group": Proportion(x=0, n=99)}


def test_mostly_strangers_leave_the_declared_ones_known(tmp_path):
    lines = [f"g{i},yes" for i in range(99)] + ["a,yes"]
    found = measure(tmp_path, "characteristics", "group,says", lines, group=RACE)

    assert found == {"decisions.group": Proportion(x=1, n=100)}


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (["refused,yes"] * 5, 5),  # every row says that it is not known
        (["refused,yes"] * 5 + [",yes"] * 2, 7),
        (["q,yes"] * 5 + [",yes"] * 2, 7),  # a blank beside strangers is no better known
        ([",yes"] * 5, 5),
    ],
)
def test_column_in_which_no_group_is_known_is_not_known_at_all(tmp_path, lines, rows):
    found = measure(tmp_path, "characteristics", "group,says", lines, group=RACE)

    assert found == {"decisions.group": Proportion(x=0, n=rows)}


def test_group_that_records_no_characteristic_is_not_asked_for(tmp_path):
    with pytest.raises(NotApplicable, match="characteristic"):
        measure(tmp_path, "characteristics", "group,says", ["a,yes"], group=GROUP)


def test_no_required_column_is_not_applicable(tmp_path):
    with pytest.raises(NotApplicable, match="required"):
        measure(tmp_path, "required", "group,says", ["a,yes"], group=GROUP)


def test_table_without_rows_is_undefined(tmp_path):
    found = measure(tmp_path, "characteristics", "group,says", [], group=RACE)

    assert isinstance(found["decisions.group"], Undefined)


def test_rows_that_repeat_a_person_are_worth_less(tmp_path):
    # ten people of ten rows each, five of them without any value: what 100 rows say of the share
    # is what ten people say: rate 1/2, variance between units 1/4 / 9, so effective 0.25 / 0.0278
    lines = [f"{'a' if i < 5 else ''},{i},yes" for i in range(10) for _ in range(10)]
    who = {"means": "unit"}
    found = measure(tmp_path, "characteristics", "group,who,says", lines, group=RACE, who=who)

    evidence = found["decisions.group"]
    assert (evidence.x, evidence.n) == (50, 100)
    assert evidence.effective == pytest.approx(9.0)


def test_rows_without_a_unit_stand_alone(tmp_path):
    lines = ["a,1,yes", "a,1,yes"] + ["a,,yes"] * 8
    who = {"means": "unit"}
    found = measure(tmp_path, "characteristics", "group,who,says", lines, group=RACE, who=who)

    # one unit of two rows and eight of one: (sum n)^2 / sum n^2 = 100 / 12
    assert found["decisions.group"].effective == pytest.approx(100 / 12)
