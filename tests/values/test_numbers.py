"""Numbers as councils write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.values import Written, plain, read, read_number, spent, suppression

NUMBER, PERCENT, POUNDS = Written.NUMBER, Written.PERCENT, Written.POUNDS


@pytest.mark.parametrize(
    ("text", "written", "held"),
    [
        ("1,234.50", NUMBER, "1234.5"),
        ("1,234,567", NUMBER, "1234567"),
        ("1 234", NUMBER, "1234"),
        ("1\xa0234,567", NUMBER, None),  # two kinds of separator
        ("1\xa0234\xa0567", NUMBER, "1234567"),
        ("12-", NUMBER, "-12"),
        ("(12)", NUMBER, "-12"),
        ("\u221212", NUMBER, "-12"),
        ("+12", NUMBER, "12"),
        ("-0.00", NUMBER, "0"),
        ("007", NUMBER, "7"),
        (".5", NUMBER, "0.5"),
        ("1e-05", NUMBER, "0.00001"),
        ("0.1000000000000000055511151231257827", NUMBER, "0.1000000000000000055511151231257827"),
        ("12.5%", PERCENT, "0.125"),
        ("-12.5 %", PERCENT, "-0.125"),
        ("100%", PERCENT, "1"),
        ("£1,234.50", POUNDS, "1234.5"),
        ("£ 1,234", POUNDS, "1234"),
        ("-£12", POUNDS, "-12"),
        ("£-12", POUNDS, "-12"),
        ("(£12.00)", POUNDS, "-12"),
        ("1,234", POUNDS, "1234"),
    ],
)
def test_numbers_are_read_to_their_last_digit(text, written, held):
    assert read(text, written) == held


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1,23", NUMBER), ("0,125", NUMBER), ("1.234,50", NUMBER), ("12,3456", NUMBER),
        ("£12", NUMBER), ("12%", NUMBER), ("12", PERCENT), ("0.125", PERCENT), ("(-12)", NUMBER),
        ("-12-", NUMBER), ("(12", NUMBER), ("12)", NUMBER), ("5k", NUMBER), ("£1.2m", POUNDS),
        ("£", POUNDS), ("50p", POUNDS), ("1.23457E+11", NUMBER), ("1E+05", NUMBER), ("1e5", NUMBER),
        ("", NUMBER), ("-", NUMBER), (".", NUMBER), ("inf", NUMBER), ("nan", NUMBER),
        ("1_000", NUMBER), ("1e-2%", PERCENT),
        ("١٢", NUMBER), ("< 10", NUMBER), ("€12", POUNDS), ("1" * 65, NUMBER), ("12", Written.ISO),
    ],
)  # fmt: skip
def test_numbers_are_not_read_where_they_are_not_sure(text, written):
    assert read_number(text, written) is None


@pytest.mark.parametrize("text", ["1.23457E+11", "1E+11", "1.23457e+11", "-2.5E+10", "9.9E+100"])
def test_spent_identifiers_are_known(text):
    assert spent(text)


@pytest.mark.parametrize("text", ["123457000000", "1E11", "3E2", "E+11", "1.2E-05", "", "1.2E+1"])
def test_other_numbers_and_codes_are_not_spent(text):
    assert not spent(text)


@pytest.mark.parametrize(
    "text",
    ["<5", "< 10", "<10%", "\u226410", "less than 5", "Fewer than 10", "*", "**", "c", "[c]",
     "[low]", "x", ":", "..", "-", "\u2013", "suppressed", "\xa0*\xa0"],
)  # fmt: skip
def test_marks_of_suppression_are_known(text):
    assert suppression(text)


@pytest.mark.parametrize("text", ["", "5", "-5", "12", "cc", "< low", "n/a", "less", "1-5", "0"])
def test_other_texts_are_no_marks_of_suppression(text):
    assert not suppression(text)


@given(st.decimals(-(10**12), 10**12, places=2))
def test_what_python_writes_with_separators_comes_back(number):
    assert read_number(f"{number:,.2f}", NUMBER) == number
    assert read_number(f"£{abs(number):,.2f}", POUNDS) == abs(number)
    assert read_number(f"{number}%", PERCENT) == number / 100


@given(st.decimals(-(10**9), 10**9, places=4))
def test_plain_numbers_are_equal_and_written_alike(number):
    assert Decimal(plain(number)) == number
    assert plain(number) == plain(number.normalize())
    assert read(plain(number), NUMBER) == plain(number)
