"""Values that cannot be are counted, each sort by itself; a clean twin has none."""

from datetime import date

import pytest

from made_identifiers import nhs_numbers
from projects import GROUP, PREDICTION, decisions, open_project
from rai_check.check import NotApplicable
from rai_check.checks.valid_values import valid_values
from rai_check.errors import UsageError
from rai_check.measurement import Exact, Undefined

DATE = {"means": "date", "purpose": "When."}
CASE = {"means": "case", "purpose": "Which."}
"""`open_project` measures on 23 November 2026."""


def measure(folder, of, header, lines, roles=None, **columns):
    table = {**decisions(**columns), **(roles or {})}
    project = open_project(folder, lines=lines, header=header, tables={"decisions": table})
    return valid_values(project, of=of)


def share(found):
    return {
        dict(m.where).get("column"): m.evidence for m in found.measurements if not m.information
    }


def wrong(found):
    return {(one.place, one.kind): one.count for one in found.findings}


def nhs(**more):
    kinds = {"kinds": ["nhs number"], "why": "To join."}
    return {"nhs": {"means": "other", "identifier": kinds, **more}, "says": PREDICTION}


def test_identifiers_are_held_against_the_rule_of_their_kind(tmp_path):
    # 943 476 5919 is the NHS Data Dictionary's own example; a last digit of 8 fails its check.
    # One blank is neither. 3 of 4 known values are valid.
    values = ["943 476 5919", "9434765919", "943-476-5919", "9434765918", ""]
    found = measure(tmp_path, "identifiers", "nhs,says", [f"{v},yes" for v in values], **nhs())

    assert share(found) == {"decisions.nhs": Exact(value=75)}
    assert wrong(found) == {("decisions.nhs", "not valid as NHS number"): 1}


def test_value_declared_as_not_known_is_neither_valid_nor_wrong(tmp_path):
    lines = ["9434765919,yes", "none,yes"]
    found = measure(tmp_path, "identifiers", "nhs,says", lines, **nhs(not_known=["none"]))

    assert share(found) == {"decisions.nhs": Exact(value=100)}


def test_share_is_cut_and_never_rounded_up_to_a_limit(tmp_path):
    # 48,999 of 50,000 is 97.998%: cut to 97.99, below a limit of 98
    (tmp_path / "decisions.csv").write_text(
        "group,says\n" + "a,yes\n" * 48_999 + "q,yes\n" * 1_001, "utf-8"
    )
    columns = {"group": GROUP, "says": PREDICTION}
    project = open_project(tmp_path, tables={"decisions": decisions(**columns)})

    assert share(valid_values(project, of="codes")) == {"decisions.group": Exact(value=97.99)}


def test_kind_that_is_none_stops_the_run(tmp_path):
    column = {"means": "other", "identifier": {"kinds": ["nhs no."], "why": "w"}}

    with pytest.raises(UsageError, match="nhs no"):
        measure(tmp_path, "identifiers", "x,says", ["1,yes"], x=column, says=PREDICTION)


def test_codes_are_held_against_labels_lists_and_whole_outcomes(tmp_path):
    # group: labels a and b, one q. sex: code list, one Z; X has no rule here. says: yes or no,
    # one "maybe". why has no list and is not counted.
    columns = {
        "group": {**GROUP, "not_known": ["-"]},
        "says": {**PREDICTION, "negative": ["no"]},
        "why": {"means": "reason"},
    }
    lines = ["a,yes,x", "b,no,x", "q,maybe,x", "-,no,x", ",yes,x"]
    found = measure(tmp_path, "codes", "group,says,why", lines, **columns)

    assert share(found) == {
        "decisions.group": Exact(value=66.66),
        "decisions.says": Exact(value=80),
    }
    assert set(wrong(found).values()) == {1}


def test_more_strangers_than_can_be_numbered_are_counted_all_the_same(tmp_path):
    lines = [f"g{i},yes" for i in range(90)] + ["a,yes"] * 10
    columns = {"group": GROUP, "says": PREDICTION}
    found = measure(tmp_path, "codes", "group,says", lines, **columns)

    assert share(found) == {"decisions.group": Exact(value=10)}
    assert wrong(found) == {("decisions.group", "value that nothing declares"): 90}


def test_dates_are_days_after_1900_and_not_far_off(tmp_path):
    # 8 known: 31 February, 30 December 1899, the placeholder itself, 2052 (more than 25 years
    # after 2026) are wrong; 29 February 2024, a moment and 31 December 2051 are right.
    days = ["2024-02-29", "2026-11-23T09:30:00", "2051-12-31", "2026-01-01"]
    days += ["2026-02-31", "1899-12-30", "1900-01-01", "2052-01-01", ""]
    lines = [f"{day},yes" for day in days]
    found = measure(tmp_path, "dates", "day,says", lines, day=DATE, says=PREDICTION)

    assert share(found) == {"decisions.day": Exact(value=50)}
    assert wrong(found) == {
        ("decisions.day", "not a day that there is"): 1,
        ("decisions.day", "before 1900, or a placeholder"): 2,
        ("decisions.day", "more than 25 years ahead"): 1,
    }


def test_birth_is_neither_to_come_nor_long_past(tmp_path):
    born = {**DATE, "identifier": {"kinds": ["dob"], "why": "Age."}}
    days = ["2026-11-23", "1906-01-01", "2026-11-24", "1905-12-31"]
    lines = [f"{day},yes" for day in days]
    found = measure(tmp_path, "dates", "born,says", lines, born=born, says=PREDICTION)

    assert share(found) == {"decisions.born": Exact(value=50)}
    assert set(wrong(found).values()) == {1}


def test_dates_that_nobody_says_how_to_read_are_undefined(tmp_path):
    lines = ["03/04/2026,yes", "04/05/2026,no"]
    found = measure(tmp_path, "dates", "day,says", lines, day=DATE, says=PREDICTION)

    evidence = share(found)["decisions.day"]
    assert isinstance(evidence, Undefined)
    assert evidence.mendable
    assert "written" in evidence.text


def test_dates_that_cannot_be_read_as_written_count_as_wrong(tmp_path):
    # what cannot be read as dd/mm/yyyy is missing to every other check: here it is 1 of 4
    day = {**DATE, "written": "dd/mm/yyyy"}
    lines = [f"{d},yes" for d in ["03/04/2026", "31/02/2026", "28/02/2026", "1/1/2026", ""]]
    found = measure(tmp_path, "dates", "day,says", lines, day=day, says=PREDICTION)

    assert share(found) == {"decisions.day": Exact(value=75)}
    assert wrong(found) == {("decisions.day", "not a day that there is"): 1}


def test_numbers_are_finite_and_waits_not_below_nought(tmp_path):
    # waits: 5, 0, -1 and "soon", one blank, one "?" that is declared as not known
    wait = {"means": "wait", "not_known": ["?"]}
    values = ["5", "0", "-1", "soon", "", "?", "nan"]
    lines = [f"{v},yes" for v in values]
    found = measure(tmp_path, "numbers", "wait,says", lines, wait=wait, says=PREDICTION)

    assert share(found) == {"decisions.wait": Exact(value=40)}  # 5 and 0, of five
    assert wrong(found) == {
        ("decisions.wait", "not a number"): 2,
        ("decisions.wait", "below nought"): 1,
    }


def test_amount_may_be_below_nought(tmp_path):
    lines = ["-5,yes", "5.5,yes"]
    found = measure(
        tmp_path, "numbers", "cost,says", lines, cost={"means": "amount"}, says=PREDICTION
    )

    assert share(found) == {"decisions.cost": Exact(value=100)}


def keys(folder, header, lines, **columns):
    found = measure(folder, "keys", header, lines, says=PREDICTION, **columns)
    return [m.evidence.value for m in found.measurements]


def test_rows_that_repeat_a_key_are_counted_beyond_the_first(tmp_path):
    # 1 three times, 2 twice: three rows too many; blanks name no row
    lines = [f"{v},yes" for v in ["1", "1", "1", "2", "2", "3", "", ""]]

    assert keys(tmp_path, "ref,says", lines, ref=CASE) == [3]


def test_key_of_two_columns_is_both_of_them(tmp_path):
    lines = ["1,a,yes", "1,b,yes", "2,a,yes", "2,a,no", ",a,yes", ",a,yes"]

    assert keys(tmp_path, "ref,part,says", lines, ref=CASE, part=CASE) == [1]


def test_clean_key_has_no_repeat(tmp_path):
    assert keys(tmp_path, "ref,says", ["1,yes", "2,yes"], ref=CASE) == [0]


def test_spreadsheet_damage_is_counted_by_sort(tmp_path):
    # 0100000002 passes: 0 x 10 + 1 x 9 + 2 x 1 = 11; without its nought it has nine digits
    first = nhs_numbers(2)
    columns = {
        "ref": CASE,
        "band": {**GROUP, "labels": {"10-14": "10 to 14"}},
        "nhs": nhs()["nhs"],
        "cost": {"means": "amount"},
        "says": PREDICTION,
    }
    lines = [
        f"1.23457E+11,14-Oct,{first[0]},1.5E+06,yes",
        f"2,10-14,{first[1]},2,yes",
        "3,Mar-01,100000002,3,yes",
    ]
    found = measure(tmp_path, "damage", "ref,band,nhs,cost,says", lines, **columns)

    assert [m.evidence.value for m in found.measurements] == [4]
    assert wrong(found) == {
        ("decisions.ref", "digits lost: written like 1.23E+11"): 1,
        ("decisions.band", "code made into a date, like 14-Oct"): 2,
        ("decisions.nhs", "first nought lost"): 1,
    }


@pytest.mark.parametrize("text", ["12E5", "1E05", "5E10", "E+11", "1.5", "a1E+11"])
def test_code_that_only_looks_a_little_like_damage_is_none(tmp_path, text):
    found = measure(tmp_path, "damage", "ref,says", [f"{text},yes"], ref=CASE, says=PREDICTION)

    assert [m.evidence.value for m in found.measurements] == [0]


COVERS = {"covers": {"column": "day", "from": "2026-01-01", "to": "2026-04-30"}}


def test_rows_outside_the_period_are_counted_and_empty_months_shown(tmp_path):
    # January two, February none, March one, April none; one in 2025, one undated: 3 of 5
    days = ["2026-01-01", "2026-01-31", "2026-03-05", "2025-12-31", ""]
    lines = [f"{d},yes" for d in days]
    found = measure(tmp_path, "period", "day,says", lines, COVERS, day=DATE, says=PREDICTION)

    assert share(found) == {"decisions.day": Exact(value=60)}
    beside = {m.metric: m.evidence.value for m in found.measurements if m.information}
    assert beside == {
        "rows without a date": 1,
        "months of the period without a row": 2,
        "first and last month without a row": 1,
    }


def test_period_without_a_date_that_can_be_read_is_undefined(tmp_path):
    lines = ["01/02/2026,yes"]
    found = measure(tmp_path, "period", "day,says", lines, COVERS, day=DATE, says=PREDICTION)

    assert isinstance(share(found)["decisions.day"], Undefined)


def test_key_that_no_row_has_whole_is_undefined_never_nought(tmp_path):
    found = measure(tmp_path, "keys", "ref,says", [",yes", ",no"], ref=CASE, says=PREDICTION)

    (measurement,) = found.measurements
    assert isinstance(measurement.evidence, Undefined)


@pytest.mark.parametrize("of", ["keys", "damage"])
def test_table_without_rows_is_undefined_never_nought(tmp_path, of):
    keep = [{"keep": {"column": "says", "values": ["neither"]}}]
    lines = ["1,yes", "2,no"]
    found = measure(tmp_path, of, "ref,says", lines, {"derive": keep}, ref=CASE, says=PREDICTION)

    assert [type(m.evidence) for m in found.measurements] == [Undefined]


@pytest.mark.parametrize("of", ["identifiers", "codes", "dates", "numbers", "keys", "period"])
def test_nothing_declared_to_look_at_is_not_applicable_never_a_pass(tmp_path, of):
    with pytest.raises(NotApplicable):
        measure(tmp_path, of, "says", ["yes", "no"], says=PREDICTION)


@pytest.mark.parametrize("of", ["identifiers", "codes", "dates", "numbers"])
def test_columns_without_a_value_are_passed_over(tmp_path, of):
    columns = {**nhs(), "group": GROUP, "day": DATE, "wait": {"means": "wait"}}
    lines = [",,,,yes", ",,,,no"]

    with pytest.raises(NotApplicable, match="with values"):
        measure(tmp_path, of, "nhs,group,day,wait,says", lines, **columns)


def test_made_up_cases_are_left_out(tmp_path):
    (tmp_path / "golden.csv").write_text("day,required\n2026-02-31,late\n", "utf-8")
    golden = {
        "path": "golden.csv",
        "role": "golden_cases",
        "columns": {"day": DATE, "required": {"means": "required"}},
    }
    tables = {"decisions": decisions(), "golden": golden}
    project = open_project(tmp_path, lines=["a,yes"], tables=tables)

    with pytest.raises(NotApplicable):
        valid_values(project, of="dates")


def test_no_value_is_in_what_is_measured(tmp_path):
    cell = "ZQX-SECRET"
    columns = {**nhs(), "group": GROUP, "day": DATE}
    lines = [f"{cell},{cell},{cell},yes"] * 3
    for of in ("identifiers", "codes", "dates", "damage"):
        found = measure(tmp_path, of, "nhs,group,day,says", lines, **columns)
        assert cell not in repr(found)


def test_day_of_measuring_is_the_projects(tmp_path):
    born = {**DATE, "identifier": {"kinds": ["dob"], "why": "Age."}}
    tables = {"decisions": decisions(born=born, says=PREDICTION)}
    project = open_project(tmp_path, lines=["2026-06-01,yes"], header="born,says", tables=tables)
    project.as_of = date(2026, 5, 31)

    assert wrong(valid_values(project, of="dates")) == {
        ("decisions.born", "birth after the day of measuring"): 1
    }
