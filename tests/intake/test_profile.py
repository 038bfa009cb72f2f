"""What a column looks like: counts, shapes and pass rates, and never a value."""

import dataclasses

import pyarrow as pa
import pytest

from made_identifiers import any_ten, nhs_numbers, pupil_numbers
from rai_check.errors import DataError
from rai_check.intake import profile as profiling
from rai_check.intake.profile import profile
from rai_check.tables import from_frame
from rai_check.values import Written


def of(name, values):
    return profile(from_frame(pa.table({name: values}), name="t"), name)


def test_counts_when_some_are_missing_and_some_repeat():
    found = of("ref", ["A1", "A1", "B2", None, "  "])

    assert (found.rows, found.known, found.missing, found.distinct) == (5, 3, 2, 2)
    assert not found.unique
    assert [(shape.mask, shape.share) for shape in found.shapes] == [("AN", 1.0)]


def test_empty_column_has_no_looks():
    found = of("x", pa.array([None, None], pa.string()))

    assert (found.known, found.distinct, found.looked, found.shapes) == (0, 0, 0, ())
    assert not any((found.unique, found.number, found.yes_no, found.free_text))


def test_column_that_is_not_there_is_refused_with_a_hint():
    with pytest.raises(DataError, match="Did you mean 'ref'"):
        profile(from_frame(pa.table({"ref": ["a"]}), name="t"), "reff")


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("nhs_no", nhs_numbers(40), "NHS number"),
        ("x", nhs_numbers(60), "NHS number"),
        ("UPN", pupil_numbers(40), "unique pupil number"),
        ("contact", [f"p{i}@example.org" for i in range(20)], "e-mail address"),
        ("postcode", [f"SW{i % 9}A {i % 7}AA" for i in range(40)], "postcode"),
        ("DOB", [f"{i % 28 + 1:02d}/03/1990" for i in range(40)], "date of birth"),
        ("surname", ["Archer", "Baker", "Cook", "Draper"], "name"),
        ("Passport number", [f"12345{i:04d}" for i in range(30)], "passport number"),
    ],
)
def test_identifier_is_recognised_and_only_counted(name, values, kind):
    found = of(name, values)

    assert kind in {one.kind for one in found.identifiers}
    first = next(one for one in found.identifiers if one.kind == kind)
    assert 0 < first.passes <= first.shaped <= found.distinct
    shown = repr(dataclasses.asdict(found))
    assert not any(value in shown for value in values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("local_ref", any_ten(200)),  # one in eleven passes the check of an NHS number by chance
        ("decided", [f"{i % 28 + 1:02d}/03/2025" for i in range(40)]),  # dates, not of birth
        ("ward", ["Abbey", "Bridge", "Castle", "Dean"]),  # words, not names
        ("passport_office", ["Leeds", "York"] * 20),
    ],
)
def test_what_only_resembles_an_identifier_is_not_one(name, values):
    assert of(name, values).identifiers == ()


@pytest.mark.parametrize(
    ("values", "settled"),
    [
        (["25/12/2025", "03/04/2025"], True),  # no month 25
        (["03/04/2025", "05/06/2025"], False),  # either way round
    ],
)
def test_order_of_day_and_month_is_settled_by_a_day_beyond_twelve(values, settled):
    best = of("met_on", values * 10).written[0]

    assert best.written is Written.DAY_FIRST
    assert best.settled is settled


def test_code_list_is_matched_by_how_many_of_its_values():
    found = of("x", ["WBRI"] * 8 + ["APKN", "BCRB", "ZZZZ"])
    best = next(one for one in found.lists if one.codes == "dfe-ethnicity")

    assert (best.matched, best.of, best.groups) == (3, 4, 3)
    assert best.rows == pytest.approx(10 / 11)


@pytest.mark.parametrize(
    ("name", "values", "lost"),
    [
        ("payroll_no", [f"{i:06d}".lstrip("0") for i in range(99_000, 101_000)], 1000),
        ("payroll_no", [f"{i:06d}" for i in range(99_000, 101_000)], 0),  # zeros still there
        ("amount", [str(i) for i in range(99_000, 101_000)], 0),  # not named like a code
        ("row_no", [str(i) for i in range(1, 500)], 0),  # running numbers
    ],
)
def test_lost_zeros_are_told_only_of_codes_of_a_fixed_width(name, values, lost):
    # of 2,000 values, 99,000 to 99,999 have five digits: 1,000; so the fixed width must be common
    held = values + [f"{i}" for i in range(200_000, 204_000)] if lost else values

    found = of(name, held)

    assert (found.lost_zeros > 0) is bool(lost)


def test_spent_identifiers_and_suppression_marks_are_counted():
    assert of("ref", ["1.23457E+11", "1.23458E+11", "ABC"]).spent == 2
    assert of("n", ["12", "< 10", "*", "40"]).marks == 2


@pytest.mark.parametrize(
    ("values", "yes_no"), [(["Y", "n"], True), (["TRUE"], True), (["yes", "maybe"], False)]
)
def test_yes_and_no_in_any_spelling(values, yes_no):
    assert of("x", values).yes_no is yes_no


def test_sentences_are_free_text_and_codes_are_not():
    sentences = [f"Spoke to the family for a long time about case {i}" for i in range(40)]

    assert of("notes", sentences).free_text
    assert not of("team", [f"Team {i}" for i in range(40)]).free_text


def test_column_of_many_values_is_sampled_whatever_the_order_of_its_rows(monkeypatch):
    monkeypatch.setattr(profiling, "LOOKED", 50)
    values = [f"A{i}" for i in range(500)]

    found = of("ref", values)

    assert (found.distinct, found.looked, found.whole) == (500, 50, False)
    assert of("ref", values[::-1]) == found
